"""Selection rates by group: the ratio, what chance would do, whom nobody may recognize, a plain finding."""

import itertools
import math

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom, fisher_exact

from reports.fairness.adverse_impact import (
    SIGNIFICANT,
    Comparison,
    Decisions,
    GroupFigures,
    adverse_impact,
    from_frame,
)
from reports.fairness.exact_test import exact_p_value, holm, permutation_p_value
from reports.fairness.proportions import mantel_haenszel_ratio, ratio_interval, wilson_interval
from reports.ratings.tables import TableError


def rows_of(cells: dict[tuple, tuple[int, int]], names: tuple[str, ...] = ("group",)) -> pd.DataFrame:
    """Rows from {(group, ...): (people, passed)}, each person another."""
    table, number = [], itertools.count()
    for labels, (people, passed) in cells.items():
        cell = dict(zip(names, labels if isinstance(labels, tuple) else (labels,), strict=True))
        table += [dict(cell, unit=f"c{next(number)}", outcome=place < passed) for place in range(people)]
    return pd.DataFrame(table)


def compare(cells: dict, *names: str):
    return adverse_impact(from_frame(rows_of(cells, ("group", *names))), seed="a loop")


def overall(cells: dict, *names: str) -> Comparison:
    return compare(cells, *names).overall


def of(comparison: Comparison, group: str) -> GroupFigures:
    (figures,) = (figures for figures in comparison.groups if figures.group == group)
    return figures


def one(number: int) -> np.ndarray:
    return np.array([number])


# The figures


def test_a_rate_and_its_ratio_to_the_highest_come_with_their_intervals():
    """29 CFR 1607.4(D) and its Questions and Answers 11: 48 of 80 whites, 12 of 40 blacks, ratio one half."""
    found = overall({"white": (80, 48), "black": (40, 12)})
    black, white = found.groups

    assert (black.people, black.passed, found.highest) == (40, 12, "white")
    assert (white.selection_rate.value, black.selection_rate.value) == (0.6, 0.3)
    assert black.impact_ratio.value == 0.5
    assert black.impact_ratio.key == "impact_ratio"
    assert black.selection_rate.key == "selection_rate"
    assert black.selection_rate.ci == wilson_interval(12, 40)
    assert black.impact_ratio.ci == tuple(float(limit) for limit in ratio_interval(12, 40, 48, 80))
    assert black.p_value == pytest.approx(fisher_exact([[12, 28], [48, 32]]).pvalue)
    assert black.finding == found.finding == "difference shown"
    assert (white.impact_ratio.value, white.p_value, white.finding) == (1, None, None)


@pytest.mark.parametrize(
    ("passed", "people", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_of_a_rate_is_wilsons(passed, people, low, high):
    """Newcombe, R. G. (1998). Two-sided confidence intervals for the single proportion.

    Statistics in Medicine 17, 857-872, table I, method 3.
    """
    assert wilson_interval(passed, people) == pytest.approx((low, high), abs=5e-5)
    assert wilson_interval(people - passed, people) == pytest.approx((1 - high, 1 - low), abs=5e-5)


@pytest.mark.parametrize(
    ("pair", "low", "high"),
    [
        ((36, 40, 16, 80), 2.9395691922, 7.1522234349),
        ((0, 20, 15, 20), 0.0, 0.2173648548),
        ((7, 20, 1, 30), 1.8715325552, 62.9397269741),
        ((12, 40, 30, 45), 0.2621913383, 0.7285640184),
    ],
)
def test_the_interval_of_a_ratio_is_koopmans(pair, low, high):
    """Koopman (1984), Biometrics 40, 513-517, prints 2.94 to 7.15 for the first.

    All: statsmodels 0.15.0, confint_proportions_2indep(*pair, compare="ratio", method="score",
    correction=False).
    """
    assert ratio_interval(*pair) == pytest.approx((low, high), rel=1e-9, abs=1e-12)


def test_the_interval_of_a_ratio_turns_over_with_its_groups():
    low, high = ratio_interval(12, 40, 30, 45)
    turned = ratio_interval(30, 45, 12, 40)

    assert turned == pytest.approx((1 / high, 1 / low))


def test_the_exact_test_of_two_groups_is_fishers():
    stream = np.random.default_rng(1)
    for _ in range(60):
        n, m = stream.integers(1, 90, 2)
        x, y = stream.integers(0, n + 1), stream.integers(0, m + 1)

        found = exact_p_value(one(x), one(n), one(y), one(m))

        assert found == pytest.approx(fisher_exact([[x, n - x], [y, m - y]]).pvalue, rel=1e-9)


JOBS = [np.array(column) for column in ([4, 10, 3], [10, 20, 9], [8, 18, 7], [12, 22, 8])]


def test_the_exact_test_within_jobs_is_that_of_r():
    """R 4.2.2: mantelhaen.test(array(c(4,6,8,4, 10,10,18,4, 3,6,7,1), c(2,2,3)), exact = TRUE)."""
    assert exact_p_value(*JOBS) == pytest.approx(0.001558313, rel=1e-6)


def test_a_job_with_people_of_one_group_only_says_nothing_about_a_difference():
    more = [np.append(column, number) for column, number in zip(JOBS, (5, 6, 0, 0), strict=True)]

    assert exact_p_value(*more) == pytest.approx(exact_p_value(*JOBS), rel=1e-12)
    assert mantel_haenszel_ratio(*more) == mantel_haenszel_ratio(*JOBS)


def test_a_difference_beyond_all_chance_has_a_p_value_of_next_to_nothing():
    many = [np.full(400, number) for number in (0, 10, 10, 10)]

    assert 0 <= exact_p_value(*many) < 1e-15


def test_the_ratio_within_jobs_is_that_of_mantel_and_haenszel():
    """By hand: the weighted sums over jobs, variance of Greenland & Robins (1985), also worked out in R."""
    ratio, interval = mantel_haenszel_ratio(*JOBS)

    assert ratio == pytest.approx(0.5549741571)
    assert interval == pytest.approx((0.3769359460, 0.8171051827))


def test_several_p_values_are_corrected_as_holm_does():
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.6, 0.7]) == [1, 1]


def test_the_permutation_test_over_all_groups_is_close_to_the_exact_one():
    """R 4.2.2: fisher.test(matrix(c(4,6,10,10,3,6), 2)) gives .6995."""
    passed, people = np.array([[4, 10, 3]]), np.array([[10, 20, 9]])

    found = permutation_p_value(passed, people, seed="x")

    assert found == pytest.approx(0.6995, abs=0.04)
    assert found == permutation_p_value(passed, people, seed="x")
    assert permutation_p_value(np.array([[0, 10, 20]]), np.array([[20, 20, 20]]), seed="x") == 1 / 2000


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


# Whom nobody may recognize


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
