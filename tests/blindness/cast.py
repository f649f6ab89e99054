"""What both worlds share: the people, the job and its papers, and every address that is asked for in them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Any
from uuid import UUID

from flask import Flask
from werkzeug.routing import Rule

from app.accuracy.models import Hire
from app.candidates import services as candidates
from app.candidates.models import Application
from app.core import clock
from app.core.db import db
from app.demo import riverbend
from app.identity import services as accounts
from app.identity.models import Person
from app.jobs.models import Job
from app.loops.models import Loop
from app.policy import Role
from app.scoring.models import Interview
from tests.factories import (
    archives,
    disclosures,
    drafts,
    hires,
    jobs,
    loops,
    people,
    practice,
    questions,
    scoring,
)
from tests.factories.scoring import NOON

NOW = NOON + timedelta(hours=2)
Things = dict[str, Sequence[Any]]

# Addresses that say more than which page: what is searched for, narrowed or turned over.
NARROWED = (
    "/jobs?words=outpatient&state=open",
    "/candidates?words=a",
    "/candidates?group=decided",
    "/people?words=iris",
    "/packs?setting=outpatient&words=nurse",
    "/audit?event=scorecard:submitted",
)
TELLING = {"accuracy", "audit", "debrief", "insights", "overview", "scoring"}
# Not asked for, and why.
NOT_ASKED = {"static": "a file, the same for everybody", "healthz": "says whether the server answers"}


@dataclass(frozen=True)
class Cast:
    """Who is in the worlds, by public facts that both worlds share."""

    job: Job
    loop: Loop
    cleo: Application
    interviews: tuple[Interview, ...]
    hire: Hire  # Who began two months ago.
    things: Things  # By the argument of an address, what is asked for under it.
    posts: tuple[tuple[str, dict[str, str]], ...]

    def addresses(self, app: Flask) -> list[str]:
        """Every address that can be read, for each of its things; those of new pages come by themselves."""
        job = f"/jobs/{self.job.public_id}"
        found = [*NARROWED, f"{job}?show=decided", f"{job}?words=cleo"]
        build = app.url_map.bind("").build
        for rule in sorted(app.url_map.iter_rules(), key=_most_telling_first):
            if "GET" in (rule.methods or ()) and rule.endpoint not in NOT_ASKED:
                found += [
                    build(rule.endpoint, values) for values in self._arguments(rule.endpoint, rule.arguments)
                ]
        return found

    def _arguments(self, endpoint: str, names: set[str]) -> Iterator[dict[str, Any]]:
        names_in_order = sorted(names)
        choices = [self._about(endpoint, name) for name in names_in_order]
        for values in product(*choices):
            yield dict(zip(names_in_order, values, strict=True))

    def _about(self, endpoint: str, name: str) -> Sequence[Any]:
        special = self.things.get(f"{endpoint} {name}")
        return self.things[name] if special is None else special


def _most_telling_first(rule: Rule) -> tuple[bool, bool, str]:
    """What shows most of other people's work comes first, so that a leak is found soon; papers come last."""
    feature = rule.endpoint.partition(".")[0]
    return rule.endpoint.endswith("kit"), feature not in TELLING, rule.endpoint


def hugo() -> Person:
    """A second manager of the job, who sits on a panel himself."""
    return people.person("Hugo Marsh", Role.HIRING_MANAGER, Role.INTERVIEWER)


def amir() -> Person:
    """An administrator who sits on a panel."""
    return people.person("Amir Vale", Role.ADMINISTRATOR, Role.RECORDS_LEAD, Role.INTERVIEWER)


def base() -> Cast:
    """Cleo with nothing in, and an older candidate with everything in; a second job whose loop is a draft."""
    ada, _ = people.ada(), people.olga()
    hana, rina, iris, ivo = people.hana(), people.rina(), people.iris(), people.ivo()
    panels = [[iris, ivo], [iris, hugo()], [ivo, amir()]]
    job = jobs.job(hana)
    jobs.team(job, manager=hugo(), recruiter=rina, interviewers=[iris, ivo, amir()])
    version = disclosures.published(job, hana, riverbend.facts(as_of=date(2026, 2, 20)))
    loop = loops.open_loop(job, [iris, ivo])
    planned = loops.draft_loop(jobs.team(jobs.job(hana), interviewers=[iris, ivo]), [iris, ivo])
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
    filled, done = practice.filled_in(iris), practice.handed_in(ivo)
    _, token = candidates.make_link(people.actor(rina), cleo, days=60)
    hire = hires.hired(hires.offered(job, "Sam Whitlow"), starts_on=NOW.date() - timedelta(days=65))
    check_in = hires.answered(hire, 30, {"mentor": 20}, is_shared=True)
    question, request = questions.everything_asked(questions.link_of(older)[0])
    with clock.at(NOW):  # so that it is not over yet
        _, invitation = accounts.invite(
            people.actor(ada), name="Tess Vale", email="tess@example.org", roles=[Role.INTERVIEWER]
        )
    db.session.commit()
    scenario = loop.stages[0].scenario_version.public_id
    return Cast(
        job=job,
        loop=loop,
        cleo=cleo,
        interviews=interviews,
        hire=hire,
        things={
            "job_id": [job.public_id, planned.job.public_id],
            "loop_id": [loop.public_id, planned.public_id],
            "stage_id": [loop.stages[0].public_id, planned.stages[0].public_id],
            "application_id": [cleo.public_id, older.public_id],
            "card_id": [seat.scorecard.public_id for seat in seats],
            "practice_id": [filled.public_id, done.public_id],
            "practice.outcome practice_id": [done.public_id],
            "person_id": [person.public_id for person in (iris, ivo, hugo(), amir())],
            "scenario_id": [scenario, revision.public_id],
            "draft_id": [draft.public_id],
            "question_id": [question.public_id],
            "check_in_id": [check_in.public_id],
            "request_id": [request.public_id],
            "version_id": [version.public_id],
            "pack": [archives.OUTPATIENT],
            "token": [token],
            "identity.invitation token": [invitation],
        },
        posts=(
            *(_settling(seat.public_id, "waive") for seat in seats),
            *(_settling(seat.public_id, "replace", by=str(rina.public_id)) for seat in seats),
            (
                f"/applications/{cleo.public_id}/debrief",
                {"outcome": "offer", "reasons": "They said all of it.", "number": "1"},
            ),
            (f"/scenarios/{scenario}/deletion", {}),
            (f"/drafts/{draft.public_id}", {**draft.texts, "version": "0", "title": "Of another tab"}),
        ),
    )


def _settling(seat: UUID, verb: str, **more: str) -> tuple[str, dict[str, str]]:
    said = {"reason": "Out sick.", **more}
    return f"/assignments/{seat}", {"do": verb, **{f"{seat}-{name}": text for name, text in said.items()}}
