"""Which numbers of a version a check-in asks about, and what each is held against on that day."""

from fractions import Fraction

import pytest

from app.accuracy.asked import FIRST_DAY, GROWS, asked, measured_on, numbers
from app.disclosures.catalogue import BY_KEY, GROUPS
from reports.workload.accuracy import Closeness

STEPS = [
    {"week": 1, "share": 30},
    {"week": 3, "share": 50},
    {"week": 6, "share": 75},
    {"week": 12, "share": 100},
]


def fact(key, *, unit="", **more):
    return {
        "key": key,
        "label": BY_KEY[key].label,
        "group": "Group",
        "unit": unit,
        "kind": "number",
        "state": "given",
    } | more


DOCUMENT = {
    "facts": [
        fact("schedule_notice", unit="days", typical=7),
        fact("visits_completed", typical=44, as_of="2026-03-03"),
        fact("after_hours", unit="min", typical=0),
        fact("license_weeks", unit="weeks", low=4, high=8),
        fact("productivity", unit="%", typical=77.5),
        fact("aide_hours", unit="h", state="not measured"),
        fact("hours", kind="text", text="Monday to Friday."),
        fact("ramp", kind="ramp", steps=STEPS),
    ]
}


def test_what_is_not_published_as_a_number_is_not_asked():
    assert [one.key for one in asked(DOCUMENT, 90)] == [
        "schedule_notice",
        "visits_completed",
        "after_hours",
        "license_weeks",
        "productivity",
        "ramp",
    ]


def test_a_load_is_held_against_the_ramp_and_a_share_of_it_is_not():
    fifth_week, full = numbers(DOCUMENT, 30), numbers(DOCUMENT, 90)

    assert fifth_week["visits_completed"].said == "44"
    assert fifth_week["visits_completed"].expected == "22"
    assert fifth_week["visits_completed"].compare(22).closeness is Closeness.ACCURATE
    assert fifth_week["visits_completed"].compare(44).is_worse
    assert fifth_week["schedule_notice"].share == 1
    assert full["visits_completed"].expected == ""
    assert full["visits_completed"].compare(44).closeness is Closeness.ACCURATE


def test_the_load_itself_is_asked_for_and_more_than_planned_is_worse():
    ramp = numbers(DOCUMENT, 30)["ramp"]

    assert ramp.said == "50%"
    assert ramp.compare(80).is_worse


def test_the_same_is_the_same_at_any_share_of_the_load():
    assert numbers(DOCUMENT, 30)["visits_completed"].compare(None).error == 0


def test_where_only_a_range_was_published_anything_in_it_is_accurate():
    weeks = numbers(DOCUMENT, 90)["license_weeks"]

    assert weeks.said == "4 to 8 weeks"
    assert [weeks.compare(found).error for found in (4, 6, 8, 10)] == [0, 0, 0, Fraction(1, 4)]


@pytest.mark.parametrize(("found", "closeness"), [(25, Closeness.ACCURATE), (26, Closeness.MISS)])
def test_five_minutes_a_day_are_as_good_as_none(found, closeness):
    assert numbers(DOCUMENT, 90)["after_hours"].compare(found).closeness is closeness


def test_the_day_of_each_number_is_known():
    known = measured_on(DOCUMENT)

    assert str(known["visits_completed"]) == "2026-03-03"
    assert known["after_hours"] is None
    assert "aide_hours" not in known


def test_what_this_rests_on_is_in_the_catalogue():
    assert FIRST_DAY.keys() <= {group.key for group in GROUPS}
    assert GROWS | {"ramp"} <= BY_KEY.keys()
