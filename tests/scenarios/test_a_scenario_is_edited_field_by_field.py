"""A scenario becomes texts by field and back; rows come and go; whatever is typed is kept."""

import pytest

from scenarios import digest, load_pack, shipped_packs
from scenarios.editing import counts_of, texts_of, tree_of, with_row, without_row
from scenarios.fields import MOST_ROWS
from scenarios.schema import Scenario

SHIPPED = {one.id: one for path in shipped_packs() for one in load_pack(path).scenarios}
CHAIR = SHIPPED["snm-acute-ot-mid"]


@pytest.mark.parametrize("scenario", SHIPPED.values(), ids=SHIPPED)
def test_the_way_to_texts_and_back_changes_nothing(scenario):
    tree = tree_of(
        texts_of(scenario), id=scenario.id, version=str(scenario.version), status=scenario.status.value
    )

    assert digest(Scenario.model_validate(tree)) == digest(scenario)


@pytest.mark.parametrize("scenario", SHIPPED.values(), ids=SHIPPED)
def test_a_row_that_is_added_and_removed_leaves_nothing_behind(scenario):
    texts = texts_of(scenario)
    for group, count in counts_of(texts).items():
        assert without_row(with_row(texts, group), group, count + 1) == texts


def test_the_rows_after_a_removed_one_move_up_with_all_they_hold():
    texts = texts_of(CHAIR)
    left = without_row(texts, "criteria", 2)

    assert counts_of(left)["criteria"] == 4
    assert left["criteria.2.code"] == "DOC"
    assert left["criteria.2.anchors.5"] == texts["criteria.3.anchors.5"]
    assert left["criteria.4.minimum.mid"] == texts["criteria.5.minimum.mid"]


def test_there_are_never_more_rows_than_a_page_can_show():
    texts = texts_of(CHAIR)
    for _ in range(MOST_ROWS + 5):
        texts = with_row(texts, "probes")

    assert counts_of(texts)["probes"] == MOST_ROWS


def test_items_stand_on_lines_and_blank_lines_are_none():
    tree = tree_of({**texts_of(CHAIR), "facts": "\nOne.\n\n  Two.  \n"})

    assert tree["facts"] == ["One.", "Two."]


def test_a_break_in_one_piece_of_text_is_a_blank():
    assert tree_of({**texts_of(CHAIR), "title": "The chair\nby the door"})["title"] == "The chair by the door"


def test_blank_fields_that_may_be_left_out_are_left_out():
    tree = tree_of(texts_of(CHAIR))

    assert not {"before_reading", "procedure", "handout", "questions", "disclosure_read_first"} & tree.keys()
    assert "count" not in tree["bars"]["mid"]


def test_blank_fields_that_are_needed_are_there_to_be_found():
    tree = tree_of({**texts_of(CHAIR), "title": " ", "red_flags": ""})

    assert (tree["title"], tree["red_flags"]) == ("", [])


def test_a_level_with_anything_filled_in_has_a_bar_to_be_found():
    texts = {**texts_of(CHAIR), "levels": "mid senior", "criteria.1.minimum.entry": "3"}
    bars = tree_of(texts)["bars"]

    assert bars["entry"] == {"minimum": {"SAF": "3"}}
    assert bars["senior"] == {"minimum": {}}
    assert "leadership" not in bars


def test_a_minimum_follows_its_criterion_when_that_gets_another_code():
    bars = tree_of({**texts_of(CHAIR), "criteria.4.code": "EDU"})["bars"]

    assert bars["mid"]["minimum"] == {"SAF": "3", "ESC": "3", "DOC": "3", "EDU": "3", "VER": "3"}


def test_words_are_parted_by_blanks_or_commas():
    texts = {**texts_of(CHAIR), "bars.mid.count.of": "VER, ESC  SAF"}

    assert tree_of(texts)["bars"]["mid"]["count"]["of"] == ["VER", "ESC", "SAF"]
