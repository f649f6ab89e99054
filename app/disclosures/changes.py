"""Two documents in words: what is heavier in the later one, whether the scope drifted, two jobs at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.disclosures.catalogue import BY_KEY
from app.disclosures.comparing import PAY, Difference, differences
from app.disclosures.document import Document
from app.disclosures.facts import FactState
from app.disclosures.reading import Reading, line
from app.disclosures.reading.sections import Ages
from app.web.words import listing

HEAVIER, LIGHTER = "heavier", "lighter"
SUPPORT = (
    "aide_hours",
    "desk_hours",
    "authorization_hours",
    "billing_hours",
    "interpreter_hours",
    "lift_hours",
    "remote_hours",
    "mentor",
    "supervision_received",
)
# What jobs are chosen by: what is asked for, and what helps with it.
CHOSEN_BY = (
    ("Pay", (PAY, "pay_covers")),
    (
        "Volume or depth",
        (
            "visits_completed",
            "caseload",
            "evaluation_minutes",
            "follow_up_minutes",
            "group_share",
            "target",
            "productivity",
            "acuity",
        ),
    ),
    (
        "Schedule",
        ("hours", "schedule_notice", "schedule_changes", "weekend_days", "evenings", "float_share", "travel"),
    ),
    (
        "Documentation",
        (
            "evaluation_writing",
            "follow_up_writing",
            "protected_writing",
            "after_hours",
            "after_hours_pay",
            "note_deadline",
        ),
    ),
    (
        "Supervision and ratios",
        (
            "supervision_received",
            "supervision_given",
            "supervision_ratio",
            "ratio_allowed",
            "supervision_terms",
            "co_sign",
        ),
    ),
    (
        "Mentoring and support",
        ("mentor", "mentor_terms", "ramp", "aide_hours", "desk_hours", "authorization_hours"),
    ),
    ("Team", ("vacancy", "departures", "tenure")),
    ("What guards quality", ("guardrail", "overload_plan", "hardest_part")),
)


@dataclass(frozen=True, slots=True)
class Change:
    """One field in both documents, and whether the later one is heavier for whoever does the job."""

    label: str
    before: str
    after: str
    direction: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Fields of two jobs that are held against each other together."""

    title: str
    rows: tuple[Change, ...]


def changes(before: Document, after: Document) -> list[Change]:
    """What the later document says otherwise: what the job is called and pays, then every field."""
    found = [_fact_changed(one) for one in differences(before, after)]
    return [*_of_the_job(before, after), *found, *_first_days(before, after)]


def drift(before: Document, after: Document) -> str:
    """Whether the scope grew while pay or support did not, as a sentence; empty while it did not."""
    gained = _items(after, "scope_owned") - _items(before, "scope_owned")
    taken_over = _items(before, "scope_not_owned") - _items(after, "scope_not_owned")
    grew = len(_items(after, "scope_owned")) > len(_items(before, "scope_owned"))
    if not (gained and grew) and not taken_over:
        return ""
    pay, support = _pay_grew(before["pay"], after["pay"]), _support_grew(before, after)
    if pay and support:
        return ""
    more = sorted(gained) if gained else [f"“{item}” is no longer ruled out" for item in sorted(taken_over)]
    what = {(False, False): "neither pay nor support did", (False, True): "pay did not"}
    return f"The scope grew: {listing(more)}; {what.get((pay, support), 'support did not')}."


def side_by_side(first: Document, second: Document, ages: tuple[Ages, Ages]) -> list[Group]:
    """Two jobs on the fields that jobs are chosen by; a field that neither has is left out."""
    facts = [{fact["key"]: fact for fact in document["facts"]} for document in (first, second)]
    groups = []
    for title, keys in CHOSEN_BY:
        rows = [_row(key, facts, ages) for key in keys if key in facts[0] or key in facts[1]]
        if PAY in keys:
            rows.insert(0, Change("Pay range", _pay(first), _pay(second)))
        groups.append(Group(title, tuple(rows)))
    return [group for group in groups if group.rows]


def said(fact: Document | None, ages: Ages) -> str:
    """What a fact says, without how it is known; "stale" while it may not be shown."""
    if fact is None:
        return "Not said"
    found = line(fact, ages[fact["key"]]) if fact["key"] in ages else line(fact)
    bad = f"{found.bad} in a bad week" if found.bad and found.bad != "same" else ""
    parts = [found.typical, bad, found.text, "; ".join(found.items)]
    return ", ".join(part for part in parts if part)


def _row(key: str, facts: Sequence[Mapping[str, Document]], ages: tuple[Ages, Ages]) -> Change:
    first, second = (one.get(key) for one in facts)
    known = first or second or {}
    return Change(known["label"], said(first, ages[0]), said(second, ages[1]))


def _fact_changed(one: Difference) -> Change:
    return Change(one.label, said(one.before, {}), said(one.after, {}), _direction(one))


def _direction(one: Difference) -> str:
    """By the first number of both that differs."""
    worse = BY_KEY[one.key].worse if one.key in BY_KEY else ""
    if not worse or one.before is None or one.after is None:
        return ""
    for name in ("typical", "bad_week", "high", "low"):
        was, now = one.before.get(name), one.after.get(name)
        if was is not None and now is not None and was != now:
            return HEAVIER if (now > was) == (worse == "higher") else LIGHTER
    return ""


def _of_the_job(before: Document, after: Document) -> Iterator[Change]:
    for name, label in (("title", "Title"), ("level", "Level"), ("setting", "Setting")):
        was, now = before["job"][name], after["job"][name]
        if was != now:
            yield Change(label, was, now)
    if _pay(before) != _pay(after):
        grew, fell = _pay_grew(before["pay"], after["pay"]), _pay_grew(after["pay"], before["pay"])
        direction = LIGHTER if grew and not fell else HEAVIER if fell and not grew else ""
        yield Change("Pay range", _pay(before), _pay(after), direction)


def _first_days(before: Document, after: Document) -> Iterator[Change]:
    was, now = (
        {one["day"]: one["text"] for one in document.get("good_at", ())} for document in (before, after)
    )
    for day in sorted(was.keys() | now.keys()):
        if was.get(day) != now.get(day):
            yield Change(f"What good is on day {day}", was.get(day, "Not said"), now.get(day, "Not said"))


def _pay(document: Document) -> str:
    return Reading(document).pay_range or "Not given"


def _pay_grew(was: Document, now: Document) -> bool:
    if was["per"] != now["per"] or was["low"] is None or now["low"] is None:
        return False
    return bool(now["low"] > was["low"] or now["high"] > was["high"])


def _support_grew(before: Document, after: Document) -> bool:
    was, now = ({key: _typical(one, key) for key in SUPPORT} for one in (before, after))
    both = [(was[key] or 0, now[key] or 0) for key in SUPPORT if now[key] is not None or was[key] is not None]
    return any(more > less for less, more in both) and all(more >= less for less, more in both)


def _typical(document: Document, key: str) -> float | None:
    found = _fact(document, key)
    return found.get("typical") if found.get("state") == FactState.GIVEN else None


def _items(document: Document, key: str) -> set[str]:
    return set(_fact(document, key).get("items", ()))


def _fact(document: Document, key: str) -> Document:
    return next((fact for fact in document["facts"] if fact["key"] == key), {})
