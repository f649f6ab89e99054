"""Decision studies: how reliable panels would be with more or fewer raters, or with other stages.

Brennan (2001), Generalizability Theory, chapters 1, 4 and 5; Shavelson & Webb (1991), Generalizability
Theory: A Primer, chapters 6 and 7; Putka & Hoffman (2013), Journal of Applied Psychology 98, 114-133, for the
components of interviews and assessment centers.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from reports.ratings.tables import Floats
from reports.reliability.generalizability import Draws, reliability
from reports.reliability.reml import VarianceComponents

Panels: TypeAlias = Literal["crossed", "different_panels"]

PANELS: tuple[Panels, ...] = ("crossed", "different_panels")
TARGET = 0.80
LARGEST_PANEL = 10
MINUTES_AN_HOUR = 60
ROUNDING = 1e-9

NO_DIFFERENCES = (
    "The estimated variance of candidates is 0: no number of raters finds differences that are not there."
)
NO_DESIGN = "No design among these reaches the target."


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """The reliability of the mean of `raters` raters, with its interval where draws were given."""

    raters: int
    value: float
    ci: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelStudy:
    """One way to seat panels: its curve, and the fewest raters that reach the target.

    `raters_ci` is the interval of that number; its upper end is None where no panel would do.
    """

    panels: Panels
    curve: tuple[Projection, ...]
    target: float
    raters_needed: int | None
    raters_ci: tuple[int, int | None] | None = None
    ci_level: float | None = None
    out_of_reach_because: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DStudy:
    """Both ways to seat panels, under the key `d_study`; or the sentence why there is none."""

    studies: Mapping[Panels, PanelStudy]
    undefined_because: str | None = None


def d_study(
    fit: VarianceComponents,
    draws: Draws | None = None,
    *,
    target: float = TARGET,
    largest: int = LARGEST_PANEL,
) -> DStudy:
    """Project the reliability of the mean of 1 to `largest` raters, and find how many reach the target.

    `crossed`, the same panel for everyone: unit / (unit + residual / m), the generalizability coefficient of
    the design p x R, for the panel's severity is then the same for all. `different_panels`, a fresh panel for
    each candidate: unit / (unit + (rater + residual) / m), the design R:p. Solved for m, the fewest raters
    for a target t are t / (1 - t) times error / unit, rounded up, be they more than `largest` or not. The
    interval takes each drawn set of variances through the same formulas.

    >>> fit = VarianceComponents(var_unit=0.5, var_rater=0.1, var_residual=0.4)
    >>> study = d_study(fit).studies
    >>> study["crossed"].raters_needed, study["different_panels"].raters_needed
    (4, 4)
    >>> round(study["different_panels"].curve[2].value, 3)
    0.75
    """
    _check_target(target)
    if largest < 1:
        raise ValueError(f"A panel has at least one rater, not {largest}.")
    if fit.variances is None:
        return DStudy(studies={}, undefined_because=fit.undefined_because)
    drawn = draws.variances(fit) if draws else None
    return DStudy(
        studies={
            panels: _study(panels, np.array(fit.variances), drawn, draws, target, largest)
            for panels in PANELS
        }
    )


def _study(
    panels: Panels, variances: Floats, drawn: Floats | None, draws: Draws | None, target: float, largest: int
) -> PanelStudy:
    weight = np.array([0.0, float(panels == "different_panels"), 1.0])
    curve = []
    for raters in range(1, largest + 1):
        shares = weight[1] / raters, 1 / raters
        value = float(reliability(variances, *shares))
        ci = draws.interval(reliability(drawn, *shares), value) if draws and drawn is not None else None
        curve.append(Projection(raters=raters, value=value, ci=ci))

    def needed(sets: Floats) -> Floats:
        errors = sets @ weight * target / (1 - target)
        short = np.divide(errors, sets[..., 0], out=np.full(len(sets), math.inf), where=sets[..., 0] > 0)
        return np.asarray(np.maximum(np.ceil(short - ROUNDING), 1.0))

    [raters_needed] = needed(variances[np.newaxis])
    raters_ci = None
    if draws and drawn is not None:
        # Of whole numbers, and some without end: the ends are drawn numbers, never between two.
        ordered = np.sort(needed(drawn))
        tail = (1 - draws.level) / 2
        low = ordered[math.floor(tail * (len(ordered) - 1))]
        high = ordered[math.ceil((1 - tail) * (len(ordered) - 1))]
        raters_ci = (int(low), int(high) if math.isfinite(high) else None) if math.isfinite(low) else None
    reached = math.isfinite(raters_needed)
    return PanelStudy(
        panels=panels,
        curve=tuple(curve),
        target=target,
        raters_needed=int(raters_needed) if reached else None,
        raters_ci=raters_ci,
        ci_level=draws.level if draws and drawn is not None else None,
        out_of_reach_because=None if reached else NO_DIFFERENCES,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Components:
    """Variances of scores in interviews of several stages; those a study cannot tell apart stay 0.

    `unit_stage`: how differently a candidate does from stage to stage; `unit_criterion`: from criterion to
    criterion, when criteria are taken as a sample. `unit_rater`: a rater's liking for a candidate, found only
    where a rater scores a candidate more than once; otherwise it is part of `residual`.
    """

    unit: float
    unit_stage: float = 0.0
    unit_criterion: float = 0.0
    rater: float = 0.0
    unit_rater: float = 0.0
    residual: float = 0.0

    def __post_init__(self) -> None:
        for name in ("unit", "unit_stage", "unit_criterion", "rater", "unit_rater", "residual"):
            value = getattr(self, name)
            if not (math.isfinite(value) and value >= 0):
                raise ValueError(f"A variance is a number of 0 or more; {name} is {value}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """One plan for a candidate: how reliable the overall mean is, and how many staff hours it takes."""

    stages: int
    raters_per_stage: int
    criteria: int
    reliability: float
    staff_hours: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All designs asked for, cheapest first; those that reach the target, and the cheapest of these."""

    designs: tuple[Design, ...]
    reaching: tuple[Design, ...]
    cheapest: Design | None
    target: float
    out_of_reach_because: str | None = None


def plan(
    components: Components,
    *,
    minutes_per_stage: float,
    stages: Iterable[int] = range(1, 6),
    raters_per_stage: Iterable[int] = range(1, 6),
    criteria: int = 1,
    panels: Panels = "different_panels",
    target: float = TARGET,
) -> Plan:
    """Weigh stages against raters per stage: projected reliability and staff hours for each candidate.

    With s stages, r other raters at each and c criteria scored by everyone the error variance is
    unit_stage / s + unit_criterion / c + unit_rater / (s r) + residual / (s r c), and with different panels
    also rater / (s r): the design p x C x (R:S), Brennan (2001, chapter 4), and with panels of their own
    R:S:p. Adding raters to one stage never removes what is peculiar to that stage. The cost is s r
    minutes_per_stage / 60. Of equal cost the more reliable comes first.

    >>> interviews = Components(unit=0.5, unit_stage=0.2, rater=0.1, residual=0.4)
    >>> best = plan(interviews, minutes_per_stage=45).cheapest
    >>> best.stages, best.raters_per_stage, round(best.reliability, 3), best.staff_hours
    (4, 2, 0.816, 6.0)
    """
    _check_target(target)
    if panels not in PANELS:
        raise ValueError(f"Panels are {' or '.join(PANELS)}, not {panels}.")
    if not (math.isfinite(minutes_per_stage) and minutes_per_stage > 0):
        raise ValueError(f"A stage takes some minutes, not {minutes_per_stage}.")
    numbers, seats = sorted(set(stages)), sorted(set(raters_per_stage))
    if not (numbers and seats) or min(*numbers, *seats, criteria) < 1:
        raise ValueError("Plan at least one stage, one rater at each and one criterion.")
    designs = [
        Design(
            stages=s,
            raters_per_stage=r,
            criteria=criteria,
            reliability=_projected(components, s, r, criteria, panels),
            staff_hours=s * r * minutes_per_stage / MINUTES_AN_HOUR,
        )
        for s in numbers
        for r in seats
    ]
    designs.sort(key=lambda design: (design.staff_hours, -design.reliability, design.stages))
    reaching = tuple(design for design in designs if design.reliability >= target - ROUNDING)
    return Plan(
        designs=tuple(designs),
        reaching=reaching,
        cheapest=reaching[0] if reaching else None,
        target=target,
        out_of_reach_because=None if reaching else NO_DESIGN,
    )


def _projected(parts: Components, stages: int, raters: int, criteria: int, panels: Panels) -> float:
    seats = stages * raters
    error = parts.unit_stage / stages + parts.unit_criterion / criteria + parts.unit_rater / seats
    error += parts.residual / (seats * criteria)
    if panels == "different_panels":
        error += parts.rater / seats
    return parts.unit / (parts.unit + error) if parts.unit else 0.0


def _check_target(target: float) -> None:
    if not 0 < target < 1:
        raise ValueError(f"A reliability to reach lies between 0 and 1, not at {target}.")
