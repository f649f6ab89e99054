"""What candidates ought to know before they decide, and which fields of a disclosure say it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.disclosures.document import Document
from app.disclosures.facts import FactState
from app.disclosures.freshness import Freshness
from app.disclosures.reading import Line, line


@dataclass(frozen=True, slots=True)
class Topic:
    """One question that every candidate may have, and the fields that answer it."""

    key: str
    question: str
    fields: tuple[str, ...]


TOPICS = (
    Topic(
        "load",
        "How many people and visits are mine, in a usual week and in a bad one?",
        ("caseload", "visits_completed"),
    ),
    Topic(
        "visit",
        "How long is a visit, and how much time lies between two?",
        ("evaluation_minutes", "follow_up_minutes", "turnover"),
    ),
    Topic(
        "target",
        "Is there a productivity target, and what do people really reach?",
        ("target", "productivity"),
    ),
    Topic(
        "writing",
        "When are notes written, and how much is left for after hours?",
        ("protected_writing", "after_hours", "note_deadline"),
    ),
    Topic("writing-pay", "Is writing after hours paid?", ("after_hours_pay", "pay_covers")),
    Topic(
        "supervision",
        "Who supervises whom, how often, and in which minutes?",
        ("supervision_terms", "supervision_received", "supervision_given"),
    ),
    Topic("co-signing", "Which of my notes wait for somebody else, and for how long?", ("co_sign",)),
    Topic("busiest-days", "Who helps on the busiest days?", ("busy_day", "aide_hours")),
    Topic(
        "overload",
        "What happens when it is too much, and who decides?",
        ("overload_plan", "overload_decides", "overload_reply"),
    ),
    Topic(
        "scope",
        "What is mine to decide, what is not, and to whom does it go?",
        ("scope_owned", "scope_not_owned", "scope_escalate"),
    ),
    Topic(
        "schedule", "Which days and hours, and how long ahead is a change said?", ("hours", "schedule_notice")
    ),
    Topic(
        "lost-visits", "How many visits fall out, and what is the time used for?", ("no_show", "lost_slot")
    ),
    Topic(
        "team", "Who left, which posts are vacant, and who covers?", ("departures", "vacancy", "leave_cover")
    ),
    Topic(
        "joining", "How does the load grow in the first months, and who is there for me?", ("ramp", "mentor")
    ),
    Topic(
        "hardest",
        "What is hardest about the job, said by somebody who does it?",
        ("hardest_part", "surprises"),
    ),
)
VISIT = "shadow_visit"  # The field that offers to see the place at work.
BY_KEY = {topic.key: topic for topic in TOPICS}


@dataclass(frozen=True, slots=True)
class Said:
    """What a disclosure says about a topic."""

    topic: Topic
    lines: tuple[Line, ...]  # Of the fields that it gives, and of those of which it says why not.
    is_answered: bool


def said_about(document: Document | None, ages: Mapping[str, Freshness]) -> list[Said]:
    """Every topic with what a document says of it; what is stale today is hidden, and answers nothing."""
    facts = {fact["key"]: fact for fact in document["facts"]} if document else {}
    return [_said(topic, [facts[key] for key in topic.fields if key in facts], ages) for topic in TOPICS]


def _said(topic: Topic, facts: Iterable[Document], ages: Mapping[str, Freshness]) -> Said:
    found = [(fact, ages.get(fact["key"], Freshness.FRESH)) for fact in facts]
    given = any(fact["state"] == FactState.GIVEN and age is not Freshness.STALE for fact, age in found)
    return Said(topic, tuple(line(fact, age) for fact, age in found), given)


def visit_offered(document: Document | None) -> str:
    """What a disclosure offers of seeing the place at work; nothing where it offers none."""
    facts = {fact["key"]: fact for fact in document["facts"]} if document else {}
    offer = facts.get(VISIT, {})
    return str(offer.get("text", "")) if offer.get("state") == FactState.GIVEN else ""
