"""The floor's functions by the names of the rows: each takes the ratings and gives back the work to time."""

from collections.abc import Callable

from bench.data import POINTS, Panels
from bench.floor import bootstrap
from bench.floor.coefficients import Floats
from bench.floor.coefficients import coefficients as every_coefficient
from bench.floor.mfrm import jmle
from bench.floor.pairs import mean_pairwise_kappa
from bench.floor.reml import reml as components

Values = dict[str, float]
Work = Callable[[int], Values]

SAMPLES = 1000
LEAST_SHARED = 5


def spread(replicates: Floats) -> Values:
    """What two bootstraps that drew differently have in common, about."""
    return {"standard deviation of the samples": float(replicates.std(ddof=1))}


def by_rater(key: str, values: Floats) -> Values:
    """One number for each rater."""
    return {f"{key} of {rater}": float(value) for rater, value in enumerate(values)}


def coefficients(panels: Panels) -> Work:
    """Every coefficient over units with its standard error."""
    thing, code = panels.thing, panels.code
    return lambda _run: every_coefficient(thing, code, POINTS)


def unit_bootstrap(panels: Panels) -> Work:
    """A thousand alphas of things drawn again."""
    thing, code = panels.thing, panels.code
    return lambda run: spread(bootstrap.unit_bootstrap(thing, code, POINTS, SAMPLES, run))


def candidate_bootstrap(panels: Panels) -> Work:
    """A thousand alphas of candidates drawn again."""
    unit, thing, code = panels.unit, panels.thing, panels.code
    return lambda run: spread(bootstrap.candidate_bootstrap(unit, thing, code, POINTS, SAMPLES, run))


def pairs(panels: Panels) -> Work:
    """The mean of all pairs' quadratic kappas."""
    thing, rater, code = panels.thing, panels.rater, panels.code

    def work(_run: int) -> Values:
        value, number = mean_pairwise_kappa(thing, rater, code, POINTS, LEAST_SHARED)
        return {"mean_pairwise_kappa_quadratic": value, "pairs": number}

    return work


def reml(panels: Panels) -> Work:
    """Components of variance, G(q,k) and rater effects."""
    unit, rater, code = panels.unit, panels.rater, panels.code

    def work(_run: int) -> Values:
        found, effects, errors = components(unit, rater, code)
        return found | by_rater("rater_blup", effects) | by_rater("rater_blup se", errors)

    return work


def mfrm(panels: Panels) -> Work:
    """Severities with infit and outfit."""
    unit, rater, criterion, code = panels.unit, panels.rater, panels.criterion, panels.code

    def work(_run: int) -> Values:
        found = jmle(unit, rater, criterion, code, POINTS)
        return {
            name: value
            for key in ("severity", "infit", "outfit")
            for name, value in by_rater(key, found[key]).items()
        }

    return work
