"""The same arithmetic with the numbers of whoever reads: how long they write, whom they see, how they travel.

Nothing here is kept: numbers come in with a question and go out with its answer.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from app.disclosures.catalogue import catalogue
from app.disclosures.document import Document
from app.disclosures.facts import BLANK
from app.disclosures.published import facts_of
from app.disclosures.reporting import workload
from app.disclosures.values import period_of
from app.web.words import number
from reports.workload.budget import Budget, Visits, Week, Workload, budget

FOLLOW_UP = "follow-up"


@dataclass(frozen=True, slots=True)
class OwnWeek:
    """What a reader may put in the place of the published numbers: minutes, visits, minutes."""

    writing: Decimal
    visits: Decimal
    travel: Decimal


@dataclass(frozen=True, slots=True)
class Added:
    """What the reader's own numbers add up to, and what each of them changed."""

    budget: Budget
    changes: tuple[str, ...]


def theirs(document: Document) -> OwnWeek:
    """The published typical values."""
    facts = facts_of(document)

    def typical(key: str) -> Decimal:
        return facts.get(key, BLANK).typical or Decimal(0)

    return OwnWeek(typical("follow_up_writing"), typical("visits_completed"), typical("travel"))


def impossible(document: Document, own: OwnWeek) -> dict[str, str]:
    """Why these numbers cannot be, by the field they are about."""
    load, period = _load(document), document.get("period", "week")
    fields, paid = catalogue(period_of(facts_of(document))).by_key, Decimal(str(load.typical.paid))
    others = sum(kind.completed for kind in load.typical.visits if kind.kind != FOLLOW_UP)
    most = min(fields["follow_up_writing"].highest, int(paid))
    problems = {}
    if own.writing > most:
        problems["writing"] = f"At most {most:,} minutes, which is a {'day' if most < paid else period}."
    if own.visits < Decimal(str(others)):
        problems["visits"] = f"At least {number(others)}: so many of them are not follow-ups."
    elif own.visits > fields["visits_completed"].highest:
        problems["visits"] = f"At most {fields['visits_completed'].highest:,} a {period}."
    if own.travel > paid:
        problems["travel"] = f"At most the {number(paid)} minutes that are paid."
    return problems


def add_up(document: Document, own: OwnWeek) -> Added:
    """The typical week with the reader's numbers; everything else stays as it is published."""
    load, published = _load(document), theirs(document)
    week = _own(load.typical, own, published)
    return Added(budget(week), tuple(_changes(week, own, published, document.get("period", "week"))))


def as_minutes(spent: Budget) -> Mapping[str, float]:
    """The reader's week as the chart takes it."""
    return {
        "paid": spent.paid,
        "treatment": spent.treat,
        "writing": spent.write,
        "between_patients": spent.turn,
        "other": spent.fixed.total,
        "demand": spent.demand,
        "balance": spent.balance,
    }


def _load(document: Document) -> Workload:
    return workload(facts_of(document))


def _own(week: Week, own: OwnWeek, published: OwnWeek) -> Week:
    more = float(own.visits - published.visits)
    visits = tuple(
        replace(kind, completed=kind.completed + more, writing=float(own.writing))
        if kind.kind == FOLLOW_UP
        else kind
        for kind in week.visits
    )
    return replace(week, visits=visits, fixed=replace(week.fixed, travel=float(own.travel)))


def _changes(week: Week, own: OwnWeek, published: OwnWeek, period: str) -> Iterator[str]:
    follow_ups = next(kind for kind in week.visits if kind.kind == FOLLOW_UP)
    if slower := own.writing - published.writing:
        made = number(round(abs(float(slower)) * follow_ups.completed))
        yield f"{_amount(slower, 'minute', 'a note')} {_verb(slower)} {made} minutes a {period}."
    if more := own.visits - published.visits:
        made = number(round(abs(float(more)) * _minutes_each(follow_ups, week)))
        visits = _amount(more, "visit", f"a {period}")
        yield f"{visits} {_verb(more)} {made} minutes with what goes with them."
    if further := own.travel - published.travel:
        yield f"{_amount(further, 'minute', 'of travel')}."


def _minutes_each(follow_ups: Visits, week: Week) -> float:
    return follow_ups.patient + follow_ups.writing + week.turnover


def _amount(change: Decimal, one: str, of: str) -> str:
    size = abs(change)
    word = one if size == 1 else f"{one}s"
    return f"{number(size)} {'more' if change > 0 else 'fewer'} {word} {of}"


def _verb(change: Decimal) -> str:
    return "is" if abs(change) == 1 else "are"
