"""The candidate's own page: read without an account, and acknowledged by a ticked box and a typed name."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from app.candidates import queries as candidates
from app.candidates import services as links
from app.candidates.models import Application
from app.core import clock
from app.core.db import db
from app.demo import riverbend
from app.disclosures import queries, services
from app.disclosures.models import Acknowledgement, DisclosureVersion
from app.identity.models import Person
from app.jobs.models import Job
from tests.client import Client, count_queries, words
from tests.factories import jobs
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


def newer(job: Job, hana: Person) -> DisclosureVersion:
    caseload = replace(riverbend.facts()["caseload"], typical=Decimal(47))
    return published(job, hana, riverbend.facts() | {"caseload": caseload})


def ticked(version: DisclosureVersion, **more: str) -> dict[str, str]:
    return {"version": str(version.public_id), "read": "y", "name": "Cleo Marsh"} | more


def rows() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(Acknowledgement)) or 0


def test_cleo_reads_it_by_her_link_and_acknowledges_it(
    client: Client, token: str, version: DisclosureVersion, cleo: Application
) -> None:
    page = client.get(f"/c/{token}", expect=200)
    said = words(page)
    assert "For Cleo Marsh" in said
    assert "+13 min" in said
    assert "−381 min" in said
    assert "Questions to Rina Patel, 555-0142" in said
    assert page.headers["Cache-Control"] == "no-store"
    assert "Sign in" not in said

    client.post(f"/c/{token}", data=ticked(version), expect=303)

    assert "You acknowledged version 1 on " in words(client.get(f"/c/{token}", expect=200))
    kept = queries.acknowledgement_of(cleo)
    assert kept is not None
    assert (kept.typed_name, kept.digest, kept.version_id) == ("Cleo Marsh", version.digest, version.id)


def test_acknowledging_again_is_the_same_acknowledgement(
    client: Client, token: str, version: DisclosureVersion, cleo: Application
) -> None:
    client.post(f"/c/{token}", data=ticked(version), expect=303)
    client.post(f"/c/{token}", data=ticked(version, name="C. Marsh"), expect=303)

    assert rows() == 1
    kept = queries.acknowledgement_of(cleo)
    assert kept is not None
    assert kept.typed_name == "Cleo Marsh"


def test_looking_changes_nothing(client: Client, token: str, version: DisclosureVersion) -> None:
    for method in ("get", "head", "options"):
        getattr(client, method)(f"/c/{token}", expect=200)
    assert rows() == 0


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ({"read": ""}, "Tick the box once you have read it."),
        ({"name": "  "}, "Type your name."),
        ({"name": "x"}, "Type your name."),
    ],
)
def test_without_the_box_or_a_name_nothing_is_kept(
    client: Client, token: str, version: DisclosureVersion, missing: dict[str, str], sentence: str
) -> None:
    page = words(client.post(f"/c/{token}", data=ticked(version, **missing), expect=422))
    assert sentence in page
    assert "+13 min" in page
    assert rows() == 0


def test_the_version_that_was_read_is_the_one_acknowledged(
    client: Client, token: str, version: DisclosureVersion, job: Job, hana: Person, cleo: Application
) -> None:
    second = newer(job, hana)

    client.post(f"/c/{token}", data=ticked(version), expect=303)

    kept = queries.acknowledgement_of(cleo)
    assert kept is not None
    assert kept.version_id == version.id
    page = words(client.get(f"/c/{token}", expect=200))
    assert "You acknowledged version 1 on " in page
    assert "This is version 2." in page
    client.post(f"/c/{token}", data=ticked(second), expect=303)
    assert "You acknowledged version 2 on " in words(client.get(f"/c/{token}", expect=200))
    assert rows() == 2


def test_a_version_retracted_meanwhile_cannot_be_acknowledged(
    client: Client, token: str, version: DisclosureVersion, job: Job, hana: Person
) -> None:
    second = newer(job, hana)
    services.retract(actor(hana), second, reason="The caseload was counted twice.")

    page = words(client.post(f"/c/{token}", data=ticked(second), expect=409))

    assert "Version 2 was retracted meanwhile." in page
    assert "Acknowledge version 1" in page
    assert rows() == 0


def test_a_version_of_another_job_is_not_there(
    client: Client, token: str, version: DisclosureVersion, olga: Person
) -> None:
    elsewhere = jobs.job(olga)
    db.session.commit()
    foreign = published(elsewhere, olga)
    client.post(f"/c/{token}", data=ticked(foreign), expect=404)
    client.post(f"/c/{token}", data=ticked(version) | {"version": "1"}, expect=404)
    assert rows() == 0


def test_before_anything_is_published_the_page_says_so_and_whom_to_ask(client: Client, token: str) -> None:
    page = words(client.get(f"/c/{token}", expect=200))
    assert "Nothing is published yet" in page
    assert "Questions to Rina Patel, 555-0142" in page


def test_an_unknown_link_is_404_and_an_ended_one_says_whom_to_ask(
    client: Client, token: str, version: DisclosureVersion, cleo: Application, rina: Person
) -> None:
    client.get("/c/no-such-token", expect=404)
    client.post("/c/no-such-token", data=ticked(version), expect=404)

    with clock.at(clock.now() + timedelta(days=61)):
        assert "Ask Rina Patel" in words(client.get(f"/c/{token}", expect=410))
        client.post(f"/c/{token}", data=ticked(version), expect=410)

    links.revoke_link(actor(rina), candidates.links_of(cleo)[0])
    assert "Ask Rina Patel" in words(client.get(f"/c/{token}", expect=410))
    client.post(f"/c/{token}", data=ticked(version), expect=410)
    assert rows() == 0


def test_recruiters_read_who_acknowledged_which_version(
    client: Client, token: str, version: DisclosureVersion, cleo: Application, job: Job, hana: Person
) -> None:
    assert queries.acknowledgement_of(cleo) is None
    client.post(f"/c/{token}", data=ticked(version), expect=303)
    client.post(f"/c/{token}", data=ticked(newer(job, hana)), expect=303)

    newest = queries.acknowledgement_of(cleo)
    assert newest is not None
    assert newest.version.number == 2
    assert clock.now() - newest.created_at < timedelta(minutes=5)


def test_what_is_typed_is_shown_as_text(client: Client, token: str, version: DisclosureVersion) -> None:
    name = "<script>alert(1)</script>"
    client.post(f"/c/{token}", data=ticked(version, name=name), expect=303)
    assert name not in client.get(f"/c/{token}", expect=200).get_data(as_text=True)


def test_the_page_takes_few_queries(client: Client, token: str, version: DisclosureVersion) -> None:
    with count_queries() as sent:
        client.get(f"/c/{token}", expect=200)
    assert len(sent) <= 8
