"""The editor: what is typed is kept, what cannot be true is refused, and the sum is shown in words."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from markupsafe import escape

from app.audit.events import Event
from app.audit.models import AuditEvent
from app.core import clock
from app.core.db import db
from app.demo import riverbend
from app.disclosures import queries, rules
from app.disclosures.catalogue import FIELDS, SOURCE_KEYS, STEPS, Step
from app.disclosures.facts import Fact
from app.identity.models import Person
from app.jobs.models import Job
from tests.client import Client, count_queries, words
from tests.factories import examples, jobs
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
        "The minute budget appears once these are filled in: week or day, how the job is paid, "
        "paid minutes a week" in page
    )
    assert "Not saved yet" in page


def paused(browser: Client, job: Job, data: dict[str, str], expect: int = 200) -> str:
    """What the page is answered at a pause in typing."""
    return words(browser.post(path(job), data=data, headers={"HX-Request": "true"}, expect=expect))


def test_a_pause_in_typing_saves_and_says_when(client: Client, hana: Person, job: Job) -> None:
    browser = client.as_(hana)
    with clock.at(datetime(2026, 11, 20, 15, 42, tzinfo=UTC)):
        live = paused(browser, job, typed(riverbend.facts()))

    assert EXAMPLE_IN_WORDS in live
    assert "Saved 9:42 am" in live or "Saved 10:42 am" in live
    assert queries.facts_of(queries.draft_of(job)) == riverbend.facts()
    assert live[: live.index("Saved ")].strip() in words(browser.get(path(job)))


def test_a_pause_saves_what_can_be_true_and_marks_the_rest(client: Client, hana: Person, job: Job) -> None:
    saved(job, hana)
    data = typed(riverbend.facts(), version=1) | {"no_show-typical": "120", "caseload-typical": "47"}

    live = paused(client.as_(hana), job, data)

    assert "The sum comes back once the 1 marked field can be true." in live
    assert "Typical: At most 99%." in live
    assert ", apart from 1 marked field" in live
    kept = queries.facts_of(queries.draft_of(job))
    assert kept["caseload"].typical == 47
    assert kept["no_show"].typical == 12


def test_what_contradicts_the_kept_value_of_a_marked_field_waits_with_it(
    client: Client, hana: Person, job: Job
) -> None:
    saved(job, hana)
    data = typed(riverbend.facts(), version=1) | {
        "visits_booked-typical": "70",  # Above its own range, so that 50 stays.
        "visits_completed-typical": "60",
        "visits_completed-high": "62",
    }

    live = paused(client.as_(hana), job, data)

    assert ", apart from 2 marked fields" in live
    assert "Above the high end of the range; at most 56." in live
    assert "At most the 50 visits booked." in live
    assert queries.facts_of(queries.draft_of(job)) == riverbend.facts()


def test_a_pause_over_somebody_elses_save_overwrites_nothing(client: Client, hana: Person, job: Job) -> None:
    saved(job, hana)
    browser = client.as_(hana)
    browser.post(path(job), data=typed(riverbend.facts(), version=1) | {"caseload-typical": "47"}, expect=303)

    stale = paused(browser, job, typed(riverbend.facts(), version=1) | {"caseload-typical": "48"}, expect=409)

    assert "Not saved: changed elsewhere" in stale
    assert queries.facts_of(queries.draft_of(job))["caseload"].typical == 47


def test_the_sum_changes_with_what_is_typed(client: Client, hana: Person, job: Job) -> None:
    data = typed(riverbend.facts()) | {"follow_up_writing-typical": "6", "target-typical": "70"}
    assert "65 minutes do not fit" in paused(client.as_(hana), job, data)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.key)
def test_each_step_shows_its_fields_and_keeps_the_others(
    client: Client, hana: Person, job: Job, step: Step
) -> None:
    saved(job, hana)
    browser, address = client.as_(hana), f"{path(job)}?step={step.key}"
    here = {group.source_key for group in step.groups} | {
        field.key for group in step.groups for field in group.fields
    }
    page = browser.get(address, expect=200).get_data(as_text=True)
    assert {field.key for field in FIELDS if f'id="{field.key}-label"' in page} == here - set(SOURCE_KEYS)

    facts = {key: fact for key, fact in riverbend.facts().items() if key in here}
    browser.post(address, data=typed(facts, version=1) | {"then": "payers"}, expect=303)

    assert queries.facts_of(queries.draft_of(job)) == riverbend.facts()


def test_the_steps_come_in_the_order_in_which_a_job_is_thought_through() -> None:
    assert [step.key for step in STEPS[:4]] == ["capacity", "documentation", "supervision", "payers"]


def test_what_is_blank_is_said_to_be_not_measured_at_one_press_but_not_what_needs_a_value(
    client: Client, hana: Person, job: Job
) -> None:
    browser = client.as_(hana)
    browser.post(f"{path(job)}?step=documentation", data={"version": "0", "then": "rest"}, expect=303)

    kept = queries.facts_of(queries.draft_of(job))
    assert kept["record_system"].state == "not measured"
    assert "note_deadline" not in kept
    assert "evaluation_writing" not in kept
    assert "caseload" not in kept, "it stands on another page"


def test_each_fact_names_who_wrote_it_last(client: Client, hana: Person, olga: Person, job: Job) -> None:
    saved(job, hana)
    jobs.team(job, manager=olga)
    caseload = replace(riverbend.facts()["caseload"], note="Counted again.")
    saved(job, olga, {"caseload": caseload})

    draft = queries.draft_of(job)
    assert draft is not None
    wrote = {row.key: row.changed_by_id for row in draft.facts}
    assert wrote.pop("caseload") == olga.id
    assert set(wrote.values()) == {hana.id}


def test_a_target_is_refused_where_it_leaves_too_little_time(client: Client, hana: Person, job: Job) -> None:
    browser, data = client.as_(hana), typed(riverbend.facts())
    page = words(browser.post(path(job), data=data | {"target-typical": "80"}, expect=422))
    assert "A target of 80% leaves 480 minutes beside treatment; 527 are needed." in page
    assert "The largest target that fits is 78%." in page
    assert queries.draft_of(job) is None

    browser.post(path(job), data=data | {"target-typical": "78"}, expect=303)
    more = typed(riverbend.facts(), version=1) | {"target-typical": "78", "follow_up_writing-typical": "6"}
    browser.post(path(job), data=more, expect=303)
    assert "605 are needed" in words(browser.get(path(job))), "it was possible before, and is marked now"


def test_an_ota_has_no_evaluations_to_give_and_the_page_says_so(client: Client, hana: Person) -> None:
    unit = jobs.job(hana, profile=examples.LAKESHORE)
    db.session.commit()
    page = client.as_(hana).get(path(unit), expect=200).get_data(as_text=True)
    assert 'value="Not a task of an OTA."' in page
    empty = rules.gaps(rules.effective({}, examples.LAKESHORE), examples.LAKESHORE, has_pay_range=True)
    missing = {gap.key: gap.sentence for gap in empty}
    assert "evaluations_completed" not in missing
    for key in ("supervision_received", "supervision_ratio", "state_rule", "supervision_cover"):
        assert missing[key] == "A value is needed."


def test_home_health_is_not_whole_without_travel() -> None:
    def missing(facts: dict[str, Fact]) -> set[str]:
        effective = rules.effective(facts, examples.HOME)
        return {gap.key for gap in rules.gaps(effective, examples.HOME, has_pay_range=True)}

    facts = examples.home_health()
    assert "travel" not in missing(facts)
    assert "travel" in missing(facts | {"travel": riverbend.NOT_APPLICABLE})
    assert "territory" in missing(facts)


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("caseload-people", "some", "A whole number, such as 12."),
        ("visits_source-people", "2", "Two people's records: tick that it is shared with consent"),
        ("case_mix-text", "Hand 55\nNeuro 30\nOther 14", "The shares make 99; together they are 100."),
        ("caseload-typical", "many", "A number, such as 12 or 12.5."),
        ("caseload-typical", "NaN", "A number, such as 12 or 12.5."),
        ("visits_source-as_of", "the third", "Not a valid date value."),
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
        assert str(escape(text)) in page.get_data(as_text=True)
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
    paused(client.as_(rina), job, typed(riverbend.facts()), expect=403)


def test_nobody_else_knows_that_the_draft_is_there(
    client: Client, job: Job, olga: Person, iris: Person, ada: Person
) -> None:
    for person in (olga, iris, ada):
        browser = client.as_(person)
        browser.get(path(job), expect=404)
        browser.post(path(job), data=typed(riverbend.facts()), expect=404)
        paused(browser, job, typed(riverbend.facts()), expect=404)


def test_the_editor_takes_few_queries(client: Client, hana: Person, job: Job) -> None:
    saved(job, hana)
    browser = client.as_(hana)
    with count_queries() as sent:
        browser.get(path(job), expect=200)
    assert len(sent) <= 15
