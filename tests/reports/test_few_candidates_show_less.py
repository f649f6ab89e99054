"""What may be shown: the limits, each from both sides, and the words of every kind of statement."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.bands import ALPHA_BANDS, KAPPA_BANDS
from reports.results import Statistic, Tally
from reports.showing import Display, state

ALPHA = Statistic(
    key="krippendorff_alpha_ordinal",
    value=0.71,
    ci=(0.68, 0.79),
    ci_level=0.95,
    n_units=41,
    n_candidates=41,
    n_raters=4,
    method="",
)
TALLY = Tally(
    candidates=50,
    candidates_rated_twice=41,
    units=50,
    units_rated_twice=41,
    raters=4,
    largest_panel=2,
    pairs=41,
    same=20,
    within_one=39,
)


def said(n: int = 41, *, of_criterion: bool = False, tally: Tally = TALLY, **changes: object):
    return state(replace(ALPHA, n_candidates=n, **changes), tally, of_criterion=of_criterion)


def test_without_a_candidate_scored_twice_only_that_is_said():
    nothing = replace(TALLY, pairs=0, same=0, within_one=0, candidates_rated_twice=0)

    assert said(0, tally=nothing).sentence == "No candidate has two independent scorecards yet."
    on_criterion = said(0, tally=nothing, of_criterion=True)
    assert on_criterion.sentence == "No candidate has two independent scores on it yet."
    assert on_criterion.display is Display.NONE


@pytest.mark.parametrize(
    ("n", "display"),
    [(1, "counts"), (9, "counts"), (10, "early"), (29, "early"), (30, "band"), (41, "band"), (1000, "band")],
)
def test_ten_candidates_give_an_interval_and_thirty_a_number(n, display):
    found = said(n)

    assert found.display == display
    assert (found.value is not None) == (n >= 30)
    assert (found.interval is not None) == (n >= 10)
    assert (found.band is not None) == (n >= 30)


def test_under_ten_candidates_the_counts_are_said():
    tally = replace(TALLY, pairs=9, same=6, within_one=8)

    assert said(9, tally=tally, of_criterion=True).sentence == (
        "Too early: both observed it for 9. Same level in 6 of 9 pairs"
    )
    assert said(9, tally=tally).sentence == (
        "Too early: 9 candidates have two independent scorecards. Same level in 6 of 9 pairs"
    )
    assert said(9, tally=tally, key="percent_agreement_adjacent").sentence.endswith(
        "Within one level in 8 of 9 pairs"
    )
    assert said(1, tally=replace(tally, pairs=1, same=1)).sentence == (
        "Too early: 1 candidate has two independent scorecards. Same level in 1 of 1 pair"
    )


def test_a_panel_of_three_is_not_called_both():
    tally = replace(TALLY, largest_panel=3, pairs=12, same=6)

    assert said(5, tally=tally, of_criterion=True).sentence == (
        "Too early: two or more observed it for 5. Same level in 6 of 12 pairs"
    )


def test_from_ten_to_twenty_nine_candidates_it_is_early_and_the_number_is_withheld():
    found = said(22)

    assert found.sentence == "Early: 22 of 30 candidates. Interval only"
    assert (found.value, found.band, found.interval) == (None, None, (0.68, 0.79))


def test_from_thirty_candidates_the_number_stands_with_its_interval_and_its_word():
    found = said(41, value=0.8, ci=(0.7, 0.9))

    assert found.sentence == "0.8 (0.7 to 0.9), n 41. Tentative or better"
    assert (found.band, found.band_source) == ("Tentative or better", ALPHA_BANDS.source)


@pytest.mark.parametrize(
    ("ci", "word"),
    [
        ((0.40, 0.66), "Do not rely on it yet"),
        ((0.60, 0.79), "Tentative at best"),
        ((0.667, 0.799), "Tentative"),
        ((0.70, 0.90), "Tentative or better"),
        ((0.80, 0.95), "Rely on it"),
        ((0.60, 0.82), None),
    ],
)
def test_a_word_is_said_only_when_the_interval_lies_in_at_most_two_neighboring_bands(ci, word):
    found = said(41, ci=ci)

    assert found.band == word
    assert found.display == ("band" if word else "number")
    assert found.sentence.endswith(word or "n 41")


@pytest.mark.parametrize(("high", "display"), [(0.60, "band"), (0.601, "number")])
def test_an_interval_wider_than_two_fifths_has_no_word(high, display):
    found = said(38, value=0.4, ci=(0.2, high))

    assert found.display == display
    assert (found.sentence == "0.4 (0.2 to 0.6), n 38. Too wide for a word") == (display == "number")


def test_kappa_has_words_of_its_own_source():
    tally = replace(TALLY, least_shared=20)

    found = said(41, key="mean_pairwise_kappa_quadratic", ci=(0.45, 0.75), tally=tally)

    assert (found.band, found.band_source) == ("Moderate to substantial", KAPPA_BANDS.source)


def test_percent_agreement_is_said_in_whole_percents_and_never_has_a_word():
    found = said(41, key="percent_agreement", value=227 / 398, ci=(0.3, 0.9))

    assert found.sentence == "57% (30% to 90%), n 41"
    assert (found.display, found.band) == ("number", None)


@pytest.mark.parametrize(
    ("n", "words"), [(99, "−0.1 (−0.3 to 0.0), n 99"), (100, "−0.12 (−0.25 to 0.00), n 100")]
)
def test_below_a_hundred_candidates_one_decimal_and_two_at_most(n, words):
    assert said(n, value=-0.123456, ci=(-0.2501, -0.0001)).sentence.startswith(words)


def test_an_undefined_coefficient_says_why_and_nothing_else():
    why = "All 41 pairs gave a 3: nothing to correct for chance"

    found = said(41, value=None, ci=None, undefined_because=why)

    assert (found.display, found.sentence, found.value, found.interval) == ("none", why, None, None)


def test_few_candidates_come_before_the_reason_why_a_coefficient_is_undefined():
    found = said(5, value=None, ci=None, undefined_because="All 5 pairs gave a 3")

    assert found.display == "counts"


@pytest.mark.parametrize("n", [12, 41])
def test_a_value_without_an_interval_is_said_in_counts(n):
    found = said(n, value=1.0, ci=None, tally=replace(TALLY, same=41))

    assert (found.display, found.sentence) == ("counts", "Same level in 41 of 41 pairs")
    assert found.value is None


@given(
    n=st.integers(0, 400),
    low=st.floats(-1, 1),
    width=st.floats(0, 1),
    key=st.sampled_from(["krippendorff_alpha_ordinal", "percent_agreement", "mean_pairwise_kappa_quadratic"]),
)
def test_what_may_not_be_shown_is_not_in_the_statement(n, low, width, key):
    secret = low + width / 2
    found = said(n, key=key, value=secret, ci=(low, low + width))

    if n < 30:
        assert found.value is None
        assert f"{secret:.3f}" not in repr(found) or found.interval is not None
    if n < 10:
        assert found.interval is None
    assert (found.band is None) == (found.band_source is None)
    assert (found.band is not None) == (found.display is Display.BAND)
