"""What stages add to raters: the variances that say whether another stage or another rater helps more."""

from dataclasses import dataclass

import numpy as np

from reports.ratings.tables import Ratings, Scale
from reports.reliability.criteria_model import criteria_components
from reports.reliability.dstudy import Components

NO_STAGES = "Without a stage column, stages cannot be weighed against raters."


@dataclass(frozen=True, slots=True, kw_only=True)
class Stages:
    """The variances for a plan, and what had to be left together because the data cannot tell it apart."""

    components: Components
    notes: tuple[str, ...]


def stage_components(ratings: Ratings) -> Stages | str:
    """Estimate how scores vary over candidates, stages and raters; a sentence where that cannot be done.

    REML of the mean over criteria of each (unit, stage, rater), with the same crossed model as for criteria,
    stages in their place: unit, unit:stage, rater, unit:rater and residual. A component that the design
    cannot tell from the residual is part of it.
    """
    by_stage = _means_by_stage(ratings)
    if isinstance(by_stage, str):
        return by_stage
    found = criteria_components(by_stage)
    because = found["var_unit"].undefined_because or found["var_residual"].undefined_because
    if because:
        return because.replace("criterion", "stage").replace("criteria", "stages")
    names = {
        "unit_stage": "var_unit_criterion",
        "rater": "var_rater",
        "unit_rater": "var_unit_rater",
        "residual": "var_residual",
    }
    values = {name: found[key].value for name, key in names.items()}
    notes = tuple(
        f"{name.replace('_', ' by ')} cannot be told apart here and is part of the residual"
        for name, value in values.items()
        if value is None
    )
    return Stages(
        components=Components(
            unit=found["var_unit"].value or 0.0,
            **{name: max(value or 0.0, 0.0) for name, value in values.items()},
        ),
        notes=notes,
    )


def _means_by_stage(ratings: Ratings) -> Ratings | str:
    """One score for each (unit, stage, rater), the stage standing where a criterion would."""
    if len(ratings.stages) < 2:
        return "There is one stage only: stages cannot be weighed against raters."
    key = (ratings.unit * len(ratings.stages) + ratings.stage) * len(ratings.raters) + ratings.rater
    seats, place = np.unique(key, return_inverse=True)
    mean = np.bincount(place, weights=ratings.score) / np.bincount(place)
    rest, rater = np.divmod(seats, len(ratings.raters))
    unit, stage = np.divmod(rest, len(ratings.stages))
    scale = Scale(ratings.scale.low, ratings.scale.high, None)
    return Ratings.from_columns(unit, rater, mean, stage, scale=scale)
