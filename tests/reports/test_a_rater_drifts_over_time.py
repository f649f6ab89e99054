"""Whether a rater moves over time, beside those who rated the same things; and a chart to watch it."""

import numpy as np
import pytest

from reports.raters.drift import control_chart, drift
from reports.ratings.tables import Ratings, Scale
from tests.reports.planted import season

FIVE_POINTS = Scale(1, 5)


def table(rows, scale=FIVE_POINTS):
    unit, rater, score, day = zip(*rows, strict=True)
    return Ratings.from_columns(unit, rater, score, days=day, scale=scale)


def moving(*slopes, candidates=20, days=90.0):
    """Candidates once a while; each rater starts at 2 and moves by a slope in points over all the days."""
    scale = Scale(0, 10, None)
    when = np.linspace(0, days, candidates)
    return table(
        [
            (f"c{c:02d}", f"r{r}", 2 + slope * day / days + 0.3 * ((c * (r + 3)) % 4), day)
            for c, day in enumerate(when)
            for r, slope in enumerate(slopes)
        ],
        scale,
    )


def test_slopes_are_those_of_a_least_squares_fit_with_every_rater_and_thing():
    """By numpy.linalg.lstsq on dummy variables, less the median slope; raters rate on days of their own."""
    whole = season(2, candidates=40, raters=6).ratings()
    kept = np.random.default_rng(2).random(len(whole)) < 0.8
    ratings = whole.select(kept)
    own_days = Ratings.from_columns(
        ratings.unit,
        ratings.rater,
        ratings.score,
        ratings.criterion,
        days=ratings.day + 3 * ratings.rater * (ratings.unit % 3),
        scale=FIVE_POINTS,
    )
    who = np.eye(6)[own_days.rater]
    design = np.hstack([np.eye(own_days.things)[own_days.thing], who, who * own_days.day[:, np.newaxis] / 30])
    slopes = np.linalg.lstsq(design, own_days.score)[0][-6:]

    found = drift(own_days).raters

    assert [found[rater].value for rater in range(6)] == pytest.approx((slopes - np.median(slopes)).tolist())


def test_a_standard_error_is_by_candidate():
    """One rating a candidate: the sandwich sqrt(C/(C-2) sum (x e)^2) / sum x^2 with weights 2/3, by hand."""
    ratings = moving(0.0, 0.0, 1.5)
    found = drift(ratings).raters["r2"]

    score = ratings.score.reshape(20, 3)
    day = ratings.day.reshape(20, 3)[:, 2] / 30
    x = day - day.mean()
    apart = score[:, 2] - score[:, :2].mean(axis=1)
    residual = apart - apart.mean() - x * (x @ apart) / (x @ x)
    assert found.se == pytest.approx(np.sqrt(20 / 18 * ((x * residual) ** 2).sum()) / (x @ x))
    assert found.ci == pytest.approx(
        (found.value - 2.1009 * found.se, found.value + 2.1009 * found.se), abs=1e-4
    )


def test_who_moves_is_named_and_the_others_are_not():
    found = drift(moving(0.0, 0.0, 2.0, 0.0))

    assert found.drifting() == ("r2",)
    assert found.raters["r2"].value == pytest.approx(2 / 3, abs=0.05), "two points in ninety days"


def test_a_drift_that_everyone_shares_is_no_drift_of_anyone():
    still, moved = drift(moving(0.0, 0.0, 0.0)).raters, drift(moving(2.0, 2.0, 2.0)).raters

    assert [moved[r].value for r in moved] == pytest.approx([still[r].value for r in still], abs=1e-8)


def test_few_candidates_or_one_co_rater_are_not_tested():
    few, pair = drift(moving(0.0, 0.0, 2.0, candidates=9)), drift(moving(0.0, 2.0))

    assert set(few.adjusted_p.values()) == set(pair.adjusted_p.values()) == {None}
    assert few.raters["r2"].value > 0


def test_without_days_there_is_a_sentence():
    ratings = Ratings.from_rows([("c", "r", 3), ("c", "s", 3)], scale=FIVE_POINTS)

    found = drift(ratings)

    assert found.raters["r"].undefined_because == "The days of the interviews are not known."
    assert found.drifting() == ()
    assert control_chart(ratings, "r").undefined_because == "The days of the interviews are not known."


def test_candidates_of_one_day_have_no_slope():
    found = drift(table([(f"c{c}", f"r{r}", 1 + (c * r) % 5, 7) for c in range(12) for r in range(3)]))

    assert found.raters["r1"].undefined_because.startswith("Three shared candidates on different days")


def test_who_rated_alone_has_no_slope():
    found = drift(table([("a", "Hana", 3, 1), ("b", "Iris", 3, 1), ("b", "Ivo", 3, 2)]))

    assert found.raters["Hana"].undefined_because == "Nobody else rated what this rater rated."


def test_nobody_shares_anything():
    found = drift(table([("a", "Hana", 3, 1), ("b", "Iris", 3, 1)]))

    assert found.raters["Iris"].undefined_because == "Nobody else rated what this rater rated."


def test_a_control_chart_follows_windows_with_three_sigma_limits():
    """Differences 0 1 / 1 2 / 6 around the mean 2; within windows s = sqrt((.5 + .5) / 2)."""
    rows = []
    for c, (day, apart) in enumerate([(0, 0), (10, 1), (30, 1), (40, 2), (95, 6)]):
        rows += [(f"c{c}", "Iris", 2 + apart, day), (f"c{c}", "Ivo", 2, day), (f"c{c}", "Olga", 2, day)]
    chart = control_chart(table(rows, Scale(0, 10)), "Iris")

    assert chart.center == pytest.approx(2.0)
    assert [(w.first_day, w.last_day, w.n_candidates) for w in chart.windows] == [
        (0, 30, 2),
        (30, 60, 2),
        (90, 120, 1),
    ]
    assert [w.mean for w in chart.windows] == pytest.approx([0.5, 1.5, 6.0])
    sigma = np.sqrt(0.5)
    assert [w.high - 2 for w in chart.windows] == pytest.approx([3 * sigma / np.sqrt(2)] * 2 + [3 * sigma])
    assert [w.is_outside for w in chart.windows] == [False, False, True]


def test_the_severity_of_co_raters_does_not_show_in_the_chart_of_a_rater():
    """Ivo is two points lower than Olga; Iris meets him first and Olga later."""
    rows = [(f"c{c}", "Iris", 6, c) for c in range(20)]
    rows += [(f"c{c}", "Ivo", 4, c) for c in range(10)] + [(f"c{c}", "Olga", 6, c) for c in range(10, 20)]
    rows += [(f"d{c}", rater, score, c) for c in range(10) for rater, score in (("Ivo", 4), ("Olga", 6))]

    chart = control_chart(table(rows, Scale(0, 10)), "Iris", days=10)

    assert [w.mean for w in chart.windows] == pytest.approx([chart.center] * 2)


def test_windows_of_one_candidate_each_have_no_limits():
    rows = [(f"c{c}", rater, 3, 100 * c) for c in range(3) for rater in ("Iris", "Ivo")]

    chart = control_chart(table(rows), "Iris")

    assert [(w.low, w.high, w.is_outside) for w in chart.windows] == [(None, None, False)] * 3


def test_a_rater_alone_has_an_empty_chart_with_a_sentence():
    chart = control_chart(table([("a", "Hana", 3, 1), ("b", "Iris", 3, 1), ("b", "Ivo", 3, 2)]), "Hana")

    assert chart.windows == ()
    assert chart.undefined_because == "Nobody else rated what this rater rated."


@pytest.mark.parametrize(
    ("rater", "days", "message"),
    [("Remi", 30, "'Remi' is not among the raters"), ("Iris", 0, "A window lasts more than 0 days")],
)
def test_a_chart_of_nobody_or_of_no_time_is_refused(rater, days, message):
    with pytest.raises(ValueError, match=message):
        control_chart(table([("b", "Iris", 3, 1), ("b", "Ivo", 3, 2)]), rater, days=days)
