"""A value is fresh for 90 days, then aging, and stale after 180, unless somebody looked at it again."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.disclosures.freshness import Freshness, Upkeep, ages, dated, why_stale

THIRD_OF_MARCH = date(2026, 3, 3)


def document(**bases: str) -> dict[str, Any]:
    """A document with one fact for each key, all as of 3 March."""
    return {
        "facts": [
            {"key": key, "label": key.capitalize(), "state": "given", "typical": 1, "basis": basis}
            | {"as_of": THIRD_OF_MARCH.isoformat()}
            for key, basis in bases.items()
        ]
    }


def age(days: int, basis: str = "measured", **upkeep: Any) -> Freshness:
    """What the age of a fact is so many days after it was taken."""
    return ages(document(caseload=basis), THIRD_OF_MARCH + timedelta(days=days), Upkeep(**upkeep))["caseload"]


@pytest.mark.parametrize(
    ("days", "basis", "expected"),
    [
        (0, "measured", "fresh"),
        (90, "measured", "fresh"),
        (91, "measured", "aging"),
        (180, "estimated", "aging"),
        (181, "estimated", "stale"),
        (91, "policy", "fresh"),
        (180, "contract", "fresh"),
        (181, "law", "stale"),
    ],
)
def test_a_value_ages_with_the_days(days: int, basis: str, expected: str) -> None:
    assert age(days, basis) == expected


def test_whoever_looks_again_makes_every_value_fresh_from_that_day() -> None:
    looked = THIRD_OF_MARCH + timedelta(days=170)
    assert age(181, attested_on=looked) == "fresh"
    assert age(170 + 91, attested_on=looked) == "aging"
    assert age(170 + 181, attested_on=looked) == "stale"
    assert age(10, attested_on=THIRD_OF_MARCH - timedelta(days=30)) == "fresh", "a look before it was taken"


def test_a_change_is_due_within_14_days_and_then_nothing_counts_as_true() -> None:
    changed = THIRD_OF_MARCH + timedelta(days=20)
    assert age(34, changed_on=changed) == "fresh"
    assert age(35, changed_on=changed) == "stale"
    assert age(35, "law", changed_on=changed) == "stale"


def test_what_is_not_given_has_no_age() -> None:
    withheld = {"key": "pay", "label": "Pay", "state": "withheld", "as_of": THIRD_OF_MARCH.isoformat()}
    assert ages({"facts": [withheld]}, THIRD_OF_MARCH + timedelta(days=400)) == {}
    assert dated({"facts": [withheld]}) == []


def test_why_it_cannot_be_sent_is_one_sentence() -> None:
    written = document(caseload="measured", turnover="measured", meetings="estimated", travel="measured")
    later = THIRD_OF_MARCH + timedelta(days=181)
    assert why_stale(7, written, later - timedelta(days=1)) == ""
    assert (
        why_stale(7, written, later)
        == "Version 7 is stale since 30 August 2026: caseload, turnover, meetings and 1 more."
    )
    overdue = Upkeep(changed_on=THIRD_OF_MARCH)
    assert why_stale(7, written, THIRD_OF_MARCH + timedelta(days=15), overdue) == (
        "Version 7 is stale: something changed on 3 March 2026, and nobody has looked at it again."
    )
