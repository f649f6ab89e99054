"""What a reader who may not know a single answer learns of the answers: whole groups of three, or nothing."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from app.accuracy.rules import Answered, by_field, corrections, tally, whole_groups
from reports.workload.accuracy import compare

MARCH = date(2026, 3, 2)


def said(number, hire, found, *, key="after_hours", day=60, is_shared=False, on=MARCH, published=35):
    """One answer of one hire; it was the first one that this hire gave."""
    comparison = compare(Decimal(found), Decimal(published), worse="higher")
    return Answered(
        number=number,
        check_in_id=100 * hire + day,
        hire_id=hire,
        day=day,
        key=key,
        label=key,
        is_shared=is_shared,
        on=on,
        comparison=comparison,
        misses_newest=True,
    )


def test_two_people_are_too_few_and_three_are_counted():
    answers = [said(number, hire=number, found=75) for number in (1, 2, 3)]

    assert whole_groups(answers[:2]) == []
    assert len(whole_groups(answers)) == 3
    counted = tally(whole_groups(answers))
    assert counted is not None
    assert (counted.people, counted.answered, counted.accurate, counted.misses, counted.worse) == (
        3,
        3,
        0,
        3,
        3,
    )


def test_a_fourth_and_a_fifth_wait_for_a_sixth():
    answers = [said(number, hire=number, found=35) for number in range(1, 7)]

    assert [len(whole_groups(answers[:there])) for there in range(7)] == [0, 0, 0, 3, 3, 3, 6]


def test_one_day_is_never_mixed_with_another():
    answers = [said(1, 1, 35, day=30), said(2, 2, 35, day=60), said(3, 3, 35, day=60)]

    assert whole_groups(answers) == []


def test_what_two_people_shared_does_not_give_the_third_away():
    """Their manager reads the two by name; a count of all three less these two would be the third."""
    answers = [
        said(1, 1, 35, is_shared=True),
        said(2, 2, 35, is_shared=True),
        said(3, 3, 75),
    ]

    assert whole_groups(answers) == []


HIRES = st.lists(
    st.tuples(
        st.integers(1, 9), st.sampled_from([30, 60, 90]), st.sampled_from(["a", "b"]), st.integers(0, 90)
    ),
    max_size=40,
    unique_by=lambda one: one[:3],
)


@given(HIRES, st.sets(st.integers(1, 9)))
def test_whatever_is_taken_from_whatever_at_least_three_people_are_left(given_answers, sharing):
    """Between any two moments, and with the shared answers taken off, by number and day: nobody, or three."""
    answers = [
        said(number, hire, found, key=key, day=day, is_shared=hire in sharing)
        for number, (hire, day, key, found) in enumerate(given_answers)
    ]
    moments = [set(whole_groups(answers[:there])) for there in range(len(answers) + 1)]

    for earlier in range(len(moments)):
        for later in range(earlier, len(moments)):
            assert moments[earlier] <= moments[later]
            fresh = [one for one in moments[later] - moments[earlier] if not one.is_shared]
            for key, day in {(one.key, one.day) for one in fresh}:
                assert len({one.hire_id for one in fresh if (one.key, one.day) == (key, day)}) >= 3


def test_numbers_are_listed_with_the_least_accurate_first():
    answers = [
        *(said(number, number, 35, key="visits") for number in (1, 2, 3)),
        *(said(number, number - 3, 75) for number in (4, 5, 6)),
    ]

    assert list(by_field(answers)) == ["after_hours", "visits"]


# Measuring again --------------------------------------------------------------------------------------------


STATED = {"after_hours": date(2026, 1, 5)}


def test_one_miss_is_nobodys_business_and_two_are_measured_again_within_two_weeks():
    first, second = said(1, 1, 75), said(2, 2, 90, on=MARCH + timedelta(days=3))

    assert corrections([first], STATED) == []
    [found] = corrections([first, second], STATED)
    assert (found.key, found.direction, found.since) == ("after_hours", "higher", second.on)
    assert found.due_on == date(2026, 3, 19)


def test_one_person_twice_is_not_two():
    assert corrections([said(1, 1, 75, day=60), said(2, 1, 90, day=90)], STATED) == []


def test_what_is_only_off_is_no_miss():
    assert corrections([said(1, 1, 43), said(2, 2, 43)], STATED) == []


def test_a_third_person_changes_nothing_that_is_told():
    two = [said(1, 1, 75), said(2, 2, 90)]
    third_found_less = said(3, 3, 0, on=MARCH + timedelta(days=9))

    assert corrections([*two, third_found_less], STATED) == corrections(two, STATED)


def test_one_who_found_more_and_one_who_found_less_have_no_direction():
    [found] = corrections([said(1, 1, 75), said(2, 2, 5)], STATED)

    assert found.direction == ""


def test_a_number_measured_after_that_is_corrected_and_one_that_was_not_is_not():
    two = [said(1, 1, 75), said(2, 2, 90)]

    assert corrections(two, {"after_hours": MARCH + timedelta(days=1)}) == []
    assert corrections(two, {"after_hours": MARCH - timedelta(days=1)}) != []
    assert corrections(two, {}) == [], "The newest version does not state it any more."
