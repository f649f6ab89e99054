"""Published words for coefficients: where each band ends, and who says so."""

from bisect import bisect_right
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Bands:
    """Published words for a coefficient: `single` between two cuts, `joint` for two neighbors."""

    source: str
    cuts: tuple[float, ...]
    single: tuple[str, ...]
    joint: tuple[str, ...]

    def word(self, low: float, high: float) -> str | None:
        """Name the band of a whole interval; None when it reaches over more than two neighboring bands."""
        first, last = bisect_right(self.cuts, low), bisect_right(self.cuts, high)
        if last - first > 1:
            return None
        return self.single[first] if first == last else self.joint[first]


ALPHA_BANDS = Bands(
    source="Krippendorff (2004): .800 and above can be relied on, .667 to .800 is tentative",
    cuts=(0.667, 0.800),
    single=("Do not rely on it yet", "Tentative", "Rely on it"),
    joint=("Tentative at best", "Tentative or better"),
)
KAPPA_BANDS = Bands(
    source="Landis and Koch (1977), who call their own limits arbitrary",
    cuts=(0.0, 0.2, 0.4, 0.6, 0.8),
    single=("Poor", "Slight", "Fair", "Moderate", "Substantial", "Almost perfect"),
    joint=(
        "Slight at best",
        "Slight to fair",
        "Fair to moderate",
        "Moderate to substantial",
        "Substantial or better",
    ),
)
GWET_BANDS = replace(
    KAPPA_BANDS,
    source="Landis and Koch (1977), who call their own limits arbitrary; this coefficient runs .1 to .4 "
    "above alpha on the same ratings, and alpha has other words",
)
RELIABILITY_BANDS = Bands(
    source="Koo and Li (2016), judged on the interval",
    cuts=(0.5, 0.75, 0.9),
    single=("Poor", "Moderate", "Good", "Excellent"),
    joint=("Moderate at best", "Moderate to good", "Good or better"),
)
_BY_PREFIX = {
    "krippendorff_alpha": ALPHA_BANDS,
    "gwet_": GWET_BANDS,
    "brennan_prediger": GWET_BANDS,
    "g_q_k": RELIABILITY_BANDS,
    "icc_": RELIABILITY_BANDS,
    "generalizability": RELIABILITY_BANDS,
    "dependability": RELIABILITY_BANDS,
    "d_study": RELIABILITY_BANDS,
}


def bands_of(key: str) -> Bands | None:
    """Find the published words for a coefficient; percent agreement and variances have none."""
    for prefix, bands in _BY_PREFIX.items():
        if key.startswith(prefix):
            return bands
    return KAPPA_BANDS if "kappa" in key else None
