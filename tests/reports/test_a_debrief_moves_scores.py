"""The same rater on the same thing, before the debrief and after it."""

import math

import pytest

from reports.raters.phases import phase_change
from reports.ratings.tables import Ratings, Scale

FIVE_POINTS = Scale(1, 5)


def panel(rows, scale=FIVE_POINTS):
    return Ratings.from_rows(rows, scale=scale)


BEFORE = [("Ann", "Iris", 2), ("Ann", "Ivo", 4), ("Ben", "Iris", 3), ("Ben", "Ivo", 3), ("Cy", "Iris", 5)]
AFTER = [("Ann", "Iris", 3), ("Ann", "Ivo", 4), ("Ben", "Iris", 3), ("Ben", "Ivo", 4), ("Dee", "Ivo", 1)]


def test_what_changed_is_counted_for_each_rater_and_for_all():
    change = phase_change(panel(BEFORE), panel(AFTER))

    iris, ivo = change.raters["Iris"], change.raters["Ivo"]
    assert (iris.n_scores, iris.n_changed, iris.share_changed.value, iris.mean_change.value) == (
        2,
        1,
        0.5,
        0.5,
    )
    assert (ivo.n_scores, ivo.n_changed, ivo.mean_distance_moved.value) == (2, 1, 0.5)
    assert (change.everyone.n_scores, change.everyone.n_changed, change.everyone.mean_change.value) == (
        4,
        2,
        0.5,
    )
    assert (change.everyone.mean_change.n_candidates, change.everyone.mean_change.n_raters) == (2, 2)


def test_scores_of_one_phase_only_are_counted_and_left_out():
    change = phase_change(panel(BEFORE), panel(AFTER))

    assert (change.unmatched_before, change.unmatched_after) == (1, 1)


def test_the_standard_error_is_by_candidate_because_a_debrief_is_about_one():
    """Iris moves by +1 on Ann and 0 on Ben; both of Ann's sum to 1, both of Ben's to 1: no spread at all."""
    change = phase_change(panel(BEFORE), panel(AFTER))

    assert change.raters["Iris"].mean_change.se == pytest.approx(0.5)
    assert change.everyone.mean_change.se is None
    assert change.everyone.mean_change.no_interval_because.startswith("It is the same for every candidate")


def test_moving_to_the_panel_mean_is_told_from_staying_and_from_moving_away():
    before = [
        ("Ann", "Iris", 1),
        ("Ann", "Ivo", 3),
        ("Ann", "Olga", 5),
        ("Ben", "Iris", 3),
        ("Ben", "Ivo", 3),
    ]
    after = [("Ann", "Iris", 4), ("Ann", "Ivo", 3), ("Ann", "Olga", 5), ("Ben", "Iris", 3), ("Ben", "Ivo", 3)]

    change = phase_change(panel(before), panel(after))

    assert change.raters["Iris"].toward_panel.value == pytest.approx(1.0)
    assert change.raters["Olga"].toward_panel.value == pytest.approx(0.0)
    assert change.raters["Ivo"].toward_panel.value is None
    assert change.raters["Ivo"].toward_panel.undefined_because.startswith(
        "Before the debrief no score differed"
    )


def test_the_share_given_up_is_a_slope_through_the_origin_with_a_clustered_error():
    before = [("Ann", "Iris", 1), ("Ann", "Ivo", 5), ("Ben", "Iris", 2), ("Ben", "Ivo", 4)]
    after = [("Ann", "Iris", 3), ("Ann", "Ivo", 5), ("Ben", "Iris", 2), ("Ben", "Ivo", 4)]

    toward = phase_change(panel(before), panel(after)).raters["Iris"].toward_panel

    slope = (2 * 4 + 0 * 2) / (4**2 + 2**2)
    residuals = (4 * (2 - 4 * slope), 2 * (0 - 2 * slope))
    assert toward.value == pytest.approx(slope)
    assert toward.se == pytest.approx(math.sqrt(2 * sum(e**2 for e in residuals)) / 20)


def test_the_spread_of_panels_is_compared_over_the_same_panels():
    change = phase_change(panel(BEFORE), panel(AFTER))

    assert change.spread_before.value == pytest.approx(math.sqrt(2) / 2)
    assert change.spread_after.value == pytest.approx(math.sqrt(0.5))
    assert change.spread_change.value == pytest.approx(0)
    assert (change.spread_before.n_units, change.spread_before.n_raters) == (2, 2)


def test_scores_are_matched_by_name_whatever_else_is_in_the_tables():
    def table(rows):
        unit, rater, score, criterion, stage = zip(*rows, strict=True)
        return Ratings.from_columns(unit, rater, score, criterion, stage, scale=FIVE_POINTS)

    before = table([("Ben", "Ivo", 2, "safety", "first"), ("Ben", "Iris", 4, "safety", "first")])
    after = table(
        [
            ("Ann", "Hana", 1, "judgment", "second"),
            ("Ben", "Ivo", 3, "safety", "first"),
            ("Ben", "Ivo", 5, "safety", "second"),
            ("Ben", "Ivo", 5, "judgment", "first"),
        ]
    )

    change = phase_change(before, after)

    assert (change.everyone.n_scores, change.everyone.mean_change.value) == (1, 1.0)
    assert (change.unmatched_before, change.unmatched_after) == (1, 3)
    assert change.raters["Ivo"].toward_panel.value == pytest.approx(0.5), "Iris counts though she kept silent"


def test_nothing_scored_twice_leaves_sentences():
    change = phase_change(panel([("Ann", "Iris", 2)]), panel([("Ben", "Iris", 2)]))

    assert change.everyone.mean_change.undefined_because.startswith("No thing has a score of the same rater")
    assert change.raters["Iris"].mean_change.undefined_because.startswith(
        "No thing has a score of this rater"
    )
    assert change.spread_change.undefined_because.startswith("No panel of two or more")
    assert change.raters["Iris"].n_scores == 0


def test_phases_on_different_scales_are_refused():
    with pytest.raises(ValueError, match="The scales differ: 1 to 5 before the debrief, 1 to 7 after it"):
        phase_change(panel(BEFORE), panel(AFTER, Scale(1, 7)))


def test_phases_of_which_one_has_criteria_are_refused():
    with pytest.raises(ValueError, match="Only one of the two phases has criteria"):
        phase_change(panel(BEFORE), panel([(*row, "safety") for row in AFTER]))
