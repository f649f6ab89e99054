"""Groups too small to be shown, and whatever their numbers would follow from."""

import itertools

import numpy as np
import pytest

from tests.reports.selection import compare, of, overall


def test_a_group_under_five_is_not_shown_nor_what_it_would_follow_from():
    found = overall({"A": (60, 30), "B": (20, 9), "C": (3, 1)})

    assert [(figures.group, figures.people, figures.passed) for figures in found.groups] == [
        ("A", 60, 30),
        ("B", None, None),
        ("C", None, None),
    ]
    hidden = of(found, "C")
    assert hidden.selection_rate.value is hidden.impact_ratio.value is hidden.p_value is None
    assert (hidden.selection_rate.n_units, hidden.selection_rate.n_candidates) == (0, 0)
    assert hidden.selection_rate.undefined_because == of(found, "B").selection_rate.undefined_because
    assert found.finding == "too few to say"


def test_where_enough_people_stated_no_group_their_number_is_hidden_rather_than_a_group():
    found = overall({"A": (60, 30), "B": (60, 29), "C": (3, 1), "": (12, 6)})

    assert (of(found, "A").people, of(found, "B").people, of(found, "C").people) == (60, 60, None)
    assert found.not_stated is None
    assert (found.finding, found.because) == ("too few to say", "Some groups cannot be shown.")


def test_a_difference_between_the_groups_shown_is_one_although_another_is_hidden():
    found = overall({"A": (60, 50), "B": (60, 10), "C": (3, 1), "": (12, 6)})

    assert found.finding == "difference shown"


def test_hidden_people_are_not_given_away_by_all_having_passed_or_none():
    """Two hidden groups of whom nobody passed would each have a rate of nought for anyone who subtracts."""
    found = overall({"A": (60, 30), "B": (20, 9), "C": (4, 0), "D": (4, 0)})

    assert of(found, "B").people is None
    assert of(found, "A").people == 60


def test_people_who_stated_no_group_are_counted_and_left_out():
    found = overall({"A": (40, 30), "B": (40, 12), None: (7, 7), " ": (2, 0)})

    assert found.not_stated == 9
    assert len(found.groups) == 2
    assert overall({"A": (40, 30), "B": (40, 12)}).not_stated == 0


def test_without_any_stated_group_nothing_is_compared():
    found = overall({"": (40, 20)})

    assert (found.groups, found.highest, found.not_stated) == ((), None, 40)
    assert found.finding == "too few to say"


@pytest.mark.parametrize("seed", range(40))
def test_no_hidden_number_follows_from_the_totals(seed):
    """Whoever knows the total of a comparison, and of a group, learns of no group of under five people."""
    stream = np.random.default_rng(seed)
    cells = {}
    for stage, group in itertools.product(("one", "two", "three"), ("A", "B", "C", "")):
        people = int(stream.choice([0, 2, 4, 6, 9, 25]))
        cells[group, stage] = (people, int(stream.integers(0, people + 1)))
    if not any(people for people, _ in cells.values()):
        return

    found = compare(cells, "stage")

    stated = {(group, stage): n for (group, stage), (n, _) in cells.items()}
    for comparison in found.comparisons:
        hidden = [figures.group for figures in comparison.groups if figures.people is None]
        hidden += [""] if comparison.not_stated is None else []
        together = sum(stated[group, comparison.stage] for group in hidden)
        everybody = sum(n for (_, stage), n in stated.items() if stage == comparison.stage)
        assert not hidden or (len(hidden) > 1 and together >= 5) or together == everybody
        for figures in comparison.groups:
            assert figures.people is None or figures.people >= 5
    for figures in found.overall.groups:
        if figures.people is None:
            continue
        parts = [f for comparison in found.comparisons for f in comparison.groups if f.group == figures.group]
        hidden = [f for f in parts if f.people is None]
        together = figures.people - sum(f.people or 0 for f in parts)
        assert not hidden or (len(hidden) > 1 and together >= 5)
