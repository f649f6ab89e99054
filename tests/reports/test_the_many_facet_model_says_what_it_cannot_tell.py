"""Where the many-facet model has no answer it says why, for whom, and answers for the others."""

import numpy as np
import pytest

from reports.raters import mfrm_design, mfrm_jmle, mfrm_mml
from reports.raters.mfrm import fit_jmle, fit_marginal
from reports.ratings.tables import Ratings, Scale
from tests.reports.many_facets import FOUR_POINTS, small_rows
from tests.reports.tables import panel

FITS = {"joint": fit_jmle, "marginal": fit_marginal}
RUNS_OFF = (
    "The estimates run off to infinity: some scores follow from others without exception, for example "
    "because one rater is above another wherever they differ."
)
NOTHING_LEFT = (
    "Nothing is left to compare once everyone who gave or got only the lowest or only the highest level is "
    "set aside."
)
SET_ASIDE = (
    "Of this rater's ratings none is left once everyone who gave or got only the lowest or only the highest "
    "level is set aside: no finite severity follows from them."
)
ALONE = "This rater shared no candidate that could be used with anybody: there is nobody to compare with."

both = pytest.mark.parametrize("fit", FITS.values(), ids=FITS)


def rated(rows, scale=FOUR_POINTS):
    return Ratings.from_rows(rows, scale=scale)


def things(*, prefix=""):
    """The small table, each thing rated being a candidate; a prefix makes other people of them."""
    return [
        (f"{prefix}{who} on {criterion}", f"{prefix}{rater}", score)
        for who, rater, score, criterion in small_rows()
    ]


APART = [
    (f"{rater}'s {number}", rater, score, criterion)
    for rater in ("Iris", "Ivo")
    for number, scores in enumerate([(1, 2), (3, 2), (3, 4), (2, 3)])
    for criterion, score in zip(("clarity", "depth"), scores, strict=True)
]
EACH_THEIR_OWN = [
    (f"candidate {number}", rater, score, criterion)
    for number, scores in enumerate([(1, 2), (3, 2), (3, 4), (2, 3), (4, 2)])
    for rater, criterion, score in zip(("Iris", "Ivo"), ("clarity", "depth"), scores, strict=True)
]


@both
@pytest.mark.parametrize(
    ("ratings", "because"),
    [
        (panel(), "There are no ratings."),
        (panel((3, 3), (3, 3)), "All ratings are the same: nothing tells raters apart."),
        (panel((3,), (4,)), "All ratings come from one rater: severity has nothing to be compared with."),
        (
            rated([("Ann", "Iris", 1.5), ("Ann", "Ivo", 2)], Scale(1, 5, None)),
            "The scale has no steps, and the model has a threshold for every step.",
        ),
        (
            panel((1, 30), (30, 7), (8, 9), scale=Scale(0, 100)),
            "The ratings range over 30 levels; the model has a threshold between every two neighbors, and 21 "
            "levels are the most it is fitted to.",
        ),
        (
            rated(APART),
            "No candidate that could be used was rated by two raters: severity has nothing to be compared "
            "with.",
        ),
        (
            rated(EACH_THEIR_OWN),
            "The raters of some candidates rated different criteria, in such a way that how severe the "
            "raters are and how hard the criteria are cannot be told apart.",
        ),
        (panel(*[(score, score + 1) for score in (1, 2, 3, 4)] * 3), RUNS_OFF),
        (panel((1, 2), (1, 3), (1, 2)), NOTHING_LEFT),
        (panel((1, 2, 1), (1, 3, 1), (1, 2, 1)), NOTHING_LEFT),
    ],
    ids=[
        "no rating",
        "all alike",
        "one rater",
        "no steps",
        "many levels",
        "no candidate shared",
        "each rater their criterion",
        "always one higher",
        "one of two at the end",
        "two of three at the end",
    ],
)
def test_there_is_no_model_and_a_sentence_why(fit, ratings, because):
    model = fit(ratings)

    assert model.undefined_because == because
    assert (model.groups, model.measures, model.log_likelihood) == ((), {}, None)
    for found in [*model.severity.values(), *model.infit.values(), *model.outfit.values()]:
        assert (found.value, found.se, found.ci) == (None, None, None)
        assert found.undefined_because == because
    assert set(model.severity) == set(ratings.raters)


def test_raters_who_always_agree_leave_joint_estimates_nothing_and_send_the_marginal_ones_off():
    ratings = panel(*[(score, score) for score in (1, 2, 3, 4, 5)] * 3)

    assert fit_jmle(ratings).undefined_because == NOTHING_LEFT
    assert fit_marginal(ratings).undefined_because == RUNS_OFF


def test_estimates_that_do_not_settle_in_time_are_not_given_out(monkeypatch):
    monkeypatch.setattr(mfrm_jmle, "MOST_STEPS", 2)
    monkeypatch.setattr(mfrm_mml, "MOST_STEPS", 0)

    assert fit_jmle(rated(small_rows())).undefined_because == RUNS_OFF
    assert fit_marginal(rated(small_rows())).undefined_because == RUNS_OFF


@both
def test_severities_compare_within_raters_who_share_candidates_and_nobody_else(fit):
    one, other = things(), [(who, rater, 5 - score) for who, rater, score in things(prefix="x ")]

    model = fit(rated(one + other))

    assert model.groups == (("Hana", "Iris", "Ivo"), ("x Hana", "x Iris", "x Ivo"))
    for group in model.groups:
        assert sum(model.severity[rater].value for rater in group) == pytest.approx(0, abs=1e-9)
    assert "0 the mean of each of 2 groups of raters" in model.severity["Ivo"].method
    assert model.severity["Ivo"].value > 0 > model.severity["x Ivo"].value
    assert (model.severity["Ivo"].n_raters, model.severity["x Ivo"].n_raters) == (3, 3)


def test_groups_of_raters_are_estimated_as_if_the_others_were_not_there_but_for_the_thresholds():
    both_groups = fit_jmle(rated(things() + things(prefix="x ")))
    alone = fit_jmle(rated(things()))

    for rater, found in alone.severity.items():
        for name in (rater, f"x {rater}"):
            assert both_groups.severity[name].value == pytest.approx(found.value, abs=1e-9)
    assert both_groups.measures["x Dan on depth"] == pytest.approx(alone.measures["Dan on depth"], abs=1e-9)


@both
def test_a_chain_of_shared_candidates_is_enough_to_compare(fit):
    second = [
        (who, "Ivo" if rater == "x Hana" else rater, score) for who, rater, score in things(prefix="x ")
    ]

    model = fit(rated(things() + second))

    assert model.groups == (("Hana", "Iris", "Ivo", "x Iris", "x Ivo"),)
    assert sum(found.value for found in model.severity.values()) == pytest.approx(0, abs=1e-9)
    assert model.severity["x Ivo"].value > model.severity["Ivo"].value > model.severity["Hana"].value


def test_along_a_chain_differences_add_up():
    second = [
        (who, "Ivo" if rater == "x Hana" else rater, score) for who, rater, score in things(prefix="x ")
    ]

    severity = fit_jmle(rated(things() + second)).severity

    first_link = severity["Iris"].value - severity["Hana"].value
    assert severity["x Iris"].value - severity["Ivo"].value == pytest.approx(first_link, abs=1e-9)
    assert severity["Ivo"].se < severity["Hana"].se


@both
def test_a_rater_alone_and_one_at_the_end_of_the_scale_have_a_sentence_and_the_others_a_severity(fit):
    rows = [*small_rows(), *[(who, "Low", 1, "depth") for who in ("Ann", "Ben", "Cleo", "Dan")]]
    rows += [("Zoe", "Alone", 2, "clarity"), ("Zoe", "Alone", 4, "depth"), ("Zed", "Alone", 3, "depth")]
    rows += [("Zed", "Silent", None, "depth"), ("Zed", "Alone", 2, "clarity")]

    model, plain = fit(rated(rows)), fit(rated(small_rows()))

    assert model.severity["Low"].undefined_because == SET_ASIDE
    assert model.severity["Alone"].undefined_because == ALONE
    assert model.severity["Silent"].undefined_because == "This rater gave no rating."
    assert model.groups == (("Hana", "Iris", "Ivo"),)
    assert model.severity["Ivo"].value == pytest.approx(plain.severity["Ivo"].value, abs=0.1)
    assert model.severity["Low"].n_candidates == 4
    assert (model.severity["Alone"].n_units, model.severity["Alone"].n_raters) == (0, 0)
    for squares in (model.infit, model.outfit) if fit is fit_jmle else ():
        for rater, found in squares.items():
            assert found.undefined_because == model.severity[rater].undefined_because


@both
def test_a_criterion_at_the_end_of_the_scale_or_by_itself_has_a_sentence(fit):
    rows = [row for row in small_rows() if row[0] != "Ida"]
    easy = [(who, rater, 4, "manners") for who, rater, _, criterion in rows if criterion == "depth"]
    other = [(f"{who} again", rater, score, "by itself") for who, rater, score, _ in rows[::2]]

    model = fit(rated(rows + easy + other))

    assert model.difficulties["manners"].undefined_because == (
        "All ratings on this criterion that could be used are at one end of the scale."
    )
    assert model.difficulties["by itself"].undefined_because == (
        "No candidate was rated both on this criterion and on another: there is none to compare with."
    )
    assert model.difficulties["clarity"].value == pytest.approx(-model.difficulties["depth"].value)
    assert model.difficulties["clarity"].value > 0


@both
def test_levels_nobody_used_shorten_the_scale_at_its_ends(fit):
    narrow, wide = (fit(rated(small_rows(), scale)) for scale in (FOUR_POINTS, Scale(0, 6)))

    assert {rater: found.value for rater, found in wide.severity.items()} == {
        rater: found.value for rater, found in narrow.severity.items()
    }
    assert list(wide.thresholds) == [1, 2, 3, 4, 5, 6]
    assert {key: wide.thresholds[key] for key in (2.0, 3.0, 4.0)} == narrow.thresholds
    assert wide.thresholds[1].undefined_because == "No rating that could be used is 0."
    assert wide.thresholds[5].undefined_because == "No rating that could be used is 5."


@both
def test_a_level_nobody_used_in_the_middle_keeps_its_place_and_has_no_thresholds(fit):
    spread = {1: 1, 2: 2, 3: 4, 4: 5}
    rows = [(who, rater, spread[score], criterion) for who, rater, score, criterion in small_rows()]
    nearly = [*rows, *[(f"new {rater}", rater, 3, "depth") for rater in ("Hana", "Iris", "Ivo")]]

    model, filled = fit(rated(rows, Scale(1, 5))), fit(rated(nearly, Scale(1, 5)))

    assert [model.thresholds[score].value is None for score in (2, 3, 4, 5)] == [False, True, True, False]
    assert model.thresholds[4].undefined_because == "No rating that could be used is 3."
    for rater, found in model.severity.items():
        assert found.value == pytest.approx(filled.severity[rater].value, abs=0.25)
    assert model.log_likelihood > filled.log_likelihood


def test_the_estimates_around_an_unused_level_are_the_limit_as_its_thresholds_run_off():
    rows = [(u, r, {1: 1, 2: 2, 3: 4, 4: 5}[score], c) for u, r, score, c in small_rows()]
    ratings = rated(rows, Scale(1, 5))
    model = fit_jmle(ratings)
    kept = [place for place, who in enumerate(ratings.units) if who in model.measures]
    seen = np.isin(ratings.unit, kept)
    severity = np.array([found.value for found in model.severity.values()])
    difficulty = np.array([found.value for found in model.difficulties.values()])
    ability = np.array([model.measures.get(who, 0.0) for who in ratings.units])
    logit = (ability[ratings.unit] - severity[ratings.rater] - difficulty[ratings.criterion])[seen]
    first, last = model.thresholds[2].value, model.thresholds[5].value
    ceiling = np.array([0, first, 60.0, -last, 0])
    chances = np.exp(np.arange(5) * logit[:, np.newaxis] - ceiling)
    chances /= chances.sum(axis=1, keepdims=True)
    surplus = ratings.code[seen] - chances @ np.arange(5)

    assert np.abs(np.bincount(ratings.rater[seen], weights=surplus)).max() < 1e-8
    assert np.abs(np.bincount(ratings.unit[seen], weights=surplus)).max() < 1e-8
    assert np.bincount(ratings.code[seen]) == pytest.approx(chances.sum(axis=0), abs=1e-8)


@both
def test_half_points_from_nought_to_ten_are_not_too_many(fit):
    chance = np.random.default_rng(2)
    ability = chance.normal(5, 1.5, 80)
    scores = ability[:, np.newaxis] + chance.normal([-0.5, 0, 0.5], 0.8, (80, 3))

    model = fit(panel(*np.clip(np.round(2 * scores) / 2, 0, 10), scale=Scale(0, 10, 0.5)))

    severity = [found.value for found in model.severity.values()]
    assert severity == sorted(severity, reverse=True)
    assert severity[0] - severity[2] > 3 * model.severity["rater 0"].se


def test_candidates_who_differ_no_more_than_chance_have_no_spread_and_raters_still_have_severities():
    pairs = [(1, 2), (2, 1), (1, 2), (1, 2)]
    rows = [
        (who, *rated) for who, both in enumerate(pairs) for rated in zip(("Iris", "Ivo"), both, strict=True)
    ]

    model = fit_marginal(Ratings.from_rows(rows, scale=Scale(1, 2)))

    assert model.population_sd == pytest.approx(0, abs=1e-12)
    assert model.severity["Iris"].value == pytest.approx(np.log(3))
    assert model.severity["Iris"].se == pytest.approx(np.sqrt(2 / 0.75) / 2)


def test_candidates_who_differ_very_much_need_more_points_and_get_them(monkeypatch):
    chance = np.random.default_rng(4)
    level = chance.integers(1, 6, 40)
    scores = np.clip(level[:, np.newaxis] + (chance.random((40, 4)) < [0.05, 0.1, 0.2, 0.4]), 1, 5)
    rows = [
        (who, rater, score) for who, given in enumerate(scores.tolist()) for rater, score in enumerate(given)
    ]
    ratings = Ratings.from_rows(rows, scale=Scale(1, 5))

    model = fit_marginal(ratings)
    monkeypatch.setattr(mfrm_mml, "FIRST_NODES", 1281)
    sure = fit_marginal(ratings)
    monkeypatch.setattr(mfrm_mml, "FIRST_NODES", 41)
    monkeypatch.setattr(mfrm_mml, "MOST_NODES", 40)
    hasty = fit_marginal(ratings)

    assert model.population_sd > 5
    assert model.severity[0].value > model.severity[3].value
    assert [found.value for found in model.severity.values()] == pytest.approx(
        [found.value for found in sure.severity.values()], abs=1e-6
    )
    assert hasty.severity[0].value is None


def test_an_information_with_next_to_nothing_in_it_has_no_inverse():
    with pytest.raises(mfrm_design.UndefinedModel, match="run off to infinity"):
        mfrm_design.root_of_inverse(np.diag([1.0, 1e-10]))
