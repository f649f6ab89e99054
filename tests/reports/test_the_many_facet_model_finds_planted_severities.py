"""Severities of the many-facet model: what was planted is found, and what is found is the maximum."""

import itertools
import random
from functools import partial

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.optimize import minimize

from reports.raters import mfrm_design, mfrm_fit, mfrm_jmle, mfrm_likelihood, mfrm_mml
from reports.raters.mfrm import fit_jmle, fit_marginal
from reports.ratings.tables import Ratings, Scale
from tests.reports.many_facets import FOUR_POINTS, SMALL, planted, small_rows

FITS = {"joint": fit_jmle, "marginal": fit_marginal}


def values(found):
    return {name: each.value for name, each in found.items()}


def errors(found):
    return {name: each.se for name, each in found.items()}


def small(**options):
    return Ratings.from_rows(small_rows(**options), scale=Scale(1, 2) if options else FOUR_POINTS)


@pytest.fixture(scope="module")
def truth():
    return planted(seed=11, candidates=600)


@pytest.fixture(scope="module")
def models(truth):
    return {name: fit(truth.ratings) for name, fit in FITS.items()}


def test_marginal_severities_lie_within_their_intervals_as_often_as_they_should(truth, models):
    inside = [
        found.ci[0] <= truth.severity[rater] <= found.ci[1]
        for rater, found in models["marginal"].severity.items()
    ]

    assert sum(inside) >= 21
    assert models["marginal"].population_sd == pytest.approx(1.2, abs=0.12)


def test_joint_severities_are_the_planted_ones_stretched_a_little(truth, models):
    found = values(models["joint"].severity)
    planted_ones = np.array([truth.severity[rater] for rater in found])
    slope, intercept = np.polyfit(planted_ones, list(found.values()), 1)

    assert np.corrcoef(planted_ones, list(found.values()))[0, 1] > 0.98
    assert 1 < slope < 1.15
    assert intercept == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("name", FITS)
def test_planted_difficulties_and_thresholds_are_found(name, truth, models):
    stretched = 1.08 if name == "joint" else 1.0

    for found, expected in (
        (models[name].difficulties, truth.difficulty),
        (models[name].thresholds, truth.thresholds),
    ):
        for key, value in expected.items():
            assert found[key].value == pytest.approx(stretched * value, abs=4 * found[key].se)


@pytest.mark.parametrize("name", FITS)
def test_raters_criteria_and_steps_each_sum_to_zero(name, models):
    for found in (models[name].severity, models[name].difficulties, models[name].thresholds):
        assert sum(values(found).values()) == pytest.approx(0, abs=1e-9)


def test_a_statistic_says_what_it_is_and_what_it_rests_on(models):
    found = models["joint"].severity["rater 0"]

    assert found.key == "mfrm_jmle_severity"
    assert found.ci == pytest.approx((found.value - 1.959964 * found.se, found.value + 1.959964 * found.se))
    assert found.ci_level == 0.95
    assert found.n_units == 5 * found.n_candidates
    assert found.n_raters == 24
    assert "positive = severe" in found.method
    assert models["marginal"].severity["rater 0"].key == "mfrm_mml_severity"
    assert models["joint"].infit["rater 0"].key == "mfrm_jmle_infit"
    assert models["joint"].outfit["rater 0"].ci is None
    assert models["joint"].outfit["rater 0"].no_interval_because


def chances_of(model, ratings):
    """Probability of each level of each rating of a candidate with a measure, from what the model says."""
    kept = [row for row in range(len(ratings)) if ratings.units[ratings.unit[row]] in model.measures]
    logit = np.array(
        [
            model.measures[ratings.units[ratings.unit[row]]]
            - model.severity[ratings.raters[ratings.rater[row]]].value
            - model.difficulties[ratings.criteria[ratings.criterion[row]]].value
            for row in kept
        ]
    )
    steps = [measure.value for measure in model.thresholds.values()]
    weight = np.exp(
        np.arange(len(steps) + 1) * logit[:, np.newaxis] - np.concatenate([[0], np.cumsum(steps)])
    )
    return np.array(kept), weight / weight.sum(axis=1, keepdims=True)


def test_expected_scores_equal_those_given_for_every_rater_criterion_level_and_candidate(truth, models):
    rows, chances = chances_of(models["joint"], truth.ratings)
    code = truth.ratings.code[rows]
    surplus = code - chances @ np.arange(5)

    for facet in (truth.ratings.rater, truth.ratings.criterion, truth.ratings.unit):
        assert np.abs(np.bincount(facet[rows], weights=surplus)).max() < 1e-8
    assert np.bincount(code, minlength=5) == pytest.approx(chances.sum(axis=0), abs=1e-8)


def test_mean_squares_are_those_of_the_book(truth, models):
    rows, chances = chances_of(models["joint"], truth.ratings)
    levels, rater = np.arange(5), truth.ratings.rater[rows]
    mine = rater == truth.ratings.raters.index("rater 7")
    expected = chances[mine] @ levels
    away = levels - expected[:, np.newaxis]
    variance, fourth = (chances[mine] * away**2).sum(axis=1), (chances[mine] * away**4).sum(axis=1)
    squared = (truth.ratings.code[rows][mine] - expected) ** 2

    infit, outfit = models["joint"].infit["rater 7"], models["joint"].outfit["rater 7"]

    assert infit.value == pytest.approx(squared.sum() / variance.sum())
    assert outfit.value == pytest.approx((squared / variance).mean())
    assert infit.se == pytest.approx(np.sqrt((fourth - variance**2).sum()) / variance.sum())
    assert outfit.se == pytest.approx(np.sqrt((fourth / variance**2 - 1).sum()) / mine.sum())


def test_who_rates_at_random_misfits_and_who_never_surprises_overfits(truth):
    chance = np.random.default_rng(5)
    ratings = truth.ratings
    score = ratings.score.copy()
    erratic = ratings.rater == ratings.raters.index("rater 3")
    score[erratic] = chance.integers(1, 6, erratic.sum())
    steady = ratings.rater == ratings.raters.index("rater 4")
    mean = np.bincount(ratings.unit, weights=score) / np.bincount(ratings.unit)
    score[steady] = mean.round()[ratings.unit[steady]]
    model = fit_jmle(
        Ratings.from_columns(ratings.unit, ratings.rater, score, ratings.criterion, scale=ratings.scale)
    )

    squares = values(model.infit)
    places = {rater: ratings.raters.index(f"rater {rater}") for rater in (3, 4)}

    assert max(squares, key=squares.get) == places[3]
    assert squares[places[3]] > 1.5
    assert min(squares, key=squares.get) == places[4]
    assert model.outfit[places[4]].value < 0.6


def test_joint_estimates_are_those_of_vgam():
    # R VGAM 1.1-7: vglm(score ~ candidate + rater + criterion, acat(parallel = TRUE)), sum contrasts,
    # without Ida, whose scores are all 4
    model = fit_jmle(small())

    assert model.left_out == ("Ida",)
    assert model.n_ratings == 36
    assert model.log_likelihood == pytest.approx(-36.724659647199)
    assert model.severity["Hana"].value == pytest.approx(-0.891310016441, abs=1e-8)
    assert model.severity["Iris"].value == pytest.approx(-0.049823880515, abs=1e-8)
    assert model.severity["Hana"].se == pytest.approx(0.40691000935695, abs=1e-7)
    assert model.severity["Iris"].se == pytest.approx(0.36287375864964, abs=1e-7)
    assert model.difficulties["clarity"].value == pytest.approx(0.368818352871, abs=1e-8)
    assert model.difficulties["clarity"].se == pytest.approx(0.24485587416340, abs=1e-7)
    assert list(values(model.thresholds).values()) == pytest.approx(
        [-1.146428751484, -0.229376505365, 1.375805256849], abs=1e-8
    )


def test_marginal_estimates_of_two_levels_are_those_of_lme4():
    # R lme4 1.1-31: glmer(passed ~ rater + criterion + (1 | candidate), binomial, nAGQ = 100), sum contrasts
    model = fit_marginal(small(pass_at=3))

    assert values(model.severity) == pytest.approx(
        {"Hana": -1.067551883937, "Iris": -0.200088003510, "Ivo": 1.267639887447}, abs=1e-6
    )
    assert model.severity["Hana"].se == pytest.approx(0.60109632, abs=1e-5)
    assert model.severity["Iris"].se == pytest.approx(0.53115416, abs=1e-5)
    assert model.difficulties["clarity"].value == pytest.approx(0.557518291488, abs=1e-6)
    assert model.population_mean == pytest.approx(0.470635058, abs=1e-6)
    assert model.population_sd == pytest.approx(0.7698299788, abs=1e-6)
    assert model.log_likelihood == pytest.approx(-22.7558440165)


def log_chance(scores, logit, ceiling):
    exponent = np.arange(len(ceiling)) * np.atleast_1d(logit)[:, np.newaxis] - ceiling
    return exponent[np.arange(len(scores)), scores] - np.log(np.exp(exponent).sum(axis=1))


def test_joint_estimates_maximize_the_full_likelihood():
    ratings = small()
    model = fit_jmle(ratings)
    rows = ratings.unit != ratings.units.index("Ida")
    unit, rater, criterion, code = (
        column[rows] for column in (ratings.unit, ratings.rater, ratings.criterion, ratings.code)
    )

    def parameters(x):
        severity, difficulty = np.append(x[8:10], -x[8:10].sum()), np.array([x[10], -x[10]])
        return x[:8], severity, difficulty, np.array([0, x[11], x[12], 0])

    def loss(x):
        ability, severity, difficulty, ceiling = parameters(x)
        return -log_chance(code, ability[unit] - severity[rater] - difficulty[criterion], ceiling).sum()

    best = minimize(loss, np.zeros(13), method="BFGS", options={"gtol": 1e-7, "xrtol": 1e-12})
    ability, severity, difficulty, ceiling = parameters(best.x)

    assert list(values(model.severity).values()) == pytest.approx(severity, abs=1e-6)
    assert list(values(model.difficulties).values()) == pytest.approx(difficulty, abs=1e-6)
    assert list(values(model.thresholds).values()) == pytest.approx(np.diff(ceiling), abs=1e-6)
    assert list(model.measures.values()) == pytest.approx(ability, abs=1e-6)
    assert model.log_likelihood == pytest.approx(-best.fun, abs=1e-10)


def adaptively(log_density):
    """Integral over a standard normal population, by SciPy's adaptive quadrature."""
    return quad(lambda z: np.exp(log_density(z) - z**2 / 2)[0] / np.sqrt(2 * np.pi), -8, 8, epsabs=0)[0]


def by_hermite(log_density):
    """The same by 40 Gauss-Hermite points, which is faster."""
    points, weights = np.polynomial.hermite_e.hermegauss(40)
    return np.exp(log_density(points)) @ weights / np.sqrt(2 * np.pi)


def marginal_loss(ratings, integral):
    """Minus the log-likelihood, each candidate integrated out by themself; a function of all parameters."""
    own = [ratings.unit == place for place in range(len(ratings.units))]

    def loss(x):
        severity, difficulty = np.append(x[2:4], -x[2:4].sum()), np.array([x[4], -x[4]])
        ceiling = np.array([0, x[5], x[6], 0])

        def log_density(z, rows):
            easier = -severity[ratings.rater[rows]] - difficulty[ratings.criterion[rows]]
            logit = np.add.outer(x[0] + x[1] * np.atleast_1d(z), easier)
            code = np.tile(ratings.code[rows], len(logit))
            return log_chance(code, logit.ravel(), ceiling).reshape(logit.shape).sum(axis=1)

        return -sum(np.log(integral(partial(log_density, rows=rows))) for rows in own)

    return loss


def position(model):
    found = list(values(model.severity).values())
    steps = list(values(model.thresholds).values())
    first = next(iter(model.difficulties.values())).value
    return np.array([model.population_mean, model.population_sd, *found[:2], first, *np.cumsum(steps)[:2]])


def test_marginal_estimates_maximize_the_likelihood_integrated_candidate_by_candidate():
    model = fit_marginal(small())
    loss, best, step = marginal_loss(small(), adaptively), position(model), 1e-4
    each = np.eye(len(best)) * step

    slope = [(loss(best + way) - loss(best - way)) / (2 * step) for way in each]

    assert model.left_out == ()
    assert model.log_likelihood == pytest.approx(-loss(best), abs=1e-7)
    assert np.abs(slope).max() < 1e-6


def test_marginal_standard_errors_come_from_the_curvature_of_that_likelihood():
    model = fit_marginal(small())
    loss, best, step = marginal_loss(small(), by_hermite), position(model), 1e-2
    each = np.eye(len(best)) * step
    curvature = np.empty((len(best), len(best)))
    middle = loss(best)
    ahead, behind = [loss(best + way) for way in each], [loss(best - way) for way in each]
    for i, j in itertools.combinations_with_replacement(range(len(best)), 2):
        both = loss(best + each[i] + each[j]) + loss(best - each[i] - each[j])
        corners = both - ahead[i] - ahead[j] - behind[i] - behind[j] + 2 * middle
        curvature[i, j] = curvature[j, i] = corners / (2 * step**2)
    covariance = np.linalg.inv(curvature)

    assert model.severity["Hana"].se == pytest.approx(np.sqrt(covariance[2, 2]), rel=1e-3)
    assert model.severity["Iris"].se == pytest.approx(np.sqrt(covariance[3, 3]), rel=1e-3)
    assert model.severity["Ivo"].se == pytest.approx(np.sqrt(covariance[2:4, 2:4].sum()), rel=1e-3)
    assert model.difficulties["depth"].se == pytest.approx(np.sqrt(covariance[4, 4]), rel=1e-3)
    assert model.thresholds[2.0].se == pytest.approx(np.sqrt(covariance[5, 5]), rel=1e-3)


def test_a_marginal_measure_is_drawn_toward_the_population_and_has_a_spread():
    joint, marginal = fit_jmle(small()), fit_marginal(small())

    assert 0 < marginal.measures["Dan"] < joint.measures["Dan"]
    assert 0 < marginal.measures_se["Dan"] < marginal.population_sd
    assert joint.measures_se["Dan"] > marginal.measures_se["Dan"]
    assert set(marginal.measures) == set(SMALL)


@pytest.mark.parametrize("name", FITS)
def test_names_and_the_order_of_rows_do_not_matter(name):
    rows = small_rows()
    new = {"Hana": "Żaneta 3", "Iris": "", "Ivo": "-1"}
    renamed = [
        (99 - ord(who[0]), new[rater] or "’", score, criterion[::-1]) for who, rater, score, criterion in rows
    ]
    random.Random(3).shuffle(renamed)

    before = FITS[name](Ratings.from_rows(rows, scale=FOUR_POINTS))
    after = FITS[name](Ratings.from_rows(renamed, scale=FOUR_POINTS))

    for rater, found in before.severity.items():
        assert after.severity[new[rater] or "’"].value == pytest.approx(found.value, abs=1e-9)
        assert after.severity[new[rater] or "’"].se == pytest.approx(found.se, abs=1e-9)


@pytest.mark.parametrize("name", FITS)
def test_shuffled_rows_give_the_same_digits(name):
    rows = small_rows()
    shuffled = random.Random(3).sample(rows, len(rows))

    whole = [FITS[name](Ratings.from_rows(order, scale=FOUR_POINTS)) for order in (rows, shuffled)]

    assert whole[0] == whole[1]


@pytest.mark.parametrize("name", FITS)
def test_without_criteria_raters_and_steps_are_all_there_is(name):
    rows = [(f"{who} on {criterion}", rater, score) for who, rater, score, criterion in small_rows()]

    model = FITS[name](Ratings.from_rows(rows, scale=FOUR_POINTS))

    assert model.difficulties == {}
    assert sum(values(model.severity).values()) == pytest.approx(0, abs=1e-9)
    assert model.severity["Ivo"].value > 0 > model.severity["Hana"].value


def test_work_in_pieces_gives_the_same_as_work_in_one_go(monkeypatch, truth, models):
    monkeypatch.setattr(mfrm_jmle, "CHUNK", 40)
    monkeypatch.setattr(mfrm_fit, "CHUNK", 1000)
    monkeypatch.setattr(mfrm_likelihood, "AT_ONCE", 20_000)

    for name, fit in FITS.items():
        pieces = fit(truth.ratings)

        assert values(pieces.severity) == pytest.approx(values(models[name].severity), abs=1e-9)
        assert errors(pieces.severity) == pytest.approx(errors(models[name].severity), abs=1e-9)
    assert values(fit_jmle(truth.ratings).outfit) == pytest.approx(values(models["joint"].outfit), abs=1e-9)


def test_few_of_many_raters_a_candidate_are_worked_out_like_many_of_few(monkeypatch, truth):
    design = mfrm_design.design_of(
        truth.ratings.unit,
        truth.ratings.rater,
        truth.ratings.criterion,
        truth.ratings.code,
        drop_persons=True,
    )
    dense = mfrm_jmle.joint_estimates(design)
    monkeypatch.setattr(mfrm_design, "DENSE", 2.0)

    sparse = mfrm_jmle.joint_estimates(design)

    assert sparse.severity == pytest.approx(dense.severity, abs=1e-10)
    assert sparse.covariance == pytest.approx(dense.covariance, abs=1e-10)


def test_a_far_start_arrives_at_the_same_maximum(monkeypatch):
    near = fit_jmle(small())
    monkeypatch.setattr(mfrm_jmle, "first_ceiling", lambda *_: np.array([0.0, 5.0, -5.0, 0.0]))

    assert values(fit_jmle(small()).severity) == pytest.approx(values(near.severity), abs=1e-8)


def test_more_points_of_the_population_change_nothing(monkeypatch):
    few = fit_marginal(small())
    monkeypatch.setattr(mfrm_mml, "FIRST_NODES", 321)

    assert values(fit_marginal(small()).severity) == pytest.approx(values(few.severity), abs=1e-7)
