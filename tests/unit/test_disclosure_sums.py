"""A disclosure's facts as minutes and bars, without a database."""

from dataclasses import replace
from decimal import Decimal

import pytest

from app.demo import riverbend
from app.disclosures import document, rules
from app.disclosures.bars import draw
from app.disclosures.catalogue import BY_KEY, FIELDS, SOURCE_KEYS
from app.disclosures.facts import BLANK, Fact
from app.disclosures.reporting import sums


def assessed(**changes: Fact):
    found = sums(rules.effective(riverbend.facts() | changes, riverbend.PROFILE)).assessment
    assert found is not None
    return found


def test_the_worked_example_has_its_three_balances():
    found = assessed()
    assert found.typical.balance == 13
    assert found.everyone is not None
    assert found.everyone.balance == -263
    assert found.bad is not None
    assert found.bad.balance == -381


def test_where_booked_visits_are_not_given_the_rate_of_not_arriving_fills_the_week():
    found = assessed(visits_booked=riverbend.NOT_APPLICABLE, evaluations_booked=riverbend.NOT_APPLICABLE)
    assert found.everyone is not None
    assert found.everyone.treat == pytest.approx(1860 / 0.88)


def test_without_either_a_full_week_is_not_known():
    nothing = dict.fromkeys(("visits_booked", "evaluations_booked", "no_show"), riverbend.NOT_APPLICABLE)
    assert assessed(**nothing).everyone is None


def test_what_is_not_applicable_is_not_missing_and_what_is_blank_is():
    assert sums(rules.effective(riverbend.facts(), riverbend.PROFILE)).left_out == ()
    without = rules.effective(riverbend.facts() | {"travel": BLANK}, riverbend.PROFILE)
    assert sums(without).left_out == ("Travel a week",)


def test_the_bars_share_one_scale_and_none_runs_out_of_it():
    chart = draw(document.budget(assessed()), bad_because="a colleague on leave")
    assert [bar.name for bar in chart.bars] == [
        "Typical week",
        "If everyone came",
        "Bad week, a colleague on leave",
    ]
    assert {bar.paid_at for bar in chart.bars} == {chart.paid_at} == {round(2400 / 27.81, 2)}
    for bar in chart.bars:
        assert sum(part.width for part in bar.segments) <= 100.05
        assert bar.fits == (bar.over == 0)


def test_the_text_of_a_document_does_not_depend_on_the_order_of_its_keys():
    assert document.canonical({"b": 1, "a": [2.5, "é"]}) == document.canonical({"a": [2.5, "é"], "b": 1})
    assert document.canonical({"b": 1, "a": [2.5, "é"]}) == '{"a":[2.5,"é"],"b":1}'


def test_a_field_keeps_its_own_source_beside_that_of_its_group():
    facts = riverbend.facts()
    own = replace(facts["visits_booked"], source="diary", people=2)
    found = rules.effective(facts | {"visits_booked": own}, riverbend.PROFILE)["visits_booked"]
    assert (found.source, found.people, found.window_weeks) == ("diary", 2, 12)
    assert found.typical == Decimal(50)


def test_no_two_fields_share_a_key_and_none_is_a_source():
    assert len(BY_KEY) == len(FIELDS)
    assert not set(BY_KEY) & set(SOURCE_KEYS)
