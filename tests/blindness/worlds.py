"""Two databases that differ only in what must be hidden from a viewer, and the same requests in both.

Whatever differs between the answers is a leak: a status, a header, a byte, or the queries it took.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID, uuid4

from flask import Flask
from werkzeug.test import TestResponse

from app.candidates.models import Application
from app.core import clock
from app.core.db import db
from app.demo import riverbend
from app.identity import services as people_services
from app.identity.models import Person, Theme
from app.jobs.models import Job
from app.loops.models import Loop
from app.policy import Role
from app.scoring import queries, services
from app.scoring.models import Interview, Tie
from tests.client import Client, count_queries
from tests.factories import disclosures, drafts, jobs, loops, people, scoring
from tests.factories.scoring import NOON

NOW = NOON + timedelta(hours=2)
# What legitimately differs between two answers to the same request, and nothing else.
NOISE = (
    (re.compile(rb'(name="csrf_token" value="|X-CSRFToken&#34;: &#34;|X-CSRFToken": ")[^"&]+'), rb"\1"),
    (re.compile(rb"Number of this request: [0-9a-f]{12}"), b""),
    (re.compile(rb'(name="(?:client|key)" value=")[^"]+'), rb"\1"),
)
NOISY_HEADERS = {"X-Request-ID", "Set-Cookie", "Content-Length", "Date", "Expires"}
LINK = re.compile(r'(?:href|hx-get)="(/[^"#]*)')


@dataclass(frozen=True)
class Cast:
    """Who is in the worlds, by public facts that both worlds share."""

    job: Job
    loop: Loop
    cleo: Application
    interviews: tuple[Interview, ...]
    addresses: tuple[str, ...]
    posts: tuple[tuple[str, dict[str, str]], ...]


def hugo() -> Person:
    """A second manager of the job, who sits on a panel himself."""
    return people.person("Hugo Marsh", Role.HIRING_MANAGER, Role.INTERVIEWER)


def amir() -> Person:
    """An administrator who sits on a panel."""
    return people.person("Amir Vale", Role.ADMINISTRATOR, Role.RECORDS_LEAD, Role.INTERVIEWER)


def base() -> Cast:
    """What both worlds share: Cleo with nothing in, and an older candidate with everything in."""
    people.ada()
    people.olga()
    hana, rina, iris, ivo = people.hana(), people.rina(), people.iris(), people.ivo()
    panels = [[iris, ivo], [iris, hugo()], [ivo, amir()]]
    job = jobs.job(hana)
    jobs.team(job, manager=hugo(), recruiter=rina, interviewers=[iris, ivo, amir()])
    disclosures.published(job, hana, riverbend.facts(as_of=date(2026, 2, 20)))
    loop = loops.open_loop(job, [iris, ivo])
    older = scoring.application([], "Noor Haddad", job)
    for number, panel in enumerate(panels, start=1):
        scoring.interview_with(panel, panel, of=older, stage=number, starts_at=NOON - timedelta(days=9))
    cleo = scoring.application([], "Cleo Marsh", job)
    interviews = tuple(
        scoring.interview_with(panel, of=cleo, stage=number, starts_at=NOON + timedelta(minutes=10 * number))
        for number, panel in enumerate(panels, start=1)
    )
    seats = [one for interview in interviews for one in interview.assignments]
    draft, revision = drafts.ready(hana), drafts.published(hana)
    return Cast(
        job=job,
        loop=loop,
        cleo=cleo,
        interviews=interviews,
        addresses=(
                "/", "/jobs", "/packs", "/people", "/audit", "/scorecards", "/employer",
                f"/jobs/{job.public_id}",
                f"/jobs/{job.public_id}?show=decided",
                f"/jobs/{job.public_id}?words=cleo",
                f"/jobs/{job.public_id}/brief",
                "/jobs?words=outpatient&state=open",
                "/candidates?words=a",
                "/candidates?group=decided",
                "/people?words=iris",
                f"/jobs/{job.public_id}/team",
                "/packs?setting=outpatient&words=nurse",
                "/packs/import",
                "/packs/outpatient-ot/zip",
                f"/scenarios/{loop.stages[0].scenario_version.public_id}",
                f"/scenarios/{loop.stages[0].scenario_version.public_id}/deletion",
                *(f"/scenarios/{revision.public_id}/{page}" for page in ("copy", "difference")),
                f"/drafts/{draft.public_id}",
                *(f"/drafts/{draft.public_id}/{page}" for page in ("preview", "difference", "publication")),
                f"/jobs/{job.public_id}/loop",
                f"/jobs/{job.public_id}/disclosure",
                f"/applications/{cleo.public_id}",
                f"/applications/{cleo.public_id}/debrief",
                f"/applications/{older.public_id}/debrief",
                f"/loops/{loop.public_id}/agreement",
                "/audit?event=scorecard:submitted",
                *(f"/scorecards/{seat.scorecard.public_id}" for seat in seats),
                *(f"/people/{person.public_id}" for person in (iris, ivo, hugo(), amir())),
            ),
        posts=(
                *(_settling(seat.public_id, "waive") for seat in seats),
                *(_settling(seat.public_id, "replace", by=str(rina.public_id)) for seat in seats),
                (
                    f"/applications/{cleo.public_id}/debrief",
                    {"outcome": "offer", "reasons": "They said all of it.", "number": "1"},
                ),
                (f"/scenarios/{loop.stages[0].scenario_version.public_id}/deletion", {}),
                (f"/drafts/{draft.public_id}", {**draft.texts, "version": "0", "title": "Of another tab"}),
            ),
    )  # fmt: skip


def _settling(seat: UUID, verb: str, **more: str) -> tuple[str, dict[str, str]]:
    said = {"reason": "Out sick.", **more}
    return f"/assignments/{seat}", {"do": verb, **{f"{seat}-{name}": text for name, text in said.items()}}


# What is hidden, and from whom ------------------------------------------------------------------------------

Happens = Callable[[Cast], None]


def nothing(_: Cast) -> None:
    """Nobody has done anything."""


def colleagues_handed_in(cast: Cast) -> None:
    """Everybody but Iris handed in: Ivo and Amir all of theirs, Hugo his."""
    first, second, third = cast.interviews
    scoring.submit(scoring.card_of(first, people.ivo()), {"SAF": 1, "ESC": 5}, at=NOW - timedelta(minutes=20))
    scoring.submit(scoring.card_of(second, hugo()), {"PRI": 5}, at=NOW - timedelta(minutes=19))
    scoring.submit(scoring.card_of(third, people.ivo()), {"ASM": 2}, at=NOW - timedelta(minutes=18))
    scoring.submit(scoring.card_of(third, amir()), {"ASM": 4}, at=NOW - timedelta(minutes=17))


def all_but(person: Callable[[], Person]) -> Happens:
    """Everybody handed in but this person, who has handed in nothing."""

    def happens(cast: Cast) -> None:
        for interview in cast.interviews:
            for seat in list(interview.assignments):
                if seat.person_id != person().id:
                    scoring.submit(seat.scorecard, {"DOC": 1}, at=NOW - timedelta(minutes=20))

    return happens


def waived_and_drafted(cast: Cast) -> None:
    """Ivo has begun his, and Hugo's was waived by Hana, who has nothing open."""
    first, second, _ = cast.interviews
    scoring.save(scoring.card_of(first, people.ivo()), level_SAF="1", note_1="“It will fade.”", ties_1="SAF")
    services.waive(people.actor(people.hana()), scoring.seat_of(second, hugo()), reason="Called away.")
    db.session.commit()


def draft_of_iris(level: str) -> Happens:
    """Ivo has handed in his first, and Iris has begun hers with this level."""

    def happens(cast: Cast) -> None:
        first = cast.interviews[0]
        scoring.submit(scoring.card_of(first, people.ivo()), at=NOW - timedelta(minutes=20))
        scoring.submit(scoring.card_of(cast.interviews[2], people.ivo()), at=NOW - timedelta(minutes=18))
        scoring.save(scoring.card_of(first, people.iris()), level_SAF=level, because_SAF=f"It was a {level}.")

    return happens


def colleague_steps_back(cast: Cast) -> None:
    """Iris has recognized the candidate."""
    card = scoring.card_of(cast.interviews[0], people.iris())
    services.declare(people.actor(people.iris()), card, Tie.FRIEND)
    db.session.commit()


def first_panel_hears_a_flag(cast: Cast) -> None:
    """The first panel is complete, and Iris heard a red flag in it."""
    first = cast.interviews[0]
    card = scoring.card_of(first, people.iris())
    scoring.save(card, flag_1="yes", quote_1="“Nobody has to know.”")
    for person in (people.iris(), people.ivo()):
        scoring.submit(scoring.card_of(first, person), at=NOW - timedelta(minutes=20))


def and_confirms_it(cast: Cast) -> None:
    """The same, and the flag is confirmed."""
    first_panel_hears_a_flag(cast)
    [raised] = scoring.card_of(cast.interviews[0], people.iris()).red_flags
    hana = people.actor(people.hana())
    flag, sight = queries.get_flag(hana, raised.public_id)
    services.answer_flag(hana, flag, sight, is_confirmed=True)
    db.session.commit()


def aftermath(_: Cast) -> None:
    """Something that everybody may see, later: numbers counted past what is hidden would show here."""
    person = people.olga()
    people_services.choose_theme(people.actor(person), Theme.DARK)
    people_services.change_roles(people.actor(people.ada()), person, [Role.RECRUITER])
    db.session.commit()


@dataclass(frozen=True)
class Pair:
    """A viewer from whom the difference between two worlds is hidden."""

    name: str
    viewer: Callable[[], Person]
    one: Happens
    other: Happens


def iris_hands_in_one(then: Happens) -> Happens:
    """Iris has handed in her first, and still owes her second; then something happens."""

    def happens(cast: Cast) -> None:
        scoring.submit(scoring.card_of(cast.interviews[0], people.iris()), at=NOW - timedelta(minutes=25))
        then(cast)

    return happens


def ivo_hands_in_his_first(cast: Cast) -> None:
    """The first panel is complete."""
    scoring.submit(
        scoring.card_of(cast.interviews[0], people.ivo()), {"SAF": 1}, at=NOW - timedelta(minutes=20)
    )


ONE_IN, ONE_IN_AND_COMPLETE = iris_hands_in_one(nothing), iris_hands_in_one(ivo_hands_in_his_first)

PAIRS = (
    Pair(
        "Iris, whose own is open, when colleagues have handed in", people.iris, nothing, colleagues_handed_in
    ),
    Pair("Iris, whose own is open, when a colleague has begun", people.iris, nothing, waived_and_drafted),
    Pair("Iris, one of whose own is in, when that panel completes", people.iris, ONE_IN, ONE_IN_AND_COMPLETE),
    Pair("Hugo, a manager, whose own is open", hugo, nothing, all_but(hugo)),
    Pair("Amir, an administrator, whose own is open", amir, nothing, all_but(amir)),
    Pair("Amir, whose own is open, when a colleague steps back", amir, nothing, colleague_steps_back),
    Pair(
        "Amir, whose own is open, when a flag is confirmed", amir, first_panel_hears_a_flag, and_confirms_it
    ),
    Pair(
        "Ivo, whose own are in, when Iris changes her draft",
        people.ivo,
        draft_of_iris("2"),
        draft_of_iris("5"),
    ),
    Pair(
        "Hana, who manages, when Iris changes her draft", people.hana, draft_of_iris("1"), draft_of_iris("4")
    ),
    Pair(
        "Rina, who recruits, when Iris changes her draft", people.rina, draft_of_iris("1"), draft_of_iris("5")
    ),
)


HIDDEN_DRAFT = tuple(pair.name for pair in PAIRS if "draft" in pair.name)
OPEN_TO_VIEWER = tuple(pair.name for pair in PAIRS if pair.name not in HIDDEN_DRAFT)


# Asking both ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answer:
    """One answer without its noise."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    queries: int


def _answer(response: TestResponse, sent: list[str]) -> Answer:
    body = response.get_data()
    for pattern, kept in NOISE:
        body = pattern.sub(kept, body)
    headers = tuple(sorted((k, v) for k, v in response.headers if k not in NOISY_HEADERS))
    return Answer(response.status_code, headers, body, len(sent))


def _told(name: str, one: Answer | None, other: Answer | None) -> str:
    """What a request's two answers differ in, for whoever mends it."""
    if one is None or other is None:
        return f"{name}: linked to in one world only"
    parts = [part for part in ("status", "headers", "queries") if getattr(one, part) != getattr(other, part)]
    said = [f"{part} {getattr(one, part)} or {getattr(other, part)}" for part in parts]
    lines = zip(one.body.splitlines(), other.body.splitlines(), strict=False)
    first = next((pair for pair in lines if pair[0] != pair[1]), None)
    return f"{name}: {'; '.join(said)} {first or ''}"


class TwoWorlds:
    """Builds each world once as a file, and asks for the same things in both."""

    def __init__(self, app: Flask, file: Path, folder: Path) -> None:
        self.app, self._file, self._folder = app, file, folder
        with clock.at(NOON - timedelta(days=10)):
            self.cast = base()
        self._keep("base")
        self._made: dict[Happens, Path] = {}

    def _keep(self, name: str) -> Path:
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
        return Path(shutil.copy(self._file, self._folder / f"{name}.sqlite3"))

    def _restore(self, kept: Path) -> None:
        db.session.remove()
        db.engine.dispose()
        for path in self._file.parent.glob(f"{self._file.name}*"):
            path.unlink()
        shutil.copy(kept, self._file)

    def world(self, happens: Happens) -> Path:
        """The file of the world in which this has happened."""
        if happens not in self._made:
            self._restore(self._folder / "base.sqlite3")
            with clock.at(NOW - timedelta(minutes=30)):
                happens(self._reloaded())
                aftermath(self.cast)
            self._made[happens] = self._keep(uuid4().hex)
        return self._made[happens]

    def _reloaded(self) -> Cast:
        cast = self.cast
        return Cast(
            **{
                **cast.__dict__,
                "interviews": tuple(db.session.get_one(Interview, one.id) for one in cast.interviews),
            }
        )

    def answers(self, pair: Pair, happens: Happens, *, everything: bool) -> dict[str, Answer]:
        """The answers in one world: the addresses and refused acts, and with everything also all that the
        pages link to, each as a page, as a fragment and as HEAD.
        """
        self._restore(self.world(happens))
        found: dict[str, Answer] = {}
        with clock.at(NOW), self._signed_in(pair.viewer()) as browser:
            waiting = list(self.cast.addresses)
            while waiting:
                path = waiting.pop(0)
                if f"GET {path}" in found or path.startswith("/static/"):
                    continue
                page = self._ask(found, f"GET {path}", partial(browser.get, path))
                if everything:
                    self._ask(found, f"HEAD {path}", partial(browser.head, path))
                    self._ask(found, f"HX {path}", partial(browser.get, path, headers={"HX-Request": "true"}))
                    waiting += LINK.findall(page.get_data().decode(errors="replace"))
            for number, (path, data) in enumerate(self.cast.posts):
                self._ask(
                    found, f"POST {number} {path}", lambda path=path, data=data: browser.post(path, data=data)
                )
        return found

    @contextmanager
    def _signed_in(self, person: Person) -> Iterator[Client]:
        browser = self.app.test_client()
        assert isinstance(browser, Client)
        yield browser.as_(person)

    @staticmethod
    def _ask(found: dict[str, Answer], name: str, send: Callable[[], TestResponse]) -> TestResponse:
        with count_queries() as sent:
            response = send()
        found[name] = _answer(response, sent)
        return response

    def differences(self, pair: Pair, *, everything: bool = True) -> tuple[list[str], int]:
        """The requests whose answers differ between the two worlds, and how many were compared."""
        one = self.answers(pair, pair.one, everything=everything)
        other = self.answers(pair, pair.other, everything=everything)
        names = sorted(one.keys() | other.keys())
        return [
            _told(name, one.get(name), other.get(name)) for name in names if one.get(name) != other.get(name)
        ], len(names)
