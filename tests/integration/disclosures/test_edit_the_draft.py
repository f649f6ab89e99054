"""The editor: what is typed is kept, what cannot be true is refused, and the sum is shown in words."""

from datetime import timedelta

import pytest

from app.audit.events import Event
from app.audit.models import AuditEvent
from app.core import clock
from app.core.db import db
from app.demo import riverbend
from app.disclosures import queries
from app.disclosures.catalogue import FIELDS
from app.identity.models import Person
from app.jobs.models import Job
from tests.client import Client, count_queries, words
from tests.factories.disclosures import saved, typed

EXAMPLE_IN_WORDS = (
    "In an ordinary week the work just fits because about one person in eight does not come. "
    "In a full week about four and a half hours do not fit; in our worst, over six."
)


def path(job: Job) -> str:
    return f"/jobs/{job.public_id}/disclosure"


def test_hana_types_the_worked_example_and_reads_its_three_balances(
    client: Client, hana: Person, job: Job
) -> None:
    browser = client.as_(hana)

    browser.post(path(job), data=typed(riverbend.facts()), expect=303)

    page = words(browser.get(path(job), expect=200))
    assert "+13 min" in page
    assert "263 minutes do not fit" in page
    assert "−381 min" in page
    assert EXAMPLE_IN_WORDS in page


def test_every_field_comes_back_as_it_was_typed(client: Client, hana: Person, job: Job) -> None:
    client.as_(hana).post(path(job), data=typed(riverbend.facts()), expect=303)

    assert queries.facts_of(queries.draft_of(job)) == riverbend.facts()
    assert {field.key for field in FIELDS} <= set(riverbend.facts())


def test_before_the_first_save_the_page_says_what_the_sum_waits_for(
    client: Client, hana: Person, job: Job
) -> None:
    page = words(client.as_(hana).get(path(job), expect=200))
    assert (
        "The minute budget appears once these are filled in: how the job is paid, paid minutes a week" in page
    )


def test_the_live_sum_is_the_one_that_is_shown_after_saving(client: Client, hana: Person, job: Job) -> None:
    browser, data = client.as_(hana), typed(riverbend.facts())

    live = words(browser.post(f"{path(job)}/preview", data=data, expect=200))
    assert queries.draft_of(job) is None, "a preview saves nothing"
    browser.post(path(job), data=data, expect=303)

    kept = live.removesuffix(" Not saved yet")
    assert kept != live
    assert EXAMPLE_IN_WORDS in kept
    assert kept in words(browser.get(path(job)))


def test_the_live_sum_says_that_a_marked_field_comes_first(client: Client, hana: Person, job: Job) -> None:
    data = typed(riverbend.facts()) | {"target-typical": "120"}
    page = words(client.as_(hana).post(f"{path(job)}/preview", data=data, expect=200))
    assert "The sum comes back once the 1 marked field can be true." in page


def test_the_live_sum_changes_with_what_is_typed(client: Client, hana: Person, job: Job) -> None:
    data = typed(riverbend.facts()) | {"follow_up_writing-typical": "6"}
    page = words(client.as_(hana).post(f"{path(job)}/preview", data=data, expect=200))
    assert "65 minutes do not fit" in page


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("target-typical", "120", "At most 99%."),
        ("notes_on_time-typical", "101", "At most 100%."),
        ("caseload-low", "60", "The low end is above the high one; at most 55."),
        ("caseload-typical", "70", "Above the high end of the range; at most 55."),
        ("caseload-typical", "3", "Below the low end of the range; at least 38."),
        ("meetings-bad_week", "-5", "0 or more."),
        ("paid_minutes-typical", "0", "1 or more."),
        ("paid_minutes-typical", "10,081", "At most 10,080."),
        ("co_sign-high", "72.0001", "At most 3 digits after the point."),
        ("evaluations_completed-typical", "45", "At most the 5 evaluations booked."),
        ("evaluations_completed-bad_week", "7", "At most the 6 evaluations booked."),
        ("evaluations_booked-typical", "51", "At most the 50 visits booked."),
        ("visits_completed-bad_week", "58", "At most the 57 visits booked."),
        ("visits_source-window_weeks", "0", "From 1 to 104 weeks."),
        ("visits_source-window_weeks", "105", "From 1 to 104 weeks."),
        ("caseload-people", "0", "From 1 to 10,000 people."),
        ("caseload-people", "some", "A whole number, such as 12."),
        ("caseload-typical", "many", "A number, such as 12 or 12.5."),
        ("caseload-typical", "NaN", "A number, such as 12 or 12.5."),
        ("visits_source-as_of", "the third", "Not a valid date value."),
        ("scope_owned-text", "\n".join("abcdefghi"), "At most 8 lines; this has 9."),
        ("lost_slot-text", "x" * 1001, "At most 1,000 characters."),
        ("travel-state", "withheld", "Say why it is withheld; candidates read the reason."),
        ("caseload-state", "not measured", "Here is a value; take it out, or say “given”."),
        ("pay_class-text", "in kind", "Not a valid choice."),
    ],
)
def test_what_cannot_be_true_is_refused_at_its_field_and_kept(
    client: Client, hana: Person, job: Job, name: str, text: str, sentence: str
) -> None:
    data = typed(riverbend.facts()) | {name: text}

    page = client.as_(hana).post(path(job), data=data, expect=422)

    said = words(page)
    assert sentence in said
    assert "Not saved: 1 field cannot be true as typed." in said
    assert "Treatment minutes of paid minutes, monthly." in said, "everything else typed is kept"
    if name != "pay_class-text":
        assert text in page.get_data(as_text=True)
    assert queries.draft_of(job) is None


def test_a_day_that_is_still_to_come_is_refused(client: Client, hana: Person, job: Job) -> None:
    today = clock.today(job.site.time_zone)
    data = typed(riverbend.facts()) | {"visits_source-as_of": (today + timedelta(days=1)).isoformat()}
    assert f"at the latest {today.day} {today:%B %Y}" in words(
        client.as_(hana).post(path(job), data=data, expect=422)
    )

    data["visits_source-as_of"] = today.isoformat()
    client.as_(hana).post(path(job), data=data, expect=303)


def test_two_tabs_see_both_texts_and_nothing_is_overwritten(client: Client, hana: Person, job: Job) -> None:
    saved(job, hana)
    browser = client.as_(hana)
    first = typed(riverbend.facts(), version=1) | {"caseload-typical": "47"}
    second = typed(riverbend.facts(), version=1) | {
        "caseload-typical": "48",
        "caseload-note": "Counted again.",
    }
    browser.post(path(job), data=first, expect=303)

    page = browser.post(path(job), data=second, expect=409)

    said = words(page)
    assert "Saved meanwhile: typical 47 , note empty . Below is what you typed." in said
    assert 'value="48"' in page.get_data(as_text=True)
    assert str(queries.facts_of(queries.draft_of(job))["caseload"].typical).startswith("47")

    browser.post(path(job), data=second | {"version": "2"}, expect=303)
    assert queries.facts_of(queries.draft_of(job))["caseload"].note == "Counted again."


def test_a_first_save_meets_another_first_save(client: Client, hana: Person, job: Job) -> None:
    browser = client.as_(hana)
    browser.post(path(job), data=typed(riverbend.facts()), expect=303)
    browser.post(path(job), data=typed(riverbend.facts()) | {"caseload-typical": "48"}, expect=409)


def test_saving_the_same_again_changes_nothing_and_is_not_recorded(
    client: Client, hana: Person, job: Job
) -> None:
    browser = client.as_(hana)
    browser.post(path(job), data=typed(riverbend.facts()), expect=303)
    browser.post(path(job), data=typed(riverbend.facts()), expect=303)

    draft = queries.draft_of(job)
    assert draft is not None
    assert draft.version == 1
    assert len(db.session.query(AuditEvent).filter_by(event=Event.DISCLOSURE_SAVED.value).all()) == 1


def test_a_field_that_is_emptied_is_blank_again(client: Client, hana: Person, job: Job) -> None:
    saved(job, hana)
    draft = queries.draft_of(job)
    assert draft is not None
    emptied = typed(riverbend.facts(), version=draft.version)
    emptied |= {name: "" for name in emptied if name.startswith("lost_slot-") and not name.endswith("-state")}

    client.as_(hana).post(path(job), data=emptied, expect=303)

    assert "lost_slot" not in queries.facts_of(queries.draft_of(job))


def test_a_field_that_is_not_measured_is_left_out_of_the_sum_and_the_page_says_so(
    client: Client, hana: Person, job: Job
) -> None:
    data = typed(riverbend.facts())
    data |= {name: "" for name in data if name.startswith("coordination-")} | {
        "coordination-state": "not measured"
    }
    browser = client.as_(hana)
    browser.post(path(job), data=data, expect=303)

    page = words(browser.get(path(job)))
    assert "+53 min" in page
    assert "Not in the sum yet: coordination a week." in page


def test_rina_reads_the_draft_and_cannot_save_it(client: Client, rina: Person, job: Job) -> None:
    page = words(client.as_(rina).get(path(job), expect=200))
    assert "Only the job's hiring manager can do this." in page
    client.as_(rina).post(path(job), data=typed(riverbend.facts()), expect=403)
    client.as_(rina).post(f"{path(job)}/preview", data=typed(riverbend.facts()), expect=403)


def test_nobody_else_knows_that_the_draft_is_there(
    client: Client, job: Job, olga: Person, iris: Person, ada: Person
) -> None:
    for person in (olga, iris, ada):
        browser = client.as_(person)
        browser.get(path(job), expect=404)
        browser.post(path(job), data=typed(riverbend.facts()), expect=404)
        browser.post(f"{path(job)}/preview", data=typed(riverbend.facts()), expect=404)


def test_the_editor_takes_few_queries(client: Client, hana: Person, job: Job) -> None:
    saved(job, hana)
    browser = client.as_(hana)
    with count_queries() as sent:
        browser.get(path(job), expect=200)
    assert len(sent) <= 15
