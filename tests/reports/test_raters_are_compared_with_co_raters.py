"""Each index of a rater is beside those who rated the same things, with their own habits taken out."""

import random

import numpy as np
import pytest

from reports.raters import co_raters
from reports.raters.habit_indices import in_the_middle
from reports.raters.habits import flags, habits
from reports.ratings.tables import Ratings, Scale
from tests.reports.planted import PLANTED, season

FIVE_POINTS = Scale(1, 5)
LEVELS = np.random.default_rng(5).integers(2, 5, size=(30, 4))


def table(rows, scale=FIVE_POINTS):
    return Ratings.from_rows(rows, scale=scale)


def team(*habit, candidates=30, criteria=4, seed=1, spread=0.4):
    """Each argument turns the levels (candidates, criteria) into one rater's scores before noise."""
    random_ = np.random.default_rng(seed)
    level = LEVELS[:candidates, :criteria].astype(float)
    rows = []
    for rater, of in enumerate(habit):
        scores = np.clip(np.rint(of(level) + random_.normal(0, spread, level.shape)), 1, 5)
        rows += [
            (f"candidate {c}", f"rater {rater}", int(scores[c, k]), f"criterion {k}")
            for c in range(candidates)
            for k in range(criteria)
        ]
    return rows


def plain(level):
    return level


def names(found):
    return {rater: [flag.habit for flag in flags_] for rater, flags_ in found.items()}


def dummies(ratings):
    """Design of score ~ thing + rater, all columns."""
    things = np.eye(ratings.things)[ratings.thing]
    return np.hstack([things, np.eye(len(ratings.raters))[ratings.rater]])


def unbalanced(seed=3):
    rows = season(seed, candidates=24, raters=6).ratings()
    kept = np.random.default_rng(seed).random(len(rows)) < 0.8
    return rows.select(kept)


def test_the_mean_difference_is_the_rater_effect_of_a_least_squares_fit():
    """By numpy.linalg.lstsq on dummy variables, less the median rater's effect."""
    ratings = unbalanced()
    solution = np.linalg.lstsq(dummies(ratings), ratings.score)[0][-len(ratings.raters) :]

    found = habits(ratings).statistics["rater_mean_difference"]

    expected = solution - np.median(solution)
    assert [found[rater].value for rater in ratings.raters] == pytest.approx(expected.tolist(), abs=1e-8)


def test_the_noise_of_each_rater_is_their_own_variance_by_grubbs():
    """Three raters of the same things: (D12 + D13 - D23) / 2 for the first, from mean squared differences."""
    ratings = table(team(plain, plain, lambda level: level + np.tile([1.4, -1.4], (30, 2)), spread=0.5))
    scores = ratings.score.reshape(-1, 3) - [
        habits(ratings).statistics["rater_mean_difference"][rater].value for rater in ratings.raters
    ]
    apart = ((scores[:, :, np.newaxis] - scores[:, np.newaxis, :]) ** 2).mean(axis=0)
    variances = [
        (apart[i, j] + apart[i, k] - apart[j, k]) / 2 for i, j, k in ((0, 1, 2), (1, 0, 2), (2, 0, 1))
    ]

    noise = habits(ratings).statistics["rater_noise"]

    expected = np.sqrt(np.maximum(variances, 0) / np.median(variances))
    assert [noise[rater].value for rater in ratings.raters] == pytest.approx(expected.tolist(), abs=1e-6)


def test_the_halo_ratio_is_that_of_mean_spreads_within_cards_when_all_rate_everyone():
    ratings = table(team(plain, plain, lambda level: level.mean(axis=1, keepdims=True) + 0 * level))
    cards = ratings.score.reshape(30, 4, 3).std(axis=1).mean(axis=0)

    halo = habits(ratings).statistics["rater_halo"]

    expected = cards / np.median(cards)
    assert [halo[rater].value for rater in ratings.raters] == pytest.approx(expected.tolist(), abs=1e-6)


def test_the_range_ratio_is_that_of_spreads_between_candidates_when_all_rate_everyone():
    ratings = table(team(plain, plain, lambda level: 3 + 0.3 * (level - 3)))
    means = ratings.score.reshape(30, 4, 3).mean(axis=1)

    found = habits(ratings).statistics["rater_range"]

    expected = means.std(axis=0, ddof=1) / np.median(means.std(axis=0, ddof=1))
    assert [found[rater].value for rater in ratings.raters] == pytest.approx(expected.tolist(), abs=1e-4)


def test_who_saw_only_strong_candidates_is_not_called_restricted():
    """Iris sees the upper half only; her co-raters see everyone, and there they spread no more than she."""
    rows = team(plain, plain, plain, plain)
    order = LEVELS.mean(axis=1).argsort()
    strong = {f"candidate {c}" for c in order[15:]}

    found = habits(table([row for row in rows if row[1] != "rater 0" or row[0] in strong]))

    assert found.statistics["rater_range"]["rater 0"].value > 0.75
    assert names(found.flags)["rater 0"] == []


@pytest.mark.parametrize(
    ("habit", "of"),
    [
        ("severe", lambda level: level - 1),
        ("lenient", lambda level: level + 1),
        ("halo", lambda level: level.mean(axis=1, keepdims=True) * 2 - 3 + 0 * level),
        ("central", lambda level: 3 + 0.1 * (level - 3)),
        ("restricted", lambda level: 4 + 0.1 * (level - 3)),
        ("erratic", lambda level: level + np.random.default_rng(0).normal(0, 1.5, level.shape)),
    ],
)
def test_one_deviant_in_a_team_of_four_does_not_make_the_others_look_deviant(habit, of):
    found = names(flags(table(team(of, plain, plain, plain, spread=0.3))))

    assert found == {"rater 0": [habit], "rater 1": [], "rater 2": [], "rater 3": []}


def test_each_flag_shows_the_number_it_is_named_for():
    found = flags(season(0).ratings())

    keys = {habit: next(f.statistic.key for f in found[habit] if f.habit == habit) for habit in PLANTED}

    assert keys == {
        "severe": "rater_mean_difference",
        "lenient": "rater_mean_difference",
        "halo": "rater_halo",
        "central": "rater_centrality",
        "restricted": "rater_range",
        "drifting": "rater_drift",
        "erratic": "rater_noise",
    }
    assert all(flag.adjusted_p <= 0.05 for flags_ in found.values() for flag in flags_)


def test_one_impression_with_scatter_is_halo_though_the_cards_are_not_flat():
    """The scatter hides the flatness, but the differences between criteria follow nobody's."""
    found = flags(
        table(
            team(
                lambda level: level.mean(axis=1, keepdims=True) * 2 - 3 + 0 * level,
                plain,
                plain,
                plain,
                spread=0.7,
            )
        )
    )

    assert [flag.habit for flag in found["rater 0"]] == ["halo"]
    assert found["rater 0"][0].statistic.key == "rater_discrimination"


def test_who_moves_over_time_and_is_lenient_all_along_is_called_both():
    drifting = season(4)
    score = drifting.score - (drifting.rater != PLANTED.index("drifting")) * 1.0
    moved = Ratings.from_columns(
        drifting.candidate, drifting.rater, score, drifting.criterion, days=drifting.day, scale=Scale(0, 5)
    )

    assert {flag.habit for flag in flags(moved)[PLANTED.index("drifting")]} == {"drifting", "lenient"}


def test_too_little_is_said_in_a_sentence_and_nobody_is_named():
    rows = [
        *team(lambda level: level - 1, plain, plain, candidates=9),
        *(("alone", "Hana", 3, "criterion 0"), ("alone", "Hana", 5, "criterion 1")),
        *(
            (f"pair {c}", rater, score, "criterion 0")
            for c in range(12)
            for rater, score in (("Ivo", 1), ("Iris", 5))
        ),
        *(("one", rater, 5, "criterion 0") for rater in ("Olga", "Remi")),
    ]

    found = habits(table(rows))

    assert found.not_judged_because == {
        "Hana": "Nobody else rated what this rater rated.",
        "Iris": "1 co-rater: it takes 2 to say whose habit it is.",
        "Ivo": "1 co-rater: it takes 2 to say whose habit it is.",
        "Olga": "1 shared candidate: a habit needs 10 to be named.",
        "Remi": "1 shared candidate: a habit needs 10 to be named.",
        "rater 0": "9 shared candidates: a habit needs 10 to be named.",
        "rater 1": "9 shared candidates: a habit needs 10 to be named.",
        "rater 2": "9 shared candidates: a habit needs 10 to be named.",
    }
    assert not any(found.flags.values())
    alone = found.statistics["rater_mean_difference"]["Hana"]
    assert (alone.value, alone.n_raters) == (None, 0)
    assert alone.undefined_because == "Nobody else rated what this rater rated."
    once = found.statistics["rater_mean_difference"]["Olga"]
    assert once.no_interval_because == "One shared candidate says nothing about how much it varies."
    same = found.statistics["rater_mean_difference"]["Ivo"]
    assert same.value == -2
    assert same.no_interval_because.startswith("It is the same at every shared candidate")


def test_teams_that_share_no_candidate_have_zeros_of_their_own():
    """The second team is two points higher throughout: nothing says who is severe."""
    low = [(f"a {c}", f"a {r}", 1 + (r == 2), "c") for c in range(12) for r in range(3)]
    high = [(f"b {c}", f"b {r}", 4 + (r == 2), "c") for c in range(12) for r in range(3)]

    found = habits(table(low + high)).statistics["rater_mean_difference"]

    assert [found[rater].value for rater in sorted(found)] == pytest.approx([0, 0, 1, 0, 0, 1])


def test_where_nobody_spreads_there_is_nothing_to_compare():
    found = habits(
        table([(f"c {c}", f"r {r}", 3, f"k {k}") for c in range(12) for r in range(3) for k in range(2)])
    )

    for key in ("rater_halo", "rater_range", "rater_spread", "rater_noise", "rater_discrimination"):
        because = found.statistics[key]["r 0"].undefined_because
        assert because == "The co-raters show none at all, so there is nothing to compare with."
    assert found.statistics["rater_flat_cards"]["r 0"].value == 0
    assert not any(found.flags.values())


def test_one_score_a_card_has_no_halo_but_everything_else():
    found = habits(table([(f"c {c}", f"r {r}", 1 + (c + r) % 5) for c in range(12) for r in range(3)]))

    assert set(found.statistics) == {
        "rater_mean_difference",
        "rater_centrality",
        "rater_noise",
        "rater_range",
        "rater_spread",
    }


def test_cards_of_one_score_do_not_count_among_those_of_several():
    rows = team(plain, plain, plain)
    single = [(f"single {c}", f"rater {r}", 3, "criterion 0") for c in range(12) for r in range(3)]

    with_single, without = habits(table(rows + single)), habits(table(rows))

    assert with_single.statistics["rater_halo"]["rater 0"] == without.statistics["rater_halo"]["rater 0"]


def test_no_ratings_are_nobody():
    found = habits(Ratings.from_columns([], [], [], scale=FIVE_POINTS))

    assert (dict(found.flags), dict(found.not_judged_because)) == ({}, {})


@pytest.mark.parametrize(
    ("scale", "middle"),
    [
        (Scale(1, 5), [3]),
        (Scale(1, 4), [2, 3]),
        (Scale(1, 5, 0.5), [3]),
        (Scale(0, 10), [4, 5, 6]),
        (Scale(0, 100, None), [40, 50, 60]),
    ],
)
def test_the_middle_is_the_middle_fifth_or_the_nearest_levels(scale, middle):
    scores = np.arange(scale.low, scale.high + 0.5)
    scores = scores[scores % 10 == 0] if scale.is_continuous else scores

    assert scores[in_the_middle(scores, scale) > 0].tolist() == middle


def test_bounds_stretch_with_the_scale():
    """The same season on 0 to 100 instead of 1 to 5 names the same habits."""
    planted = season(2)
    stretched = Ratings.from_columns(
        planted.candidate,
        np.array(_labels(planted))[planted.rater],
        (planted.score - 1) * 25,
        planted.criterion,
        days=planted.day,
        scale=Scale(0, 100, None),
    )

    assert names(flags(stretched)) == names(flags(planted.ratings()))


def _labels(planted):
    from tests.reports.planted import name_of

    return [name_of(rater) for rater in range(int(planted.rater.max()) + 1)]


def test_names_and_order_do_not_matter():
    planted = season(1)
    ratings = planted.ratings()
    shuffled = np.random.default_rng(1).permutation(len(planted.score))
    labels = np.array(_labels(planted))
    other = {label: f"{random.Random(n).random()}" for n, label in enumerate(labels)}
    renamed = Ratings.from_columns(
        [f"{(7 * c) % 300}" for c in planted.candidate[shuffled]],
        [other[label] for label in labels[planted.rater[shuffled]]],
        planted.score[shuffled],
        planted.criterion[shuffled],
        days=planted.day[shuffled],
        scale=FIVE_POINTS,
    )

    one, two = habits(ratings), habits(renamed)

    assert {other[rater]: found for rater, found in names(one.flags).items()} == names(two.flags)
    for key, values in one.statistics.items():
        for rater, statistic in values.items():
            assert two.statistics[key][other[rater]].value == pytest.approx(statistic.value, abs=1e-7)
            assert two.statistics[key][other[rater]].se == pytest.approx(statistic.se, abs=1e-7)


def test_many_raters_are_numbered_by_sorting_with_the_same_result(monkeypatch):
    ratings = season(1).ratings()
    before = habits(ratings)

    monkeypatch.setattr(co_raters, "LARGEST_TABLE", 10)

    assert habits(ratings) == before
