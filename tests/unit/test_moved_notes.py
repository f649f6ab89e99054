"""What becomes of something typed on the wrong scorecard."""

import pytest

from app.core.errors import Invalid
from app.scoring.drafts import Shape
from app.scoring.moving import moved

SAME = Shape(codes=("SAF", "ESC"), probes=0, facts=0)
OTHER = Shape(codes=("ESC", "DOC"), probes=0, facts=0)


def test_a_note_becomes_the_next_note_there_and_is_taken_away_here():
    here = {"note-1": "Cool water.", "ties-1": "SAF ESC", "tags-1": "owned"}
    leaves, comes = moved({"note-1"}, here, {"note-4": "There already."}, SAME)

    assert leaves == {"note-1": ""}
    assert comes == {"note-5": "Cool water.", "ties-5": "SAF ESC", "tags-5": "owned"}


def test_a_note_is_tied_only_to_criteria_that_both_have():
    _, comes = moved({"note-1"}, {"note-1": "Cool water.", "ties-1": "SAF ESC"}, {}, OTHER)

    assert comes["ties-1"] == "ESC"


def test_what_was_not_chosen_stays():
    leaves, comes = moved({"note-2"}, {"note-1": "Stays.", "note-2": "Goes."}, {}, SAME)

    assert leaves == {"note-2": ""}
    assert comes["note-1"] == "Goes."


def test_texts_go_below_what_is_there():
    here = {"retelling": "Mine.", "because-SAF": "Also mine."}
    leaves, comes = moved({"retelling", "criterion-SAF"}, here, {"retelling": "There."}, SAME)

    assert comes == {"retelling": "There.\n\nMine.", "because-SAF": "Also mine."}
    assert set(leaves) == {"retelling", "because-SAF"}


def test_a_level_moves_where_none_is_given_and_else_stays():
    here = {"level-SAF": "4", "level-ESC": "no", "reason-ESC": "not asked"}
    leaves, comes = moved({"criterion-SAF", "criterion-ESC"}, here, {"level-SAF": "2"}, SAME)

    assert comes == {"level-ESC": "no", "reason-ESC": "not asked"}
    assert set(leaves) == {"level-ESC", "reason-ESC"}


def test_a_criterion_that_the_other_does_not_have_stays():
    assert moved({"criterion-SAF"}, {"level-SAF": "4", "because-SAF": "Why."}, {}, OTHER) == ({}, {})


def test_no_scorecard_gets_more_notes_than_it_may_have():
    with pytest.raises(Invalid, match="more than 200 notes"):
        moved({"note-1"}, {"note-1": "One more."}, {"note-200": "The last."}, SAME)
