"""An export of scorecards in the shape of Greenhouse's Harvest API becomes ratings; its notes do not."""

import json

import pytest

from reports.ratings.files import read
from reports.ratings.greenhouse import from_scorecards, read_scorecards
from reports.ratings.tables import Scale, TableError

IRIS = {"id": 1, "first_name": "Iris", "last_name": "Ito", "name": "Iris Ito", "employee_id": "E1"}
IVO = {"id": 2, "first_name": "Ivo", "last_name": "Ix", "name": "Ivo Ix", "employee_id": "E2"}


def attribute(name: str, rating: object) -> dict:
    return {"name": name, "type": "Skills", "note": "a private note", "rating": rating}


def card(number: int = 9001, **changes: object) -> dict:
    """A scorecard as the API documents it; a change to None takes the field out."""
    fields = {
        "id": number,
        "created_at": "2026-03-01T09:00:00.000Z",
        "updated_at": "2026-03-01T12:00:00.000Z",
        "interview": "Practical",
        "interview_step": {"id": 50, "name": "Practical"},
        "candidate_id": 5,
        "application_id": 77,
        "interviewed_at": "2026-03-01T09:00:00.000Z",
        "submitted_at": "2026-03-01T12:00:00.000Z",
        "submitted_by": IVO,
        "interviewer": IRIS,
        "overall_recommendation": "yes",
        "attributes": [attribute("Safety", "strong_yes"), attribute("Handover", "mixed")],
        "ratings": {"strong_yes": ["Safety"], "mixed": ["Handover"]},
        "questions": [{"id": None, "question": "Private Notes", "answer": "<p>never read</p>"}],
    } | changes
    return {name: value for name, value in fields.items() if value is not None}


def test_the_words_of_a_rating_are_points_from_one_to_five(tmp_path):
    words = ["definitely_not", "no", "mixed", "yes", "strong_yes", "no_decision", None, ""]
    path = tmp_path / "scorecards.json"
    path.write_text(json.dumps([card(attributes=[attribute(f"c{i}", word) for i, word in enumerate(words)])]))

    ratings = read(path)

    assert ratings.scale == Scale(1, 5)
    assert (ratings.score.tolist(), ratings.absent) == ([1, 2, 3, 4, 5], 3)


def test_a_scorecard_says_who_judged_whom_on_what_where_and_when():
    ratings = from_scorecards({"scorecards": [card(), card(9002, interviewer=IVO)]})

    assert (ratings.units, ratings.raters, ratings.criteria, ratings.stages) == (
        (5,),
        ("E1", "E2"),
        ("Handover", "Safety"),
        ("Practical",),
    )
    assert ratings.day.tolist() == [20513.5] * 4
    assert ratings.score.tolist() == [3, 3, 5, 5]
    assert ratings.unused_columns == ("overall_recommendation", "questions")


def test_nothing_of_the_notes_is_kept():
    assert "note" not in repr(from_scorecards([card()]))
    assert "never read" not in repr(from_scorecards([card()]))


@pytest.mark.parametrize(
    ("changes", "raters"),
    [
        ({}, ("E1",)),
        ({"interviewer": {"id": 1, "name": "Iris"}}, (1,)),
        ({"interviewer": {"name": "Iris", "employee_id": None}}, ("Iris",)),
        ({"interviewer": None}, ("E2",)),
    ],
)
def test_a_rater_is_the_interviewer_by_number_or_name_or_who_submitted(changes, raters):
    assert from_scorecards([card(**changes)]).raters == raters


def test_all_raters_are_named_in_one_way():
    """A second interviewer without an employee number is not told apart by another kind of number."""
    assert from_scorecards([card(), card(9002, interviewer={"id": 2, "name": "Ivo"})]).raters == (1, 2)


def test_the_application_is_judged_where_it_is_asked_for_or_no_candidate_is_named():
    assert from_scorecards([card()], unit="application_id").units == (77,)
    assert from_scorecards([card(candidate_id=None)]).units == (77,)


def test_scorecards_without_steps_and_times_have_no_stages_and_days():
    ratings = from_scorecards([card(interview_step=None, submitted_at=None)])

    assert (ratings.stages, ratings.day, len(ratings)) == ((), None, 2)


def test_scorecards_that_were_not_submitted_are_left_out_and_counted():
    draft = {**card(9002), "submitted_at": None}

    assert from_scorecards([card(), draft]).left_out == ("1 scorecard not submitted",)
    assert from_scorecards([card(), draft, draft]).left_out == ("2 scorecards not submitted",)


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({"attributes": None}, "attributes", "There is no list of attributes."),
        ({"attributes": ["Safety"]}, "attributes", "There is no list of attributes."),
        (
            {"attributes": [attribute("Safety", "maybe")]},
            "rating",
            "'maybe' is no rating. Ratings are definitely_not, no, mixed, yes, strong_yes, no_decision.",
        ),
        ({"attributes": [attribute("Safety", 4)]}, "rating", "4 is no rating."),
        ({"candidate_id": None}, "candidate_id", "Nobody is named who was judged."),
        ({"interviewer": None, "submitted_by": None}, "interviewer", "Nobody is named who gave it."),
        (
            {"interviewer": {"email": "ivo@x.example"}},
            "interviewer",
            "Interviewers can only be told apart by",
        ),
        ({"interview_step": None}, "interview_step", "The step has no name, and others have one."),
        ({"submitted_at": None}, "submitted_at", "There is no time of submission, and others have one."),
    ],
)
def test_a_faulty_scorecard_is_named_with_its_field(changes, column, words):
    with pytest.raises(TableError) as refusal:
        from_scorecards([card(), card(9002, **{"candidate_id": 6, **changes})], file="cards.json")

    assert words in str(refusal.value)
    assert refusal.value.column == column
    if column != "interviewer" or "gave" in words:
        assert str(refusal.value).startswith(f"cards.json, row 2, column '{column}': Scorecard 9002: ")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "row 2, column 'rater': 'E1' already rated 5 on 'Safety' at 'Practical' in row 1."),
        ({"submitted_at": "yesterday"}, "row 2, column 'day': 'yesterday' is no day."),
        ({"candidate_id": "5"}, "row 2, column 'unit': '5' beside 5: write all as text"),
        ({"attributes": [attribute("", "yes")]}, "row 2, column 'criterion': The criterion is empty."),
    ],
)
def test_ratings_of_scorecards_are_checked_like_those_of_a_table(changes, words):
    with pytest.raises(TableError) as refusal:
        from_scorecards([card(), card(9002, **changes)])

    assert str(refusal.value).startswith(words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "Not readable as JSON: "),
        ("3", "There are no scorecards: a list of them, or "),
        ('{"cards": []}', "There are no scorecards"),
        ("[]", "The list of scorecards is empty."),
        ("[3]", "This is no scorecard"),
        ('["\xe9"]', "Not readable as text. Save the file as JSON in UTF-8."),
    ],
)
def test_a_file_without_scorecards_is_refused(tmp_path, text, words):
    path = tmp_path / "scorecards.json"
    path.write_bytes(text.encode("latin-1"))

    with pytest.raises(TableError) as refusal:
        read_scorecards(path)

    assert str(refusal.value).startswith(str(path))
    assert words in str(refusal.value)


def test_an_export_without_a_single_rating_is_refused(tmp_path):
    path = tmp_path / "scorecards.json"
    path.write_text(json.dumps([card(attributes=[attribute("Safety", "no_decision")])]))

    with pytest.raises(TableError, match="Every score is empty"):
        read(path)


def test_scorecards_have_a_scale_of_their_own():
    with pytest.raises(TableError, match="on a scale from 1 to 5, not 0 to 10"):
        from_scorecards([card()], scale=Scale(0, 10))
