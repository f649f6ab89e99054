"""The rules of questions, as a reader would say them."""

import pytest

from app.core.errors import Invalid
from app.disclosures.catalogue import BY_KEY
from app.questions.rules import changes, check_anonymous, telling
from app.questions.topics import TOPICS


def test_every_topic_is_answered_by_fields_that_there_are():
    assert [(topic.key, key) for topic in TOPICS for key in topic.fields if key not in BY_KEY] == []


def test_ticks_are_what_was_chosen_last():
    assert changes({"load"}, {"load", "scope"}, ["scope", "nonsense"]) == ({"scope"}, {"load"})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Who covers on sick days?", []),
        ("Call me at 555-014-2277", ["555-014-2277"]),
        ("Write to cleo@marsh.example.", ["cleo@marsh.example"]),
        ("As I told Cleo", ["Cleo"]),
        ("Is the marsh close?", []),
        ("Bo asks for 3 to 4 visits in 2026", []),
    ],
)
def test_what_could_tell_who_asked(text, found):
    assert telling(text, ["Cleo Marsh", "Bo Urwin"]) == found


def test_a_name_that_is_a_word_may_stay_and_an_address_never():
    check_anonymous("Will there be evenings?", ["Will Stone"], stays=True)
    with pytest.raises(Invalid, match="or say below that it tells nobody"):
        check_anonymous("Will there be evenings?", ["Will Stone"], stays=False)
    with pytest.raises(Invalid, match="could tell who asked"):
        check_anonymous("a@b.example", ["Will Stone"], stays=True)
