"""The public document: the same bytes for everybody, for good, until it is retracted."""

import hashlib
import json
import uuid
from dataclasses import replace
from decimal import Decimal

import pytest

from app.candidates.models import Application
from app.demo import riverbend
from app.disclosures import services
from app.disclosures.models import DisclosureVersion
from app.identity.models import Person
from app.jobs.models import Job
from tests.client import Client, count_queries, words
from tests.factories.disclosures import published
from tests.factories.people import actor


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
    assert "Travel a week Not applicable" in said
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


def test_it_takes_one_query(client: Client, version: DisclosureVersion) -> None:
    for address in (path(version), f"{path(version)}.json"):
        with count_queries() as sent:
            client.get(address, expect=200)
        assert len(sent) == 1
