"""What is measured, on how many ratings, and how slow it may be: standard library only."""

from dataclasses import dataclass

SIZES = {"small": (10_000,), "full": (10_000, 100_000, 1_000_000)}
TEAM, TEAM_RATERS, TEAM_MILLISECONDS = 10_000, 24, 150
FILE_RATINGS, FILE_MEGABYTES, FILE_TIMES_FLOOR = 1_000_000, 600, 3


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the first table: functions of this name are in `bench.floor.sides` and in `bench.product`."""

    name: str
    title: str
    limit: float


@dataclass(frozen=True, slots=True)
class Peer:
    """A row of the second table: a function in `bench.peers`, and the function of ours it is compared with.

    `small` says whether it is quick enough to run with `--size small`, `most` where it takes minutes.
    """

    name: str
    title: str
    ours: str
    most: int = 1_000_000
    small: bool = True


ROWS = (
    Row("coefficients", "all coefficients with standard errors", 2),
    Row("unit_bootstrap", "ordinal alpha, 1000 samples of units", 2),
    Row("candidate_bootstrap", "ordinal alpha, 1000 samples of candidates", 2),
    Row("pairs", "quadratic kappa of all pairs of raters", 2),
    Row("reml", "REML, G(q,k) and rater effects", 2),
    Row("mfrm", "many-facet model, JMLE with fit", 3),
)

PEERS = (
    Peer("krippendorff_counts", "krippendorff, counts ready", "alpha"),
    Peer("krippendorff_table", "krippendorff, pandas pivot", "alpha"),
    Peer("krippendorff_bootstrap", "krippendorff in a loop, 1000 samples", "unit_bootstrap"),
    Peer("statsmodels_fleiss", "statsmodels Fleiss, table ready", "fleiss"),
    Peer("statsmodels_pairs", "statsmodels over pairs", "pairs"),
    Peer("sklearn_pairs", "scikit-learn over pairs", "pairs"),
    Peer("pingouin_icc", "pingouin, six ICCs", "icc"),
    Peer("statsmodels_reml", "statsmodels MixedLM", "reml", most=10_000, small=False),
    Peer("lme4_reml", "R lme4, panel means ready", "reml"),
)

ABSOLUTE = {
    "team": "a team's whole report",
    "file": "a file to JSON",
    "imports": "what importing brings along",
    "pages": "pages beside a bare floor",
    "start": "starting, and idling",
    "disclosures": "a check, a published document, a week from a million visits",
    "interviewers": "sixty-four interviewers at once",
}
