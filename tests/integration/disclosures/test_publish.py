"""Publishing: what is frozen, what stands in its way, and how a version is taken back."""

import json
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from flask import Flask

from app.audit.models import AuditEvent
from app.core.db import db
from app.core.errors import Conflict, Forbidden
from app.demo import riverbend
from app.disclosures import publication, queries, services
from app.disclosures.document import digest
from app.disclosures.facts import BLANK, Fact
from app.identity.models import Person
from app.jobs.models import Job
from tests.client import Client, count_queries, words
from tests.factories import jobs
from tests.factories.disclosures import published, reviewed, saved
from tests.factories.people import actor


def path(job: Job) -> str:
    return f"/jobs/{job.public_id}/disclosure/publication"


def digest_on(page: str) -> str:
    start = page.index('name="digest" value="') + len('name="digest" value="')
    return page[start : page.index('"', start)]


def publishing(page: str) -> dict[str, str]:
    """What the button of this page sends."""
    return {"do": "publish", "digest": digest_on(page)}


def with_changes(**changes: Fact) -> dict[str, Fact]:
    return riverbend.facts() | changes


def changed(key: str, **attributes: object) -> Mapping[str, Fact]:
    return with_changes(**{key: replace(riverbend.facts()[key], **attributes)})


def test_hana_publishes_what_she_was_shown(client: Client, hana: Person, job: Job) -> None:
    saved(job, hana)
    reviewed(job)
    browser = client.as_(hana)
    page = browser.get(path(job), expect=200)
    assert "About 263 minutes a week do not fit in paid time when everyone arrives" in words(page)

    browser.post(path(job), data=publishing(page.get_data(as_text=True)), expect=303)

    version = queries.latest(job.id)
    assert version is not None
    assert version.number == 1
    assert version.digest == digest(version.document)
    assert "Version 1 Today" in words(browser.get(path(job)))
    assert queries.latest(job.id) is not None


def test_the_document_holds_the_facts_the_sums_and_the_job_and_names_nobody(hana: Person, job: Job) -> None:
    document = json.loads(published(job, hana).document)

    assert document["number"] == 1
    assert document["employer"] == "Riverbend Hand and Neuro Clinic"
    assert document["job"]["title"] == "Occupational therapist, outpatient, mid level"
    assert document["pay"] == {"low": 84000, "high": 101000, "per": "year", "currency": "USD"}
    assert document["as_of"] == "2026-03-03"
    assert document["lead"].startswith("In an ordinary week the work just fits")
    balances = {week: minutes["balance"] for week, minutes in document["budget"].items()}
    assert balances == {"typical": 13, "everyone": -263, "bad": -381}
    after_hours = next(fact for fact in document["facts"] if fact["key"] == "after_hours")
    assert after_hours == {
        "group": "Writing",
        "key": "after_hours",
        "label": "Writing after hours a week",
        "unit": "min",
        "kind": "number",
        "state": "given",
        "typical": 35,
        "low": 0,
        "high": 120,
        "bad_week": 340,
        "basis": "measured",
        "source": "EHR timestamps",
        "window_weeks": 12,
        "people": 4,
        "as_of": "2026-03-03",
        "owner": "clinic lead",
    }
    assert "Hana" not in json.dumps(document)


def test_a_field_names_its_own_source_or_that_of_its_group(hana: Person, job: Job) -> None:
    facts = {fact["key"]: fact for fact in json.loads(published(job, hana).document)["facts"]}
    assert (facts["caseload"]["source"], facts["visits_booked"]["source"]) == ("EHR", "schedule")
    assert (facts["evaluation_writing"]["people"], facts["after_hours"]["people"]) == (3, 4)
    assert (facts["meetings"]["basis"], facts["co_sign"]["basis"]) == ("estimated", "measured")


def test_the_same_again_is_refused_with_words(client: Client, hana: Person, job: Job) -> None:
    published(job, hana)
    page = client.as_(hana).get(path(job), expect=200)
    assert "Version 1 says exactly this already." in words(page)

    data = publishing(page.get_data(as_text=True))
    refused = client.as_(hana).post(path(job), data=data, expect=409)
    assert "Version 1 says exactly this already." in words(refused)
    assert [version.number for version in queries.versions_of(job)] == [1]


def test_a_change_makes_the_next_version_and_leaves_the_first_as_it_was(hana: Person, job: Job) -> None:
    first = published(job, hana)
    document, public_id = first.document, first.public_id

    second = published(job, hana, changed("caseload", typical=Decimal(47)))

    assert second.number == 2
    db.session.expire_all()
    assert queries.get_version(public_id).document == document
    assert digest(document) == queries.get_version(public_id).digest != second.digest


def test_a_correction_shows_before_and_after_and_keeps_its_note(
    client: Client, hana: Person, job: Job
) -> None:
    published(job, hana)
    saved(job, hana, changed("caseload", typical=Decimal(50)))
    reviewed(job)
    browser = client.as_(hana)
    page = browser.get(path(job), expect=200)
    assert "What changes since version 1 1 Field Version 1 Now Caseload heavier 46 people" in words(page)

    sent = publishing(page.get_data(as_text=True))
    assert "Say in one sentence what changed" in words(browser.post(path(job), data=sent, expect=422))
    browser.post(path(job), data=sent | {"note": "Counted over 12 weeks."}, expect=303)

    assert "Counted over 12 weeks." in words(browser.get(path(job)))


def test_what_is_vague_is_pointed_at_and_stands_in_nobodys_way(
    client: Client, hana: Person, job: Job
) -> None:
    vague = replace(riverbend.facts()["lost_slot"], text="A fast-paced day; used for notes.")
    saved(job, hana, with_changes(lost_slot=vague))
    reviewed(job)
    page = words(client.as_(hana).get(path(job), expect=200))
    assert "“fast-paced” cannot be checked: say how many, how long or how often." in page
    assert publication.prepare(job).refusal == ""


def test_what_was_not_shown_is_not_published(client: Client, hana: Person, job: Job) -> None:
    saved(job, hana)
    browser = client.as_(hana)
    reviewed(job)
    shown = publishing(browser.get(path(job)).get_data(as_text=True))
    saved(job, hana, changed("caseload", typical=Decimal(47)))
    reviewed(job)

    page = browser.post(path(job), data=shown, expect=409)

    assert "The draft or the job changed since this page was opened." in words(page)
    assert queries.latest(job.id) is None


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (with_changes(overload_plan=BLANK), "When it is too much A value is needed."),
        (
            with_changes(lost_slot=BLANK),
            "What a lost slot is used for Give a value, or say why there is none.",
        ),
        (
            with_changes(follow_up_minutes=riverbend.NOT_APPLICABLE),
            "Patient time in a follow-up A value is needed.",
        ),
        (
            changed("visits_completed", bad_week_reason=""),
            "Visits completed a week Say how many in the bad week, and why it was bad.",
        ),
        (
            with_changes(visits_source=BLANK),
            "Visits booked a week Name its basis, source, as-of date.",
        ),
        (
            with_changes(visits_source=replace(riverbend.facts()["visits_source"], window_weeks=None)),
            "Visits booked a week Name its window in weeks.",
        ),
    ],
)
def test_a_gap_is_named_and_nothing_is_published(
    client: Client, hana: Person, job: Job, facts: Mapping[str, Fact], sentence: str
) -> None:
    saved(job, hana, facts)
    assert sentence in words(client.as_(hana).get(path(job), expect=200))
    with pytest.raises(Conflict):
        services.publish(actor(hana), job, digest=publication.prepare(job).digest)


def test_a_field_may_say_why_it_is_not_given(hana: Person, job: Job) -> None:
    withheld = Fact(state="withheld", reason="Under negotiation.")
    facts = json.loads(published(job, hana, with_changes(aide_hours=withheld)).document)["facts"]
    aide = next(fact for fact in facts if fact["key"] == "aide_hours")
    assert (aide["state"], aide["reason"]) == ("withheld", "Under negotiation.")


def test_unpaid_minutes_of_hourly_staff_are_not_published(hana: Person, job: Job) -> None:
    hourly = replace(riverbend.facts()["pay_class"], text="hourly")
    saved(job, hana, with_changes(pay_class=hourly))
    with pytest.raises(Conflict, match="compliance"):
        services.publish(actor(hana), job, digest=publication.prepare(job).digest)

    paid = replace(riverbend.facts()["after_hours_pay"], text="paid as overtime")
    assert published(job, hana, with_changes(pay_class=hourly, after_hours_pay=paid)).number == 1


def test_a_week_that_does_not_fit_is_published_and_says_so(hana: Person, job: Job) -> None:
    longer = changed("follow_up_writing", typical=Decimal(8))
    lower = replace(riverbend.facts()["target"], typical=Decimal(70))
    document = json.loads(published(job, hana, {**longer, "target": lower}).document)
    assert "About 143 minutes a week do not fit in paid time; they are not paid separately." in [
        check["sentence"] for check in document["checks"]
    ]


def test_a_job_without_a_pay_range_is_not_published(client: Client, hana: Person) -> None:
    bare = jobs.job(hana, pay_low=None, pay_high=None)
    db.session.commit()
    saved(bare, hana)
    assert "Pay range The job has none yet." in words(client.as_(hana).get(path(bare), expect=200))


def test_before_anything_is_filled_in_the_page_lists_what_is_missing(
    client: Client, hana: Person, job: Job
) -> None:
    page = words(client.as_(hana).get(path(job), expect=200))
    assert "fields still to fill in" in page
    assert "None yet. Candidates’ links say that nothing is published." in page


def test_only_the_manager_publishes(
    client: Client, hana: Person, rina: Person, olga: Person, job: Job
) -> None:
    saved(job, hana)
    reviewed(job)
    shown = publication.prepare(job).digest
    assert "Only the job's hiring manager can do this." in words(client.as_(rina).get(path(job), expect=200))
    client.as_(rina).post(path(job), data={"do": "publish", "digest": shown}, expect=403)
    client.as_(olga).get(path(job), expect=404)
    client.as_(olga).post(path(job), data={"do": "publish", "digest": shown}, expect=404)
    assert queries.latest(job.id) is None


def test_a_retraction_says_why_and_the_earlier_version_stands_again(
    client: Client, hana: Person, job: Job
) -> None:
    first = published(job, hana)
    second = published(job, hana, changed("caseload", typical=Decimal(47)))
    browser, address = client.as_(hana), f"/disclosures/{second.public_id}/retraction"

    assert "Say why" in words(browser.post(address, data={"reason": " "}, expect=422))
    browser.post(address, data={"reason": "The caseload was counted twice."}, expect=303)

    standing = queries.latest(job.id)
    assert standing is not None
    assert standing.number == first.number
    assert "The caseload was counted twice." in words(browser.get(path(job)))
    assert "This version is retracted." in words(browser.get(address, expect=403))
    again = published(job, hana, changed("caseload", typical=Decimal(48)))
    assert again.number == 3, "numbers are never used twice"


def test_nobody_but_the_manager_retracts(
    app: Flask, client: Client, hana: Person, rina: Person, olga: Person, job: Job
) -> None:
    version = published(job, hana)
    address = f"/disclosures/{version.public_id}/retraction"
    client.as_(rina).get(address, expect=403)
    client.as_(rina).post(address, data={"reason": "Mine."}, expect=403)
    client.as_(olga).post(address, data={"reason": "Mine."}, expect=404)
    with pytest.raises(Forbidden):
        services.retract(actor(olga), version, reason="Mine.")


def test_publishing_is_recorded_without_a_word_of_what_was_typed(hana: Person, job: Job) -> None:
    version = published(job, hana)
    facts = [
        json.loads(event.facts)
        for event in db.session.query(AuditEvent).filter_by(subject_kind="disclosure_version")
    ]
    assert facts == [{"number": 1, "digest": version.digest}]


def test_the_page_takes_few_queries(client: Client, hana: Person, job: Job) -> None:
    for caseload in range(40, 46):
        published(job, hana, changed("caseload", typical=Decimal(caseload)))
    browser = client.as_(hana)
    with count_queries() as sent:
        browser.get(path(job), expect=200)
    assert len(sent) <= 15
