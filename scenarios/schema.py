"""The shape of a pack: which fields a scenario has and what each may hold.

Only the shape is here. What good content must satisfy besides stands in `rules`: a version that was
imported once must open for ever, also after a rule became stricter.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, RootModel

from scenarios.vocabulary import (
    Difficulty,
    IncidentSource,
    Kind,
    Level,
    Role,
    Setting,
    StageType,
    Status,
    Unheard,
    Use,
)

Identifier = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Code = Annotated[str, Field(pattern=r"^[A-Z]{2,5}$")]
Line = Annotated[str, Field(min_length=1, max_length=300)]
Prose = Annotated[str, Field(min_length=1, max_length=4_000)]
Lines = Annotated[tuple[Line, ...], Field(min_length=1)]
Version = Annotated[int, Field(ge=1, le=9_999)]
Minutes = Annotated[int, Field(ge=1, le=120)]
ScaleLevel = Annotated[int, Field(ge=1, le=5)]


class Document(BaseModel):
    """What all parts of a pack share: no unknown field, no change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Competency(Document):
    """A job-related capability of the library, named by a code that every pack shares."""

    name: Line
    about: Line
    not_about: Line


class Library(RootModel[dict[Code, Competency]]):
    """The competencies by code, as `competencies.yaml` holds them."""


class TimeBox(Document):
    """Minutes to read, to answer and for the probes."""

    read: Minutes
    answer: Minutes
    probes: Minutes
    paper_allowed: bool = False

    @property
    def total(self) -> int:
        """Minutes of the whole scenario."""
        return self.read + self.answer + self.probes


class Criterion(Document):
    """A competency as it is scored in this one scenario."""

    code: Code
    critical: bool = False
    weight: Annotated[int, Field(ge=1, le=10)] = 1
    anchors: Annotated[tuple[Prose, ...], Field(min_length=5, max_length=5)]

    def anchor(self, level: int) -> str:
        """Return the described behavior of one level of the scale, 1 to 5."""
        return self.anchors[level - 1]


class CountRule(Document):
    """A bar over several criteria: at least so many of them reach a level, here or anywhere in the loop."""

    at_least: Annotated[int, Field(ge=1, le=5)]
    of: Annotated[tuple[Code, ...], Field(min_length=1)]
    level: ScaleLevel
    over_loop: bool = False


class Bar(Document):
    """What one level of seniority must reach: a minimum a criterion and perhaps a rule over several."""

    minimum: dict[Code, ScaleLevel]
    count: CountRule | None = None


class Verdict(Document):
    """What passes, holds or fails an answer that is not rated; whoever asks writes down the reason."""

    to_pass: Line
    to_hold: Line
    to_fail: Line


class Question(Document):
    """A question put to every candidate after the prompt: decided by a verdict, or rated on criteria."""

    criteria: tuple[Code, ...] = ()
    text: Line
    verdict: Verdict | None = None


class Probe(Document):
    """A scripted neutral question; `past` marks the one that asks what the candidate did once.

    `after` is the number of the question that it follows, where the scenario has questions.
    """

    criteria: Annotated[tuple[Code, ...], Field(min_length=1)]
    after: Annotated[int, Field(ge=1, le=20)] | None = None
    past: bool = False
    text: Line


class TimedFact(Document):
    """A fact that nobody has to ask for: it is told when the answer has gone on for so many minutes."""

    minute: Minutes
    text: Line


class Artifact(Document):
    """What a candidate may bring, and the points on which it is looked at."""

    accepted: Line
    review: tuple[Line, ...] = ()


class JobAnalysis(Document):
    """Why the scenario is job-related: a task of the job and an incident in which it mattered."""

    task: Line
    incident: Prose
    incident_source: IncidentSource


class Scenario(Document):
    """A standard situation with its probes and rubric, put in the same words to every candidate."""

    id: Identifier
    version: Version
    status: Status
    kind: Kind
    stage_type: StageType
    setting: Setting
    role: Role
    written_for: Level
    levels: Annotated[tuple[Level, ...], Field(min_length=1)]
    title: Line
    time_box: TimeBox
    disclosure_read_first: bool = False
    before_reading: Line | None = None
    procedure: Lines = ()
    prompt: Prose
    handout: Lines = ()
    questions: Annotated[tuple[Question, ...], Field(min_length=1)] = ()
    facts: tuple[Line, ...]
    timed_facts: Annotated[tuple[TimedFact, ...], Field(min_length=1)] = ()
    constraints: Lines
    probes: tuple[Probe, ...]
    observable: Lines
    criteria: tuple[Criterion, ...]
    bars: dict[Level, Bar]
    red_flags: Lines
    anti_signals: Lines
    artifact: Artifact
    interviewer_notes: Prose
    do_not_ask: Lines
    job_analysis: JobAnalysis
    disclosure_fields: Lines

    @property
    def codes(self) -> tuple[str, ...]:
        """The competencies that this scenario scores, in the order of its rubric."""
        return tuple(criterion.code for criterion in self.criteria)

    @property
    def all_facts(self) -> tuple[str, ...]:
        """Every fact that an interviewer may tell, by its number: those on request, then the timed ones."""
        return (*self.facts, *(fact.text for fact in self.timed_facts))


class Gold(Document):
    """What an answer shows on one criterion: a level, or why nothing could be heard, and the reason."""

    code: Code
    level: ScaleLevel | None = None
    accept: tuple[ScaleLevel, ...] = ()  # What is as right as the level, with it.
    not_observed: Unheard | None = None
    reason: Prose

    @property
    def accepted(self) -> tuple[int, ...]:
        """The levels that are right; none where nothing could be heard."""
        return self.accept or (() if self.level is None else (self.level,))


class GoldFlag(Document):
    """A red flag of the scenario that an answer holds, in the words of the answer."""

    flag: Line
    quote: Prose
    why: Line


class Vignette(Document):
    """A written answer to a scenario with its gold scores, for raters to practice on."""

    id: Identifier
    scenario: Identifier
    title: Line
    use: Use
    trap: Line
    difficulty: Difficulty
    read_after: Identifier | None = None
    answer: Prose  # What the interviewer said stands in square brackets.
    gold: Annotated[tuple[Gold, ...], Field(min_length=1)]
    red_flags: tuple[GoldFlag, ...] = ()
    deviation: Line | None = None  # What the interviewer did beside the script.
    missed_by: Prose | None = None  # Who misses the trap is...


class PackHeader(Document):
    """What `pack.yaml` says about a pack."""

    id: Identifier
    title: Line
    version: Version
    profession: Line
    summary: Prose


class Pack(PackHeader):
    """A versioned bundle of scenarios, with the competencies they score and answers to practice on."""

    competencies: dict[Code, Competency]
    scenarios: tuple[Scenario, ...]
    vignettes: tuple[Vignette, ...] = ()

    @property
    def settings(self) -> tuple[Setting, ...]:
        """The settings its scenarios play in, in the order of the vocabulary."""
        return tuple(word for word in Setting if any(one.setting is word for one in self.scenarios))

    @property
    def stage_types(self) -> tuple[StageType, ...]:
        """The stage types its scenarios can fill, in the order of the vocabulary."""
        return tuple(word for word in StageType if any(one.stage_type is word for one in self.scenarios))
