"""A file of visits: what its cells may hold, and that each row it cannot read is named with the reason."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.visits.files import MOST_LISTED, VisitsError
from reports.visits.rows import NEVER
from tests.reports import visits_plain
from tests.reports.visit_files import EPOCH, HEADER, PUBLISHED, TODAY, lines, reading, row, text

NINE = ((date(2026, 3, 2) - EPOCH).days * 24 + 9) * 3600


@pytest.mark.parametrize("form", ["2026-03-02", "20260302", "2026-W10-1", "2026-03-02T00:00", " 2026-03-02 "])
def test_a_day_is_written_in_any_iso_form(form):
    found = reading(text(row(form)))

    assert found.visits.day.tolist() == [(date(2026, 3, 2) - EPOCH).days]


@pytest.mark.parametrize(
    "form", ["09:00", "09:00:00", "2026-03-02T09:00", "2026-03-02 09:00:00", "20260302T0900", "09:00:00.750"]
)
def test_a_time_is_of_the_rows_day_or_has_its_own_date(form):
    found = reading(text(row("2026-03-02", arrived=form, note_opened=form)))

    assert (found.visits.begun.tolist(), found.visits.opened.tolist()) == ([NINE], [NINE])


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (row("3/2/2026"), "'3/2/2026' is no date; write it as 2026-03-02."),
        (row("2026-02-30"), "'2026-02-30' is no date; write it as 2026-03-02."),
        (row("2026-07-01"), "The date '2026-07-01' is still to come."),
        (row("2026-03-02", " "), "The clinician is empty."),
        (
            row("2026-03-02", kind="hand"),
            "'hand' is no kind of visit; write evaluation, follow-up or other.",
        ),
        (row("2026-03-02", booked="maybe"), "Booked: 'maybe' is neither yes, no nor a time."),
        (row("2026-03-02", arrived="12"), "Arrived: '12' is neither yes, no nor a time."),
        (
            row("2026-03-02", arrived="25:00"),
            "Arrived: '25:00' is no time; write it as 2026-03-02T09:05 or 09:05.",
        ),
        (
            row("2026-03-02", arrived="2026-03-02T09:00Z"),
            "Arrived: '2026-03-02T09:00Z' has a time zone; write the time of the local clock.",
        ),
        (
            row("2026-03-02", arrived="2026-03-03T09:00"),
            "The person arrived on another day than the date says.",
        ),
        (
            row("2026-03-02", booked="no", arrived="", patient_minutes=""),
            "Neither booked nor arrived, so there was no visit.",
        ),
        (
            row("2026-03-02", patient_minutes=""),
            "The person arrived, and the patient minutes are empty.",
        ),
        (row("2026-03-02", arrived="no"), "There are patient minutes, and nobody arrived."),
        (
            row("2026-03-02", patient_minutes="-5"),
            "'-5' is no number of patient minutes; write it as 45 or 45.5.",
        ),
        (
            row("2026-03-02", patient_minutes="nan"),
            "'nan' is no number of patient minutes; write it as 45 or 45.5.",
        ),
        (row("2026-03-02", patient_minutes="1441"), "'1441' patient minutes are more than a day has."),
        (
            row("2026-03-02", note_opened="2026-03-02"),
            "Note opened: '2026-03-02' is no time; write it as 2026-03-02T09:05 or 09:05.",
        ),
        (
            row("2026-03-02", note_opened="10:00", note_signed="09:59"),
            "The note is signed before it is opened.",
        ),
        (
            row("2026-06-30", note_opened="10:00", note_signed="2026-07-01T08:00"),
            "The note is opened or signed on a day that is still to come.",
        ),
        ("2026-03-02,A", "The row has 2 cells; the header has 8."),
        ('2026-03-02,"A,follow-up,yes,yes,45,,', "A quotation mark is not closed in this row."),
        ("x" * 1001, "The row is longer than 1,000 characters."),
    ],
)
def test_a_row_that_cannot_be_read_is_named_and_the_rest_is_read(line, reason):
    found = reading(text(row("2026-03-02"), line, row("2026-03-03")))

    assert [(one.row, one.reason) for one in found.unread] == [(3, reason)]
    assert found.visits.row.tolist() == [2, 4]


def test_the_night_the_clock_goes_back_is_told_by_the_wall_and_not_guessed():
    going_back = row(
        "2025-11-02", arrived="01:30", note_opened="2025-11-02T01:50", note_signed="2025-11-02T01:10"
    )
    going_on = row(
        "2026-03-08", arrived="01:00", note_opened="2026-03-08T01:50", note_signed="2026-03-08T03:10"
    )

    found = reading(text(going_back, going_on))

    assert [one.reason for one in found.unread] == ["The note is signed before it is opened."]
    assert (found.visits.signed - found.visits.opened).tolist() == [80 * 60]


def test_a_visit_that_is_there_twice_counts_once_if_it_names_a_time():
    timed, untimed = row("2026-03-02", booked="09:00"), row("2026-03-02")

    found = reading(text(timed, untimed, row("20260302", booked="2026-03-02T09:00"), untimed))

    assert [(one.row, one.reason) for one in found.unread] == [(4, "The same visit as row 2.")]
    assert len(found.visits) == 3


def test_cells_may_be_quoted_and_columns_in_any_order():
    found = reading(
        '\ufeff"Note signed";Note opened;Patient minutes;Arrived;Booked;Kind;Clinician;Date\r\n'
        ';;45;yes;yes;"Evaluation";"Mar; tha";2026-03-02\r\n'
    )

    assert (found.unread_count, found.visits.minutes.tolist()) == (0, [45.0])


def test_a_file_that_is_not_in_utf_8_is_read_all_the_same():
    found = reading(text(row("2026-03-02", "Zoë"), row("2026-03-02", "Zoé")).encode("latin-1"))

    assert sorted(found.visits.clinician.tolist()) == [0, 1]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "The file is empty"),
        ("\n\n", "The file is empty"),
        ("date,clinician\n", "These columns are missing: kind, booked, arrived, patient minutes"),
        (HEADER + ",patient name\n", "These columns are not used: 'patient name'. Take them out"),
        (HEADER + ",kind\n", "These columns appear twice: kind."),
        ("PK\x03\x04\0\0", "The file is no text."),
    ],
)
def test_a_file_with_other_columns_is_refused_whole(content, sentence):
    with pytest.raises(VisitsError, match=sentence):
        reading(content)


def test_only_the_first_unreadable_rows_are_listed_and_all_are_counted():
    found = reading(text(*["x"] * 70, row("2026-03-02")))

    assert (len(found.unread), found.unread_count, found.rows) == (MOST_LISTED, 70, 71)
    assert [one.row for one in found.unread] == list(range(2, 2 + MOST_LISTED))


def test_only_the_clinicians_that_are_named_are_read():
    content = PUBLISHED.read_text("utf-8")

    assert len(reading(content, only=["A", "B"]).visits) == 12
    with pytest.raises(VisitsError, match=r"There is no row of 'D'\."):
        reading(content, only=["A", "D"])


@given(st.lists(lines(), max_size=30))
@settings(max_examples=60)
def test_reading_fast_reads_what_reading_plainly_reads(drawn):
    content = text(*drawn)

    found = reading(content)

    visits, problems = visits_plain.read(content, today=TODAY)
    assert found.unread_count == len(problems)
    assert [(one.row, one.reason) for one in found.unread] == sorted(problems.items())
    columns = ("day", "kind", "booked", "arrived", "minutes", "booked_at", "begun", "opened", "signed")
    fast = sorted(zip(*(getattr(found.visits, name).tolist() for name in columns), strict=True))
    assert fast == sorted(tuple(getattr(visit, name) for name in columns) for visit in visits)
    assert len(set(found.visits.clinician.tolist())) == len({visit.clinician for visit in visits})
    assert NEVER not in found.visits.day
