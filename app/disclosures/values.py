"""Which values are impossible: each is refused at its field, with the sentence that explains it."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from app.disclosures.catalogue import Field, catalogue
from app.disclosures.facts import BLANK, Basis, Fact, FactState
from app.disclosures.shares import wrong_in_mix, wrong_in_ramp
from reports.workload.budget import Period

NUMBERS = ("typical", "low", "high", "bad_week")
LONGEST_TEXT, LONGEST_ITEM, MOST_ITEMS = 1000, 160, 8
LONGEST_WINDOW, MOST_PEOPLE = 104, 10_000
FEWEST_PEOPLE = 3
KEPT_DECIMALS = 3

# (what must not be more, than what): both are counted in the same period.
NOT_MORE_THAN = (
    ("visits_completed", "visits_booked", "visits booked"),
    ("evaluations_completed", "evaluations_booked", "evaluations booked"),
    ("evaluations_booked", "visits_booked", "visits booked"),
    ("evaluations_completed", "visits_completed", "visits completed"),
    ("other_visits", "other_visits_booked", "other visits booked"),
    ("other_visits", "visits_completed", "visits completed"),
    ("paid_breaks", "paid_minutes", "paid minutes"),
)


def name_of(key: str, attribute: str) -> str:
    """How a form calls one attribute of one field."""
    return f"{key}-{attribute}"


def number(value: Decimal) -> str:
    """A number as it is typed: no trailing zeros, no exponent."""
    return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"


def period_of(facts: Mapping[str, Fact]) -> Period:
    """Whether the sums of these facts are of a week or of a day; of a week until it is said."""
    return "day" if facts.get("period", BLANK).text == "day" else "week"


def impossible(facts: Mapping[str, Fact], *, today: date) -> dict[str, str]:
    """Why what cannot be true cannot, by the name of the field it is about."""
    problems: dict[str, str] = {}
    fields = catalogue(period_of(facts)).by_key
    for key, fact in facts.items():
        for attribute, sentence in _in_itself(fact, fields.get(key), today):
            problems.setdefault(name_of(key, attribute), sentence)
    for name, sentence in _between(facts):
        problems.setdefault(name, sentence)
    return problems


def _in_itself(fact: Fact, field: Field | None, today: date) -> Iterator[tuple[str, str]]:
    """What is wrong with one fact by itself; a group's source row has no field."""
    if field is not None and field.kind == "number":
        yield from _numbers(fact, field)
    elif field is not None:
        yield from _lines(fact, field)
    for attribute in ("text", "source", "owner", "note", "reason", "bad_week_reason"):
        if len(getattr(fact, attribute)) > LONGEST_TEXT:
            yield attribute, f"At most {LONGEST_TEXT:,} characters."
    if fact.window_weeks is not None and not 1 <= fact.window_weeks <= LONGEST_WINDOW:
        yield "window_weeks", f"From 1 to {LONGEST_WINDOW} weeks."
    yield from _people(fact)
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


def _lines(fact: Fact, field: Field) -> Iterator[tuple[str, str]]:
    if field.kind == "mix" and (wrong := wrong_in_mix(fact.items)):
        yield "text", wrong
    if field.kind == "ramp" and (wrong := wrong_in_ramp(fact.items)):
        yield "text", wrong
    if field.kind == "list":
        if len(fact.items) > MOST_ITEMS:
            yield "text", f"At most {MOST_ITEMS} lines; this has {len(fact.items)}."
        if any(len(item) > LONGEST_ITEM for item in fact.items):
            yield "text", f"At most {LONGEST_ITEM} characters a line."


def _people(fact: Fact) -> Iterator[tuple[str, str]]:
    """A measurement says on how many; one of very few is theirs to share."""
    if fact.people is None:
        if fact.basis is Basis.MEASURED:
            yield "people", "Measured on how many people? Say the number."
    elif not 1 <= fact.people <= MOST_PEOPLE:
        yield "people", f"From 1 to {MOST_PEOPLE:,} people."
    elif fact.people < FEWEST_PEOPLE and not fact.shared_with_consent:
        whose = "One person's record" if fact.people == 1 else "Two people's records"
        yield "people", f"{whose}: tick that it is shared with consent, or measure a wider group."


def _between(facts: Mapping[str, Fact]) -> Iterator[tuple[str, str]]:
    """What two facts cannot both say, in the typical and in the bad week."""
    for less, more, called in NOT_MORE_THAN:
        for attribute, value in (("typical", "typical"), ("bad_week", "worst")):
            part = getattr(facts.get(less, BLANK), value)
            whole = getattr(facts.get(more, BLANK), value)
            if part is not None and whole is not None and part > whole:
                yield name_of(less, attribute), f"At most the {number(whole)} {called}."
