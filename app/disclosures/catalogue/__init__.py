"""The fields a disclosure offers, as data: in the order of the guide, with what the role rules out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property

from app.disclosures.catalogue.capacity import CAPACITY
from app.disclosures.catalogue.documentation import DOCUMENTATION, UNPAID
from app.disclosures.catalogue.fields import Field, Group, Kind, Predictor, Step
from app.disclosures.catalogue.payers import PAYERS
from app.disclosures.catalogue.scope import SCOPE
from app.disclosures.catalogue.supervision import SUPERVISION
from app.disclosures.catalogue.support import SUPPORT
from app.disclosures.catalogue.team import TEAM
from reports.workload.budget import Period
from scenarios import Role

__all__ = [
    "BY_KEY",
    "FIELDS",
    "GROUPS",
    "GROUP_OF",
    "RULED_OUT",
    "SOURCE_KEYS",
    "STEPS",
    "STEP_OF",
    "UNPAID",
    "Catalogue",
    "Field",
    "Group",
    "Kind",
    "Predictor",
    "Step",
    "catalogue",
]


@dataclass(frozen=True)
class Catalogue:
    """Every field, for jobs whose sums are of one period."""

    steps: tuple[Step, ...]

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        return tuple(group for step in self.steps for group in step.groups)

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        return tuple(field for group in self.groups for field in group.fields)

    @cached_property
    def by_key(self) -> Mapping[str, Field]:
        return {field.key: field for field in self.fields}


# Capacity first and supervision before payers: what a job can carry comes before who pays for it.
STEPS = (CAPACITY, DOCUMENTATION, SUPERVISION, PAYERS, SUPPORT, TEAM, SCOPE)


@cache
def catalogue(period: Period) -> Catalogue:
    """The fields as they are called and limited where the sums are of this period."""
    return Catalogue(
        tuple(
            replace(
                step,
                groups=tuple(
                    replace(group, fields=tuple(field.of(period) for field in group.fields))
                    for group in step.groups
                ),
            )
            for step in STEPS
        )
    )


_WEEK = catalogue("week")
GROUPS, FIELDS, BY_KEY = _WEEK.groups, _WEEK.fields, _WEEK.by_key
GROUP_OF = {field.key: group for group in GROUPS for field in group.fields}
STEP_OF = {group.key: step.key for step in STEPS for group in step.groups}
SOURCE_KEYS = tuple(group.source_key for group in GROUPS)

# What a role does not do, with the reason that candidates read.
_NOT_AN_OTAS = "Not a task of an OTA."
RULED_OUT: Mapping[Role, Mapping[str, str]] = {
    Role.OTA: dict.fromkeys(
        (
            "evaluations_booked",
            "evaluations_completed",
            "evaluation_minutes",
            "evaluation_writing",
            "evaluation_inside",
            "points_evaluation",
            "supervision_given",
            "supervised",
            "supervision_counted",
        ),
        _NOT_AN_OTAS,
    )
}
