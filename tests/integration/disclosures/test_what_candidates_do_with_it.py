"""What readers do with a disclosure: their own numbers, what changed, side by side, taking it away."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask

from app.core import clock
from app.core.db import db
from app.demo import riverbend
from app.disclosures import services
from app.disclosures.changes import changes
from app.disclosures.models import DisclosureVersion
from app.identity.models import Person
from app.jobs.models import Job
from tests.client import Client, words
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


def path(version: DisclosureVersion) -> str:
    return f"/disclosures/{version.public_id}"


def acknowledged(client: Client, token: str, version: DisclosureVersion) -> None:
    sent = {"version": str(version.public_id), "read": "y", "name": "Cleo Marsh"}
    client.post(f"/c/{token}", data=sent, expect=303)


def heavier(job: Job, hana: Person) -> DisclosureVersion:
    """A version with a larger caseload and one thing more that is owned."""
    facts = riverbend.facts()
    owned = replace(facts["scope_owned"], text=f"{facts['scope_owned'].text}\nHome visits")
    caseload = replace(facts["caseload"], typical=Decimal(54))
    return published(job, hana, facts | {"caseload": caseload, "scope_owned": owned})


def test_own_numbers_are_added_up_and_kept_nowhere(
    client: Client, token: str, version: DisclosureVersion, capfd: pytest.CaptureFixture[str]
) -> None:
    for address in (f"/c/{token}/week", f"{path(version)}/week"):
        assert "With your numbers a typical week is 2,387 minutes: 13 minutes left." in words(
            client.get(address, expect=200)
        )
        capfd.readouterr()
        answer = client.get(f"{address}?writing=6&visits=44&travel=31.5", expect=200)
        assert "With your numbers a typical week is 2,496 minutes: 96 minutes do not fit." in words(answer)
        assert 'value="31.5"' in answer.get_data(as_text=True)
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in answer.headers
        assert "31.5" not in "".join(capfd.readouterr())


def test_only_the_sum_is_answered_while_somebody_types(
    client: Client, token: str, version: DisclosureVersion
) -> None:
    part = client.get(f"/c/{token}/week?writing=6", headers={"HX-Request": "true"}, expect=200)
    assert "65 minutes do not fit" in words(part)
    assert "<html" not in part.get_data(as_text=True)
    assert "HX-Request" in part.headers["Vary"]


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("writing=six", "A number, such as 6."),
        ("writing=", "A number is needed; 0 where there is none."),
        ("visits=3", "At least 5: so many of them are not follow-ups."),
        ("travel=2401", "At most the 2,400 minutes that are paid."),
        ("writing=99999999999999999999", "At most 1,440 minutes, which is a day."),
    ],
)
def test_a_number_that_cannot_be_gets_its_sentence(
    client: Client, version: DisclosureVersion, asked: str, sentence: str
) -> None:
    page = client.get(f"{path(version)}/week?{asked}", expect=422)
    assert sentence in words(page)
    assert f'value="{asked.partition("=")[2]}"' in page.get_data(as_text=True)


def test_cleo_reads_what_changed_since_she_acknowledged(
    client: Client, token: str, version: DisclosureVersion, job: Job, hana: Person
) -> None:
    assert "You have not acknowledged a version yet" in words(client.get(f"/c/{token}/changes", expect=200))
    acknowledged(client, token, version)
    assert "Nothing changed since you acknowledged it." in words(client.get(f"/c/{token}/changes"))

    heavier(job, hana)

    said = words(client.get(f"/c/{token}/changes", expect=200))
    assert "You acknowledged version 1" in said
    assert "2 differences" in said
    assert "Caseload heavier 46 people, 61 people in a bad week 54 people, 61 people in a bad week" in said
    assert "The scope grew: Home visits; neither pay nor support did." in said
    digest = version.digest
    assert digest in said
    copy = words(client.get(path(version), expect=200))
    assert "version 1" in copy
    assert digest in copy


def test_a_change_says_for_whom_it_is_heavier(app: Flask, version: DisclosureVersion) -> None:
    before, after = json.loads(version.document), json.loads(version.document)
    facts = {fact["key"]: fact for fact in after["facts"]}
    facts["aide_hours"]["typical"], facts["no_show"]["typical"], after["pay"]["high"] = 8, 13, 103_000

    found = {one.label: one for one in changes(before, after)}

    assert (found["Aides"].before, found["Aides"].after) == (
        "6 h, 0 h in a bad week",
        "8 h, 0 h in a bad week",
    )
    assert found["Aides"].direction == "lighter"
    assert found["Pay range"].direction == "lighter"
    assert changes(before, before) == []


def test_a_retracted_version_is_not_repeated(
    client: Client, token: str, version: DisclosureVersion, job: Job, hana: Person
) -> None:
    acknowledged(client, token, version)
    second = heavier(job, hana)
    services.retract(actor(hana), version, reason="It named a colleague.")

    said = words(client.get(f"/c/{token}/changes", expect=200))
    assert "It named a colleague." in said
    assert "46 people" not in said
    beside = client.get(f"{path(second)}/beside?with={version.public_id}", expect=200)
    assert "46 people" not in words(beside)
    for suffix in ("", ".pdf", ".jsonld", "/week", "/beside"):
        client.get(path(version) + suffix, expect=410)


def test_two_versions_and_two_jobs_stand_side_by_side(
    client: Client, version: DisclosureVersion, job: Job, hana: Person
) -> None:
    second = heavier(job, hana)
    other = jobs.job(hana, title="Occupational therapist, evenings")
    facts = riverbend.facts() | {"mentor": replace(riverbend.facts()["mentor"], typical=Decimal(30))}
    elsewhere = published(other, hana, facts)
    unpublished = jobs.job(hana, title="Occupational therapist, not yet told")
    db.session.commit()
    address = f"{path(second)}/beside"

    choice = words(client.get(address, expect=200))
    assert "Occupational therapist, evenings" in choice
    assert unpublished.title not in choice

    versions = words(client.get(f"{address}?with={version.public_id}", expect=200))
    assert "Caseload heavier 46 people" in versions
    both = words(client.get(f"{address}?with={elsewhere.public_id}", expect=200))
    for group in ("Volume or depth", "Schedule", "Documentation", "Mentoring and support"):
        assert group in both
    assert "Mentor time a week 60 min, 30 min in a bad week 30 min" in both
    assert client.get(address).data == client.as_(hana).get(address).data


def test_it_is_taken_away_as_paper_and_as_linked_data(client: Client, version: DisclosureVersion) -> None:
    paper = client.get(f"{path(version)}.pdf", expect=200)
    assert paper.mimetype == "application/pdf"
    assert b"/StructTreeRoot" in paper.data
    assert "disclosure-version-1.pdf" in paper.headers["Content-Disposition"]
    assert client.get(f"{path(version)}.pdf").data == paper.data

    linked = client.get(f"{path(version)}.jsonld", expect=200)
    assert linked.mimetype == "application/ld+json"
    page = client.get(path(version)).get_data(as_text=True)
    inside = page.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    assert json.loads(inside) == linked.json
    assert linked.json["subjectOf"]["distribution"]["sha256"] == version.digest


def test_the_static_site_holds_every_open_job(
    app: Flask, version: DisclosureVersion, job: Job, hana: Person, tmp_path: Path
) -> None:
    folder = tmp_path / "careers"
    done = app.test_cli_runner().invoke(args=["disclosures", "export", str(folder)])
    assert done.exit_code == 0, done.output
    assert "1 disclosure; open" in done.output

    index = (folder / "index.html").read_text()
    assert f"{version.public_id}/index.html" in index
    place = folder / str(version.public_id)
    assert (place / "disclosure.json").read_bytes() == version.document.encode()
    assert (place / "disclosure.pdf").read_bytes().startswith(b"%PDF")
    assert "−381 min" in (place / "index.html").read_text()
    for page in (index, (place / "index.html").read_text()):
        assert "<script src" not in page
        assert 'href="/' not in page

    again = app.test_cli_runner().invoke(args=["disclosures", "export", str(folder)])
    assert again.exit_code == 1
    assert "is not empty" in again.output
