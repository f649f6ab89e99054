"""Whether a published number was true: accurate, off or a miss, and for whom that is worse."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.workload.accuracy import Closeness, compare, share_in

RIVERBEND_RAMP = [(1, 30), (3, 50), (6, 75), (9, 90), (12, 100)]
NUMBERS = st.decimals(min_value=0, max_value=100_000, places=3)


def test_the_example_of_visits_and_writing_after_hours():
    visits = compare(Decimal("9.6"), Decimal("8.8"), worse="higher")
    writing = compare(Decimal(75), Decimal(35), worse="higher")

    assert visits.error is not None
    assert f"{float(visits.error):+.1%}" == "+9.1%"
    assert (visits.closeness, visits.is_worse) == (Closeness.ACCURATE, False)
    assert writing.error is not None
    assert f"{float(writing.error):+.0%}" == "+114%"
    assert (writing.closeness, writing.is_worse) == (Closeness.MISS, True)


@pytest.mark.parametrize(
    ("found", "closeness"),
    [
        ("110", Closeness.ACCURATE),
        ("110.001", Closeness.OFF),
        ("90", Closeness.ACCURATE),
        ("89.999", Closeness.OFF),
        ("125", Closeness.OFF),
        ("125.001", Closeness.MISS),
        ("75", Closeness.OFF),
        ("74.999", Closeness.MISS),
        ("0", Closeness.MISS),
    ],
)
def test_a_limit_belongs_to_what_is_nearer(found, closeness):
    assert compare(Decimal(found), Decimal(100)).closeness is closeness


def test_a_limit_is_exact_where_binary_numbers_are_not():
    assert compare(Decimal("0.33"), Decimal("0.3")).closeness is Closeness.ACCURATE


def test_it_is_worse_only_in_the_direction_that_costs_the_person_something():
    assert compare(Decimal(50), Decimal(100), worse="lower").is_worse
    assert not compare(Decimal(50), Decimal(100), worse="higher").is_worse
    assert not compare(Decimal(50), Decimal(100)).is_worse
    assert not compare(Decimal(105), Decimal(100), worse="higher").is_worse


@pytest.mark.parametrize(
    ("found", "closeness"), [(0, Closeness.ACCURATE), (25, Closeness.ACCURATE), (26, Closeness.MISS)]
)
def test_where_nothing_was_published_a_few_minutes_are_still_accurate(found, closeness):
    comparison = compare(found, 0, worse="higher", tolerance=25)

    assert comparison.error is None
    assert comparison.closeness is closeness


@pytest.mark.parametrize(
    ("day", "percent"), [(1, 30), (14, 30), (15, 50), (30, 50), (42, 75), (60, 90), (78, 100), (90, 100)]
)
def test_a_ramp_holds_until_its_next_step(day, percent):
    assert share_in(RIVERBEND_RAMP, day) == Fraction(percent, 100)


def test_without_a_ramp_the_load_is_full_from_the_first_day():
    assert share_in([], 1) == 1
    assert share_in([(3, 40), (9, 100)], 2) == Fraction(40, 100)


@given(found=NUMBERS, published=NUMBERS.filter(bool), factor=st.integers(1, 1000))
def test_neither_the_unit_nor_the_other_direction_changes_how_near_it_is(found, published, factor):
    one = compare(found, published, worse="higher")
    other = compare(found, published, worse="lower")
    scaled = compare(found * factor, published * factor, worse="higher")

    assert (scaled.error, scaled.closeness) == (one.error, one.closeness)
    assert other.closeness is one.closeness
    assert one.is_worse + other.is_worse == (one.closeness is not Closeness.ACCURATE)


def test_a_negative_number_is_no_workload():
    with pytest.raises(ValueError, match="not negative"):
        compare(-1, 5)
