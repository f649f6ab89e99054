"""A published document stays as it was: bytes, digest and page, whatever the format has become."""

import hashlib
import json
from dataclasses import replace

from app.core import clock
from app.core.db import db
from app.demo import riverbend
from app.disclosures import document, queries
from app.disclosures.models import DisclosureVersion
from app.identity.models import Person
from app.jobs.models import Job
from tests.client import Client, words
from tests.factories import examples, jobs
from tests.factories.disclosures import published, saved

# As it was published before mixes, ramps and days: ramps were sentences, and supervision was one text.
WEEK = {"paid": 2400, "treatment": 1860, "writing": 294, "between_patients": 88, "other": 145, "demand": 2387}
FORMAT_1 = json.dumps(
    {
        "format": "evenhand/disclosure/1",
        "number": 1,
        "employer": "Riverbend Hand and Neuro Clinic",
        "site": "Riverbend Main",
        "job": {"title": "Occupational therapist", "setting": "outpatient", "role": "ot", "level": "mid"},
        "pay": {"low": 84000, "high": 101000, "per": "year", "currency": "USD"},
        "as_of": "2026-03-03",
        "lead": "In an ordinary week the work just fits.",
        "budget": {
            "typical": {**WEEK, "balance": 13, "productivity_percent": 77.5},
            "everyone": None,
            "bad": None,
        },
        "left_out": [],
        "checks": [{"check": "A", "week": "typical", "outcome": "passes", "sentence": "13 are left."}],
        "facts": [
            {
                "group": "Joining",
                "key": "ramp",
                "label": "The way to a full load",
                "unit": "",
                "kind": "text",
                "state": "given",
                "text": "30% in week 1, all of it in week 12.",
            },
            {
                "group": "Supervision, meetings and support",
                "key": "supervision_terms",
                "label": "How supervision works",
                "unit": "",
                "kind": "text",
                "state": "given",
                "text": "One OTA, 45 minutes.",
            },
        ],
    },
    sort_keys=True,
    ensure_ascii=False,
    separators=(",", ":"),
)
DIGEST_1 = "3abf94d8860251e4c4192ccd96892d0136d4f5fe30e46039822375aa602b8056"


def test_a_document_of_the_first_format_keeps_its_digest_and_is_still_read(
    client: Client, hana: Person, job: Job
) -> None:
    saved(job, hana)
    old = DisclosureVersion(
        disclosure=queries.draft_of(job),
        number=1,
        document=FORMAT_1,
        digest=DIGEST_1,
        published_at=clock.now(),
        published_by_id=hana.id,
    )
    db.session.add(old)
    db.session.commit()
    address = f"/disclosures/{old.public_id}"

    page = words(client.get(address, expect=200))
    assert "30% in week 1, all of it in week 12." in page
    assert "One OTA, 45 minutes." in page
    newer = published(job, hana)
    assert newer.number == 2

    served = client.get(f"{address}.json", expect=200).data
    assert hashlib.sha256(served).hexdigest() == DIGEST_1
    assert document.digest(document.canonical(json.loads(served))) == DIGEST_1


def test_the_second_format_says_what_the_first_could_not(hana: Person, job: Job) -> None:
    job.good_at_30, job.first_risk = "Notes on time without help.", "Missed handoffs."
    facts = riverbend.facts()
    of_two = replace(facts["caseload"], people=2, shared_with_consent=True)

    made = json.loads(published(job, hana, facts | {"caseload": of_two}).document)

    assert (made["format"], made["period"]) == ("evenhand/disclosure/2", "week")
    assert made["good_at"] == [{"day": 30, "text": "Notes on time without help."}]
    assert made["risks"] == ["Missed handoffs."]
    said = {fact["key"]: fact for fact in made["facts"]}
    assert [(part["name"], part["share"]) for part in said["case_mix"]["parts"]] == [
        ("Hand", 55),
        ("Neuro", 30),
        ("Other", 15),
    ]
    assert [(step["week"], step["share"]) for step in said["ramp"]["steps"]] == [
        (1, 30),
        (3, 50),
        (6, 75),
        (9, 90),
        (12, 100),
    ]
    assert [key for key, fact in said.items() if fact.get("shared_with_consent")] == ["caseload"]


def test_a_job_that_is_planned_by_the_day_says_so(hana: Person) -> None:
    unit = jobs.job(hana, profile=examples.LAKESHORE)
    db.session.commit()
    made = json.loads(published(unit, hana, examples.lakeshore()).document)

    assert made["period"] == "day"
    assert {week: minutes["balance"] for week, minutes in made["budget"].items()} == {
        "typical": 2,
        "everyone": -25,
        "bad": -69,
    }
    assert "About 8 minutes do not fit in paid time on Fridays; they are paid." in [
        check["sentence"] for check in made["checks"]
    ]
    labels = {fact["key"]: fact["label"] for fact in made["facts"]}
    assert labels["visits_completed"] == "Visits completed a day"
