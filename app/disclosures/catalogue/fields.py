"""What a field of a disclosure is made of, and short ways to write one down."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Literal, TypedDict, Unpack

from app.disclosures.catalogue.directions import HEAVIER, LIGHTER
from app.jobs.rules import Profile
from reports.workload.budget import Period
from scenarios import Role, Setting

Kind = Literal["number", "text", "list", "choice", "mix", "ramp"]
Direction = Literal["higher", "lower", ""]

MOST_VISITS: dict[Period, int] = {"week": 1000, "day": 200}
MINUTES: dict[Period, int] = {"week": 7 * 24 * 60, "day": 24 * 60}
A_WEEK = " a week"


class Predictor(StrEnum):
    """What tells whether a job can be kept up; how complete a disclosure is, is counted on these."""

    TARGET = "Target"
    DOCUMENTATION = "Documentation time"
    PATIENTS = "Patient mix"
    MENTORING = "Mentoring"
    OVERLOAD = "Overload"
    SUPPORT = "Support"
    SUPERVISION = "Supervision"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field. `highest` is the most that can be true; fields `in_sum` enter the minute budget, and those
    `by_period` are counted by the week or by the day, as the job's sums are.

    A required field needs a value, and so does one that the job's setting or role makes compulsory; any other
    may say instead why it has none. `may_not_apply` lets a required one say that it does not apply. A field
    that `goes_with` another does not apply where that one does not.
    """

    key: str
    label: str
    unit: str = ""
    kind: Kind = "number"
    required: bool = False
    may_not_apply: bool = False
    settings: frozenset[Setting] = field(default_factory=frozenset)
    roles: frozenset[Role] = field(default_factory=frozenset)
    goes_with: str = ""
    in_sum: bool = False
    by_period: bool = False
    lowest: int = 0
    highest: int = 100_000
    options: tuple[str, ...] = ()
    hint: str = ""
    predicts: Predictor | None = None

    @property
    def worse(self) -> Direction:
        """In which direction the number is worse for whoever takes the job; empty where neither is."""
        return "higher" if self.key in HEAVIER else "lower" if self.key in LIGHTER else ""

    def is_needed(self, profile: Profile) -> bool:
        """Whether a value has to be given for a job like this."""
        return self.required or profile.setting in self.settings or profile.role in self.roles

    def of(self, period: Period) -> "Field":
        """The same field where the sums are of this period: what is counted a week is counted a day."""
        if period == "week" or not self.by_period:
            return self
        label = f"{self.label.removesuffix(A_WEEK)} a {period}"
        most = MINUTES[period] if self.highest == MINUTES["week"] else min(self.highest, MOST_VISITS[period])
        return replace(self, label=label, highest=most)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Fields that are filled in together, often from one source."""

    key: str
    label: str
    hint: str
    fields: tuple[Field, ...]

    @property
    def source_key(self) -> str:
        """Under which the group's shared source is kept."""
        return f"{self.key}_source"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Groups that stand on one page of the editor, in the order in which a job is thought through."""

    key: str
    label: str
    groups: tuple[Group, ...]


class More(TypedDict, total=False):
    """What else may be said of a field when it is written down."""

    required: bool
    may_not_apply: bool
    settings: frozenset[Setting]
    roles: frozenset[Role]
    goes_with: str
    in_sum: bool
    lowest: int
    hint: str
    predicts: Predictor | None


def number(key: str, label: str, unit: str = "", *, highest: int = 1000, **more: Unpack[More]) -> Field:
    """A number; it stands beside the sums unless it says otherwise."""
    return Field(key=key, label=label, unit=unit, highest=highest, **more)


def percent(key: str, label: str, *, highest: int = 100, **more: Unpack[More]) -> Field:
    """A share, from 0 to 100."""
    return number(key, label, "%", highest=highest, **more)


def minutes(key: str, label: str, **more: Unpack[More]) -> Field:
    """Minutes of one period that enter the budget."""
    said: More = {"in_sum": True, **more}
    label = f"{label}{A_WEEK}"
    return Field(key=key, label=label, unit="min", by_period=True, highest=MINUTES["week"], **said)


def minutes_each(key: str, label: str, **more: Unpack[More]) -> Field:
    """Minutes that one visit or one report takes."""
    said: More = {"in_sum": True, **more}
    return Field(key=key, label=label, unit="min", highest=MINUTES["day"], **said)


def visits(key: str, label: str, **more: Unpack[More]) -> Field:
    """How many in one period."""
    said: More = {"in_sum": True, **more}
    label = f"{label}{A_WEEK}"
    return Field(key=key, label=label, by_period=True, highest=MOST_VISITS["week"], **said)


def words(key: str, label: str, **more: Unpack[More]) -> Field:
    """A sentence or two."""
    return Field(key=key, label=label, kind="text", **more)


def items(key: str, label: str, **more: Unpack[More]) -> Field:
    """A short list, one item a line."""
    said: More = {"required": True, **more}
    return Field(key=key, label=label, kind="list", **said)


def one_of(key: str, label: str, options: tuple[str, ...], **more: Unpack[More]) -> Field:
    """One of a few answers."""
    return Field(key=key, label=label, kind="choice", options=options, **more)


def mix(key: str, label: str, **more: Unpack[More]) -> Field:
    """Shares by name, which make 100 together."""
    return Field(key=key, label=label, unit="%", kind="mix", **more)
