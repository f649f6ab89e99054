"""Changing what is said of a job."""

from collections.abc import Sequence

import pytest
from sqlalchemy import select

from app.audit.models import AuditEvent
from app.core.db import db
from app.identity.models import Person
from app.jobs.models import Job
from tests.client import Client, words
from tests.factories.jobs import job, team
from tests.factories.loops import open_loop


def typed(job: Job, **more: str) -> dict[str, str]:
    """The form as it stands for the job, with what is typed over it."""
    return {
        "title": job.title,
        "setting": job.setting,
        "role": job.role,
        "level": job.level,
        "site": str(job.site.public_id),
        "pay_low": str(job.pay_low or ""),
        "pay_high": str(job.pay_high or ""),
        "pay_period": job.pay_period.value,
        "decide_by": str(job.decide_by),
        "service_line": job.service_line,
        "level_lock": job.level_lock.value,
        "version": str(job.version),
    } | more


def path(job: Job) -> str:
    return f"/jobs/{job.public_id}/edit"


def test_hana_changes_the_level_and_the_pay_of_her_job(client: Client, hana: Person) -> None:
    made = job(hana)
    page = client.as_(hana).get(path(made), expect=200).get_data(as_text=True)
    assert 'value="84,000"' in page

    client.as_(hana).post(path(made), data=typed(made, level="senior", pay_high="110,000"), expect=303)

    assert (made.level, made.pay_high) == ("senior", 110_000)
    assert made.version == 2


def test_setting_role_and_level_stay_once_a_loop_has_opened(
    client: Client, hana: Person, iris: Person, ivo: Person
) -> None:
    made = job(hana)
    open_loop(made, panel=[iris, ivo])

    answer = client.as_(hana).post(
        path(made), data=typed(made, level="senior", title="New title"), expect=422
    )

    assert "The job's loop has opened: this stays as it was." in words(answer)
    assert 'value="New title"' in answer.get_data(as_text=True)
    client.as_(hana).post(path(made), data=typed(made, title="New title", pay_high="110,000"), expect=303)
    assert (made.title, made.level) == ("New title", "mid")


def test_the_pay_range_does_not_go_once_a_loop_has_opened(
    client: Client, hana: Person, iris: Person, ivo: Person
) -> None:
    made = job(hana)
    open_loop(made, panel=[iris, ivo])

    answer = client.as_(hana).post(path(made), data=typed(made, pay_low="", pay_high=""), expect=422)

    assert "the range may change, but not go" in words(answer)
    assert made.has_pay_range


def test_the_second_tab_is_told_that_the_job_has_changed(client: Client, hana: Person) -> None:
    made = job(hana)
    second_tab = typed(made, title="Second")
    client.as_(hana).post(path(made), data=typed(made, title="First"), expect=303)

    answer = client.as_(hana).post(path(made), data=second_tab, expect=409)

    assert "Somebody else changed this job meanwhile. What you typed is kept" in words(answer)
    assert "Stands now: First" in words(answer)
    assert 'value="Second"' in answer.get_data(as_text=True)
    assert made.title == "First"


def test_saving_without_a_change_changes_nothing(client: Client, hana: Person) -> None:
    made = job(hana)
    client.as_(hana).post(path(made), data=typed(made), expect=303)
    assert made.version == 1


def test_a_service_line_of_two_sentences_is_refused_at_its_field(client: Client, hana: Person) -> None:
    made = job(hana)
    line = "Owns hands within 9 visits a day. Trains new staff."
    answer = client.as_(hana).post(path(made), data=typed(made, service_line=line), expect=422)
    assert "This is more than one sentence." in words(answer)
    assert f'value="{line}"' in answer.get_data(as_text=True)

    line = "Owns hands within 9 visits a day and trains new staff."
    client.as_(hana).post(path(made), data=typed(made, service_line=line), expect=303)
    assert made.service_line == line


def test_when_the_level_is_locked_is_chosen_before_the_loop_opens(
    client: Client, hana: Person, iris: Person, ivo: Person
) -> None:
    made, browser = job(hana), client.as_(hana)
    browser.post(path(made), data=typed(made, level_lock="offer"), expect=303)
    open_loop(made, panel=[iris, ivo])

    answer = browser.post(path(made), data=typed(made, level_lock="opening"), expect=422)
    assert "The job's loop has opened: this stays as it was." in words(answer)
    browser.post(path(made), data=typed(made, level="senior"), expect=303)
    assert made.level == "senior"
    event = db.session.scalars(select(AuditEvent).order_by(AuditEvent.sequence.desc())).first()
    assert event is not None
    assert (event.event, event.facts_by_name) == ("job:changed", {"fields": ["level"]})
    browser.post(path(made), data=typed(made, role="ota"), expect=422)


def test_bad_input_keeps_what_was_typed(client: Client, hana: Person) -> None:
    made = job(hana)
    answer = client.as_(hana).post(
        path(made), data=typed(made, title="New title", pay_low="plenty"), expect=422
    )

    assert "A number, such as 84,000 or 31.50." in words(answer)
    assert 'value="New title"' in answer.get_data(as_text=True)
    assert 'value="plenty"' in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"pay_low": "84000"}, "Give the upper end, too, or leave both empty."),
        ({"pay_high": "84000"}, "Give the lower end, too, or leave both empty."),
        ({"pay_low": "2", "pay_high": "1"}, "The upper end is below the lower one."),
        ({"pay_low": "0", "pay_high": "1"}, "An amount above 0 and below 10,000,000."),
        ({"pay_low": "1", "pay_high": "10000000"}, "An amount above 0 and below 10,000,000."),
        ({"pay_low": "NaN", "pay_high": "1"}, "A number, such as 84,000 or 31.50."),
        ({"pay_low": "-5", "pay_high": "1"}, "A number, such as 84,000 or 31.50."),
        ({"pay_low": "31.505", "pay_high": "32"}, "A number, such as 84,000 or 31.50."),
        ({"pay_low": "plenty", "pay_high": "1"}, "A number, such as 84,000 or 31.50."),
        ({"decide_by": "0"}, "A whole number from 1 to 60."),
    ],
)
def test_an_impossible_value_is_refused_at_its_field(
    client: Client, hana: Person, wrong: dict[str, str], sentence: str
) -> None:
    made = job(hana, pay_low=None, pay_high=None)
    answer = client.as_(hana).post(path(made), data=typed(made, **wrong), expect=422)

    assert sentence in words(answer)
    assert all(f'value="{text}"' in answer.get_data(as_text=True) for text in wrong.values())


def test_its_recruiter_sees_the_job_and_cannot_change_it(client: Client, hana: Person, rina: Person) -> None:
    made = team(job(hana), recruiter=rina)
    for answer in both(client.as_(rina), made, expect=403):
        assert "Only the job's hiring manager can do this." in words(answer)


@pytest.mark.parametrize("who", ["olga", "iris", "ada", "remi"])
def test_to_anybody_else_the_job_is_not_there(
    client: Client, request: pytest.FixtureRequest, hana: Person, iris: Person, who: str
) -> None:
    made = team(job(hana), interviewers=[iris])
    both(client.as_(request.getfixturevalue(who)), made, expect=404)
    db.session.refresh(made)
    assert made.version == 1


def both(browser: Client, made: Job, *, expect: int) -> Sequence:
    """The answers to reading and to sending the form."""
    return browser.get(path(made), expect=expect), browser.post(path(made), data=typed(made), expect=expect)
