"""A disclosure in the words of schema.org: every property is one that its type has."""

import csv
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from app.demo import riverbend
from app.disclosures import document as documents
from app.disclosures import linked_data, rules
from app.disclosures.document import Document
from app.disclosures.freshness import Freshness
from app.disclosures.reporting import sums
from app.identity.models import Site
from app.jobs.models import Job, PayPeriod

VOCABULARY = Path(__file__).with_name("schema_org.csv")


def document() -> Document:
    job = Job(
        title="Occupational therapist",
        setting="outpatient",
        role="ot",
        level="mid",
        pay_low=84000,
        pay_high=101000,
        pay_period=PayPeriod.YEAR,
        site=Site(name="Riverbend Main", time_zone="America/Chicago"),
        good_at_30="",
        good_at_60="",
        good_at_90="",
        first_risk="",
        second_risk="",
    )
    facts = rules.effective(riverbend.facts(), job.profile)
    found = sums(facts)
    assert found.assessment is not None
    content = documents.compose(job, "Riverbend", facts, found.assessment, found.left_out)
    return documents.numbered(json.loads(documents.canonical(content)), 7)


def linked(ages: dict[str, Freshness] | None = None) -> dict[str, object]:
    return linked_data.compose(
        document(),
        ages or {},
        lead="In an ordinary week the work just fits.",
        digest="0" * 64,
        published_on=date(2026, 3, 9),
        place={"name": "Riverbend Main", "address": "1 River Road"},
        address="https://riverbend.example/disclosures/7",
        download="https://riverbend.example/disclosures/7.json",
    )


def things(value: object) -> Iterator[dict[str, object]]:
    """Every typed thing of a graph."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from things(one)


def test_every_property_is_one_of_its_type() -> None:
    rows = csv.DictReader(VOCABULARY.read_text().splitlines()[1:])
    known: dict[str, set[str]] = {}
    for row in rows:
        known.setdefault(row["type"], set()).add(row["property"])

    unknown = [
        (thing["@type"], name)
        for thing in things(linked())
        for name in thing
        if not name.startswith("@") and name not in known[str(thing["@type"])]
    ]

    assert unknown == []
    assert "caseload" not in known["JobPosting"]


def test_the_job_has_what_search_engines_ask_for_and_the_facts_their_source() -> None:
    job = linked()
    assert {"title", "description", "datePosted", "hiringOrganization", "jobLocation", "baseSalary"} <= set(
        job
    )
    dataset = job["subjectOf"]
    assert isinstance(dataset, dict)
    assert dataset["temporalCoverage"] == "2025-12-09/2026-03-03"
    measured = {one["propertyID"]: one for one in dataset["variableMeasured"]}
    assert measured["after_hours"]["value"] == 35
    assert (measured["after_hours"]["minValue"], measured["after_hours"]["maxValue"]) == (0, 120)
    assert measured["after_hours"]["measurementTechnique"].startswith(
        "measured, EHR timestamps, 12 weeks, n = 4"
    )
    assert measured["after_hours.bad_week"]["value"] == 340
    assert measured["payer_mix.Medicare"]["value"] == 34


def test_a_stale_fact_is_left_out() -> None:
    dataset = linked({"caseload": Freshness.STALE})["subjectOf"]
    assert isinstance(dataset, dict)
    keys = {one["propertyID"] for one in dataset["variableMeasured"]}
    assert "caseload" not in keys
    assert "after_hours" in keys
