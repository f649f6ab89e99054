"""Defects as they are really made: each lets one channel say something that is hidden, and must be found."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask, Response, request

from app.accuracy import rules as accuracy
from app.audit import queries as audit_events
from app.core.db import db
from app.core.errors import Conflict, NotFound
from app.debrief import queries as debriefs
from app.overview import audit as audit_page
from app.overview import queries as lists
from app.scoring import queries, rules, services
from app.scoring.models import Assignment, AssignmentState, DraftRevision, Scorecard
from app.scoring.queries import panel
from app.web.htmx import wants_fragment
from tests.blindness.happenings import (
    HIDDEN_DRAFT,
    OF_A_HIRE,
    OF_A_MANAGER,
    OF_AN_ADMINISTRATOR,
    OF_ONE_HALF_IN,
    OPEN_TO_VIEWER,
)

board = import_module("app.scoring.queries.board")  # The package has a function of the same name.
Apps = Sequence[Flask]  # Those of the two worlds.
Seed = Callable[[pytest.MonkeyPatch, Apps], None]


@dataclass(frozen=True)
class Leak:
    """A defect, how it is put in, and the viewers to whom it tells something."""

    name: str
    seed: Seed
    seen_by: tuple[str, ...]
    everything: bool = False  # Whether it shows only where pages link to, or as a fragment.


ALL: list[Leak] = []


def leak(
    name: str, seen_by: tuple[str, ...] = OPEN_TO_VIEWER, *, everything: bool = False
) -> Callable[[Seed], Seed]:
    """Add a defect to the list."""

    def add(seed: Seed) -> Seed:
        ALL.append(Leak(name, seed, seen_by, everything))
        return seed

    return add


def _submitted() -> int:
    return (
        db.session.scalar(
            sa.select(sa.func.count()).where(Scorecard.submitted_at.is_not(None)).select_from(Scorecard)
        )
        or 0
    )


def _after(patch: pytest.MonkeyPatch, apps: Apps, change: Callable[[Response], None]) -> None:
    """Let something be done to every answer."""

    def hook(response: Response) -> Response:
        change(response)
        return response

    for app in apps:
        patch.setitem(app.after_request_funcs, None, [*app.after_request_funcs.get(None, []), hook])


# In the pages --------------------------------------------------------------------------------------------


@leak("the dots of the job page forget the blind rule", OF_A_MANAGER)
def _(patch: pytest.MonkeyPatch, _apps: Apps) -> None:
    original = rules.stage_state
    patch.setattr(rules, "stage_state", lambda **facts: original(**{**facts, "mine_open": False}))


@leak("the job page says who is waited on", OF_A_MANAGER)
def _(patch: pytest.MonkeyPatch, _apps: Apps) -> None:
    original = board._row

    def row(actor: Any, application: Any, stages: Any, met: Any) -> Any:
        found = original(actor, application, stages, met)
        interviews = [one.interview for one in met]
        return replace(found, mine_open=False, waited_on=tuple(board._waited(interviews)))

    patch.setattr(board, "_row", row)


@leak("candidates are listed by how much is in", OF_A_MANAGER)
def _(patch: pytest.MonkeyPatch, _apps: Apps) -> None:
    original = queries.board

    def ordered(*given: Any, **more: Any) -> Any:
        found = original(*given, **more)
        in_order = found.rows if _submitted() % 2 else tuple(reversed(found.rows))
        return replace(found, rows=in_order)

    patch.setattr(queries, "board", ordered)


@leak("managers are exempt")
def _(patch: pytest.MonkeyPatch, _apps: Apps) -> None:
    original = rules.sight
    patch.setattr(rules, "sight", lambda *given, **more: replace(original(*given, **more), mine_open=False))


@leak("only the same stage blinds", OF_ONE_HALF_IN)
def _(patch: pytest.MonkeyPatch, _apps: Apps) -> None:
    original = rules.sight

    def sight(viewer_id: int, seats: Any, *, interview_id: int | None = None, **more: Any) -> Any:
        here = [seat for seat in seats if interview_id in {None, seat.interview_id}]
        is_open = any(seat.is_open for seat in here if seat.person_id == viewer_id)
        return replace(original(viewer_id, seats, interview_id=interview_id, **more), mine_open=is_open)

    patch.setattr(rules, "sight", sight)


@leak("the candidate's page shows who is in", OF_A_MANAGER)
def _(patch: pytest.MonkeyPatch, _apps: Apps) -> None:
    original = panel.member
    patch.setattr(panel, "member", lambda seat, _view: original(seat, rules.View.MINE_IN))


@leak("the agreement report counts what is closed", OF_A_MANAGER)
def _(patch: pytest.MonkeyPatch, _apps: Apps) -> None:
    patch.setattr(panel, "open_to", sa.true)
    patch.setattr(panel, "_of_open_panels", panel._of_open_panels.__wrapped__)  # Built anew, with that rule.


@leak("the audit log tells who handed in", OF_AN_ADMINISTRATOR)
def _(patch: pytest.MonkeyPatch, _apps: Apps) -> None:
    patch.setattr(audit_page, "sealed_jobs", lambda _actor: frozenset())


@leak("a person's page lists what they owe to whoever looks", OF_AN_ADMINISTRATOR)
def _(patch: pytest.MonkeyPatch, _apps: Apps) -> None:
    def owed_by(_actor: Any, person_id: int) -> Any:
        return db.session.scalars(
            sa.select(Assignment).where(
                Assignment.person_id == person_id, Assignment.state == AssignmentState.OPEN
            )
        ).all()

    patch.setattr(queries, "owed_by", owed_by)


# In what surrounds them ----------------------------------------------------------------------------------


@leak("the debrief is 404 until the panel is complete, and 403 after")
def _(patch: pytest.MonkeyPatch, _apps: Apps) -> None:
    original = debriefs.get_application

    def get_application(actor: Any, public_id: Any) -> Any:
        if _submitted() < 9:
            raise NotFound
        return original(actor, public_id)

    patch.setattr(debriefs, "get_application", get_application)


@leak("a refusal says that the seat is settled", OF_A_MANAGER)
def _(patch: pytest.MonkeyPatch, _apps: Apps) -> None:
    original = services.waive

    def waive(actor: Any, assignment: Any, **more: Any) -> None:
        if not assignment.is_open:
            raise Conflict("This seat is settled already.")
        original(actor, assignment, **more)

    patch.setattr(services, "waive", waive)


@leak("a header counts scorecards")
def _(patch: pytest.MonkeyPatch, apps: Apps) -> None:
    _after(patch, apps, lambda response: response.headers.add("X-Total", str(_submitted())))


@leak("an ETag changes with what is hidden")
def _(patch: pytest.MonkeyPatch, apps: Apps) -> None:
    def tag(response: Response) -> None:
        last = db.session.scalar(sa.select(sa.func.max(Scorecard.submitted_at)))
        response.headers["ETag"] = f'"{last}"'

    _after(patch, apps, tag)


@leak("a page is longer when more is in")
def _(patch: pytest.MonkeyPatch, apps: Apps) -> None:
    def pad(response: Response) -> None:
        if response.mimetype == "text/html" and not response.is_streamed:
            response.set_data(response.get_data() + b" " * _submitted())

    _after(patch, apps, pad)


@leak("one more query when more is in")
def _(patch: pytest.MonkeyPatch, apps: Apps) -> None:
    def ask_again(_response: Response) -> None:
        for _ in range(_submitted() - 6):
            db.session.execute(sa.select(Scorecard.id).limit(1))

    _after(patch, apps, ask_again)


@leak("a header fingerprints drafts", HIDDEN_DRAFT)
def _(patch: pytest.MonkeyPatch, apps: Apps) -> None:
    def fingerprint(response: Response) -> None:
        bodies = db.session.scalars(sa.select(DraftRevision.digest).order_by(DraftRevision.id)).all()
        response.headers["X-Version"] = "".join(body[:2] for body in bodies)

    _after(patch, apps, fingerprint)


@leak("a fragment carries a badge of what is new", everything=True)
def _(patch: pytest.MonkeyPatch, apps: Apps) -> None:
    def badge(response: Response) -> None:
        if wants_fragment() and response.mimetype == "text/html" and response.status_code == 200:
            response.set_data(response.get_data() + f"<sup>{_submitted()}</sup>".encode())

    _after(patch, apps, badge)


@leak("a refusal says how many scorecards are in")
def _(patch: pytest.MonkeyPatch, apps: Apps) -> None:
    def say(response: Response) -> None:
        if response.status_code == 403:
            response.set_data(response.get_data() + f"{_submitted()} are in.".encode())

    _after(patch, apps, say)


@leak("a page says when it last changed")
def _(patch: pytest.MonkeyPatch, apps: Apps) -> None:
    def date(response: Response) -> None:
        response.last_modified = db.session.scalar(sa.select(sa.func.max(Assignment.settled_at)))

    _after(patch, apps, date)


@leak("a search puts candidates first whose scorecards are in", OF_A_MANAGER)
def _(patch: pytest.MonkeyPatch, _apps: Apps) -> None:
    original = lists.found_candidates

    def found(*given: Any, **more: Any) -> Any:
        rows, page = original(*given, **more)
        return (rows if _submitted() % 2 else rows[::-1]), page

    patch.setattr(lists, "found_candidates", found)


@leak("the audit log counts what it does not show", OF_AN_ADMINISTRATOR)
def _(patch: pytest.MonkeyPatch, _apps: Apps) -> None:
    original = audit_events.count_events

    def count(*given: Any, **_: Any) -> int:
        return original(*given, sealed_jobs=())

    patch.setattr(audit_events, "count_events", count)


@leak("a panel lists last who is in", OF_A_MANAGER)
def _(patch: pytest.MonkeyPatch, _apps: Apps) -> None:
    original = panel.panels

    def panels(actor: Any, application: Any) -> Any:
        settled = dict(db.session.execute(sa.select(Assignment.public_id, Assignment.settled_at)).all())
        return [
            one._replace(
                members=tuple(sorted(one.members, key=lambda who: settled[who.assignment] is not None))
            )
            for one in original(actor, application)
        ]

    patch.setattr(queries, "panels", panels)


@leak("a page asks once more for each field of a draft")
def _(patch: pytest.MonkeyPatch, apps: Apps) -> None:
    def ask_again(_response: Response) -> None:
        for _ in db.session.scalars(sa.select(DraftRevision.field).distinct()).all():
            db.session.execute(sa.select(DraftRevision.id).limit(1))

    _after(patch, apps, ask_again)


@leak("a candidate's address redirects to the debrief once somebody is in")
def _(patch: pytest.MonkeyPatch, apps: Apps) -> None:
    def move(response: Response) -> None:
        if request.endpoint == "scoring.application" and _submitted() > 7:
            response.status_code, response.location = 303, f"{request.path}/debrief"

    _after(patch, apps, move)


@leak("a count of what hires found is shown for one of them", OF_A_HIRE)
def _(patch: pytest.MonkeyPatch, _apps: Apps) -> None:
    patch.setattr(accuracy, "GROUP", 1)


@leak("one person's miss is enough to measure a number again", OF_A_HIRE)
def _(patch: pytest.MonkeyPatch, _apps: Apps) -> None:
    patch.setattr(accuracy, "MISSES", 1)
