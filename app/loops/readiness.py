"""What is looked at before a loop opens: a few things block, every other gap needs a reason."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.core.errors import Invalid
from app.disclosures.freshness import NOTHING_SINCE, Dated, Freshness, Upkeep, of_them
from app.disclosures.published import Published
from app.jobs.rules import Profile
from app.loops.rules import Planned, coverage
from app.loops.workload import contradictions
from scenarios import IncidentSource, Scenario, Status, clinical

MOST_COMPETENCIES = 8
MOST_CRITERIA = 5
FEWEST_RATERS = 2
MOST_NAMED = 3


class Place(StrEnum):
    """Where something is mended."""

    LOOP = "loop"
    STAGE = "stage"
    PANELS = "panels"
    WEIGHTS = "weights"
    GUIDE = "guide"
    JOB = "job"
    ROLE = "role"
    OWNERS = "owners"
    DISCLOSURE = "disclosure"
    UPKEEP = "upkeep"


@dataclass(frozen=True)
class Mend:
    """A link to where something is mended; `stage` is its position where it is about one stage."""

    words: str
    place: Place
    stage: int | None = None


@dataclass(frozen=True)
class Check:
    """One line of the list; one that does not hold blocks, or is a gap to give a reason for."""

    name: str
    holds: bool
    title: str
    detail: str = ""
    blocks: bool = False
    mend: tuple[Mend, ...] = ()


@dataclass(frozen=True)
class Workload:
    """The job's newest published disclosure: its number, how old its facts are, what they say, and what was
    done for it since.
    """

    number: int
    facts: tuple[Dated, ...]
    published: Mapping[str, Published]
    upkeep: Upkeep = NOTHING_SINCE


@dataclass(frozen=True)
class Preparation:
    """Everything that readiness is about: the stages with their scenarios, and what the job needs besides."""

    stages: Sequence[Planned]
    scenarios: Sequence[Scenario]  # Those of the stages, in their order.
    profile: Profile
    today: date
    has_pay_range: bool
    workload: Workload | None
    has_equal_weights: bool = True
    weights_reason: str = ""
    lacking: Sequence[str] = ()  # What nobody has said of the role, each as the middle of a sentence.
    unowned: Sequence[str] = ()
    is_guide_read: bool = False
    retired: Mapping[int, int] = field(
        default_factory=dict
    )  # By stage, the version that retired its scenario.


def readiness(loop: Preparation) -> list[Check]:
    """Everything that is looked at, in the order in which a person would mend it."""
    return [
        _stages(loop),
        _scenarios(loop),
        _rubrics(loop),
        _competencies(loop),
        *_core(loop),
        _job_analysis(loop),
        _panels(loop),
        _critical(loop),
        _weights(loop),
        _pay_range(loop),
        _role(loop),
        _disclosure(loop),
        *_facts(loop),
        _guide(loop),
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


# The stages and what they score -----------------------------------------------------------------------------


def _stages(loop: Preparation) -> Check:
    if not loop.stages:
        return Check(
            "stages", False, "No stage yet", "Add one.", blocks=True, mend=(Mend("Add a stage", Place.LOOP),)
        )
    return Check("stages", True, "One stage" if len(loop.stages) == 1 else f"{len(loop.stages)} stages")


def _scenarios(loop: Preparation) -> Check:
    if other := [stage for stage in loop.stages if stage.differences]:
        title = "; ".join(f"stage {one.position}: written for {', '.join(one.differences)}" for one in other)
        detail = "Scored against this job's bar all the same."
        return Check("scenarios", False, _sentence(title), detail, mend=_change(_positions(other)))
    return Check("scenarios", True, "Written for this setting, role and level")


def _rubrics(loop: Preparation) -> Check:
    """Each criterion has its five anchors, and the scenario is one that may be used."""
    wrong = dict(_unusable(loop))
    if wrong:
        title = "; ".join(f"stage {position}: {why}" for position, why in wrong.items())
        return Check("rubrics", False, _sentence(title), "Choose another scenario.", mend=_change(wrong))
    pilots = [
        stage.position
        for stage, scenario in zip(loop.stages, loop.scenarios, strict=True)
        if scenario.status is Status.PILOT
    ]
    detail = f"{_named(pilots)}: pilot, not yet reviewed by a licensed practitioner." if pilots else ""
    return Check("rubrics", True, "Each criterion has five anchors and a bar at this level", detail)


def _unusable(loop: Preparation) -> Iterator[tuple[int, str]]:
    for stage, scenario in zip(loop.stages, loop.scenarios, strict=True):
        anchored = {one.code for one in scenario.criteria if all(anchor.strip() for anchor in one.anchors)}
        if without := [one.code for one in stage.scored if one.code not in anchored]:
            yield stage.position, f"no anchors for {', '.join(without)}"
        elif stage.position in loop.retired:
            yield stage.position, f"its scenario is retired since version {loop.retired[stage.position]}"
        elif scenario.status is Status.RETIRED:
            yield stage.position, "its scenario is retired"
        elif scenario.status is Status.DRAFT:
            yield stage.position, "its scenario is a draft"


def _competencies(loop: Preparation) -> Check:
    number = len(coverage(loop.stages))
    most = max((len(stage.scored) for stage in loop.stages), default=0)
    if number > MOST_COMPETENCIES:
        detail = f"Beyond {MOST_COMPETENCIES}, raters no longer keep them apart."
        mend = (Mend("Change the stages", Place.LOOP),)
        return Check("competencies", False, f"{number} competencies", detail, mend=mend)
    if most > MOST_CRITERIA:
        full = [stage.position for stage in loop.stages if len(stage.scored) > MOST_CRITERIA]
        detail = f"A rater can follow {MOST_CRITERIA}."
        return Check("competencies", False, f"{most} criteria in one stage", detail, mend=_change(full))
    return Check("competencies", True, f"{number} competencies, at most {most} a stage")


def _core(loop: Preparation) -> Iterator[Check]:
    """Clinical loops score safety, escalation and documentation somewhere."""
    if not clinical.is_clinical(loop.profile.role):
        return
    scored = {row.code for row in coverage(loop.stages)}
    if missing := [code for code in clinical.CORE if code not in scored]:
        detail = "Clinical work is never judged without safety, escalation and documentation."
        mend = (Mend("Add a stage that does", Place.LOOP),)
        yield Check("core", False, f"{', '.join(missing)}: scored in no stage", detail, mend=mend)
    else:
        yield Check("core", True, "Safety, escalation and documentation are scored")


def _job_analysis(loop: Preparation) -> Check:
    """Each criterion is tied to a task of the job, and to an incident in which it mattered."""
    without = [
        stage.position
        for stage, scenario in zip(loop.stages, loop.scenarios, strict=True)
        if not (scenario.job_analysis.task.strip() and scenario.job_analysis.incident.strip())
    ]
    if without:
        title = f"{_named(without)}: tied to no task and incident of the job"
        return Check("job-analysis", False, title, "Choose another scenario.", mend=_change(without))
    made_up = sum(
        scenario.job_analysis.incident_source is IncidentSource.INVENTED_COMPOSITE
        for scenario in loop.scenarios
    )
    detail = f"{made_up} of {len(loop.scenarios)} incidents are invented composites." if made_up else ""
    return Check("job-analysis", True, "Each criterion is tied to a task and an incident of the job", detail)


# The people -------------------------------------------------------------------------------------------------


def _panels(loop: Preparation) -> Check:
    mend = (Mend("Choose who interviews", Place.PANELS),)
    if empty := [stage for stage in loop.stages if not stage.raters]:
        title = f"{_named(_positions(empty))}: no panel"
        return Check("panels", False, title, "Choose who interviews.", blocks=True, mend=mend)
    if small := [stage for stage in loop.stages if len(stage.raters) < FEWEST_RATERS]:
        detail = "One person's view cannot be checked against another's."
        return Check("panels", False, f"{_named(_positions(small))}: a panel of one", detail, mend=mend)
    return Check("panels", True, "Panels of two or more")


def _critical(loop: Preparation) -> Check:
    few = [row.code for row in coverage(loop.stages) if row.is_critical and row.raters < FEWEST_RATERS]
    if few:
        title = f"{', '.join(few)}: critical, with fewer than two raters"
        mend = (Mend("Add somebody to the panel", Place.PANELS),)
        return Check("critical", False, title, "A critical minimum would rest on one person.", mend=mend)
    return Check("critical", True, "Each critical criterion has two raters")


def _weights(loop: Preparation) -> Check:
    if loop.has_equal_weights:
        return Check("weights", True, "Equal weights")
    if not loop.weights_reason.strip():
        mend = (Mend("Give the reason", Place.WEIGHTS),)
        return Check("weights", False, "Weights differ, and nobody said why", mend=mend)
    return Check("weights", True, "Weights differ, with their reason on file")


# The job ----------------------------------------------------------------------------------------------------


def _pay_range(loop: Preparation) -> Check:
    if not loop.has_pay_range:
        mend = (Mend("Set the pay range", Place.JOB),)
        return Check(
            "pay-range", False, "No pay range yet", "Candidates are told it.", blocks=True, mend=mend
        )
    return Check("pay-range", True, "Level and pay range set")


def _role(loop: Preparation) -> Check:
    """The role is described, and somebody answers for each matter of it."""
    lacking = list(loop.lacking)
    if loop.unowned:
        lacking.append(f"who answers for {_listed([matter.lower() for matter in loop.unowned])}")
    if lacking:
        mend = (
            *([Mend("Describe the role", Place.ROLE)] if loop.lacking else []),
            *([Mend("Name the owners", Place.OWNERS)] if loop.unowned else []),
        )
        title, detail = "The role is not described in full", f"Nobody said {_listed(lacking)}."
        return Check("role", False, title, detail, mend=mend)
    return Check("role", True, "The role is described, and its matters have owners")


def _disclosure(loop: Preparation) -> Check:
    """A disclosure is published, and none of its facts is too old to be read as true."""
    if loop.workload is None:
        detail = "Candidates could not read what the job is like."
        mend = (Mend("Write the disclosure", Place.DISCLOSURE),)
        return Check("disclosure", False, "No workload disclosure published", detail, mend=mend)
    name, upkeep = f"Workload disclosure version {loop.workload.number}", loop.workload.upkeep
    look_again = Mend("Look at it again", Place.UPKEEP)
    if upkeep.changed_on and upkeep.due_on:
        changed, due = _day(upkeep.changed_on), _day(upkeep.due_on)
        detail = f"Something changed on {changed} that its facts rest on."
        if upkeep.is_overdue(loop.today):
            return Check("disclosure", False, f"{name} is stale since {due}", detail, mend=(look_again,))
        detail = f"{detail} To be looked at again by {due}."
        return Check("disclosure", True, f"{name} is published", detail)
    if stale := of_them(loop.workload.facts, Freshness.STALE, loop.today):
        detail = f"{_facts_named(stale)} too old to be read as true. Confirm what is old and publish again."
        correct = Mend("Bring the disclosure up to date", Place.DISCLOSURE)
        return Check(
            "disclosure",
            False,
            f"{name} is stale since {_day(stale[0].last_day)}",
            detail,
            mend=(look_again, correct),
        )
    if aging := of_them(loop.workload.facts, Freshness.AGING, loop.today):
        detail = f"{_facts_named(aging)} aging; stale after {_day(aging[0].last_day)}."
        return Check("disclosure", True, f"{name} is published", detail)
    return Check("disclosure", True, f"{name} is published and fresh")


def _facts(loop: Preparation) -> Iterator[Check]:
    """What scenarios say of the usual workload agrees with what is published of it."""
    if loop.workload is None:
        return
    if found := list(contradictions(loop.scenarios, loop.workload.published)):
        title = "; ".join(one.sentence for one in found[:MOST_NAMED])
        more = f" {len(found) - MOST_NAMED} more like this." if len(found) > MOST_NAMED else ""
        detail = f"Candidates read both.{more} Choose a scenario that agrees, or correct what is published."
        mend = (*_change({one.stage for one in found}), Mend("Correct the disclosure", Place.DISCLOSURE))
        yield Check("workload", False, _sentence(title), detail, mend=mend)
    else:
        yield Check("workload", True, "No scenario contradicts the published workload")


def _guide(loop: Preparation) -> Check:
    if not loop.is_guide_read:
        mend = (Mend("Read the guide", Place.GUIDE),)
        detail = "Candidates prepare by it. It waits to be read again whenever the stages change."
        return Check("guide", False, "Nobody has read the candidate's guide", detail, mend=mend)
    return Check("guide", True, "The candidate's guide was read")


# Words ------------------------------------------------------------------------------------------------------


def _positions(stages: Sequence[Planned]) -> list[int]:
    return [stage.position for stage in stages]


def _named(positions: Sequence[int]) -> str:
    """ "Stage 2", "Stages 1 and 3"."""
    numbers = [str(position) for position in positions]
    return f"Stage {numbers[0]}" if len(numbers) == 1 else f"Stages {_listed(numbers)}"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _listed(words: Sequence[str]) -> str:
    """ "one", "one and two", "one, two and three"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _facts_named(facts: Sequence[Dated]) -> str:
    """ "2 facts are", with the names of the oldest."""
    names = ", ".join(fact.label.lower() for fact in facts[:MOST_NAMED])
    if len(facts) == 1:
        return f"One fact ({names}) is"
    others = f" and {len(facts) - MOST_NAMED} more" if len(facts) > MOST_NAMED else ""
    return f"{len(facts)} facts ({names}{others}) are"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _change(positions: Sequence[int] | set[int] | Mapping[int, str]) -> tuple[Mend, ...]:
    return tuple(Mend(f"Change stage {one}", Place.STAGE, one) for one in sorted(positions))
