"""The public document: the same bytes for everybody, for good, until it is retracted."""

import hashlib
import json
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from werkzeug.test import TestResponse

from app.candidates.models import Application
from app.core import clock
from app.core.db import db
from app.demo import riverbend
from app.disclosures import services
from app.disclosures.models import DisclosureVersion
from app.identity.models import Person
from app.jobs.models import Job
from tests.client import Client, count_queries, words
from tests.factories.disclosures import published
from tests.factories.people import actor


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    """A day on which Riverbend's facts of 3 March are fresh."""
    with clock.at(datetime(2026, 3, 9, 12, tzinfo=UTC)):
        yield


@pytest.fixture
def version(job: Job, hana: Person) -> DisclosureVersion:
    return published(job, hana)


def path(version: DisclosureVersion) -> str:
    return f"/disclosures/{version.public_id}"


def test_anybody_reads_it_without_an_account(client: Client, version: DisclosureVersion) -> None:
    page = client.get(path(version), expect=200)
    said = words(page)
    assert "+13 min" in said
    assert "−381 min" in said
    assert "do not fit; a colleague on leave" in said
    assert "Measured over 12 weeks, n = 3 to 4, as of 3 March" in said
    assert "Estimated: meetings and coordination." in said
    assert "Range 0 to 120 min. Measured, EHR timestamps, 12 weeks, n = 4, as of 3 March" in said
    assert "License lead time 4 to 8 weeks 12 weeks" in said
    assert "Pay for time after hours Not separately paid" in said
    assert "Target 75% Treatment minutes of paid minutes, monthly. Actual, measured 77.5%" in said
    assert (
        "Not measured: schedule changes a month, hours that are planned to change. Not counted yet." in said
    )
    assert "Does not apply here: paid rest breaks a week." in said
    assert "“Authorizations that end mid-week.”" in said


def test_it_names_no_person_and_gives_nobody_a_cookie(
    client: Client, version: DisclosureVersion, hana: Person, cleo: Application
) -> None:
    for browser in (client, client.as_(hana)):
        page = browser.get(path(version), expect=200)
        assert "Hana" not in page.get_data(as_text=True)
        assert "Rina" not in page.get_data(as_text=True)
        assert cleo.candidate.name not in page.get_data(as_text=True)
        assert "Set-Cookie" not in page.headers
        assert page.headers["Cache-Control"] == "public, max-age=300"
        assert "Vary" not in page.headers
    assert client.get(path(version)).data == client.as_(hana).get(path(version)).data


def test_its_bytes_hash_to_the_digest_also_after_a_later_version(
    client: Client, version: DisclosureVersion, job: Job, hana: Person
) -> None:
    before = client.get(f"{path(version)}.json", expect=200)
    caseload = replace(riverbend.facts()["caseload"], typical=Decimal(47))
    published(job, hana, riverbend.facts() | {"caseload": caseload})

    after = client.get(f"{path(version)}.json", expect=200)

    assert after.data == before.data
    assert hashlib.sha256(after.data).hexdigest() == version.digest
    assert after.mimetype == "application/json"
    assert after.headers["ETag"] == f'"{version.digest}"'
    assert json.loads(after.data)["budget"]["typical"]["balance"] == 13


@pytest.mark.parametrize("suffix", ["", ".json"])
def test_a_copy_that_is_still_good_is_not_sent_again(
    client: Client, version: DisclosureVersion, suffix: str
) -> None:
    tag = client.get(path(version) + suffix, expect=200).headers["ETag"]
    answer = client.get(path(version) + suffix, headers={"If-None-Match": tag}, expect=304)
    assert answer.data == b""
    client.get(path(version) + suffix, headers={"If-None-Match": '"another"'}, expect=200)


def test_a_retracted_version_leaves_a_notice_with_its_reason(
    client: Client, version: DisclosureVersion, hana: Person
) -> None:
    tag = client.get(f"{path(version)}.json").headers["ETag"]
    services.retract(actor(hana), version, reason="The caseload was counted twice.")

    page = words(client.get(path(version), expect=410))
    assert "This version was retracted" in page
    assert "The caseload was counted twice." in page
    assert "+13 min" not in page
    notice = client.get(f"{path(version)}.json", headers={"If-None-Match": tag}, expect=410)
    assert json.loads(notice.data) == {
        "number": 1,
        "retracted": True,
        "reason": "The caseload was counted twice.",
    }


def test_an_unknown_address_is_404(client: Client, job: Job) -> None:
    client.get(f"/disclosures/{uuid.uuid4()}", expect=404)
    client.get(f"/disclosures/{uuid.uuid4()}.json", expect=404)
    client.get(f"/disclosures/{job.public_id}", expect=404)


def test_it_takes_few_queries(client: Client, version: DisclosureVersion) -> None:
    address = path(version)
    for suffix, most in (("", 7), (".json", 2), (".jsonld", 3), ("/week", 3)):
        with count_queries() as sent:
            client.get(address + suffix, expect=200)
        assert len(sent) <= most, suffix


@pytest.mark.parametrize("suffix", ["", ".json"])
def test_read_again_it_is_not_made_again_until_something_is_done(
    client: Client, hana: Person, job: Job, version: DisclosureVersion, suffix: str
) -> None:
    address = path(version) + suffix
    first = client.get(address, expect=200)
    with count_queries() as sent:
        again = client.get(address, expect=200)

    assert not sent, "only the driver is asked whether anything was done"
    assert again.data == first.data
    assert sent_as(again) == sent_as(first) == sent_as(client.head(address, expect=200))
    assert again.headers["X-Request-ID"] != first.headers["X-Request-ID"]
    assert again.headers["Cache-Control"] == "public, max-age=300"
    tag = {"If-None-Match": first.headers["ETag"]}
    assert client.get(address, headers=tag, expect=304).data == b""
    elsewhere = client.get(address, base_url="http://other.example", expect=200)
    assert b"127.0.0.1" not in elsewhere.data
    services.retract(actor(hana), version, reason="Counted twice.")
    db.session.commit()
    client.get(address, expect=410)
    client.get(address, headers=tag, expect=410)


def sent_as(answer: TestResponse) -> dict[str, str]:
    """Every header but the number and the second of the request."""
    return {name: value for name, value in answer.headers if name not in {"X-Request-ID", "Date"}}


def test_what_ages_is_marked_and_what_is_stale_is_not_said(
    client: Client, version: DisclosureVersion
) -> None:
    with clock.at(datetime(2026, 3, 3, 12, tzinfo=UTC) + timedelta(days=100)):
        aging = words(client.get(path(version), expect=200))
    assert "Caseload aging 46 people 61 people" in aging
    assert "−381 min" in aging
    with clock.at(datetime(2026, 3, 3, 12, tzinfo=UTC) + timedelta(days=181)):
        stale = words(client.get(path(version), expect=200))
        linked = client.get(f"{path(version)}.jsonld", expect=200).json
        week = words(client.get(f"{path(version)}/week", expect=200))
    assert "What the week adds up to is not shown until it is confirmed." in stale
    assert "Caseload stale Stale: not shown until it is confirmed" in stale
    for hidden in ("−381 min", "46 people", "In an ordinary week"):
        assert hidden not in stale
    assert "The published sum waits until it is confirmed" in week
    assert "variableMeasured" not in linked["subjectOf"]
    assert "ordinary week" not in json.dumps(linked)
