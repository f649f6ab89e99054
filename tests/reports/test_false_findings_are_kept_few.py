"""Whoever looks at everyone for everything finds something by chance: the correction keeps that rare."""

import numpy as np
import pytest
from scipy.stats import false_discovery_control

from reports.raters.false_discovery import benjamini_hochberg

PUBLISHED = [
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
    *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000),
]


def test_benjamini_hochberg_1995_rejects_four_of_fifteen():
    """Benjamini, Y. & Hochberg, Y. (1995). Controlling the false discovery rate, section 4.1.

    Journal of the Royal Statistical Society B 57, 289-300: the four smallest of fifteen p-values at .05.
    """
    adjusted = benjamini_hochberg(np.array(PUBLISHED))

    assert (adjusted <= 0.05).tolist() == [True] * 4 + [False] * 11


def test_adjusted_values_are_those_of_scipy_in_any_order():
    p = np.random.default_rng(0).permutation(PUBLISHED)

    assert benjamini_hochberg(p) == pytest.approx(false_discovery_control(p))


def test_a_test_that_was_not_made_does_not_count():
    adjusted = benjamini_hochberg(np.array([0.02, np.nan, 0.04]))

    assert adjusted[[0, 2]] == pytest.approx([0.04, 0.04])
    assert np.isnan(adjusted[1])


def test_nothing_tested_is_nothing_found():
    assert benjamini_hochberg(np.array([np.nan])).tolist() == pytest.approx([np.nan], nan_ok=True)
