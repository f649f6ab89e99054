"""The rule fixed beforehand, on worked cases and on any panel there can be."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Invalid
from app.debrief.rules import (
    CountingLevel,
    CriterionRule,
    Group,
    RuleOutcome,
    check_reasons,
    combine,
    departs,
)
from app.loops.bars import CountRule

IRIS, IVO, HANA = 1, 2, 3


def criterion(number, *, code="PRI", bar=3, weight="1", critical=False, stage=1, is_in=True):
    return CriterionRule(number, code, stage, Decimal(weight), bar, critical, is_in)


def levels(number, *given_levels):
    return [CountingLevel(number, rater, level) for rater, level in enumerate(given_levels, start=IRIS)]


def one(*given_levels, **facts):
    return combine([criterion(1, **facts)], levels(1, *given_levels)).lines[0]


def panel(rows):
    """The rule on criteria that differ in nothing but the levels given."""
    given_levels = [level for number, row in rows.items() for level in levels(number, *row)]
    return combine([criterion(number) for number in rows], given_levels)


def test_a_score_is_the_mean_of_the_levels_given():
    assert one(3, 4).mean == Fraction(7, 2)
    assert one(3, 4, 4).mean == Fraction(11, 3)


def test_not_observed_is_no_level_and_never_lowers_a_mean():
    assert one(4, None).mean == 4
    assert one(None, None).mean is None


def test_the_total_of_the_outpatient_example_is_the_weighted_mean_of_its_criteria():
    pairs = [(4, 2), (3, 5), (3, 4), (3, 4), (4, 3), (3, 4), (None, 3)]
    pairs += [(4, 4), (3, 3), (4, 4), (3, 3), (3, 3)]
    result = panel(dict(enumerate(pairs)))

    assert result.total == Fraction(41, 12)
    assert f"{float(result.total):.2f}" == "3.42"
    assert (result.observed, result.by_one_person, result.coverage) == (12, 1, 1)
    assert result.has_equal_weights


def test_a_heavier_criterion_pulls_the_total_and_an_unobserved_one_only_the_coverage():
    criteria = [criterion(1, weight="2"), criterion(2), criterion(3, weight="0.5")]

    result = combine(criteria, [*levels(1, 5, 5), *levels(2, 2, 2), *levels(3, None, None)])

    assert result.total == 4
    assert result.coverage == Fraction(6, 7)
    assert not result.has_equal_weights


def test_nothing_observed_has_no_total():
    result = combine([criterion(1)], levels(1, None, None))

    assert (result.total, result.coverage, result.outcome) == (None, 0, RuleOutcome.NOT_KNOWN)


def test_a_critical_criterion_below_its_minimum_decides_whatever_the_total():
    criteria = [criterion(1, code="SAF", critical=True), criterion(2), criterion(3)]

    result = combine(criteria, [*levels(1, 3, 2), *levels(2, 5, 5), *levels(3, 5, 5)])

    assert result.outcome is RuleOutcome.NOT_MET
    assert [line.rule.code for line in result.below_minimum] == ["SAF"]
    assert result.total == Fraction(25, 6)


def test_another_criterion_below_its_bar_is_shown_and_does_not_decide():
    result = combine([criterion(1, critical=True), criterion(2)], [*levels(1, 3, 3), *levels(2, 2, 2)])

    assert result.outcome is RuleOutcome.MET
    assert [line.rule.id for line in result.below_bar] == [2]
    assert result.below_minimum == []


def test_a_score_exactly_on_the_bar_meets_it():
    assert not one(2, 4, critical=True).is_below_minimum
    assert one(2, 3, critical=True).is_below_minimum


def test_a_critical_criterion_that_two_people_did_not_observe_needs_a_follow_up():
    assert one(None, None, critical=True).needs_follow_up
    assert one(None, None, 4, critical=True).needs_follow_up
    assert not one(None, 4, critical=True).needs_follow_up
    assert not one(None, None).needs_follow_up


def test_a_critical_criterion_nobody_has_answered_for_leaves_the_outcome_open():
    high, nothing = levels(2, 5, 5), levels(1, None, None)

    sealed = combine([criterion(1, critical=True, is_in=False), criterion(2)], high)
    unobserved = combine([criterion(1, critical=True), criterion(2)], [*nothing, *high])

    assert sealed.outcome is unobserved.outcome is RuleOutcome.NOT_KNOWN
    assert sealed.follow_ups == []
    assert len(unobserved.follow_ups) == 1


def test_the_largest_gaps_come_first_then_one_apart_or_not_observed_then_the_same():
    given_levels = {1: (3, 3), 2: (3, 4), 3: (2, 4), 4: (None, 3), 5: (1, 5), 6: (4, 4), 7: (None, None)}
    result = panel(given_levels)

    assert [line.rule.id for line in result.lines] == [5, 3, 2, 4, 7, 1, 6]
    assert [line.group for line in result.lines] == [
        Group.WIDE, Group.WIDE, Group.NEAR, Group.NEAR, Group.NEAR, Group.SAME, Group.SAME,
    ]  # fmt: skip


def test_a_wide_gap_stays_wide_when_a_third_person_did_not_observe():
    assert one(2, 4, None).group is Group.WIDE


def test_a_rule_over_several_criteria_counts_those_of_its_own_stage_that_reach_the_level():
    rule = CountRule(stage_id=1, at_least=2, codes=("ASM", "POC", "ESC"), level=4)
    criteria = [
        criterion(1, code="ASM"),
        criterion(2, code="POC"),
        criterion(3, code="ESC", stage=2),
        criterion(4, code="DOC"),
    ]
    high = [*levels(1, 4, 4), *levels(3, 5, 5), *levels(4, 5, 5)]

    short = combine(criteria, [*high, *levels(2, 3, 4)], [rule]).counts[0]
    reached = combine(criteria, [*high, *levels(2, 4, 5)], [rule]).counts[0]

    assert (short.reached, short.is_met) == (1, False)
    assert (reached.reached, reached.is_met) == (2, True)


def test_a_rule_over_the_loop_counts_a_competency_once_in_whichever_stage_it_reaches_the_level():
    rule = CountRule(stage_id=None, at_least=2, codes=("ASM", "POC", "ESC"), level=4)
    criteria = [
        criterion(1, code="ASM"),
        criterion(2, code="ESC"),
        criterion(3, code="ESC", stage=2),
        criterion(4, code="DOC", stage=2),
    ]
    high = [*levels(2, 4, 4), *levels(3, 5, 5), *levels(4, 5, 5)]

    short = combine(criteria, [*high, *levels(1, 3, 4)], [rule]).counts[0]
    reached = combine(criteria, [*high, *levels(1, 4, 5)], [rule]).counts[0]

    assert (short.reached, short.is_met) == (1, False)
    assert (reached.reached, reached.is_met) == (2, True)


def test_only_an_offer_can_depart_from_the_rule():
    assert departs(is_offer=True, outcome=RuleOutcome.NOT_MET)
    assert departs(is_offer=True, outcome=RuleOutcome.NOT_KNOWN)
    assert not departs(is_offer=True, outcome=RuleOutcome.MET)
    assert not departs(is_offer=False, outcome=RuleOutcome.MET)


@pytest.mark.parametrize(
    ("reasons", "departure", "is_departing", "refused"),
    [
        ("Said when to stop adding.", "", False, set()),
        ("", "", False, {"reasons"}),
        ("Good fit overall", "", False, {"reasons"}),
        ("Said when to stop adding.", "", True, {"departure"}),
        ("", "Because", True, {"reasons", "departure"}),
        ("Said when to stop adding.", "The fire alarm ended that stage.", True, set()),
        ("Said when to stop adding.", "The fire alarm ended that stage.", False, {"departure"}),
    ],
)
def test_a_decision_needs_its_reasons_in_a_sentence(reasons, departure, is_departing, refused):
    found = set()
    try:
        check_reasons(reasons=reasons, departure=departure, departs=is_departing)
    except Invalid as error:
        found = set(error.fields)

    assert found == refused


cells = st.lists(st.none() | st.integers(1, 5), max_size=4)
weights = st.decimals("0.1", "9", places=1)
panels = st.lists(st.tuples(cells, st.integers(1, 5), weights, st.booleans()), min_size=1, max_size=8)


def build(rows):
    criteria = [
        criterion(number, bar=bar, weight=str(weight), critical=critical)
        for number, (_, bar, weight, critical) in enumerate(rows)
    ]
    return criteria, [level for number, (row, *_) in enumerate(rows) for level in levels(number, *row)]


@given(panels)
def test_a_total_lies_between_the_lowest_and_the_highest_level_given(rows):
    criteria, given_levels = build(rows)
    observed = [one.level for one in given_levels if one.level is not None]

    total = combine(criteria, given_levels).total

    assert (total is None) == (not observed)
    assert total is None or min(observed) <= total <= max(observed)


@given(panels, st.randoms())
def test_the_order_in_which_levels_come_changes_nothing(rows, random):
    criteria, given_levels = build(rows)
    shuffled = random.sample(given_levels, len(given_levels))

    assert combine(criteria, shuffled) == combine(criteria, given_levels)


@given(panels, st.data())
def test_raising_one_level_never_lowers_the_total_or_breaks_a_rule_that_was_met(rows, data):
    criteria, given_levels = build(rows)
    raisable = [place for place, one in enumerate(given_levels) if one.level is not None and one.level < 5]
    if not raisable:
        return
    place = data.draw(st.sampled_from(raisable))
    before = combine(criteria, given_levels)
    old = given_levels[place]
    given_levels[place] = CountingLevel(old.criterion_id, old.rater_id, old.level + 1)
    after = combine(criteria, given_levels)

    assert after.total > before.total
    assert before.outcome is not RuleOutcome.MET or after.outcome is RuleOutcome.MET


@given(panels)
def test_every_criterion_is_in_the_debrief_once_and_the_gaps_only_shrink(rows):
    criteria, given_levels = build(rows)

    lines = combine(criteria, given_levels).lines

    assert sorted(line.rule.id for line in lines) == [rule.id for rule in criteria]
    assert [line.group for line in lines] == sorted(line.group for line in lines)
    assert all(0 <= line.gap <= 4 for line in lines)


@given(panels)
def test_coverage_is_a_share_and_whole_only_when_everything_was_observed(rows):
    result = combine(*build(rows))

    assert 0 <= result.coverage <= 1
    assert (result.coverage == 1) == all(line.observed for line in result.lines)


@given(panels)
def test_multiplying_every_weight_changes_nothing(rows):
    criteria, given_levels = build(rows)
    heavier = build([(row, bar, weight * 3, critical) for row, bar, weight, critical in rows])[0]

    assert combine(heavier, given_levels).total == combine(criteria, given_levels).total
    assert combine(heavier, given_levels).coverage == combine(criteria, given_levels).coverage
