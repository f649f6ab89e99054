"""Each coefficient on a table its author, or another authority, has worked out in print."""

import numpy as np
import pytest

from reports.ratings.tables import Ratings, Scale
from tests.reports.tables import measured, published


@pytest.mark.parametrize(("level", "value"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_krippendorff_2011_four_observers_and_twelve_units_with_missing_data(level, value):
    """Krippendorff, K. (2011). Computing Krippendorff's Alpha-Reliability, sections C and E.

    University of Pennsylvania, https://repository.upenn.edu/asc_papers/43
    """
    alpha = measured(published("krippendorff_2011"))[f"krippendorff_alpha_{level}"]

    assert round(alpha.value, 3) == value
    assert (alpha.n_units, alpha.n_raters) == (11, 4), "unit 12 was rated once and does not count"


def test_cohen_1960_two_judges_and_two_hundred_people():
    """Cohen, J. (1960). A coefficient of agreement for nominal scales.

    Educational and Psychological Measurement 20, 37-46, table 2b: observed .70, by chance .41, kappa .492.
    """
    ratings = published("cohen_1960")

    assert measured(ratings)["percent_agreement"].value == pytest.approx(0.70)
    assert round(measured(ratings)["cohen_kappa"].value, 3) == 0.492


def test_fleiss_1971_six_psychiatrists_and_thirty_patients():
    """Fleiss, J. L. (1971). Measuring nominal scale agreement among many raters.

    Psychological Bulletin 76, 378-382, table 1: mean agreement .555 (.556 unrounded), kappa .430.
    """
    ratings = published("fleiss_1971")

    assert measured(ratings)["percent_agreement"].value == pytest.approx(0.5556, abs=5e-5)
    assert round(measured(ratings)["fleiss_kappa"].value, 3) == 0.430


def test_alpha_is_right_where_a_complete_table_has_more_than_two_raters():
    """The R package irr 0.84.1 divides by the wrong number here and prints .4309 for Fleiss' table.

    By Krippendorff's formula alpha = 1 - (1 - kappa)(1 - 1/n) for complete nominal data: .4334.
    """
    ratings = published("fleiss_1971")
    kappa = measured(ratings)["fleiss_kappa"].value

    alpha = measured(ratings)["krippendorff_alpha_nominal"].value

    assert round(alpha, 4) == 0.4334
    assert alpha == pytest.approx(1 - (1 - kappa) * (1 - 1 / 180), abs=1e-12)


FLEISS_COHEN_EVERITT = np.array([[106, 10, 4], [22, 28, 10], [2, 12, 6]])


def two_judges(counts: np.ndarray) -> Ratings:
    unit, rows = 0, []
    for (first, second), number in np.ndenumerate(counts):
        for _ in range(number):
            unit += 1
            rows += [(unit, "A", first + 1), (unit, "B", second + 1)]
    return Ratings.from_rows(rows, scale=Scale(1, len(counts)))


def test_fleiss_cohen_everitt_1969_gives_kappa_with_its_standard_error():
    """Fleiss, J. L., Cohen, J. & Everitt, B. S. (1969). Large sample standard errors of kappa.

    Psychological Bulletin 72, 323-327: 200 people, kappa .429. The standard error is compared with the
    infinitesimal jackknife, to which the large-sample formula must be equal, for each of the weightings.
    """
    found = measured(two_judges(FLEISS_COHEN_EVERITT))

    assert round(found["cohen_kappa"].value, 3) == 0.429
    for weighting in ("unweighted", "linear", "quadratic"):
        key = "cohen_kappa" if weighting == "unweighted" else f"cohen_kappa_{weighting}"
        assert found[key].se == pytest.approx(
            infinitesimal_jackknife(FLEISS_COHEN_EVERITT, weighting), rel=1e-5
        )


def infinitesimal_jackknife(counts: np.ndarray, weighting: str) -> float:
    apart = np.abs(np.subtract.outer(np.arange(3), np.arange(3)))
    disagreement = {"unweighted": apart > 0, "linear": apart, "quadratic": apart**2}[weighting]

    def kappa(shares: np.ndarray) -> float:
        shares = shares / shares.sum()
        chance = np.outer(shares.sum(axis=1), shares.sum(axis=0))
        return 1 - (shares * disagreement).sum() / (chance * disagreement).sum()

    shares, small = counts / counts.sum(), 1e-6
    influence = np.zeros(counts.shape)
    for cell in np.ndindex(*counts.shape):
        moved = (1 - small) * shares
        moved[cell] += small
        influence[cell] = (kappa(moved) - kappa(shares)) / small
    return float(np.sqrt((shares * influence**2).sum() / counts.sum()))
