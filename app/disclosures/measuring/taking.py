"""What was measured as facts of a disclosure, beside what its draft says now."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from app.disclosures.catalogue import RULED_OUT, Field, catalogue
from app.disclosures.facts import BLANK, Basis, Fact
from app.disclosures.values import FEWEST_PEOPLE
from app.jobs.rules import Profile

if TYPE_CHECKING:
    from reports.visits.measuring import Measured

DIGITS = 1


@dataclass(frozen=True, slots=True)
class Offer:
    """One field as measured, and as the draft has it."""

    field: Field
    fact: Fact
    before: Fact

    @property
    def needs_consent(self) -> bool:
        """Whether so few are behind it that they have to agree to its being shown."""
        return self.fact.people is not None and self.fact.people < FEWEST_PEOPLE


def facts(measured: "Measured", profile: Profile) -> dict[str, Fact]:
    """What was measured, by the key of the field; without what the role does not do."""
    fields = catalogue(measured.period).by_key
    ruled_out = RULED_OUT.get(profile.role, {})
    return {
        key: Fact(
            typical=_rounded(value.typical),
            low=_rounded(value.low),
            high=_rounded(value.high),
            bad_week=None if value.bad_week is None else _rounded(value.bad_week),
            bad_week_reason=named(measured) if value.bad_week is not None else "",
            basis=Basis.MEASURED,
            source=f"Visit records, {said(measured.first_day)} on, {value.n:,} clinician-{measured.period}s",
            window_weeks=measured.weeks,
            people=value.clinicians,
            as_of=measured.as_of,
            note=at_least(measured) if key == "after_hours" else "",
        )
        for key, value in measured.values.items()
        if key in fields and key not in ruled_out
    }


def unmeasured(measured: "Measured", profile: Profile) -> dict[str, list[str]]:
    """Why fields were not measured, and the labels of which; without what the role does not do."""
    fields, found = catalogue(measured.period).by_key, dict[str, list[str]]()
    for key, why in measured.unmeasured.items():
        if key in fields and key not in RULED_OUT.get(profile.role, {}):
            found.setdefault(why, []).append(fields[key].label)
    return found


def named(measured: "Measured") -> str:
    """The bad week by its date; why it was bad is not in any file."""
    if measured.bad_week is None:
        return ""
    return f"{'Week of ' if measured.period == 'week' else ''}{said(measured.bad_week)}"


def at_least(measured: "Measured") -> str:
    """That more was written after hours than was counted, where notes stayed open."""
    if not measured.notes_too_long:
        return ""
    many = f"{measured.notes_too_long:,} {'note' if measured.notes_too_long == 1 else 'notes'}"
    return (
        f"At least that: {many} of {measured.notes + measured.notes_too_long:,} stayed open too long to tell."
    )


def offers(found: Mapping[str, Fact], saved: Mapping[str, Fact]) -> list[Offer]:
    """What was measured beside the draft, in the order of the editor."""
    fields = catalogue("day" if saved.get("period", BLANK).text == "day" else "week").fields
    return [
        Offer(field, found[field.key], saved.get(field.key, BLANK)) for field in fields if field.key in found
    ]


def taken(measured: Fact, before: Fact, *, why: str, agreed: bool) -> Fact:
    """A measured fact in the place of the draft's, whose owner stays, and its note if there is no other."""
    few = measured.people is not None and measured.people < FEWEST_PEOPLE
    reason = f"{measured.bad_week_reason}: {why}" if measured.bad_week_reason and why else ""
    return replace(
        measured,
        basis=Basis.MEASURED,
        bad_week_reason=reason or measured.bad_week_reason,
        owner=before.owner,
        note=measured.note or before.note,
        shared_with_consent=agreed and few,
    )


def said(day: date) -> str:
    """Say "2 March 2026"."""
    return f"{day.day} {day:%B %Y}"


def _rounded(value: float) -> Decimal:
    """To a tenth: finer than that, no week is the same as the next."""
    return Decimal(str(round(value, DIGITS)))
