"""How far raters agree: every coefficient of agreement within things and between pairs of raters."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property

import numpy as np

from reports.agreement import kappa
from reports.agreement.coefficients import (
    WEIGHTINGS,
    Coefficient,
    coefficients,
    gwet_of,
    percent_of,
    with_observed_categories,
)
from reports.agreement.conger import conger_kappa
from reports.agreement.disagreement import Disagreement, Weighting
from reports.counting import bootstrap
from reports.counting.bootstrap import Resampling
from reports.counting.counts import Counts, tally
from reports.counting.pairs import Pairs
from reports.counting.patterns import Patterns
from reports.extent import Extent
from reports.ratings.tables import Floats, Ratings
from reports.results import Statistic, Tally

NO_PAIR = "No candidate has two independent ratings."
ONE_CANDIDATE = "One candidate cannot be drawn again in different ways."
UNSTEADY = "Too often the candidates drawn again leave nothing to correct for chance."
CONSTANT = "Whichever candidates are drawn again, the value stays the same."
NOT_ASKED = "No samples were asked for, and no formula gives an interval."
WITHOUT_CANDIDATES = "The pairs were counted without their candidates."
NO_FORMULA = "There is no accepted interval for this coefficient when ratings are missing."
ONE_SCORE_A_PAIR = (
    "Every pair of raters gave one and the same score throughout: nothing to correct for chance"
)
NO_SPREAD = 1e-12


class UnitLevel:
    """The coefficients of what was counted, each worked out when it is asked for.

    `least_shared` is how many things two raters must share for their kappa to enter the mean over pairs.
    """

    def __init__(self, counts: Counts, resampling: Resampling, *, least_shared: int = 1) -> None:
        self.counts, self.resampling, self.least_shared = counts, resampling, least_shared

    @cached_property
    def patterns(self) -> Patterns:
        """The patterns in which things were scored."""
        return self.counts.patterns()

    @cached_property
    def pairs(self) -> Pairs:
        """The pairs of raters who share things, with their scores."""
        return self.counts.pairs()

    @cached_property
    def tally(self) -> Tally:
        """What was counted."""
        shared = self.pairs.shared
        enough = shared[shared >= self.least_shared]
        return replace(
            tally(self.patterns, int((self.counts.levels.sum(axis=1) > 0).sum())),
            least_shared=round(float(enough.min())) if len(enough) else 0,
        )

    @cached_property
    def extent(self) -> Extent:
        """On how much every coefficient rests."""
        return Extent(
            n_units=self.tally.units_rated_twice,
            n_candidates=self.candidates,
            n_raters=len(np.union1d(self.pairs.first, self.pairs.second)),
        )

    @cached_property
    def candidates(self) -> int:
        """How many candidates at least two people rated on the same thing."""
        return self.patterns.candidates

    def everything(self) -> dict[str, Statistic]:
        """Every coefficient by its key."""
        found = self.within_things([*coefficients(self.patterns), *with_observed_categories(self.patterns)])
        found |= self._alpha_by_things(found)
        of_pairs = [self.conger(), *map(self.mean_pairwise, WEIGHTINGS)]
        if self.tally.raters == 2:
            of_pairs += map(self.cohen, WEIGHTINGS)
        return found | {statistic.key: statistic for statistic in of_pairs}

    def within_things(self, wanted: Iterable[Coefficient]) -> dict[str, Statistic]:
        """The coefficients of agreement within things that are wanted, by their keys, from the same draws."""
        patterns, frequency = self.patterns, self.patterns.frequency
        possible: list[tuple[Coefficient, float]] = []
        found: dict[str, Statistic] = {}
        for one in wanted:
            value = (
                float("nan")
                if one.impossible or not patterns.things
                else float(one.value(patterns, frequency))
            )
            if np.isnan(value):
                why = NO_PAIR if not patterns.things else one.impossible or all_the_same(self.tally)
                found[one.key] = self._statistic(one.key, one.method, None, undefined_because=why)
            else:
                found[one.key] = self._statistic(one.key, one.method, value)
                possible.append((one, value))
        drawn = self._drawn([one for one, _ in possible])
        for one, value in possible:
            found[one.key] = self._with_interval(one, value, drawn.get(one.key))
        return found

    def cohen(self, weighting: Weighting) -> Statistic:
        """Cohen's kappa of two raters; standard error of Fleiss, Cohen & Everitt (1969)."""
        key, method = _weighted("cohen_kappa", weighting), f"Cohen's kappa, {_word(weighting)}"
        if self.tally.raters != 2:
            why = f"Cohen's kappa is for two raters; these ratings come from {self.tally.raters}."
            return self._statistic(key, method, None, undefined_because=why)
        if not len(self.pairs):
            return self._statistic(key, method, None, undefined_because=NO_PAIR)
        distance = self._distance(weighting)
        value, influence, _ = kappa.mean_of_pairs(self.pairs, kappa.pair_kappas(self.pairs, distance))
        if value is None:
            return self._statistic(key, method, None, undefined_because=all_the_same(self.tally))
        return self._jackknifed(key, method, value, influence, kappa.large_sample_se(self.pairs, distance))

    def mean_pairwise(self, weighting: Weighting) -> Statistic:
        """The mean over pairs of raters of Cohen's kappa (Light 1971)."""
        key = _weighted("mean_pairwise_kappa", weighting)
        method = f"mean over pairs of raters of Cohen's kappa, {_word(weighting)}"
        pairs = self.pairs
        if not len(pairs):
            return self._statistic(key, method, None, undefined_because=NO_PAIR)
        found = kappa.pair_kappas(pairs, self._distance(weighting))
        value, influence, used = kappa.mean_of_pairs(pairs, found, self.least_shared)
        method += f" ({used} of {len(pairs)} pairs)"
        if value is None:
            return self._statistic(key, method, None, undefined_because=self._no_pair_kappa())
        return self._jackknifed(key, method, value, influence, None)

    def conger(self) -> Statistic:
        """Conger's kappa (1980)."""
        key, method = "conger_kappa", "Conger's kappa, missing ratings as Gwet"
        distance = self._distance("nominal")
        value = conger_kappa(self.patterns, self.counts.levels, distance) if self.patterns.things else None
        if value is None:
            why = all_the_same(self.tally) if self.patterns.things else NO_PAIR
            return self._statistic(key, method, None, undefined_because=why)
        return self._statistic(key, method, value, no_interval_because=NO_FORMULA)

    def at_line(self, line: float) -> dict[str, Statistic]:
        """Agreement on which side of a line a candidate stands; a score on the line is above it."""
        return sides(UnitLevel(self.counts.at_line(line), self.resampling))

    def _distance(self, weighting: Weighting) -> Disagreement:
        return Disagreement.on_points(weighting, self.patterns.values, self.patterns.points)

    def _no_pair_kappa(self) -> str:
        if not (self.pairs.shared >= self.least_shared).any():
            return f"No two raters share {self.least_shared} things they both rated."
        return all_the_same(self.tally) if self.tally.only_score is not None else ONE_SCORE_A_PAIR

    def _drawn(self, wanted: list[Coefficient]) -> dict[str, Floats]:
        """The samples of several coefficients, each block of draws used for all of them."""
        if not (wanted and self.resampling.samples and self.candidates > 1):
            return {}
        blocks: dict[str, list[Floats]] = {one.key: [] for one in wanted}
        for frequency in self.patterns.drawn(self.resampling):
            for one in wanted:
                blocks[one.key].append(one.value(self.patterns, frequency))
        return {key: np.concatenate(values) for key, values in blocks.items()}

    def _with_interval(self, one: Coefficient, value: float, drawn: Floats | None) -> Statistic:
        """A value with its standard error and its interval.

        The formula's interval stands where each candidate is one thing rated; otherwise it would take what
        belongs to one candidate as independent, and only drawing candidates again gives one.
        """
        se = one.se(self.patterns)
        by_formula = self.tally.candidates == self.tally.units and se is not None
        if self.candidates < 2:
            return self._statistic(one.key, one.method, value, se=se, no_interval_because=ONE_CANDIDATE)
        if se is not None and by_formula and (one.interval == "linearized" or drawn is None):
            if se < NO_SPREAD:
                return self._statistic(one.key, one.method, value, se=se, no_interval_because=CONSTANT)
            things = self.tally.units_rated_twice if one.interval == "log_t" else self.tally.units
            reach = bootstrap.student_t(things - 1) * se
            method = f"{one.method}; linearized interval, t with {things - 1} degrees of freedom"
            ci = (value - reach, min(1.0, value + reach))
            return self._statistic(one.key, method, value, se=se, ci=ci)
        if drawn is None:
            return self._statistic(one.key, one.method, value, se=se, no_interval_because=NOT_ASKED)
        usable = bootstrap.defined(drawn)
        if usable is None:
            return self._statistic(one.key, one.method, value, se=se, no_interval_because=UNSTEADY)
        if float(np.ptp(usable)) < NO_SPREAD:
            return self._statistic(one.key, one.method, value, se=se, no_interval_because=CONSTANT)
        if se is None:
            se = float(usable.std(ddof=1))
        how = f"interval from {self.resampling.samples} samples of candidates"
        if one.interval == "log_t":
            ci = bootstrap.log_t(value, usable, self.candidates)
            how += ", log(1 - value) with t"
        else:
            ci = bootstrap.percentile(usable)
            how += ", percentile"
        return self._statistic(one.key, f"{one.method}; {how}", value, se=se, ci=ci)

    def _alpha_by_things(self, found: Mapping[str, Statistic]) -> dict[str, Statistic]:
        """Alpha with the interval from drawing things, as if those of one candidate were independent."""
        alphas = [one for one in coefficients(self.patterns) if one.key.startswith("krippendorff_alpha")]
        usable = [one for one in alphas if found[one.key].value is not None]
        drawn: dict[str, list[Floats]] = {one.key: [] for one in usable}
        if self.resampling.samples and self.patterns.things > 1 and usable:
            frequency = self.patterns.frequency * self.patterns.twice
            for times in bootstrap.things_drawn(self.resampling, frequency, self.patterns.things):
                for one in usable:
                    drawn[one.key].append(one.value(self.patterns, times))
        apart = [self._by_things(found[one.key], one, drawn.get(one.key)) for one in alphas]
        return {statistic.key: statistic for statistic in apart}

    def _by_things(self, whole: Statistic, one: Coefficient, drawn: list[Floats] | None) -> Statistic:
        key, method = f"{one.key}_bootstrap", f"{one.method}; things drawn again, percentile"
        if whole.value is None:
            return self._statistic(key, method, None, undefined_because=whole.undefined_because)
        if not drawn:
            why = NOT_ASKED if not self.resampling.samples else ONE_CANDIDATE
            return self._statistic(key, method, whole.value, no_interval_because=why)
        usable = bootstrap.defined(np.concatenate(drawn))
        if usable is None or float(np.ptp(usable)) < NO_SPREAD:
            why = UNSTEADY if usable is None else CONSTANT
            return self._statistic(key, method, whole.value, no_interval_because=why)
        se, ci = float(usable.std(ddof=1)), bootstrap.percentile(usable)
        return self._statistic(key, method, whole.value, se=se, ci=ci)

    def _jackknifed(
        self, key: str, method: str, value: float, influence: Floats, se: float | None
    ) -> Statistic:
        """A value with the interval of the infinitesimal jackknife over candidates, t, cut at 1."""
        spread = kappa.standard_error_by_candidate(self.pairs, influence)
        why = None
        if spread is None:
            why = ONE_CANDIDATE if len(self.pairs.place) else WITHOUT_CANDIDATES
        elif spread < NO_SPREAD:
            why = CONSTANT
        if spread is None or why:
            return self._statistic(key, method, value, se=se, no_interval_because=why)
        reach = bootstrap.student_t(self.candidates - 1) * spread
        return self._statistic(
            key,
            f"{method}; infinitesimal jackknife over candidates, t",
            value,
            se=spread if se is None else se,
            ci=(value - reach, min(1.0, value + reach)),
        )

    def _statistic(
        self,
        key: str,
        method: str,
        value: float | None,
        *,
        se: float | None = None,
        ci: tuple[float, float] | None = None,
        undefined_because: str | None = None,
        no_interval_because: str | None = None,
    ) -> Statistic:
        return self.extent.statistic(
            key,
            value,
            method=method,
            se=se,
            ci=ci,
            ci_level=bootstrap.LEVEL,
            undefined_because=undefined_because,
            no_interval_because=no_interval_because,
        )


def tally_of(ratings: Ratings) -> Tally:
    """What was counted in a table of ratings."""
    return UnitLevel(Counts.of(ratings), Resampling("", 0)).tally


def sides(of_sides: UnitLevel) -> dict[str, Statistic]:
    """Agreement on the side of a line, of counts that know sides only (see `Counts.at_line`)."""
    patterns, method = of_sides.patterns, "share of pairs on the same side, mean over things rated"
    same = percent_of("percent_agreement_at_line", 0, method)
    return of_sides.within_things([same, gwet_of(patterns, "nominal", patterns.points, "_at_line")])


def all_the_same(counted: Tally) -> str:
    """Why nothing can be corrected for chance when every pair gave one and the same score."""
    score = f"{counted.only_score:g}" if counted.only_score is not None else "score"
    article = "an" if score.startswith("8") or score in ("11", "18") else "a"
    who = f"All {counted.pairs} pairs" if counted.pairs > 1 else "The one pair there is"
    return f"{who} gave {article} {score}: nothing to correct for chance"


def _weighted(name: str, weighting: Weighting) -> str:
    return name if weighting == "nominal" else f"{name}_{weighting}"


def _word(weighting: Weighting) -> str:
    return "unweighted" if weighting == "nominal" else weighting
