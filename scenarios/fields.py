"""The fields of a scenario as an author fills them in: a name, a label and a shape each, section by section.

A field's name is its place in a file as problems spell it (`criteria.2.anchors.4`), so that whatever is found
there stands at the field. Only a bar's minimums are asked for beside the criterion: `criteria.2.minimum.mid`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from scenarios.vocabulary import IncidentSource, Kind, Level, Role, Setting, StageType, Word


class Shape(Enum):
    """How a field is filled in, and what its text stands for."""

    LINE = "line"  # One piece of text; breaks in it are blanks.
    PROSE = "prose"
    NUMBER = "number"
    CHOICE = "choice"
    TICK = "tick"  # "true", or nothing.
    LINES = "lines"  # One item a line.
    WORDS = "words"  # Words with blanks or commas between them.


@dataclass(frozen=True)
class Field:
    """One field: what it is called, how it is filled in, and what an author should know of it."""

    name: str
    label: str
    shape: Shape = Shape.LINE
    hint: str = ""
    optional: bool = False
    choices: tuple[Word, ...] = ()


@dataclass(frozen=True)
class Section:
    """Fields that an author thinks of together; `rows` names what is repeated among them."""

    key: str
    title: str
    hint: str
    fields: tuple[Field, ...]
    rows: str = ""


LEVELS = tuple(Level)
ANCHORS = range(1, 6)
MOST_ROWS = 20

SECTIONS = (
    Section(
        "what",
        "What it is",
        "",
        (
            Field("title", "Title", hint="Neutral; it does not give away the point."),
            Field("kind", "Kind", Shape.CHOICE, choices=tuple(Kind)),
            Field("stage_type", "Stage", Shape.CHOICE, choices=tuple(StageType)),
            Field("setting", "Setting", Shape.CHOICE, choices=tuple(Setting)),
            Field("role", "Role", Shape.CHOICE, choices=tuple(Role)),
            Field("written_for", "Written for", Shape.CHOICE, choices=LEVELS),
            Field("levels", "May be used at", Shape.WORDS, choices=LEVELS),
            Field("time_box.read", "Minutes to read", Shape.NUMBER),
            Field("time_box.answer", "Minutes to answer", Shape.NUMBER),
            Field("time_box.probes", "Minutes for probes", Shape.NUMBER),
            Field("time_box.paper_allowed", "Paper is allowed", Shape.TICK, optional=True),
        ),
    ),
    Section(
        "heard",
        "What the candidate hears",
        "In these words, to everybody",
        (
            Field("prompt", "Prompt", Shape.PROSE, "90 to 200 words, second person, one open question."),
            Field(
                "disclosure_read_first",
                "The candidate reads the workload disclosure first",
                Shape.TICK,
                optional=True,
            ),
            Field(
                "before_reading",
                "Said before reading",
                hint="Where the prompt may distress.",
                optional=True,
            ),
            Field(
                "procedure",
                "How it is held",
                Shape.LINES,
                "One item a line, where it is not simply an interview.",
                optional=True,
            ),
            Field(
                "handout",
                "Fact sheet handed over with the prompt",
                Shape.LINES,
                "One item a line.",
                optional=True,
            ),
        ),
        rows="questions",
    ),
    Section(
        "facts-and-constraints",
        "Facts and constraints",
        "",
        (
            Field(
                "facts",
                "Facts on request",
                Shape.LINES,
                "One a line, 5 to 12; one of them changes the right action.",
            ),
            Field("constraints", "Constraints", Shape.LINES, "One a line, true of the setting."),
        ),
        rows="timed_facts",
    ),
    Section("probes", "Probes", "3 to 5 neutral questions, one of them about the past", (), rows="probes"),
    Section("criteria", "Criteria", "3 to 5, with five anchors each", (), rows="criteria"),
    Section("bars", "Bars by level", "The same anchors at every level; only the bar differs", ()),
    Section(
        "signs",
        "What to listen for",
        "",
        (
            Field("observable", "What can be heard or seen", Shape.LINES, "One a line."),
            Field("red_flags", "Red flags", Shape.LINES, "One a line: conduct that could harm."),
            Field("anti_signals", "Anti-signals", Shape.LINES, "One a line: look at the anchors again."),
        ),
    ),
    Section(
        "artifact",
        "What may be brought",
        "",
        (
            Field("artifact.accepted", "Accepted", hint="With a simulated option."),
            Field("artifact.review", "Looked at for", Shape.LINES, "Five points, one a line.", optional=True),
        ),
    ),
    Section(
        "notes",
        "Notes for interviewers",
        "",
        (
            Field(
                "interviewer_notes",
                "Notes",
                Shape.PROSE,
                "Variants that are right, words to explain, usual rating errors.",
            ),
            Field("do_not_ask", "Do not ask about", Shape.LINES, "One a line."),
        ),
    ),
    Section(
        "job-analysis",
        "Why it is job-related",
        "",
        (
            Field("job_analysis.task", "Task of the job"),
            Field("job_analysis.incident", "Incident in which it mattered", Shape.PROSE),
            Field(
                "job_analysis.incident_source",
                "Where the incident is from",
                Shape.CHOICE,
                choices=tuple(IncidentSource),
            ),
            Field(
                "disclosure_fields",
                "Touches these facts of the workload disclosure",
                Shape.LINES,
                "One a line, so that the two cannot contradict each other.",
            ),
        ),
    ),
)

# What is repeated: the fields of one row, by the name of the list, with what a row is called.
ROWS: dict[str, tuple[Field, ...]] = {
    "questions": (
        Field("text", "In these words"),
        Field("criteria", "Rated on", Shape.WORDS, optional=True),
        Field("verdict.to_pass", "Or decided: it passes when", optional=True),
        Field("verdict.to_hold", "It holds when", optional=True),
        Field("verdict.to_fail", "It fails when", optional=True),
    ),
    "timed_facts": (
        Field("minute", "At minute", Shape.NUMBER, "Of the answer; told without being asked for."),
        Field("text", "In these words"),
    ),
    "probes": (
        Field("text", "In these words"),
        Field("criteria", "Asks about", Shape.WORDS),
        Field("past", "About something the candidate did once", Shape.TICK, optional=True),
        Field("after", "After question number", Shape.NUMBER, optional=True),
    ),
    "criteria": (
        Field("code", "Competency", Shape.CHOICE),
        Field("critical", "Critical", Shape.TICK, optional=True),
        Field("weight", "Weight", Shape.NUMBER, "1 to 10; blank is 1.", optional=True),
        *(Field(f"anchors.{level}", f"Level {level}", Shape.PROSE) for level in ANCHORS),
    ),
}
ROW_NAMES = {
    "questions": "Question",
    "timed_facts": "Timed fact",
    "probes": "Probe",
    "criteria": "Criterion",
}
OPTIONAL_ROWS = frozenset({"questions", "timed_facts"})
MINIMUM = Field("minimum", "Minimum", Shape.NUMBER, optional=True)
# A rule over several criteria that a level may have besides its minimums.
COUNT = (
    Field("count.at_least", "At least", Shape.NUMBER, optional=True),
    Field("count.of", "Of these criteria", Shape.WORDS, optional=True),
    Field("count.level", "Reach level", Shape.NUMBER, optional=True),
    Field("count.over_loop", "Anywhere in the loop", Shape.TICK, optional=True),
)

SINGLE = {field.name: field for section in SECTIONS for field in section.fields} | {
    f"bars.{level.value}.{field.name}": field for level in LEVELS for field in COUNT
}
_OF_A_ROW = re.compile(rf"({'|'.join(ROWS)})\.(\d+)(?:\.(.+))?")


def of_rows(counts: Mapping[str, int]) -> Iterator[tuple[str, Field]]:
    """Yield the name and field of everything repeated, when there are so many rows of each."""
    for group, row in ROWS.items():
        for number in range(1, counts[group] + 1):
            for field in row:
                yield f"{group}.{number}.{field.name}", field
    for number in range(1, counts["criteria"] + 1):
        for level in LEVELS:
            yield minimum_of(number, level), MINIMUM


def all_fields(counts: Mapping[str, int]) -> Iterator[tuple[str, Field]]:
    """Yield the name and field of everything an author fills in, when there are so many rows of each."""
    yield from SINGLE.items()
    yield from of_rows(counts)


def minimum_of(number: int, level: Level) -> str:
    """Name the field of a criterion's minimum at a level."""
    return f"criteria.{number}.minimum.{level.value}"


def row_of(name: str) -> tuple[str, int, str] | None:
    """Take the name of a repeated field apart: the list, the number of the row, and the rest."""
    found = _OF_A_ROW.fullmatch(name)
    return (found[1], int(found[2]), found[3] or "") if found else None


def label_of(place: str, texts: Mapping[str, str]) -> str:
    """Say a place in words: "Prompt", "SAF, level 4", "Probe 2, asks about"."""
    row = row_of(place)
    if row is None:
        return _label_of_single(place)
    group, number, rest = row
    named = texts.get(f"criteria.{number}.code", "") if group == "criteria" else ""
    whose = named or f"{ROW_NAMES[group]} {number}"
    if rest.startswith("minimum."):
        return f"{whose}, bar for {rest.removeprefix('minimum.')}"
    labels = {field.name: field.label for field in ROWS[group]}
    what = labels.get(rest, "")
    return f"{whose}, {what[:1].lower()}{what[1:]}" if what else whose


def _label_of_single(place: str) -> str:
    if place in SINGLE and not place.startswith("bars."):
        return SINGLE[place].label
    if place.startswith("bars."):
        return f"Bar for {place.split('.')[1]}"
    titles = {section.key: section.title for section in SECTIONS}
    titles |= {"questions": "Questions", "timed_facts": "Timed facts", "id": "Name in files"}
    return titles.get(place, "The whole scenario")
