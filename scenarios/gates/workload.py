"""Facts on request and the job's published workload cannot contradict each other."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scenarios.gates.text import texts
from scenarios.problems import Fault
from scenarios.schema import Scenario


@dataclass(frozen=True)
class Field:
    """A part of the workload disclosure: how a fact speaks of it, and how `disclosure_fields` names it."""

    name: str
    said: str
    named: str


FIELDS = (
    Field("productivity target", r"productiv\w*|target", r"target|productiv"),
    Field("visits", r"published (?:disclosure|workload)", r"visit|session|volume|caseload"),
    Field(
        "minutes with a patient",
        r"(?:evaluation|follow-up|visit|session|reassessment)(?: averages| takes| is)? \d+",
        r"minutes|visit|session|evaluation|volume",
    ),
    Field(
        "writing time",
        r"\d+ of writing|record time|writing outside",
        r"documentation|record time|after-hours",
    ),
    Field("documentation deadline", r"(?:notes?|documentation) (?:is|are) due", r"deadline|documentation"),
    Field("no-show rate", r"(?:does|do) not arrive|no-shows?", r"no-show"),
    Field("after-hours work", r"overtime|after-hours", r"after-hours|overload|pay"),
    Field("travel", r"mileage|drive time|driving \d+|travel is", r"travel"),
    Field("payers", r"payer (?:reviews|takes|pays|allows|covers)", r"payer|authoriz"),
    Field("interpreter", r"interpreter", r"interpreter|support"),
    Field("departures", r"left in \w+ months|vacanc(?:y|ies)", r"departure|vacanc"),
    Field("supervision", r"supervision \d+|(?:your|the) ot answers", r"supervis|answer|escalate|scope"),
    Field("turnover", r"between patients|turnover", r"turnover|minutes|visit|session"),
    Field("group treatment", r"group treatment", r"group"),
)
# How a fact says that it holds for the case only, whatever the job's usual is.
THIS_DAY = re.compile(
    r"\b(?:this (?:day|week|month|shift)|today|tomorrow|tonight|yesterday|last month)\b", re.I
)

# What a scenario may state once: the same measure twice, with two numbers, is a slip.
MEASURES = {
    "paid minutes a day": re.compile(r"\bpaid (?:day|time)(?: is)? (\d+)", re.I),
    "productivity target": re.compile(
        r"\btarget(?: of| is)? (\d+) ?%|\b(\d+) ?% productive|\bat (\d+) ?%", re.I
    ),
}


def facts_agree_with_the_workload(scenario: Scenario) -> Iterator[Fault]:
    """A fact about the usual workload can be compared with the job's only if the scenario names the field."""
    named = " ".join(scenario.disclosure_fields)
    for path, fact in texts(scenario, "facts", "timed_facts"):
        for field in FIELDS:
            found = re.search(rf"\b(?:{field.said})\b", fact, re.I)
            if found and not THIS_DAY.search(fact) and not re.search(field.named, named, re.I):
                message = f'"{found[0]}" speaks of the {field.name}, which `disclosure_fields` does not name'
                yield Fault(path, message, 'Name it there, or say "this day" in the fact.')
    yield from _two_numbers(scenario)


def _two_numbers(scenario: Scenario) -> Iterator[Fault]:
    places = list(texts(scenario, "prompt", "constraints", "facts", "timed_facts"))
    for measure, pattern in MEASURES.items():
        first = ""
        for path, text in places:
            for found in pattern.finditer(text):
                value = found[found.lastindex or 0]
                first = first or value
                if value != first:
                    message = f"The {measure} is {first} before and {value} here"
                    yield Fault(path, message, 'Give one number, or say "this day" with another.')
