"""What a scorecard still lacks, and what the fields of a draft say."""

from datetime import UTC, datetime

import pytest

from app.core.errors import Invalid
from app.scoring import drafts, rules
from app.scoring.drafts import Change, Saved, Shape

SHAPE = Shape(codes=("SAF", "DOC"), probes=3, facts=2)
AT = datetime(2026, 3, 10, 17, tzinfo=UTC)


def saved(**fields: str) -> dict[str, Saved]:
    return {name.replace("_", "-"): Saved(body, 1, AT, AT) for name, body in fields.items()}


def left(**fields: str) -> list[tuple[str, str]]:
    return [(one.code, one.word) for one in rules.missing(drafts.read(saved(**fields), SHAPE))]


def test_an_empty_scorecard_lacks_a_level_for_each_criterion():
    assert left() == [("SAF", "level"), ("DOC", "level")]


def test_a_level_needs_a_note_tied_to_its_criterion():
    assert left(level_SAF="3", level_DOC="2", note_1="“I call him.”", ties_1="SAF") == [("DOC", "note")]


def test_a_note_without_text_is_no_evidence():
    assert ("SAF", "note") in left(level_SAF="3", note_1="   ", ties_1="SAF")


@pytest.mark.parametrize(
    ("level", "asks"), [("1", True), ("2", False), ("3", False), ("4", True), ("5", True)]
)
def test_the_ends_of_the_scale_ask_for_a_because(level: str, asks: bool):
    lacking = left(level_SAF=level, level_DOC="3", note_1="Heard.", ties_1="SAF DOC")
    assert lacking == ([("SAF", "because")] if asks else [])


def test_not_observed_needs_its_reason_and_no_note():
    assert left(level_SAF="no", level_DOC="no", reason_SAF="not asked") == [("DOC", "reason")]


def test_what_is_missing_says_where_to_mend_it():
    missing = rules.missing(drafts.read(saved(level_SAF="1", level_DOC="no"), SHAPE))
    assert [one.anchor for one in missing] == ["evidence", "because-SAF", "reason-DOC"]
    assert missing[0].sentence == "Tie a note to SAF: a level rests on what was said or done."


def test_a_draft_reads_as_it_was_filled_in():
    content = drafts.read(
        saved(level_SAF="4", note_2="Second.", ties_2="DOC SAF", note_1="First.", probe_3="yes", fact_1=""),
        SHAPE,
    )
    assert content.scored["SAF"].level == 4
    assert [(note.position, note.ties) for note in content.notes] == [(1, ()), (2, ("SAF", "DOC"))]
    assert content.probes == {3}
    assert content.facts == frozenset()
    assert content.given == 1


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("level-SAF", "6"),
        ("level-ABC", "3"),
        ("reason-SAF", "forgot"),
        ("ties-1", "SAF ABC"),
        ("probe-4", "yes"),
        ("fact-1", "maybe"),
        ("note-201", "One too many."),
        ("overall", "5"),
        ("retelling", "x" * 20_001),
    ],
)
def test_a_field_that_the_scorecard_does_not_have_or_cannot_hold_is_refused(name: str, body: str):
    with pytest.raises(Invalid):
        SHAPE.check(name, body)


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("level-SAF", "no"),
        ("level-SAF", ""),
        ("ties-7", "SAF DOC"),
        ("probe-3", "yes"),
        ("note-200", "Heard."),
    ],
)
def test_what_it_can_hold_is_taken(name: str, body: str):
    SHAPE.check(name, body)


def test_a_page_sends_only_what_differs_from_what_it_was_shown():
    fields = {"level-SAF": "3", "retelling": "old", "note-1": ""}
    assert drafts.changed(fields, {"retelling": "old"}, {"retelling": 2}) == [Change("level-SAF", "3", 0, 1)]


def test_a_change_on_an_older_text_is_stale_and_carries_both():
    latest = {"retelling": Saved("from tab two", 2, AT, AT)}
    with pytest.raises(rules.Stale) as stale:
        rules.check_fresh([Change("retelling", "from tab one", 1)], latest)
    assert [(one.mine, one.theirs, one.count) for one in stale.value.clashes] == [
        ("from tab one", "from tab two", 2)
    ]


def test_the_same_text_from_two_pages_is_no_clash():
    rules.check_fresh([Change("retelling", "same", 0)], {"retelling": Saved("same", 1, AT, AT)})
