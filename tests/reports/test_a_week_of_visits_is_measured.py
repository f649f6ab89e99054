"""What a file of visits says about a week: the published example, every rule, and the slow definition."""

from datetime import date, time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reports.visits.measuring import NothingToMeasure, Options
from tests.reports import visits_plain
from tests.reports.visit_files import PUBLISHED, TODAY, lines, measured, row, text

# By hand, from the five clinician-weeks of docs/examples/visits.csv, in the order A, B, C, A, B.
BY_HAND = {
    "visits_booked": ([4, 3, 2, 2, 3], (3, 2, 4), 3, 3),
    "visits_completed": ([3, 3, 1, 2, 3], (3, 1, 3), 3, 3),
    "no_show": ([25, 0, 50, 0, 0], (0, 0, 50), 25, 3),
    "evaluations_booked": ([1, 1, 0, 0, 1], (1, 0, 1), 1, 3),
    "evaluations_completed": ([1, 1, 0, 0, 1], (1, 0, 1), 1, 3),
    "evaluation_minutes": ([60, 60, 60], (60, 60, 60), 60, 2),
    "evaluation_writing": ([20, 16, 12], (16, 12, 20), 18, 2),
    "follow_ups_booked": ([3, 2, 2, 2, 2], (2, 2, 3), 2, 3),
    "follow_ups_completed": ([2, 2, 1, 2, 2], (2, 1, 2), 2, 3),
    "follow_up_minutes": ([45, 40, 50, 45, 40], (45, 40, 50), 45, 3),
    "follow_up_writing": ([20, 5, 10, 10, 13], (10, 5, 20), 10, 3),
    "after_hours": ([30, 0, 0, 0, 10], (0, 0, 30), 0, 3),
}
DAYS = ("2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06")
NEXT = ("2026-03-09", "2026-03-10", "2026-03-11", "2026-03-12", "2026-03-13")


def test_the_published_example_comes_to_what_was_worked_out_by_hand():
    found = measured(PUBLISHED.read_text("utf-8"))

    assert found.values.keys() == BY_HAND.keys()
    for key, (of_weeks, (typical, low, high), bad_week, clinicians) in BY_HAND.items():
        value = found.values[key]
        assert (value.typical, value.low, value.high) == pytest.approx((typical, low, high)), key
        assert (value.bad_week, value.n, value.clinicians) == (bad_week, len(of_weeks), clinicians), key
    assert (found.weeks, found.clinicians, found.n) == (2, 3, 5)
    assert (found.first_day, found.as_of) == (date(2026, 3, 2), date(2026, 3, 10))
    assert found.bad_week == date(2026, 3, 2)
    assert (found.notes, found.notes_too_long) == (11, 1)
    assert [key for key, value in found.values.items() if value.needs_consent] == [
        "evaluation_minutes",
        "evaluation_writing",
    ]
    assert set(found.unmeasured.values()) == {"The file has no visit of this kind."}


def test_by_the_day_each_day_of_a_clinician_counts():
    found = measured(PUBLISHED.read_text("utf-8"), period="day")

    booked = [2, 2, 2, 1, 1, 1, 1, 1, 2, 1]  # A, B, C on Monday and Tuesday; then A and B
    assert (found.n, found.values["visits_booked"].typical) == (len(booked), sorted(booked)[5])
    assert found.bad_week == date(2026, 3, 2)


def test_a_minute_is_written_by_one_note_at_a_time_and_never_during_a_visit():
    first = row(DAYS[0], arrived="09:00", note_opened="09:30", note_signed="11:15")
    second = row(DAYS[0], arrived="10:00", note_opened="11:00", note_signed="11:15")
    file = text(first, second)

    found = measured(file)

    # 09:45 to 10:00 and 10:45 to 11:00 are the first note's alone; 11:00 to 11:15 they share.
    assert found.values["follow_up_writing"].typical == (30 + 7.5 + 7.5) / 2


def test_writing_on_a_day_without_visits_and_outside_paid_hours_is_after_hours():
    saturday = row(DAYS[4], arrived="15:00", note_opened="2026-03-07T10:00", note_signed="2026-03-07T10:20")
    evening = row(DAYS[3], arrived="15:00", note_opened="16:15", note_signed="16:45")

    found = measured(text(evening, saturday))

    assert found.values["after_hours"].typical == 20 + 15


def test_a_note_that_stayed_open_tells_nothing_of_how_long_it_was_written():
    open_overnight = row(DAYS[0], arrived="15:00", note_opened="15:50", note_signed="2026-03-03T08:30")
    file = text(open_overnight, row(DAYS[1], arrived="09:00", note_opened="09:45", note_signed="09:50"))

    found = measured(file)

    assert (found.values["follow_up_writing"].typical, found.values["after_hours"].typical) == (5, 0)
    assert (found.notes, found.notes_too_long) == (1, 1)
    assert measured(file, longest_note=1440).values["after_hours"].typical > 900


def test_writing_is_not_measured_where_the_visit_has_no_time():
    found = measured(text(row(DAYS[0], note_opened="09:45", note_signed="09:50")))

    assert "time it began" in found.unmeasured["follow_up_writing"]
    assert found.values["after_hours"].typical == 0


def test_after_hours_need_the_paid_day_and_notes():
    noted = text(row(DAYS[0], arrived="09:00", note_opened="09:45", note_signed="09:50"))

    assert measured(noted, paid_from=None, paid_until=None).unmeasured["after_hours"] == (
        "Say when the paid day begins and ends."
    )
    assert "the time a note was opened" in measured(text(row(DAYS[0]))).unmeasured["after_hours"]


def test_weeks_the_file_does_not_hold_whole_are_left_out():
    whole = [row(day) for day in NEXT]

    found = measured(text(row(DAYS[3]), row(DAYS[4]), *whole, row("2026-03-16")))

    assert (found.weeks, found.first_day, found.as_of) == (1, date(2026, 3, 9), date(2026, 3, 13))
    assert (found.values["visits_booked"].typical, found.outside) == (5, 3)
    with pytest.raises(NothingToMeasure, match="no whole week"):
        measured(text(row(DAYS[3]), row(NEXT[0])))


def test_leave_is_no_week_and_part_of_a_week_does_not_stand_for_one():
    full = [row(day, name) for name in "ABC" for day in DAYS]
    leave_for_most_of_it = [row(NEXT[0], "A")]
    covering = [row(DAYS[0], "D"), row(DAYS[0], "D")]
    three_days = [row(day, "B") for day in NEXT[2:]]

    found = measured(text(*full, *leave_for_most_of_it, *covering, *three_days))

    assert (found.n, found.part_weeks, found.clinicians) == (4, 2, 3)
    assert found.values["visits_booked"].low == 3


def test_a_visit_that_came_without_being_booked_would_be_there_in_a_full_week_but_cannot_fail_to_come():
    came_by_itself = row(DAYS[0], booked="no")
    missed = row(DAYS[0], arrived="no", patient_minutes="")

    found = measured(text(came_by_itself, missed, row(DAYS[0])))

    assert found.values["visits_booked"].typical == 3
    assert found.values["visits_completed"].typical == 2
    assert found.values["no_show"].typical == 50


def test_from_twenty_on_the_range_is_the_10th_and_90th_percentile():
    of_weeks = [[row(DAYS[0], f"c{person}")] * (person + 1) for person in range(20)]
    short, long = ([line for week in of_weeks[:some] for line in week] for some in (19, 20))

    few, enough = (measured(text(*rows)).values["visits_booked"] for rows in (short, long))

    assert (few.n, few.low, few.high) == (19, 1, 19)
    assert (enough.n, enough.low, enough.high) == pytest.approx((20, 2.9, 18.1))


def test_the_bad_week_is_one_of_the_last_twelve_and_nobodys_alone():
    weeks = [date.fromordinal(date(2026, 1, 5).toordinal() + 7 * week).isoformat() for week in range(14)]
    ordinary = [row(day, name) for day in weeks for name in "ABC"]
    long_ago = [row(weeks[0], name) for name in "ABC"] * 9
    of_two = [line for line in ordinary if not (line.startswith(weeks[9]) and ",C," in line)]

    found = measured(text(*ordinary, *long_ago, *[row(weeks[7], name) for name in "AB"]))
    alone = measured(text(*of_two, *[row(weeks[9], name) for name in "AB"] * 5))

    assert found.bad_week == date.fromisoformat(weeks[7])
    assert found.values["visits_booked"].bad_week == 2
    assert alone.bad_week == date.fromisoformat(weeks[13]), "the later of two that asked the same"


def test_of_many_weeks_the_latest_are_measured():
    weeks = [date.fromordinal(date(2026, 1, 5).toordinal() + 7 * week).isoformat() for week in range(14)]

    assert measured(text(*map(row, weeks)), weeks=4).weeks == 4


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"paid_from": time(8)}, "both its beginning and its end"),
        ({"paid_from": time(17), "paid_until": time(8)}, "ends after it begins"),
        ({"weeks": 105}, "From 1 to 104 weeks"),
        ({"longest_note": 0}, "a minute at least"),
    ],
)
def test_options_that_cannot_be_are_refused(options, sentence):
    with pytest.raises(ValueError, match=sentence):
        Options(**options)


@given(st.lists(lines(), min_size=20, max_size=120))
@settings(max_examples=40, deadline=None)
def test_measuring_fast_gives_what_the_slow_definition_gives(drawn):
    content = text(*drawn)
    visits, _ = visits_plain.read(content, today=TODAY)
    assume(visits)

    try:
        found = measured(content)
    except NothingToMeasure:
        return
    expected = visits_plain.measure(visits, paid=(8 * 3600, 16 * 3600 + 1800), longest=120)

    assert found.values.keys() == expected.keys()
    for key, value in found.values.items():
        fast = (value.typical, value.low, value.high, value.bad_week, value.n, value.clinicians)
        assert fast == pytest.approx(expected[key]), key
