"""A published version stays true: it is looked at again, changes are recorded, and its owner is reminded."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa
from flask import Flask

from app.audit.models import AuditEvent
from app.candidates import services as candidates
from app.candidates.models import Application
from app.candidates.queries import get_link
from app.core import clock
from app.core.db import db
from app.core.errors import Forbidden, Invalid
from app.demo import riverbend
from app.disclosures import queries, services
from app.disclosures.models import DisclosureVersion, Trigger
from app.disclosures.upkeep import queries as since
from app.disclosures.upkeep import services as upkeep
from app.identity.models import Person
from app.jobs import services as job_services
from app.jobs.models import Job, Matter
from app.outbox import letters
from app.outbox.letters import Mail
from app.outbox.models import Letter
from app.policy import NOBODY, Act
from tests.client import Client, count_queries, words
from tests.factories import hires, jobs
from tests.factories.disclosures import published
from tests.factories.loops import open_loop
from tests.factories.people import actor
from tests.factories.scoring import NOON


@pytest.fixture(autouse=True)
def tenth_of_march() -> Iterator[None]:
    """A week after the facts were taken."""
    with clock.at(NOON):
        yield


@pytest.fixture
def version(job: Job, hana: Person) -> DisclosureVersion:
    return published(job, hana)


def path(job: Job) -> str:
    return f"/jobs/{job.public_id}/disclosure/upkeep"


def later(days: int) -> AbstractContextManager[None]:
    return clock.at(NOON + timedelta(days=days))


def mails(app: Flask, kind: str) -> list[Mail | None]:
    """What the letters of a kind say if they are sent now, in the order in which they were posted."""
    rows = db.session.scalars(sa.select(Letter).where(Letter.kind == kind).order_by(Letter.id)).all()
    with app.test_request_context():
        return [letters.compose(row.kind, row.facts) for row in rows]


def test_hana_confirms_a_version_and_every_value_is_fresh_again(
    client: Client, hana: Person, job: Job, version: DisclosureVersion
) -> None:
    with later(100):
        browser = client.as_(hana)
        assert "are aging" in words(browser.get(path(job), expect=200))
        browser.post(path(job), data={"do": "attest", "note": "The schedule of 12 weeks."}, expect=303)
        page = words(browser.get(path(job)))
        assert "Every value is fresh. The first to age is" in page
        assert "by Hana Sato · The schedule of 12 weeks." in page
    with later(100 + 91):
        assert "are aging" in words(client.as_(hana).get(path(job), expect=200))


def test_who_answers_for_the_disclosure_confirms_it_and_nobody_else_of_the_team(
    client: Client, rina: Person, remi: Person, olga: Person, job: Job, version: DisclosureVersion
) -> None:
    with pytest.raises(Forbidden):
        upkeep.attest(actor(remi), version)
    client.as_(remi).get(path(job), expect=404)
    jobs.owner(job, Matter.DISCLOSURE, remi)
    db.session.commit()
    client.as_(remi).get(path(job), expect=200)
    client.as_(remi).post(path(job), data={"do": "attest"}, expect=303)
    assert "Only the job's hiring manager can do this." in words(client.as_(rina).get(path(job), expect=200))
    client.as_(rina).post(path(job), data={"do": "attest"}, expect=403)
    client.as_(olga).get(path(job), expect=404)


def test_a_change_makes_the_version_due_within_two_weeks_and_then_stale(
    client: Client, hana: Person, rina: Person, job: Job, version: DisclosureVersion
) -> None:
    with later(1):
        left = {"do": "record", "trigger": Trigger.TEAM.value, "happened_on": "2026-03-10"}
        client.as_(rina).post(path(job), data=left, expect=303)
        assert "Look at the facts again by 24 March" in words(client.as_(rina).get(path(job)))
    with later(14):
        assert since.why_not_sent(job) == ""
    with later(15):
        why = "Version 1 is stale: something changed on 10 March 2026, and nobody has looked at it again."
        assert since.why_not_sent(job).startswith(why)
        upkeep.attest(actor(hana), version)
        assert since.why_not_sent(job) == ""


def test_a_correction_answers_a_change_too(hana: Person, job: Job, version: DisclosureVersion) -> None:
    with later(1):
        upkeep.record_change(
            actor(hana), version, trigger=Trigger.PAYER, happened_on=clock.today("America/Chicago")
        )
    with later(2):
        lower = replace(riverbend.facts()["caseload"], typical=Decimal(45))
        published(job, hana, riverbend.facts() | {"caseload": lower})
    with later(60):
        assert since.why_not_sent(job) == ""


def test_a_change_that_is_still_to_come_or_says_nothing_is_refused(
    client: Client, hana: Person, job: Job, version: DisclosureVersion
) -> None:
    with pytest.raises(Invalid, match="still to come"):
        upkeep.record_change(
            actor(hana), version, trigger=Trigger.PAY, happened_on=(NOON + timedelta(days=2)).date()
        )
    page = client.as_(hana).post(
        path(job), data={"do": "record", "note": "A second clinic opened."}, expect=422
    )
    assert "Choose what changed." in words(page)
    assert "A second clinic opened." in page.get_data(as_text=True)


def test_a_pay_range_that_is_not_the_published_one_is_pointed_at(
    client: Client, hana: Person, job: Job, version: DisclosureVersion
) -> None:
    assert "The job’s pay range is not" not in words(client.as_(hana).get(path(job)))
    job_services.change_job(actor(hana), job, jobs.facts(pay_low=Decimal(80_000)), version=job.version)
    page = client.as_(hana).get(path(job), expect=200).get_data(as_text=True)
    assert "The job’s pay range is not the one that version 1 says." in page
    assert f'<option selected value="{Trigger.PAY.value}">' in page


def test_what_was_done_is_recorded_without_what_was_written(
    hana: Person, job: Job, version: DisclosureVersion
) -> None:
    upkeep.attest(actor(hana), version, note="Asked two colleagues.")
    upkeep.record_change(
        actor(hana), version, trigger=Trigger.RECORD, happened_on=NOON.date(), note="A new web system."
    )
    rows = db.session.query(AuditEvent).order_by(AuditEvent.sequence.desc()).limit(2)
    assert [(row.event, row.facts_by_name) for row in rows] == [
        ("disclosure:change-recorded", {"trigger": "record"}),
        ("disclosure:attested", {"number": 1}),
    ]


def test_its_owner_is_reminded_once_of_each_thing_and_no_more_once_it_is_seen_to(
    app: Flask, hana: Person, remi: Person, job: Job, version: DisclosureVersion
) -> None:
    jobs.owner(job, Matter.DISCLOSURE, remi)
    assert upkeep.remind() == 0
    with later(100):
        for _ in range(3):
            assert upkeep.remind() == 1
        [told] = mails(app, "disclosure to keep")
        assert told is not None
        assert told.to == remi.email
        assert "are aging; they count as stale after 19 August" in told.paragraphs[0]
        assert told.link.endswith(path(job))
    with later(200):
        upkeep.remind()
        upkeep.remind()
        _, told = mails(app, "disclosure to keep")
        assert told is not None
        assert told.paragraphs[0].startswith("Version 1 is stale since 19 August 2026: ")
        upkeep.attest(actor(hana), version)
        assert mails(app, "disclosure to keep") == [None, None]
        assert upkeep.remind() == 0


def test_without_an_owner_its_manager_is_reminded_of_a_change_from_the_command_line(
    app: Flask, hana: Person, job: Job, version: DisclosureVersion
) -> None:
    with later(1):
        upkeep.record_change(actor(hana), version, trigger=Trigger.TARGET, happened_on=NOON.date())
        db.session.commit()
        said = app.test_cli_runner().invoke(args=["disclosures", "remind"])
        assert said.output == "1 disclosure is to be looked at again.\n"
        [told] = mails(app, "disclosure to keep")
        assert told is not None
        assert told.to == hana.email
        assert "It is to be looked at again by 24 March." in told.paragraphs[0]


# Whoever read a lighter version ---------------------------------------------------------------------------


def heavier(job: Job, hana: Person, typical: int = 52) -> DisclosureVersion:
    """A version whose caseload is this."""
    caseload = replace(riverbend.facts()["caseload"], typical=Decimal(typical))
    return published(job, hana, riverbend.facts() | {"caseload": caseload})


def test_a_candidate_is_told_when_a_value_of_the_version_they_read_got_worse_by_a_tenth(
    app: Flask, hana: Person, job: Job, version: DisclosureVersion, cleo: Application, token: str
) -> None:
    link = get_link(NOBODY, token, Act.ACKNOWLEDGE)
    services.acknowledge(NOBODY, link, version, typed_name="Cleo Marsh")
    heavier(job, hana, 50)
    assert mails(app, "disclosure got heavier") == []

    third = heavier(job, hana, 52)

    [told] = mails(app, "disclosure got heavier")
    assert told is not None
    assert (told.to, told.subject) == (cleo.candidate.email, "Something got heavier since you read it")
    assert told.link.startswith("http")
    assert token in told.link
    assert "52" not in " ".join(told.paragraphs)
    services.acknowledge(NOBODY, link, third, typed_name="Cleo Marsh")
    assert mails(app, "disclosure got heavier") == [None]


def test_nobody_is_told_who_read_nothing_or_withdrew(
    app: Flask,
    hana: Person,
    rina: Person,
    job: Job,
    version: DisclosureVersion,
    cleo: Application,
    token: str,
) -> None:
    heavier(job, hana, 55)
    assert mails(app, "disclosure got heavier") == []
    link = get_link(NOBODY, token, Act.ACKNOWLEDGE)
    services.acknowledge(NOBODY, link, version, typed_name="Cleo Marsh")
    candidates.withdraw(actor(rina), cleo, reason="Another offer came first.")
    heavier(job, hana, 54)
    assert mails(app, "disclosure got heavier") == []


def test_whoever_is_hired_and_has_not_started_is_told_and_nobody_after_the_first_day(
    app: Flask, hana: Person, job: Job, version: DisclosureVersion, iris: Person, ivo: Person
) -> None:
    open_loop(job, [iris, ivo])
    cleo = hires.offered(job)
    cleo.candidate.email = "cleo@marsh.example"
    hires.hired(cleo, starts_on=date(2026, 3, 20))
    heavier(job, hana, 52)
    rows = db.session.scalars(sa.select(Letter).where(Letter.kind == "disclosure got heavier")).all()
    assert [row.facts["application"] for row in rows] == [cleo.id]
    with later(10):
        heavier(job, hana, 55)
    assert len(mails(app, "disclosure got heavier")) == 1


def test_a_retraction_that_brings_a_heavier_version_back_tells_them_too(
    app: Flask, hana: Person, job: Job, version: DisclosureVersion, cleo: Application, token: str
) -> None:
    lighter = heavier(job, hana, 40)
    link = get_link(NOBODY, token, Act.ACKNOWLEDGE)
    services.acknowledge(NOBODY, link, lighter, typed_name="Cleo Marsh")
    services.retract(actor(hana), lighter, reason="The caseload was counted twice.")
    [told] = mails(app, "disclosure got heavier")
    assert told is not None


# Sending ----------------------------------------------------------------------------------------------------


def test_a_stale_disclosure_is_not_e_mailed_until_somebody_confirms_it(
    app: Flask, client: Client, hana: Person, rina: Person, version: DisclosureVersion, cleo: Application
) -> None:
    address = f"/applications/{cleo.public_id}/link"
    with later(181):
        page = words(client.as_(rina).post(address, expect=200))
        assert "Version 1 is stale since 19 August 2026" in page
        assert "It cannot be sent until somebody confirms it or corrects it. So nothing is e-mailed" in page
        assert mails(app, "candidate link") == []

        upkeep.attest(actor(hana), version)
        assert "is stale" not in words(client.as_(rina).post(address, expect=200))
        [sent] = mails(app, "candidate link")
        assert sent is not None
    with later(181 + 200):
        assert mails(app, "candidate link") == [None], "it became stale while it waited"


def test_only_what_was_handed_over_while_something_was_published_is_delivered(
    hana: Person, rina: Person, job: Job, cleo: Application
) -> None:
    assert not queries.is_delivered(cleo)
    link, _ = candidates.make_link(actor(rina), cleo, days=60)
    candidates.confirm_handover(actor(rina), link)
    assert not queries.is_delivered(cleo)
    published(job, hana)
    assert queries.is_delivered(cleo)


def test_the_page_takes_few_queries(
    client: Client, hana: Person, job: Job, version: DisclosureVersion
) -> None:
    for _ in range(3):
        upkeep.attest(actor(hana), version)
    browser = client.as_(hana)
    with count_queries() as sent:
        browser.get(path(job), expect=200)
    assert len(sent) <= 10
