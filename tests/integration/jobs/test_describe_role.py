"""Saying what a role is for: why it exists, what it decides, which risks it makes smaller, what good is."""

import re

import pytest
from sqlalchemy import select

from app.audit.models import AuditEvent
from app.core.db import db
from app.identity.models import Person
from app.jobs.brief import brief_of
from app.jobs.models import Authority, Job, RoleReason
from tests.client import Client, words
from tests.factories.jobs import job, team
from tests.factories.loops import open_loop


def path(job: Job) -> str:
    return f"/jobs/{job.public_id}/role"


def typed(job: Job, *rights: tuple[str, str], **more: str) -> dict[str, str]:
    """The form with these rows in its table of decisions."""
    rows = {
        f"rights-{place}-{name}": text
        for place, right in enumerate(rights)
        for name, text in zip(("decision", "authority"), right, strict=True)
    }
    return {"version": str(job.version), **rows, **more}


def test_hana_says_what_the_role_is_for(client: Client, hana: Person) -> None:
    made = job(hana)
    client.as_(hana).post(
        path(made),
        data=typed(
            made,
            ("Stop a session that is not safe", "alone"),
            ("", ""),
            ("Discharge before the goals are met", "ask first"),
            reason="handoffs",
            reason_note="Three home programs got lost in spring.",
            first_risk="Patients go home without a program.",
            good_at_90="The usual schedule is kept.",
        ),
        expect=303,
    )

    assert (made.reason, made.version) == (RoleReason.HANDOFFS, 2)
    assert [(one.position, one.decision, one.authority) for one in made.decision_rights] == [
        (1, "Stop a session that is not safe", Authority.ALONE),
        (2, "Discharge before the goals are met", Authority.ASK_FIRST),
    ]
    assert brief_of(made).gaps == ["what the job owns", "what good is at 30, 60 and 90 days"]
    event = db.session.scalars(select(AuditEvent).order_by(AuditEvent.sequence.desc())).first()
    assert event is not None
    assert event.facts_by_name == {
        "fields": ["decision_rights", "first_risk", "good_at_90", "reason", "reason_note"]
    }


def test_words_to_begin_with_are_offered_and_not_kept_before_somebody_says_so(
    client: Client, hana: Person
) -> None:
    made = job(hana)
    page = client.as_(hana).get(path(made), expect=200).get_data(as_text=True)

    assert 'value="Evaluate, set goals and change the plan of care"' in page
    assert "Scope is protected" in page
    assert page.count("Nothing is kept before you press the button") == 2
    assert len(re.findall(r'name="rights-\d+-decision"[^>]*value=""', page)) == 2
    assert made.decision_rights == []


def test_what_was_said_stands_in_the_form_instead_of_what_is_offered(client: Client, hana: Person) -> None:
    made = job(hana)
    browser = client.as_(hana)
    browser.post(
        path(made), data=typed(made, ("Order splints", "inform"), good_at_30="Knows the unit."), expect=303
    )

    page = browser.get(path(made)).get_data(as_text=True)
    assert 'value="Order splints"' in page
    assert "Knows the unit." in page
    assert "Evaluate, set goals" not in page
    assert "Scope is protected" not in page


def test_rows_are_taken_out_put_in_between_and_added(client: Client, hana: Person) -> None:
    made, browser = job(hana), client.as_(hana)
    browser.post(path(made), data=typed(made, ("A", "alone"), ("B", "inform"), ("C", "alone")), expect=303)
    browser.post(
        path(made),
        data=typed(made, ("A", "alone"), ("", "inform"), ("C", "ask first"), ("D", "alone"), ("E", "alone")),
        expect=303,
    )
    assert [one.decision for one in made.decision_rights] == ["A", "C", "D", "E"]

    browser.post(path(made), data=typed(made), expect=303)
    assert made.decision_rights == []


def test_a_decision_without_its_way_is_asked_for_and_what_was_typed_stays(
    client: Client, hana: Person
) -> None:
    made = job(hana)
    answer = client.as_(hana).post(
        path(made), data=typed(made, ("Order splints", ""), first_risk="Falls."), expect=422
    )

    page = answer.get_data(as_text=True)
    assert "Choose how it is taken." in words(answer)
    assert 'value="Order splints"' in page
    assert 'value="Falls."' in page


def test_the_same_decision_twice_is_refused_at_its_row(client: Client, hana: Person) -> None:
    made = job(hana)
    answer = client.as_(hana).post(
        path(made),
        data=typed(made, ("", ""), ("Order splints", "alone"), ("order splints", "inform")),
        expect=422,
    )
    page = answer.get_data(as_text=True)
    assert page.index("This decision is in the table already.") > page.index("rights-2-decision")


def test_another_reason_needs_words(client: Client, hana: Person) -> None:
    made = job(hana)
    answer = client.as_(hana).post(path(made), data=typed(made, reason="other"), expect=422)
    assert "Say the reason in a few words." in words(answer)


def test_the_second_tab_keeps_what_was_typed_and_says_what_stands(client: Client, hana: Person) -> None:
    made = job(hana)
    second = typed(made, ("Order splints", "alone"), first_risk="Falls.")
    client.as_(hana).post(path(made), data=typed(made, first_risk="Lost notes."), expect=303)

    answer = client.as_(hana).post(path(made), data=second, expect=409)

    page = answer.get_data(as_text=True)
    assert "Somebody else changed this job meanwhile." in words(answer)
    assert "Stands now: Lost notes." in words(answer)
    assert 'value="Falls."' in page
    assert made.first_risk == "Lost notes."
    again = second | {"version": re.findall(r'name="version"[^>]*value="(\d+)"', page)[0]}
    client.as_(hana).post(path(made), data=again, expect=303)
    assert made.first_risk == "Falls."


def test_it_can_still_be_said_while_candidates_are_met(
    client: Client, hana: Person, iris: Person, ivo: Person
) -> None:
    made = job(hana)
    open_loop(made, panel=[iris, ivo])
    client.as_(hana).post(path(made), data=typed(made, first_risk="Falls."), expect=303)
    assert made.first_risk == "Falls."


@pytest.mark.parametrize(("who", "status"), [("rina", 403), ("iris", 404), ("olga", 404), ("ada", 404)])
def test_only_its_manager_says_it(
    client: Client,
    request: pytest.FixtureRequest,
    hana: Person,
    rina: Person,
    iris: Person,
    who: str,
    status: int,
) -> None:
    made = team(job(hana), recruiter=rina, interviewers=[iris])
    browser = client.as_(request.getfixturevalue(who))
    browser.get(path(made), expect=status)
    browser.post(path(made), data=typed(made, first_risk="Falls."), expect=status)
    assert made.first_risk == ""
