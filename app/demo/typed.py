"""Facts as a manager types them, said shortly."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from app.disclosures import rules
from app.disclosures.catalogue import STEPS
from app.disclosures.facts import Basis, Fact, FactState
from app.jobs.rules import Profile

NOT_APPLICABLE = Fact(state=FactState.NOT_APPLICABLE)


def number(typical: float, low: float | None = None, high: float | None = None, **more: object) -> Fact:
    """A number; `bad` is that of the bad week, and everything else is said by name."""
    bad = more.pop("bad", None)
    ends = {"low": low, "high": high, "bad_week": bad}
    given = {name: Decimal(str(value)) for name, value in ends.items() if value is not None}
    return Fact(typical=Decimal(str(typical)), **given, **more)  # type: ignore[arg-type]  # its fields by name


def words(text: str, **more: object) -> Fact:
    """A field in words, or one part a line."""
    return Fact(text=text, **more)  # type: ignore[arg-type]  # its fields by name


def shared(
    as_of: date, source: str, *, basis: Basis | None = None, people: int = 0, owner: str = "clinic lead"
) -> Fact:
    """The source of a group; what is measured here was measured over 12 weeks on so many people."""
    if people:
        basis = Basis.MEASURED
        return Fact(basis=basis, source=source, window_weeks=12, people=people, as_of=as_of, owner=owner)
    return Fact(basis=basis, source=source, as_of=as_of, owner=owner)


def whole(facts: Mapping[str, Fact], profile: Profile) -> dict[str, Fact]:
    """The facts, and every other field saying that it does not apply or is not measured."""
    known = rules.prefilled(facts, profile)
    steps = [step.key for step in STEPS]
    rest = {
        key: replace(fact, reason="Not counted yet.")
        for key, fact in rules.rest_not_measured(known, steps, profile).items()
    }
    return {**known, **rest}
