"""The guide to a loop: what a candidate may know of it beforehand, the same for everybody.

It names what is scored and what that means, and holds back what would tell an answer: titles, prompts, facts,
probes and anchors stay with the interviewers, and so do their names.
"""

from dataclasses import dataclass

from app.identity.models import Employer
from app.jobs.brief import Brief, brief_of
from app.jobs.models import Job, Matter
from app.loops import queries, rules
from app.loops.models import COUNTING_PARTS, Loop, Stage
from app.loops.rules import Covered
from app.packs.queries import scenario_of
from scenarios import Kind, Scenario, TimeBox, competency_library

# What is put to a candidate, by the kind of its scenario, without the point of any.
KINDS = {
    Kind.SAFETY_NEAR_MISS: "A moment of a working day in which something is not safe. "
    "You say what you do, in which order, and whom you tell.",
    Kind.HIGH_VOLUME_DAY: "A day with more work than time. "
    "You say what comes first, what waits, and whom you tell.",
    Kind.CASE_WALKTHROUGH: "One case from its beginning to its end. "
    "You say what you look for, what you plan, and how you know that it works.",
    Kind.SCREEN: "The same short questions for everybody, in the same order.",
    Kind.WORK_SAMPLE: "A short piece of the work itself, done there and then. "
    "Nothing is asked of you at home.",
}
NEVER_ASKED = (
    "Age, and when you finished school",
    "Family, partner, children, and plans for any of them",
    "Health, disability, pregnancy, and medicine",
    "Religion, politics, and union membership",
    "Where you or your family come from, and your first language",
    "What you earn or earned before",
    "Arrests",
    "Anything that could identify a patient",
)


@dataclass(frozen=True)
class StageGuide:
    """One stage as a candidate knows it."""

    number: int
    title: str
    about: str
    time_box: TimeBox
    raters: int
    guests: int  # Who sit in, and whose view does not count.
    criteria: tuple[str, ...]
    artifact: str
    before_reading: str
    reads_disclosure_first: bool
    asks_of_the_past: bool
    is_interrupted: bool  # Whether something new is told in the middle of the answer.


@dataclass(frozen=True)
class Scored:
    """A criterion as a candidate knows it: what good means, what it is not, and where it is scored."""

    name: str
    about: str
    not_about: str
    is_critical: bool
    stages: tuple[int, ...]
    enough: tuple[int, ...]  # The levels that are enough for this job, mostly one.


@dataclass(frozen=True)
class Guide:
    """Everything that the guide says, but for what holds for every loop and stands in its page."""

    job: Job
    brief: Brief
    employer: Employer
    questions_to: str  # Who answers for candidates' questions, else the employer's contact; may be empty.
    stages: tuple[StageGuide, ...]
    criteria: tuple[Scored, ...]
    has_equal_weights: bool

    @property
    def minutes(self) -> int:
        return sum(stage.time_box.total for stage in self.stages)

    @property
    def critical(self) -> list[Scored]:
        return [one for one in self.criteria if one.is_critical]

    @property
    def ways(self) -> list[str]:
        """How the employer is reached."""
        return [way for way in (self.employer.contact_phone, self.employer.contact_email) if way]


def guide_to(loop: Loop, employer: Employer) -> Guide:
    """What candidates may know of a loop."""
    owner = next((one.person for one in loop.job.owners if one.matter is Matter.QUESTIONS), None)
    return Guide(
        job=loop.job,
        brief=brief_of(loop.job),
        employer=employer,
        questions_to=owner.name if owner else employer.contact_name,
        stages=tuple(_stage(stage, scenario_of(stage.scenario_version)) for stage in loop.stages),
        criteria=tuple(_scored(row) for row in rules.coverage(queries.planned(loop))),
        has_equal_weights=rules.are_equal(one.weight for stage in loop.stages for one in stage.criteria),
    )


def _stage(stage: Stage, scenario: Scenario) -> StageGuide:
    raters = sum(seat.part in COUNTING_PARTS for seat in stage.panel)
    return StageGuide(
        number=stage.position,
        title=scenario.stage_type.label,
        about=KINDS[scenario.kind],
        time_box=stage.time_box,
        raters=raters,
        guests=len(stage.panel) - raters,
        criteria=tuple(one.name for one in stage.criteria),
        artifact=scenario.artifact.accepted,
        before_reading=scenario.before_reading or "",
        reads_disclosure_first=scenario.disclosure_read_first,
        asks_of_the_past=any(probe.past for probe in scenario.probes),
        is_interrupted=bool(scenario.timed_facts),
    )


def _scored(row: Covered) -> Scored:
    """A competency once, over all stages; one that the library lacks has its name alone."""
    known = competency_library().get(row.code)
    return Scored(
        name=row.name,
        about=known.about if known else "",
        not_about=known.not_about if known else "",
        is_critical=row.is_critical,
        stages=tuple(position for position, cell in enumerate(row.cells, start=1) if cell),
        enough=tuple(row.bars),
    )
