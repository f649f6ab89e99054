"""What is looked at before a loop opens: a few things block, every other gap needs a reason."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.errors import Invalid
from app.jobs.rules import Profile
from app.loops.rules import Planned, coverage

MOST_COMPETENCIES = 8
MOST_CRITERIA = 5
FEWEST_RATERS = 2


@dataclass(frozen=True)
class Check:
    """One line of the list; one that does not hold blocks, or is a gap to give a reason for."""

    name: str
    holds: bool
    title: str
    detail: str = ""
    blocks: bool = False


def readiness(
    stages: Sequence[Planned], profile: Profile, *, has_pay_range: bool, has_disclosure: bool
) -> list[Check]:
    """Everything that is looked at, in the order in which a person would mend it."""
    return [
        _stages(stages),
        _scenarios(stages, profile),
        _competencies(stages),
        _panels(stages),
        _critical(stages),
        _pay_range(has_pay_range),
        _disclosure(has_disclosure),
    ]


def blocks(checks: Sequence[Check]) -> list[Check]:
    """What stands in the way of opening."""
    return [check for check in checks if not check.holds and check.blocks]


def gaps(checks: Sequence[Check]) -> list[Check]:
    """What a loop may open with when there is a reason."""
    return [check for check in checks if not check.holds and not check.blocks]


def check_may_open(checks: Sequence[Check], reason: str) -> None:
    """Nothing blocks, and every gap has a reason."""
    if blocked := blocks(checks):
        raise Invalid(" ".join(f"{check.title}." for check in blocked))
    if gaps(checks) and not reason:
        raise Invalid(
            gaps_reason="Say why the loop opens as it is. It is kept with the loop, under your name."
        )


def _stages(stages: Sequence[Planned]) -> Check:
    if not stages:
        return Check("stages", False, "No stage yet", "Add one.", blocks=True)
    return Check("stages", True, "One stage" if len(stages) == 1 else f"{len(stages)} stages")


def _scenarios(stages: Sequence[Planned], profile: Profile) -> Check:
    if without := [stage for stage in stages if not stage.has_bar]:
        title = f"{_name(without)}: no bar for {profile.level.label.lower()} level"
        return Check("scenarios", False, title, "Choose another scenario.", blocks=True)
    if other := [stage for stage in stages if stage.differences]:
        title = "; ".join(f"stage {one.position}: written for {', '.join(one.differences)}" for one in other)
        detail = "Scored against this job's bar all the same."
        return Check("scenarios", False, title.capitalize(), detail)
    return Check("scenarios", True, "Written for this setting, role and level")


def _competencies(stages: Sequence[Planned]) -> Check:
    number = len(coverage(stages))
    most = max((len(stage.scored) for stage in stages), default=0)
    if number > MOST_COMPETENCIES:
        detail = f"Beyond {MOST_COMPETENCIES}, raters no longer keep them apart."
        return Check("competencies", False, f"{number} competencies", detail)
    if most > MOST_CRITERIA:
        detail = f"A rater can follow {MOST_CRITERIA}."
        return Check("competencies", False, f"{most} criteria in one stage", detail)
    return Check("competencies", True, f"{number} competencies, at most {most} a stage")


def _panels(stages: Sequence[Planned]) -> Check:
    if empty := [stage for stage in stages if not stage.raters]:
        return Check("panels", False, f"{_name(empty)}: no panel", "Choose who interviews.", blocks=True)
    if small := [stage for stage in stages if len(stage.raters) < FEWEST_RATERS]:
        detail = "One person's view cannot be checked against another's."
        return Check("panels", False, f"{_name(small)}: a panel of one", detail)
    return Check("panels", True, "Panels of two or more")


def _critical(stages: Sequence[Planned]) -> Check:
    few = [row.code for row in coverage(stages) if row.is_critical and row.raters < FEWEST_RATERS]
    if few:
        detail = "A critical minimum would rest on one person."
        return Check("critical", False, f"{', '.join(few)}: critical, with fewer than two raters", detail)
    return Check("critical", True, "Each critical criterion has two raters")


def _pay_range(is_set: bool) -> Check:
    if not is_set:
        return Check("pay-range", False, "No pay range yet", "Candidates are told it.", blocks=True)
    return Check("pay-range", True, "Level and pay range set")


def _disclosure(is_published: bool) -> Check:
    if not is_published:
        detail = "Candidates could not read what the job is like."
        return Check("disclosure", False, "No workload disclosure published", detail)
    return Check("disclosure", True, "Workload disclosure published")


def _name(stages: Sequence[Planned]) -> str:
    """ "Stage 2", "Stages 1 and 3"."""
    numbers = [str(stage.position) for stage in stages]
    if len(numbers) == 1:
        return f"Stage {numbers[0]}"
    return f"Stages {', '.join(numbers[:-1])} and {numbers[-1]}"
