"""What a disclosure may say: which values are impossible, and what is missing before it can be published."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.core.errors import Conflict, Invalid
from app.disclosures.catalogue import BY_KEY, FIELDS, GROUP_OF, GROUPS, Field
from app.disclosures.facts import BLANK, Basis, Fact, FactState

NUMBERS = ("typical", "low", "high", "bad_week")
LONGEST_TEXT, LONGEST_ITEM, MOST_ITEMS = 1000, 160, 8
LONGEST_WINDOW, MOST_PEOPLE = 104, 10_000
KEPT_DECIMALS = 3
SHORTEST_NAME, LONGEST_NAME = 2, 120

# (what must not be more, than what): both are counted in the same week.
NOT_MORE_THAN = (
    ("visits_completed", "visits_booked", "visits booked"),
    ("evaluations_completed", "evaluations_booked", "evaluations booked"),
    ("evaluations_booked", "visits_booked", "visits booked"),
    ("evaluations_completed", "visits_completed", "visits completed"),
)


@dataclass(frozen=True, slots=True)
class Gap:
    """What is missing of one field before the disclosure can be published."""

    key: str
    group: str
    label: str
    sentence: str


def name_of(key: str, attribute: str) -> str:
    """How a form calls one attribute of one field."""
    return f"{key}-{attribute}"


def number(value: Decimal) -> str:
    """A number as it is typed: no trailing zeros, no exponent."""
    return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"


def check_facts(facts: Mapping[str, Fact], *, today: date) -> None:
    """Refuse what cannot be true, at the field it is about, with the sentence that explains it."""
    problems: dict[str, str] = {}
    for key, fact in facts.items():
        for attribute, sentence in _impossible(fact, BY_KEY.get(key), today):
            problems.setdefault(name_of(key, attribute), sentence)
    for name, sentence in _contradictions(facts):
        problems.setdefault(name, sentence)
    if problems:
        raise Invalid(**problems)


def _impossible(fact: Fact, field: Field | None, today: date) -> Iterator[tuple[str, str]]:
    """What is wrong with one fact by itself; a group's source row has no field."""
    if field is not None and field.kind == "number":
        yield from _numbers(fact, field)
    if field is not None and field.kind == "list":
        if len(fact.items) > MOST_ITEMS:
            yield "text", f"At most {MOST_ITEMS} lines; this has {len(fact.items)}."
        if any(len(item) > LONGEST_ITEM for item in fact.items):
            yield "text", f"At most {LONGEST_ITEM} characters a line."
    for attribute in ("text", "source", "owner", "note", "reason", "bad_week_reason"):
        if len(getattr(fact, attribute)) > LONGEST_TEXT:
            yield attribute, f"At most {LONGEST_TEXT:,} characters."
    if fact.window_weeks is not None and not 1 <= fact.window_weeks <= LONGEST_WINDOW:
        yield "window_weeks", f"From 1 to {LONGEST_WINDOW} weeks."
    if fact.people is not None and not 1 <= fact.people <= MOST_PEOPLE:
        yield "people", f"From 1 to {MOST_PEOPLE:,} people."
    if fact.as_of is not None and fact.as_of > today:
        yield "as_of", f"This day is still to come; at the latest {today.day} {today:%B %Y}."
    if not fact.is_given:
        if fact.has_value or fact.bad_week is not None:
            yield "state", f"Here is a value; take it out, or say “{FactState.GIVEN}”."
        if fact.state is FactState.WITHHELD and not fact.reason:
            yield "reason", "Say why it is withheld; candidates read the reason."


def _numbers(fact: Fact, field: Field) -> Iterator[tuple[str, str]]:
    for attribute in NUMBERS:
        value = getattr(fact, attribute)
        if value is None:
            continue
        if value < field.lowest:
            yield attribute, f"{field.lowest} or more."
        elif value > field.highest:
            yield attribute, f"At most {field.highest:,}{field.unit if field.unit == '%' else ''}."
        elif value != round(value, KEPT_DECIMALS):
            yield attribute, f"At most {KEPT_DECIMALS} digits after the point."
    low, typical, high = fact.low, fact.typical, fact.high
    if low is not None and high is not None and low > high:
        yield "low", f"The low end is above the high one; at most {number(high)}."
    elif typical is not None and low is not None and typical < low:
        yield "typical", f"Below the low end of the range; at least {number(low)}."
    elif typical is not None and high is not None and typical > high:
        yield "typical", f"Above the high end of the range; at most {number(high)}."


def _contradictions(facts: Mapping[str, Fact]) -> Iterator[tuple[str, str]]:
    """What two facts cannot both say, in the typical and in the bad week."""
    for less, more, called in NOT_MORE_THAN:
        for attribute, value in (("typical", "typical"), ("bad_week", "worst")):
            part = getattr(facts.get(less, BLANK), value)
            whole = getattr(facts.get(more, BLANK), value)
            if part is not None and whole is not None and part > whole:
                yield name_of(less, attribute), f"At most the {number(whole)} {called}."


def effective(facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """Every field's fact, with its group's source where it names none of its own."""
    return {
        field.key: facts.get(field.key, BLANK).filled_from(facts.get(GROUP_OF[field.key].source_key, BLANK))
        for field in FIELDS
    }


def gaps(facts: Mapping[str, Fact], *, has_pay_range: bool) -> list[Gap]:
    """What is missing before publication; `facts` are the effective ones."""
    found = [] if has_pay_range else [Gap("pay_range", "Job", "Pay range", "The job has none yet.")]
    for field in FIELDS:
        sentence = _missing(facts[field.key], field)
        if sentence:
            found.append(Gap(field.key, GROUP_OF[field.key].label, field.label, sentence))
    return found


def _missing(fact: Fact, field: Field) -> str:
    """The first thing one fact lacks, as a sentence; empty when it is whole."""
    if field.required and not fact.is_stated:
        return "A value is needed."
    if fact.is_blank:
        return "Give a value, or say why there is none."
    if not fact.is_given:
        return ""
    if field.key == "visits_completed" and (fact.bad_week is None or not fact.bad_week_reason):
        return "Say how many in the bad week, and why it was bad."
    wanted: dict[str, object] = {"source": fact.source, "as-of date": fact.as_of}
    if field.kind == "number":
        wanted = {"basis": fact.basis, **wanted}
    if fact.basis is Basis.MEASURED:
        wanted |= {"window in weeks": fact.window_weeks, "number of people": fact.people}
    lacking = [word for word, value in wanted.items() if not value]
    return f"Name its {', '.join(lacking)}." if lacking else ""


def completeness(facts: Mapping[str, Fact]) -> dict[str, tuple[int, int]]:
    """By group, how many fields say something, of how many; `facts` are the effective ones."""
    return {
        group.key: (
            sum(1 for field in group.fields if not facts[field.key].is_blank),
            len(group.fields),
        )
        for group in GROUPS
    }


def check_reason(reason: str) -> str:
    """A retraction says why, because its notice stays in the place of the version."""
    if not reason.strip():
        raise Invalid(reason="Say why; the reason is read in the place of the version.")
    if len(reason) > LONGEST_TEXT:
        raise Invalid(reason=f"At most {LONGEST_TEXT:,} characters.")
    return reason.strip()


def check_name(name: str) -> str:
    """The name typed under an acknowledgement, as it was typed."""
    if not SHORTEST_NAME <= len(name.strip()) <= LONGEST_NAME:
        raise Invalid(name="Type your name.")
    return name.strip()


def check_version(expected: int, found: int) -> None:
    """The form was made from the draft as it is now; else somebody saved meanwhile."""
    if expected != found:
        raise Conflict("Somebody saved this draft meanwhile.")
