"""The fields of an open scorecard: how they are named, what each may hold, and what they say together.

A draft is nothing but text by field name, so that saving, merging and keeping history need one mechanism:
`level-SAF`, `reason-SAF` and `because-SAF` for each criterion by its code; `note-1`, `ties-1` and `tags-1`
for each note; `probe-1` and `fact-1` for what of the script was used, `asked` for probes beyond it;
`verdict-1` and `ground-1` for each question that is decided; `flag-1` and `quote-1` for each red flag;
`seconds-answer` for the time used by each part; `volunteered` and `retelling`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from app.core.errors import Invalid

LEVELS = ("1", "2", "3", "4", "5")
NOT_OBSERVED = "no"
REASONS = ("not asked", "ran out of time", "no chance")
VERDICTS = ("pass", "hold", "fail")
TAGS = ("owned", "delegated", "escalated", "assumption", "check")
PARTS = ("read", "answer", "probes")
TICKED = "yes"
CHANGE = "Before: \nChange: \nAfter: "  # What a note about a change begins with.
MOST_NOTES, LONGEST = 200, 20_000

_SECONDS = re.compile(r"[0-9]{1,5}")
_NUMBERED = re.compile(r"(note|ties|tags|probe|fact|verdict|ground|flag|quote)-([1-9][0-9]{0,2})")


@dataclass(frozen=True)
class Saved:
    """The latest text of a field, how many times it was saved, and when it first and last was."""

    body: str
    count: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True)
class Scored:
    """What was given on one criterion: a level, or why it was not observed, or nothing yet."""

    level: int | None = None
    is_not_observed: bool = False
    reason: str = ""
    because: str = ""

    @property
    def is_given(self) -> bool:
        return self.level is not None or self.is_not_observed


@dataclass(frozen=True)
class Written:
    """One note: its text, the codes of the criteria it is tied to, and when it was first written."""

    position: int
    body: str
    ties: tuple[str, ...]
    at: datetime
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Decided:
    """What was said of an answer that is not rated: one of VERDICTS or nothing yet, and on what ground."""

    verdict: str = ""
    ground: str = ""


@dataclass(frozen=True)
class Heard:
    """A red flag of the script: whether it is raised, and the words that were heard."""

    is_raised: bool
    quote: str


@dataclass(frozen=True)
class Content:
    """What a scorecard holds, whether it is still open or frozen."""

    scored: Mapping[str, Scored] = field(default_factory=dict)
    notes: tuple[Written, ...] = ()
    probes: frozenset[int] = frozenset()
    facts: frozenset[int] = frozenset()
    retelling: str = ""
    asked: str = ""  # Probes beyond the script, one a line.
    decided: Mapping[int, Decided] = field(default_factory=dict)  # By the number of the question.
    flags: Mapping[int, Heard] = field(default_factory=dict)  # By the number of the red flag.
    volunteered: bool = False
    seconds: Mapping[str, int] = field(default_factory=dict)  # Time used, by part, where it was taken.

    @property
    def own_probes(self) -> list[str]:
        """The probes beyond the script, in their order."""
        return [line.strip() for line in self.asked.splitlines() if line.strip()]

    @property
    def raised(self) -> dict[int, str]:
        """What was heard of each red flag that is raised."""
        return {number: heard.quote for number, heard in self.flags.items() if heard.is_raised}

    @cached_property
    def evidence(self) -> Mapping[str, tuple[Written, ...]]:
        """The notes that are tied to each criterion, by its code."""
        codes = {code for note in self.notes for code in note.ties}
        return {code: tuple(note for note in self.notes if code in note.ties) for code in codes}

    def tied(self, code: str) -> int:
        """How many notes are evidence for a criterion."""
        return len(self.evidence.get(code, ()))

    @property
    def given(self) -> int:
        """How many criteria have a level, or a reason why not."""
        return sum(one.is_given for one in self.scored.values())


@dataclass(frozen=True)
class Shape:
    """Which fields the scorecard of one stage has."""

    codes: tuple[str, ...]
    probes: int
    facts: int
    flags: int = 0
    decided: tuple[int, ...] = ()  # The numbers of the questions that pass, hold or fail.

    def fixed_fields(self) -> Iterator[str]:
        """Every field but those of notes, of which there may be any number."""
        for code in self.codes:
            yield from (f"level-{code}", f"reason-{code}", f"because-{code}")
        yield from (f"probe-{number}" for number in range(1, self.probes + 1))
        yield from (f"fact-{number}" for number in range(1, self.facts + 1))
        for number in self.decided:
            yield from (f"verdict-{number}", f"ground-{number}")
        for number in range(1, self.flags + 1):
            yield from (f"flag-{number}", f"quote-{number}")
        yield from (f"seconds-{part}" for part in PARTS)
        yield from ("asked", "volunteered", "retelling")

    def check(self, name: str, body: str) -> None:
        """Raise Invalid unless this scorecard has such a field, and it may hold such a text."""
        if not self._has(name):
            raise Invalid(f"This scorecard has no field called {name[:40]}. Reload the page.")
        if len(body) > LONGEST:
            raise Invalid(f"At most {LONGEST:,} characters in one field; this has {len(body):,}.")
        if name.startswith("seconds-") and body and not _SECONDS.fullmatch(body):
            raise Invalid(f"{name} cannot be {body[:40]!r}.")
        allowed = self._allowed(name.split("-", maxsplit=1)[0])
        words = body.split(" ") if name.startswith(("ties-", "tags-")) else [body]
        if allowed is not None and body and not set(words) <= set(allowed):
            raise Invalid(f"{name} cannot be {body[:40]!r}.")

    def _has(self, name: str) -> bool:
        numbered = _NUMBERED.fullmatch(name)
        if numbered is None:
            return name in set(self.fixed_fields())
        if numbered[1] in {"note", "ties", "tags"}:
            return int(numbered[2]) <= MOST_NOTES
        return name in set(self.fixed_fields())

    def _allowed(self, kind: str) -> tuple[str, ...] | None:
        return {
            "level": (*LEVELS, NOT_OBSERVED),
            "reason": REASONS,
            "ties": self.codes,
            "tags": TAGS,
            "verdict": VERDICTS,
            **dict.fromkeys(("probe", "fact", "flag", "volunteered"), (TICKED,)),
        }.get(kind)


def normal(body: str) -> str:
    """The text as it is kept and digested, however a browser sent its line ends."""
    return body.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def is_text(name: str) -> bool:
    """Whether two versions of the field can both be kept, one below the other."""
    return name.startswith(("note-", "because-", "ground-", "quote-", "asked", "retelling"))


def both(theirs: str, mine: str) -> str:
    """Both texts, the one saved first above."""
    return f"{theirs}\n\n{mine}".strip()


def label(name: str) -> str:
    """What a person calls a field."""
    kind, _, which = name.partition("-")
    return {
        "level": f"Level of {which}",
        "reason": f"Why {which} was not observed",
        "because": f"Because of {which}",
        "note": f"Note {which}",
        "ties": f"What note {which} is tied to",
        "tags": f"Tags of note {which}",
        "probe": f"Probe {which} used",
        "fact": f"Fact {which} given",
        "asked": "Probes of your own",
        "verdict": f"Question {which}",
        "ground": f"Reason for question {which}",
        "flag": f"Red flag {which}",
        "quote": f"What was heard of red flag {which}",
        "seconds": f"Time used, {which}",
        "volunteered": "Something personal was volunteered",
        "retelling": "The answer in two lines",
    }[kind]


def numbers(names: Mapping[str, object], kind: str) -> list[int]:
    """The numbers of the fields of a kind, such as 1 and 3 for `note-1` and `note-3`."""
    found = (_NUMBERED.fullmatch(name) for name in names)
    return sorted(int(match[2]) for match in found if match and match[1] == kind)


def read(saved: Mapping[str, Saved], shape: Shape) -> Content:
    """What the fields of a draft say together; a note without text is a removed one."""

    def body(name: str) -> str:
        return saved[name].body.strip() if name in saved else ""

    def scored(code: str) -> Scored:
        chosen = body(f"level-{code}")
        missed = chosen == NOT_OBSERVED
        return Scored(
            level=int(chosen) if chosen in LEVELS else None,
            is_not_observed=missed,
            reason=body(f"reason-{code}") if missed else "",
            because=body(f"because-{code}"),
        )

    return Content(
        scored={code: scored(code) for code in shape.codes},
        notes=tuple(
            Written(
                position=number,
                body=body(f"note-{number}"),
                ties=tuple(code for code in shape.codes if code in body(f"ties-{number}").split()),
                at=saved[f"note-{number}"].first_at,
                tags=tuple(tag for tag in TAGS if tag in body(f"tags-{number}").split()),
            )
            for number in numbers(saved, "note")
            if body(f"note-{number}") not in {"", CHANGE.strip()}
        ),
        probes=frozenset(n for n in numbers(saved, "probe") if body(f"probe-{n}") == TICKED),
        facts=frozenset(n for n in numbers(saved, "fact") if body(f"fact-{n}") == TICKED),
        retelling=body("retelling"),
        asked=body("asked"),
        decided={n: Decided(body(f"verdict-{n}"), body(f"ground-{n}")) for n in shape.decided},
        flags={
            number: Heard(body(f"flag-{number}") == TICKED, body(f"quote-{number}"))
            for number in range(1, shape.flags + 1)
        },
        volunteered=body("volunteered") == TICKED,
        seconds={part: int(body(f"seconds-{part}")) for part in PARTS if body(f"seconds-{part}")},
    )


@dataclass(frozen=True)
class Change:
    """One field as a page wants to save it; `base` is how many savings of it the page had seen."""

    name: str
    body: str
    base: int
    sequence: int = 0


def changed(fields: Mapping[str, str], shown: Mapping[str, str], bases: Mapping[str, int]) -> list[Change]:
    """What was changed on a page that sends all its fields: those that differ from what it had been shown."""
    names = [name for name, body in fields.items() if body != shown.get(name, "")]
    return [
        Change(name, fields[name], bases.get(name, 0), number) for number, name in enumerate(names, start=1)
    ]


def pressed(button: str, removed: Mapping[int, str]) -> dict[str, str]:
    """What the button of a note makes of it: "remove-3" takes it away, "bring-back-3" undoes that."""
    verb, _, number = button.rpartition("-")
    if verb == "remove" and number.isdigit():
        return {f"note-{number}": ""}
    if verb == "bring-back" and number.isdigit() and int(number) in removed:
        return {f"note-{number}": removed[int(number)]}
    return {}


def appended(saved: Mapping[str, Saved], texts: Iterable[tuple[str, str, datetime]]) -> dict[str, Saved]:
    """The fields of a draft after these texts were saved, one after the other, each at its time."""
    found = dict(saved)
    for name, body, at in texts:
        before = found.get(name)
        found[name] = Saved(
            body, before.count + 1 if before else 1, before.first_at if before else at, last_at=at
        )
    return found


@dataclass(frozen=True)
class Clash:
    """A field that was saved elsewhere after the page had seen it: both texts, and the count to build on."""

    name: str
    mine: str
    theirs: str
    count: int

    @property
    def label(self) -> str:
        return label(self.name)

    @property
    def can_keep_both(self) -> bool:
        return is_text(self.name)
