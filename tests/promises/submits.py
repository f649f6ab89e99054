"""Interviewers who press the button again while answers get lost, and the count of what came of it."""

import random
from collections.abc import Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import sqlalchemy as sa

from app.audit.events import Event
from tests.promises.browser import Answer, Browser, hidden
from tests.promises.site import Seat

AT_ONCE, MOST_TIMES, CUT = 8, 5, 0.3
COUNTS = {
    "versions": (
        "SELECT count(*) FROM scorecard JOIN assignment ON assignment.id = assignment_id "
        "WHERE submission_key = :key AND submitted_at IS NOT NULL AND state = 'submitted'"
    ),
    "events": (
        "SELECT count(*) FROM audit_event JOIN scorecard ON scorecard.public_id = subject_id "
        "WHERE submission_key = :key AND event = :event"
    ),
    "ratings": (
        "SELECT count(*) FROM rating JOIN scorecard ON scorecard.id = scorecard_id "
        "WHERE submission_key = :key"
    ),
}


@dataclass(frozen=True)
class Reviewed:
    """A scorecard as its author read it before pressing the button."""

    browser: Browser
    form: dict[str, str]

    def press(self, *, cut: bool) -> Answer | None:
        """Send the submit from a window of its own."""
        window = self.browser.twin()
        answer = window.post(f"{self.browser.seat.address}/submission", self.form, cut=cut)
        window.close()
        return answer


@dataclass(frozen=True)
class Found:
    """What came of the submits."""

    submits: int
    sent: int
    cut: int
    unlike: tuple[str, ...]  # Keys whose answers differ, or are not what a submit answers.
    wrong: tuple[str, ...]  # Keys with anything but one version, one event and one rating a criterion.

    @property
    def figures(self) -> dict[str, int]:
        return {
            "submits": self.submits,
            "requests": self.sent,
            "answers cut": self.cut,
            "with unlike answers": len(self.unlike),
            "not exactly one": len(self.wrong),
        }


def pressed_often(port: int, url: str, seats: Sequence[Seat], *, seed: int = 1) -> Found:
    """Hand in every scorecard, each pressed one to five times at once, with some of the answers cut."""
    draw, told = random.Random(seed), []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for first in range(0, len(seats), AT_ONCE // 2):
            told += pressed(pool, port, seats[first : first + AT_ONCE // 2], draw)
    unlike = [f"{key}: {answers}" for key, answers in told if not are_one(answers)]
    keys = [key for key, _ in told]
    return Found(
        submits=len(keys),
        sent=sum(len(answers) for _, answers in told),
        cut=sum(answers.count(None) for _, answers in told),
        unlike=tuple(unlike),
        wrong=tuple(not_exactly_one(url, keys)),
    )


def pressed(
    pool: Executor, port: int, seats: Sequence[Seat], draw: random.Random
) -> list[tuple[str, list[Answer | None]]]:
    """The answers by key of scorecards handed in at once; whoever got none presses once more."""
    reviewed = list(pool.map(partial(review, port), seats))
    presses = [(one, draw.random() < CUT) for one in reviewed for _ in range(draw.randint(1, MOST_TIMES))]
    draw.shuffle(presses)
    answers = list(pool.map(lambda press: press[0].press(cut=press[1]), presses))
    told: dict[str, list[Answer | None]] = {one.form["key"]: [] for one in reviewed}
    for (one, _), answer in zip(presses, answers, strict=True):
        told[one.form["key"]].append(answer)
    for one in reviewed:
        told[one.form["key"]].append(one.press(cut=False))
        one.browser.close()
    return list(told.items())


def are_one(answers: Sequence[Answer | None]) -> bool:
    """Whether all the answers that arrived are the same, and are those to a scorecard that was taken."""
    said = {(answer.status, answer.location) for answer in answers if answer}
    return len(said) == 1 and {status for status, _ in said} == {303}


def review(port: int, seat: Seat) -> Reviewed:
    """Read what will be frozen."""
    browser = Browser(port, seat)
    page = browser.get(f"{seat.address}/submission")
    assert page
    assert page.status == 200, page.body
    return Reviewed(browser, {name: hidden(page.body, name) for name in ("version", "key")})


def not_exactly_one(url: str, keys: Sequence[str]) -> list[str]:
    """The keys under which the database does not hold one submit, whole."""
    engine = sa.create_engine(url)
    found = []
    try:
        with engine.connect() as connection:
            for key in keys:
                given = {"key": key, "event": Event.SCORECARD_SUBMITTED.value}
                counts = {
                    name: connection.scalar(
                        sa.text(query).bindparams(
                            **{name: given[name] for name in given if f":{name}" in query}
                        )
                    )
                    for name, query in COUNTS.items()
                }
                if counts != {"versions": 1, "events": 1, "ratings": 4}:
                    found.append(f"{key}: {counts}")
    finally:
        engine.dispose()
    return found
