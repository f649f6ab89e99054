"""What got heavier between two documents by a tenth or more, and what is said otherwise."""

from typing import Any

import pytest

from app.disclosures.catalogue import BY_KEY
from app.disclosures.catalogue.directions import HEAVIER, LIGHTER
from app.disclosures.comparing import differences, worsened


def document(
    key: str = "caseload", *, pay: tuple[int, int] = (84_000, 101_000), **said: Any
) -> dict[str, Any]:
    """A document with one fact."""
    fact = {"key": key, "label": BY_KEY[key].label, "unit": BY_KEY[key].unit, "state": "given", **said}
    return {"pay": {"low": pay[0], "high": pay[1], "per": "year"}, "period": "week", "facts": [fact]}


def heavier(key: str, before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, float, float]]:
    """Which of a field's numbers got worse, and from what to what."""
    found = worsened(document(key, **before), document(key, **after))
    return [(one.where, one.before, one.after) for one in found]


@pytest.mark.parametrize(
    ("key", "before", "after", "is_told"),
    [
        ("caseload", 50, 54, False),
        ("caseload", 50, 55, True),
        ("caseload", 50, 40, False),
        ("protected_writing", 60, 55, False),
        ("protected_writing", 60, 54, True),
        ("protected_writing", 60, 90, False),
        ("after_hours", 0, 25, False),
        ("after_hours", 0, 26, True),
        ("no_show", 12, 30, False),
    ],
)
def test_a_tenth_worse_is_told_in_the_direction_that_weighs(
    key: str, before: int, after: int, is_told: bool
) -> None:
    assert bool(heavier(key, {"typical": before}, {"typical": after})) is is_told


def test_the_bad_week_counts_by_itself_and_a_range_by_its_heavy_end() -> None:
    assert heavier("meetings", {"typical": 30, "bad_week": 40}, {"typical": 30, "bad_week": 60}) == [
        ("in a bad week", 40, 60)
    ]
    assert heavier("license_weeks", {"low": 4, "high": 8}, {"low": 4, "high": 9}) == [("at most", 8, 9)]


def test_pay_that_falls_by_a_tenth_is_told() -> None:
    [fallen] = worsened(document(typical=46), document(typical=46, pay=(84_000, 90_000)))
    assert (fallen.label, fallen.where, fallen.before, fallen.after) == (
        "Pay range",
        "at most",
        101_000,
        90_000,
    )
    assert worsened(document(typical=46), document(typical=46, pay=(80_000, 101_000))) == []


def test_what_is_not_given_in_both_and_another_period_is_not_compared() -> None:
    withheld = {"state": "withheld", "reason": "Under negotiation."}
    assert heavier("caseload", {"typical": 46}, withheld) == []
    assert heavier("caseload", withheld, {"typical": 90}) == []
    assert worsened(document(typical=46), document(typical=90) | {"period": "day"}) == []


def test_a_field_is_different_when_it_says_something_else_not_when_it_is_only_newer() -> None:
    before = document(typical=46, as_of="2026-03-03")
    assert differences(before, document(typical=46, as_of="2026-06-03")) == []
    [one] = differences(before, document(typical=47, as_of="2026-06-03"))
    assert one.label == "Caseload"
    gone = document("meetings", typical=30)
    assert [(one.key, one.before is None, one.after is None) for one in differences(before, gone)] == [
        ("meetings", True, False),
        ("caseload", False, True),
    ]


def test_every_field_with_a_direction_is_in_the_catalogue_and_a_number() -> None:
    assert {BY_KEY[key].kind for key in HEAVIER | LIGHTER} == {"number"}
    assert not HEAVIER & LIGHTER
