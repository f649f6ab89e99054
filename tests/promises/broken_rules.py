"""Defects in the rules of the lifecycle, as they are really made; any order of actions must find each."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from app import policy
from app.audit import services as audit
from app.audit.events import Event
from app.policy import Act
from app.scoring import queries, rules, services
from app.scoring.models import Assignment
from app.scoring.queries import panel
from app.scoring.services import interviews

Seed = Callable[[pytest.MonkeyPatch], None]
ALL: dict[str, Seed] = {}
RARE: dict[str, Seed] = {}  # So much has to come together that it may take thousands of steps: for the soak.


def defect(name: str, *, among: dict[str, Seed] = ALL) -> Callable[[Seed], Seed]:
    """Add a defect to a list."""

    def add(seed: Seed) -> Seed:
        among[name] = seed
        return seed

    return add


def without(patch: pytest.MonkeyPatch, act: Act, name: str) -> None:
    """Drop a rule from every line of an act."""
    lines = [[rule for rule in line if rule.name != name] for line in policy.POLICY[act]]
    assert lines != policy.POLICY[act]
    patch.setitem(policy.POLICY, act, lines)


def seen(patch: pytest.MonkeyPatch, change: Callable[[rules.Sight, Any], rules.Sight]) -> None:
    """Let the policy be asked about something else."""
    original = rules.sight
    patch.setattr(rules, "sight", lambda *given, **more: change(original(*given, **more), given[1]))


@defect("a decision is taken while somebody owes a scorecard")
def _(patch: pytest.MonkeyPatch) -> None:
    without(patch, Act.RECORD_DECISION, "no_assignment_is_open")


@defect("whoever owes a scorecard reads the panel")
def _(patch: pytest.MonkeyPatch) -> None:
    seen(patch, lambda sight, _seats: replace(sight, mine_open=False))


@defect("a panel is open as soon as one is in")
def _(patch: pytest.MonkeyPatch) -> None:
    seen(
        patch,
        lambda sight, seats: replace(
            sight, panel_complete=sight.panel_complete or any(one.is_in for one in seats)
        ),
    )
    patch.setattr(panel, "open_to", sa.true)
    patch.setattr(panel, "_of_open_panels", panel._of_open_panels.__wrapped__)  # Built anew, with that rule.


@defect("a shadow counts", among=RARE)
def _(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Assignment, "counts", property(lambda seat: not seat.is_informed))


@defect("whoever read the panel before takes a seat as if they had not", among=RARE)
def _(patch: pytest.MonkeyPatch) -> None:
    original = interviews._seat

    def seat(*given: Any, is_informed: bool = False, **more: Any) -> Assignment:
        return original(*given, **more)

    patch.setattr(interviews, "_seat", seat)


@defect("a scorecard is saved after it is handed in")
def _(patch: pytest.MonkeyPatch) -> None:
    without(patch, Act.SAVE_SCORECARD, "card_is_open")


@defect("a scorecard is saved before anything is declared")
def _(patch: pytest.MonkeyPatch) -> None:
    without(patch, Act.SAVE_SCORECARD, "nothing_ties_them")


@defect("a submit does not look at what changed meanwhile")
def _(patch: pytest.MonkeyPatch) -> None:
    original = services.submit_scorecard
    patch.setattr(
        services,
        "submit_scorecard",
        lambda actor, card, *, key, **_: original(actor, card, version=card.version, key=key),
    )


@defect("a scorecard is waived that is in already")
def _(patch: pytest.MonkeyPatch) -> None:
    without(patch, Act.WAIVE_ASSIGNMENT, "assignment_is_open")
    patch.setattr(interviews, "_settle", lambda *_given, **_more: None)


@defect("a candidate who withdrew is still owed scorecards")
def _(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(queries, "open_assignments_in", lambda _application: [])


@defect("an interview is scheduled after the decision", among=RARE)
def _(patch: pytest.MonkeyPatch) -> None:
    without(patch, Act.SCHEDULE_INTERVIEW, "application_is_active")


@defect("that somebody was replaced is not recorded")
def _(patch: pytest.MonkeyPatch) -> None:
    original = audit.record

    def record(actor: Any, event: Event, *given: Any, **more: Any) -> None:
        if event is not Event.INTERVIEWER_REPLACED:
            original(actor, event, *given, **more)

    patch.setattr(audit, "record", record)


@defect("a recruiter decides")
def _(patch: pytest.MonkeyPatch) -> None:
    without(patch, Act.RECORD_DECISION, "manages_job")


@defect("the manager of the job waives while they owe a scorecard themselves", among=RARE)
def _(patch: pytest.MonkeyPatch) -> None:
    without(patch, Act.WAIVE_ASSIGNMENT, "nothing_of_mine_is_open")
