"""The reader's numbers in the published arithmetic, and whether a scope drifted between two documents."""

import copy
from decimal import Decimal

import pytest

from app.disclosures import my_week
from app.disclosures.changes import drift
from app.disclosures.document import Document
from app.disclosures.my_week import OwnWeek
from tests.unit.disclosures.test_linked_data import document


def own(writing: float = 4, visits: float = 44, travel: float = 0) -> OwnWeek:
    return OwnWeek(Decimal(str(writing)), Decimal(str(visits)), Decimal(str(travel)))


def test_the_published_numbers_give_the_published_sum() -> None:
    assert my_week.theirs(document()) == own()
    added = my_week.add_up(document(), own())
    assert added.budget.balance == 13
    assert added.changes == ()


@pytest.mark.parametrize(
    ("mine", "balance", "sentence"),
    [
        (own(writing=6), -65, "2 more minutes a note are 78 minutes a week."),
        (own(visits=43), 59, "1 fewer visit a week is 46 minutes with what goes with them."),
        (own(travel=90), -77, "90 more minutes of travel."),
    ],
)
def test_each_number_changes_the_sum_by_what_it_costs(mine: OwnWeek, balance: float, sentence: str) -> None:
    added = my_week.add_up(document(), mine)
    assert added.budget.balance == balance
    assert added.changes == (sentence,)


def test_numbers_that_cannot_be_are_named_with_the_largest_that_can() -> None:
    assert my_week.impossible(document(), own()) == {}
    assert my_week.impossible(document(), own(visits=4)) == {
        "visits": "At least 5: so many of them are not follow-ups."
    }
    problems = my_week.impossible(document(), own(writing=1441, travel=2401, visits=1001))
    assert problems == {
        "writing": "At most 1,440 minutes, which is a day.",
        "visits": "At most 1,000 a week.",
        "travel": "At most the 2,400 minutes that are paid.",
    }


def changed(**values: object) -> Document:
    """Riverbend's document with other values; a list is what is owned, a pair is the pay range."""
    after = copy.deepcopy(document())
    for key, value in values.items():
        if key == "pay":
            after["pay"]["low"], after["pay"]["high"] = value  # type: ignore[misc]  # a pair
            continue
        fact = next(fact for fact in after["facts"] if fact["key"] == key)
        fact["items" if isinstance(value, list) else "typical"] = value
    return after


MORE = ["Evaluation", "Plan", "Discharge", "Splints", "Home visits"]


@pytest.mark.parametrize(
    ("after", "sentence"),
    [
        ({"scope_owned": MORE}, "The scope grew: Home visits; neither pay nor support did."),
        ({"scope_owned": MORE, "pay": (90000, 105000)}, "The scope grew: Home visits; support did not."),
        ({"scope_owned": MORE, "aide_hours": 8}, "The scope grew: Home visits; pay did not."),
        ({"scope_owned": MORE, "aide_hours": 8, "pay": (90000, 105000)}, ""),
        ({"scope_owned": ["Evaluation", "Plan", "Discharge"]}, ""),
    ],
)
def test_a_scope_that_grows_alone_has_drifted(after: dict[str, object], sentence: str) -> None:
    assert drift(document(), changed(**after)) == sentence
