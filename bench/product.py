"""What is measured of `reports`, a function for each row: the only module that knows how it is asked.

Each function takes the ratings and gives back the work to time. Making the checked table is not in it; the
row `file` has it all, from the first byte of a file to the last of the answer.
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from bench.data import CRITERIA, POINTS, Ints, Panels
from reports.ratings.tables import Ratings, Scale

Values = dict[str, float]
Work = Callable[[int], Values]

SAMPLES = 1000
LEAST_SHARED = 5
SCALE = Scale(1, POINTS)


def table(panels: Panels) -> Ratings:
    """The ratings as a checked table would be, without the time that checking takes."""
    ordered = panels.ordered()
    nothing = np.zeros(len(ordered.code), dtype=np.int64)
    return Ratings(
        scale=SCALE,
        units=tuple(range(int(ordered.unit.max()) + 1)),
        raters=tuple(range(panels.raters)),
        criteria=tuple(range(CRITERIA)),
        values=SCALE.values,
        unit=ordered.unit,
        rater=ordered.rater,
        criterion=ordered.criterion,
        stage=nothing,
        format=nothing,
        code=ordered.code,
    )


def complete_table(panels: Panels) -> Ratings:
    """The things that a whole panel rated, as if its seats were three raters."""
    codes: Ints = panels.complete()
    thing, seat = np.indices(codes.shape).reshape(2, -1)
    nothing = np.zeros(codes.size, dtype=np.int64)
    return Ratings(
        scale=SCALE,
        units=tuple(range(len(codes))),
        raters=tuple(range(codes.shape[1])),
        values=SCALE.values,
        unit=thing,
        rater=seat,
        criterion=nothing,
        stage=nothing,
        format=nothing,
        code=codes.ravel(),
    )


def within_things(ratings: Ratings, *prefixes: str) -> Values:
    """Value and standard error of the coefficients whose keys begin so."""
    from reports.agreement.coefficients import coefficients as every
    from reports.counting.counts import patterns_of

    patterns = patterns_of(ratings)
    found: Values = {}
    for one in every(patterns):
        if one.key.startswith(prefixes):
            found[one.key] = float(one.value(patterns, patterns.frequency))
            if (se := one.se(patterns)) is not None:
                found[f"{one.key} se"] = se
    return found


def coefficients(panels: Panels) -> Work:
    """Every coefficient over units with its standard error."""
    ratings = table(panels)
    return lambda _run: within_things(ratings, "")


def alpha(panels: Panels) -> Work:
    """Ordinal alpha alone."""
    ratings = table(panels)
    return lambda _run: within_things(ratings, "krippendorff_alpha_ordinal")


def fleiss(panels: Panels) -> Work:
    """Fleiss' kappa of the things that a whole panel rated."""
    ratings = complete_table(panels)
    return lambda _run: within_things(ratings, "fleiss_kappa")


def unit_bootstrap(panels: Panels) -> Work:
    """A thousand alphas of things drawn again."""
    from reports.agreement.alpha import krippendorff_alpha
    from reports.counting.bootstrap import Resampling, things_drawn
    from reports.counting.counts import patterns_of

    ratings = table(panels)

    def work(run: int) -> Values:
        patterns = patterns_of(ratings)
        draws = things_drawn(
            Resampling(str(run), SAMPLES), patterns.frequency * patterns.twice, patterns.things
        )
        return spread([krippendorff_alpha(patterns, drawn) for drawn in draws])

    return work


def candidate_bootstrap(panels: Panels) -> Work:
    """A thousand alphas of candidates drawn again."""
    from reports.agreement.alpha import krippendorff_alpha
    from reports.counting.bootstrap import Resampling
    from reports.counting.counts import patterns_of

    ratings = table(panels)

    def work(run: int) -> Values:
        patterns, resampling = patterns_of(ratings), Resampling(str(run), SAMPLES)
        return spread([krippendorff_alpha(patterns, drawn) for drawn in patterns.drawn(resampling)])

    return work


def spread(blocks: list[np.ndarray]) -> Values:
    """What two bootstraps that drew differently have in common, about."""
    return {"standard deviation of the samples": float(np.concatenate(blocks).std(ddof=1))}


def pairs(panels: Panels) -> Work:
    """The mean of all pairs' quadratic kappas."""
    from reports.agreement.disagreement import Disagreement
    from reports.agreement.kappa import mean_of_pairs, pair_kappas
    from reports.counting.counts import pairs_of

    ratings = table(panels)

    def work(_run: int) -> Values:
        counted = pairs_of(ratings)
        distance = Disagreement.on_points("quadratic", counted.values, SCALE.values)
        value, _, number = mean_of_pairs(counted, pair_kappas(counted, distance), LEAST_SHARED)
        return {"mean_pairwise_kappa_quadratic": float(value or 0), "pairs": number}

    return work


def reml(panels: Panels) -> Work:
    """Components of variance, G(q,k) and rater effects."""
    from reports.counting.blocks import Blocks
    from reports.reliability import generalizability
    from reports.reliability.reml import variance_components

    ratings = table(panels)

    def work(_run: int) -> Values:
        blocks = Blocks.from_ratings(ratings)
        fit = variance_components(blocks)
        k, q = generalizability.k_harmonic(blocks) or 0.0, generalizability.q(blocks) or 0.0
        variances = np.array(fit.variances)
        found = dict(
            zip(("reml_var_unit", "reml_var_rater", "reml_var_residual"), variances.tolist(), strict=True)
        )
        found |= {"reml_mean": fit.mean or 0.0, "k_harmonic": k, "q": q}
        found["g_q_k"] = float(generalizability.reliability(variances, q, 1 / k))
        found |= {f"rater_blup of {rater}": value for rater, value in fit.rater_effects.items()}
        return found | {f"rater_blup se of {rater}": value for rater, value in fit.rater_deviations.items()}

    return work


def mfrm(panels: Panels) -> Work:
    """Severities with infit and outfit."""
    from reports.raters.mfrm import fit_jmle

    ratings = table(panels)

    def work(_run: int) -> Values:
        model = fit_jmle(ratings)
        return {
            f"{key} of {rater}": float(found.value or 0)
            for key, by_rater in (
                ("severity", model.severity),
                ("infit", model.infit),
                ("outfit", model.outfit),
            )
            for rater, found in by_rater.items()
        }

    return work


def icc(panels: Panels) -> Work:
    """The six ICCs with intervals of the things that a whole panel rated."""
    from reports.reliability.icc import intraclass_correlations

    ratings = complete_table(panels)
    return lambda _run: {key: float(one.value or 0) for key, one in intraclass_correlations(ratings).items()}


def team(panels: Panels) -> Work:
    """Everything with intervals but the many-facet model; another seed each time, so that nothing is kept."""
    from reports.measure import measure

    ratings = table(panels)

    def work(run: int) -> Values:
        found = measure(ratings, seed=str(run), samples=SAMPLES)
        return {"statistics": len(found.statistics)}

    return work


def read_csv(panels: Panels) -> Work:
    """What pandas takes to read the same ratings, the yardstick of the row `file`."""
    import pandas as pd

    from bench.environment import KEPT

    [file] = [path for path in KEPT.glob(f"{len(panels.code)}-by-{panels.raters}-*.csv") if path.is_file()][
        -1:
    ]

    def work(_run: int) -> Values:
        return {"rows": len(pd.read_csv(Path(file)))}

    return work
