"""Selection rates by group: what may be said of them, at each stage, on each criterion, within jobs."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom, fisher_exact

from reports.fairness.adverse_impact import (
    SIGNIFICANT,
    Decisions,
    adverse_impact,
    from_frame,
)
from reports.fairness.exact_test import exact_p_value
from reports.ratings.tables import TableError
from tests.reports.selection import of, one, overall, rows_of

# The finding


@pytest.mark.parametrize(
    ("a", "b", "finding"),
    [
        ((40, 30), (40, 12), "difference shown"),
        ((400, 200), (400, 195), "no difference shown"),
        ((20, 12), (20, 8), "too few to say"),
        ((50, 20), (50, 15), "too few to say"),
        ((9, 9), (40, 0), "too few to say"),
        ((40, 40), (9, 0), "too few to say"),
        ((10, 10), (10, 0), "difference shown"),
        ((40, 0), (40, 0), "too few to say"),
    ],
)
def test_the_finding_says_whether_four_fifths_could_be_told_from_equality(a, b, finding):
    found = overall({"A": a, "B": b})

    assert found.finding == finding
    assert [figures.finding for figures in found.groups if figures.group != found.highest] == [finding]
    assert found.because == next(f.because for f in found.groups if f.because)


def test_a_ratio_under_four_fifths_by_itself_is_not_a_finding():
    found = overall({"A": (50, 20), "B": (50, 15)})

    assert of(found, "B").impact_ratio.value == pytest.approx(0.75)
    assert of(found, "B").because.startswith("The interval of the ratio reaches down to four fifths")


def test_where_nobody_passed_there_is_no_ratio_and_the_sentence_why():
    found = overall({"A": (40, 0), "B": (60, 0)})

    assert [figures.impact_ratio.value for figures in found.groups] == [None, None]
    assert of(found, "A").impact_ratio.undefined_because == (
        "Nobody of the group that others are compared with passed."
    )
    assert found.p_value == 1


def test_a_group_under_ten_is_not_the_one_that_others_are_held_against():
    found = overall({"A": (6, 6), "B": (60, 30), "C": (50, 24)})

    assert found.highest == "B"
    assert of(found, "A").impact_ratio.value == 2
    assert of(found, "A").because == "One of the two groups has under 10 people."


def test_of_several_groups_each_is_held_against_the_highest_and_corrected_for_all_pairs():
    found = overall({"A": (100, 60), "B": (100, 45), "C": (100, 30), "D": (100, 58)})

    raw = of(found, "B").p_value
    assert raw == pytest.approx(fisher_exact([[60, 40], [45, 55]]).pvalue)
    assert raw < SIGNIFICANT < of(found, "B").p_adjusted
    assert (of(found, "B").finding, of(found, "C").finding) == ("too few to say", "difference shown")
    assert found.finding == "difference shown"
    assert found.p_value < 0.05


def test_one_group_alone_is_compared_with_nobody():
    found = overall({"A": (40, 12)})

    assert (found.finding, found.because) == ("too few to say", "Fewer than two groups can be shown.")
    assert (found.p_value, found.groups[0].selection_rate.value) == (None, 0.3)


def shows_a_difference(n: int, m: int) -> np.ndarray:
    """Whether two groups of these sizes show a difference, for each number of passes in each."""
    return np.array(
        [
            [exact_p_value(one(x), one(n), one(y), one(m)) <= SIGNIFICANT for y in range(m + 1)]
            for x in range(n + 1)
        ]
    )


@pytest.mark.parametrize(("n", "m"), [(10, 10), (12, 40), (30, 30)])
def test_with_equal_rates_two_groups_show_a_difference_in_at_most_five_of_a_hundred_cases(n, m):
    """Not simulated but added up over all that can happen."""
    shown = shows_a_difference(n, m)
    for rate in np.linspace(0.02, 0.98, 49):
        likely = np.outer(binom.pmf(np.arange(n + 1), n, rate), binom.pmf(np.arange(m + 1), m, rate))

        assert likely[shown].sum() <= 0.05

    x, y = n // 2, 0
    found = overall({"A": (n, x), "B": (m, y)})
    assert (found.finding == "difference shown") == shown[x, y]


def test_with_equal_rates_four_groups_show_a_difference_in_at_most_five_of_a_hundred_cases():
    """The highest group is chosen by looking: uncorrected over all pairs, it would be every eighth case."""
    people, runs = 30, 2_000
    passes = np.random.default_rng(3).binomial(people, 0.4, size=(runs, 4))
    lookup = np.array(
        [[exact_p_value(one(x), one(people), one(y), one(people)) for y in range(31)] for x in range(31)]
    )
    highest = passes.max(axis=1)
    lowest = passes.min(axis=1)
    p_values = lookup[highest, lowest]
    pairs = math.comb(4, 2)

    assert (p_values <= SIGNIFICANT).mean() > 0.08
    assert (p_values * pairs <= SIGNIFICANT).mean() <= 0.05
    for run in np.flatnonzero(p_values <= SIGNIFICANT)[:15]:
        found = overall({name: (people, int(x)) for name, x in zip("ABCD", passes[run], strict=True)})
        assert (found.finding == "difference shown") == (p_values[run] * pairs <= SIGNIFICANT)


# Stages, criteria and jobs


def test_each_stage_and_criterion_is_compared_and_the_bottom_line_comes_first():
    """Passed overall is who passed both stages; what is above the bar on a criterion decides nothing."""
    rows = []
    for number in range(80):
        group = "AB"[number % 2]
        place = number // 2
        for stage, criterion, passed in (
            ("screening", None, place < 30),
            ("work sample", None, place >= 10),
            ("work sample", "safety", place < 20),
        ):
            rows.append((f"c{number}", group, passed, stage, criterion))
    frame = pd.DataFrame(rows, columns=["unit", "group", "outcome", "stage", "criterion"])

    found = adverse_impact(from_frame(frame), seed="x")

    assert [(c.stage, c.criterion, of(c, "A").passed) for c in found.comparisons] == [
        ("screening", None, 30),
        ("work sample", None, 30),
        ("work sample", "safety", 20),
    ]
    assert (found.overall.stage, found.overall.criterion) == (None, None)
    assert (of(found.overall, "A").people, of(found.overall, "A").passed) == (40, 20)


def test_with_criteria_alone_passed_overall_is_at_or_above_every_bar():
    rows = [
        (number, "AB"[number % 2], number // 2 < bar, criterion)
        for number in range(40)
        for criterion, bar in (("safety", 12), ("listening", 15))
    ]
    unit, group, outcome, criterion = zip(*rows, strict=True)

    found = adverse_impact(Decisions.from_columns(unit, group, outcome, criterion=criterion), seed="x")

    assert [(c.stage, c.criterion, of(c, "B").passed) for c in found.comparisons] == [
        (None, "listening", 15),
        (None, "safety", 12),
    ]
    assert of(found.overall, "B").passed == 12


def test_an_empty_column_of_criteria_is_as_none():
    frame = rows_of({"A": (40, 30), "B": (40, 12)})

    assert adverse_impact(from_frame(frame.assign(criterion=None)), seed="x") == adverse_impact(
        from_frame(frame), seed="x"
    )


def test_a_difference_between_jobs_is_not_one_between_groups():
    """Group B applies where few are taken; in neither job does it pass less often."""
    cells = {("A", "x"): (80, 64), ("B", "x"): (20, 16), ("A", "y"): (20, 4), ("B", "y"): (80, 16)}

    within, without = overall(cells, "job"), overall({"A": (100, 68), "B": (100, 32)})

    assert without.finding == "difference shown"
    assert of(within, "B").impact_ratio.value == of(without, "B").impact_ratio.value
    assert of(within, "B").impact_ratio_within_jobs.value == pytest.approx(1)
    assert (of(within, "B").p_value, within.finding) == (pytest.approx(1), "too few to say")
    assert within.p_value > 0.5


def test_a_difference_within_jobs_is_found_over_all_of_them():
    cells = {("AB"[i % 2], f"job {i // 2}"): (10, (6, 3)[i % 2]) for i in range(24)}

    found = overall(cells, "job")

    assert found.finding == "difference shown"
    assert of(found, "B").impact_ratio_within_jobs.value == pytest.approx(0.5)
    assert of(found, "B").impact_ratio_within_jobs.n_candidates == 240


def test_groups_that_never_meet_in_a_job_have_no_ratio_within_jobs():
    found = overall({("A", "x"): (40, 20), ("B", "y"): (40, 10)}, "job")

    assert of(found, "B").p_value == 1
    assert found.because == "No job has people of both groups of whom some passed."


def test_who_applies_for_two_jobs_counts_in_each():
    unit = [*range(40), *range(40)]
    group = ["AB"[number % 2] for number in unit]
    job = ["x"] * 40 + ["y"] * 40

    found = adverse_impact(Decisions.from_columns(unit, group, [1, 0] * 40, job=job), seed="x").overall

    assert of(found, "A").people == 40


# What is said, and what is refused


@pytest.mark.parametrize(
    ("yes", "no"), [(True, False), (1, 0), (1.0, 0.0), ("yes", "NO"), ("Passed", "not passed"), (" 1 ", "0")]
)
def test_an_outcome_may_be_written_in_any_plain_way(yes, no):
    outcome = [yes] * 3 + [no] * 2

    decisions = Decisions.from_columns(range(5), ["A"] * 5, outcome)

    assert decisions.passed.tolist() == [True] * 3 + [False] * 2
    assert len(decisions) == 5


def test_the_order_of_rows_changes_nothing():
    frame = rows_of({("A", "x"): (40, 30), ("B", "x"): (40, 20), ("C", "y"): (12, 2)}, ("group", "stage"))
    shuffled = frame.sample(frac=1, random_state=1)

    assert adverse_impact(from_frame(frame), seed="x") == adverse_impact(from_frame(shuffled), seed="x")


def faulty(**columns: list) -> Decisions:
    good = {"unit": ["a", "b"], "group": ["A", "B"], "outcome": ["yes", "no"]}
    return Decisions.from_columns(**{**good, **columns}, file="d.csv", rows=[2, 3])


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"outcome": ["yes", "perhaps"]}, "d.csv, row 3, column 'outcome': 'perhaps' is no outcome. Write"),
        ({"outcome": ["", "no"]}, "d.csv, row 2, column 'outcome': The outcome is empty. Fill it in"),
        ({"outcome": [1, 2]}, "d.csv, row 3, column 'outcome': 2 is no outcome."),
        ({"unit": ["a", None]}, "d.csv, row 3, column 'unit': The unit is empty."),
        ({"unit": ["a", "a"]}, "d.csv, row 3, column 'group': 'a' has 'A' in row 2 and 'B' here."),
        ({"unit": ["a", "a"], "group": ["A", ""]}, "'a' has 'A' in row 2 and no group here."),
        (
            {"unit": ["a", "a"], "group": ["A", "A"]},
            "d.csv, row 3, column 'unit': 'a' has an outcome for the same in row 2. Keep one of the two.",
        ),
        ({"group": ["A", 7]}, "d.csv, row 3, column 'group': 7 beside 'A'"),
        ({"stage": ["x", " "]}, "d.csv, row 3, column 'stage': The stage is empty."),
        ({"stage": ["x"]}, "d.csv: The columns differ in length."),
        ({"unit": [], "group": [], "outcome": []}, "d.csv: There is no decision."),
    ],
)
def test_a_faulty_row_is_refused_with_its_place(columns, message):
    with pytest.raises(TableError) as refused:
        faulty(**columns)

    assert str(refused.value).startswith(message) or message in str(refused.value)


def test_a_frame_without_a_column_or_with_one_twice_is_refused():
    frame = rows_of({"A": (2, 1)})

    with pytest.raises(
        TableError, match=r"column 'group': The column is missing. Columns found: unit, outcome"
    ):
        from_frame(frame[["unit", "outcome"]])
    with pytest.raises(TableError, match="column 'unit': The column appears twice"):
        from_frame(pd.concat([frame, frame["unit"]], axis=1))
    with pytest.raises(TableError, match="Columns found: none"):
        from_frame(pd.DataFrame())


def test_a_gap_in_a_frame_is_a_group_not_stated():
    frame = rows_of({"A": (40, 30), "B": (40, 20)})
    frame["group"] = frame["group"].astype(object)
    frame.loc[:11, "group"] = float("nan")

    assert adverse_impact(from_frame(frame), seed="x").overall.not_stated == 12


def test_two_hundred_thousand_decisions_are_compared_while_one_waits():
    stream = np.random.default_rng(1)
    number = 200_000
    group = np.array(["A", "B", "C"])[stream.integers(0, 3, number)]

    found = adverse_impact(
        Decisions.from_columns(np.arange(number), group, stream.random(number) < 0.5), seed="x"
    )

    assert found.overall.finding == "no difference shown"
    assert sum(figures.people for figures in found.overall.groups) == number
