"""What is different between two loops of a job, and when their candidates met the same."""

from dataclasses import replace
from decimal import Decimal

import pytest

from app.loops.comparing import MetStage, Rule, differences, meet_the_same

EVEN = Rule(Decimal(1), bar=3, is_critical=False)
FALL = MetStage("fall", "The fall", "1", 12, {"SAF": replace(EVEN, is_critical=True), "DOC": EVEN})
DAY = MetStage("day", "A long day", "1", 15, {"PRI": EVEN})
HAND = MetStage("hand", "The hand", "2", 16, {"ASM": EVEN})


def ruled(put: MetStage, code: str, **more: object) -> MetStage:
    """The stage with another rule for one of its criteria."""
    return replace(put, criteria={**put.criteria, code: replace(put.criteria[code], **more)})


def test_a_loop_is_not_different_from_itself() -> None:
    assert differences([FALL, DAY], [FALL, DAY]) == []
    assert meet_the_same([FALL, DAY], [FALL, DAY])


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ([FALL], [FALL, DAY], "“A long day” is new, as stage 2."),
        ([FALL, DAY], [FALL], "“A long day” is left out."),
        ([FALL, DAY], [DAY, FALL], "The order is another: “A long day”, “The fall”."),
        ([FALL], [replace(FALL, version="2")], "“The fall” is version 2, was version 1."),
        ([FALL], [replace(FALL, criteria={"SAF": FALL.criteria["SAF"]})], "“The fall” no longer scores DOC."),
        ([DAY], [replace(DAY, criteria={"PRI": EVEN, "ESC": EVEN})], "“A long day” also scores ESC."),
    ],
)
def test_whoever_is_put_something_else_did_not_meet_the_same(
    before: list[MetStage], after: list[MetStage], sentence: str
) -> None:
    assert differences(before, after) == [sentence]
    assert not meet_the_same(before, after)


@pytest.mark.parametrize(
    ("after", "sentence"),
    [
        (ruled(FALL, "SAF", weight=Decimal("2.500")), "SAF in “The fall” weighs 2.5, weighed 1."),
        (ruled(FALL, "DOC", bar=4), "DOC in “The fall” has bar 4, had bar 3."),
        (ruled(FALL, "DOC", is_critical=True), "DOC in “The fall” is now critical."),
        (ruled(FALL, "SAF", is_critical=False), "SAF in “The fall” is no longer critical."),
        (replace(FALL, minutes=15), "“The fall” takes 15 minutes, took 12."),
    ],
)
def test_a_rule_that_differs_is_told_though_the_same_was_met(after: MetStage, sentence: str) -> None:
    assert differences([FALL], [after]) == [sentence]
    assert meet_the_same([FALL], [after])


def test_leaving_out_a_stage_is_not_another_order() -> None:
    assert differences([FALL, DAY, HAND], [FALL, HAND]) == ["“A long day” is left out."]


def test_a_scenario_that_is_put_twice_is_compared_time_by_time() -> None:
    assert differences([FALL], [FALL, FALL]) == ["“The fall” is new, as stage 2."]
