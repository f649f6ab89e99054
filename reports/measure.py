"""All about one table of ratings in one call: every statistic by its key, for statisticians and programs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from reports.agreement.unit_level import UnitLevel
from reports.counting.blocks import Blocks
from reports.counting.bootstrap import SAMPLES, Resampling
from reports.counting.counts import Counts
from reports.raters.mfrm import fit_jmle, fit_marginal
from reports.raters.severity import Severities, severities
from reports.ratings.tables import Label, Ratings
from reports.reliability.criteria_model import criteria_components
from reports.reliability.dstudy import DStudy, d_study
from reports.reliability.generalizability import Draws, generalizability
from reports.reliability.henderson import henderson_components
from reports.reliability.icc import intraclass_correlations
from reports.reliability.reml import variance_components
from reports.results import Statistic, Statistics, Tally


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Measured:
    """Statistics by key, and what is no single number: what was counted, raters' places, larger panels."""

    statistics: Statistics
    tally: Tally
    severities: Severities = field(repr=False)
    study: DStudy = field(repr=False)


class Accumulator:
    """Ratings taken in part by part, each with whole candidates: chunks of a file, shares of many machines.

    However the candidates are cut into parts, the statistics are those of the whole.

    >>> from reports.ratings.tables import Label, Ratings, Scale
    >>> rows = [("Ann", "Iris", 1), ("Ann", "Ivo", 1), ("Ben", "Iris", 5), ("Ben", "Ivo", 4)]
    >>> one, other = (Ratings.from_rows(part, scale=Scale(1, 5)) for part in (rows[:2], rows[2:]))
    >>> left, right = Accumulator(seed="loop 7"), Accumulator(seed="loop 7")
    >>> left.update(one); right.update(other); left.merge(right)
    >>> round(left.finish().statistics["krippendorff_alpha_interval"].value, 3)
    0.941
    """

    def __init__(self, *, seed: str, samples: int = SAMPLES) -> None:
        self.resampling = Resampling(seed, samples)
        self.counts: list[Counts] = []
        self.blocks: list[Blocks] = []

    def update(self, ratings: Ratings) -> None:
        """Take in the ratings of further candidates."""
        self.add(Counts.of(ratings), Blocks.from_ratings(ratings))

    def add(self, counts: Counts, blocks: Blocks) -> None:
        """Take in what a database counted of further candidates."""
        self.counts.append(counts)
        self.blocks.append(blocks)

    def merge(self, other: "Accumulator") -> None:
        """Take in what another accumulator has seen, of other candidates and with the same seed."""
        if other.resampling != self.resampling:
            raise ValueError("Parts drawn with different seeds or numbers of samples cannot be put together.")
        self.counts += other.counts
        self.blocks += other.blocks

    def counted(self) -> tuple[Counts, Blocks]:
        """What was taken in, as one."""
        if not self.counts:
            raise ValueError("Nothing has been taken in yet.")
        self.counts = [Counts.joined(self.counts)]
        self.blocks = [_together(self.blocks)]
        return self.counts[0], self.blocks[0]

    def finish(self, *, at_line: float | None = None, least_shared: int = 1) -> Measured:
        """Compute every statistic that follows from what was counted.

        `at_line` is the score from which on a candidate is above the line, for agreement on the side;
        `least_shared` how many things two raters must share for their kappa to enter the mean over pairs.
        """
        counts, blocks = self.counted()
        level = UnitLevel(counts, self.resampling, least_shared=least_shared)
        draws = Draws(seed=self.resampling.seed) if self.resampling.samples else None
        fit = variance_components(blocks)
        placed = severities(blocks, fit=fit)
        found: dict[str, Statistic | Mapping[Label, Statistic]] = {
            **level.everything(),
            **generalizability(blocks, draws, fit=fit),
            "rater_blup": placed.statistics,
        }
        if at_line is not None:
            found |= level.at_line(at_line)
        return Measured(
            statistics=found,
            tally=level.tally,
            severities=placed,
            study=d_study(fit, draws),
        )


def measure(
    ratings: Ratings,
    *,
    seed: str = "agreement",
    samples: int = SAMPLES,
    at_line: float | None = None,
    least_shared: int = 1,
    every: bool = False,
) -> Measured:
    """Compute every statistic at full precision and whatever may be shown: for statisticians.

    The same `seed`, an identity such as the loop's public id, gives the same intervals on every call. With
    `every` the many-facet model is fitted too, which takes longer than all the rest.
    """
    whole = Accumulator(seed=seed, samples=samples)
    whole.update(ratings)
    measured = whole.finish(at_line=at_line, least_shared=least_shared)
    statistics = {**measured.statistics, **intraclass_correlations(ratings), **henderson_components(ratings)}
    if ratings.criteria:
        statistics |= criteria_components(ratings, Draws(seed=seed) if samples else None)
    if every:
        joint, marginal = fit_jmle(ratings), fit_marginal(ratings)
        statistics |= {
            "mfrm_jmle_severity": joint.severity,
            "mfrm_jmle_infit": joint.infit,
            "mfrm_jmle_outfit": joint.outfit,
            "mfrm_mml_severity": marginal.severity,
        }
    return Measured(
        statistics=statistics,
        tally=measured.tally,
        severities=measured.severities,
        study=measured.study,
    )


def _together(blocks: Iterable[Blocks]) -> Blocks:
    first, *others = blocks
    for other in others:
        first = first.merge(other)
    return first
