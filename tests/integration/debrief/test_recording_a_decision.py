"""Recording a decision: what it needs, what refuses it, and how it is corrected."""

import pytest
import sqlalchemy as sa

from app.audit.events import Event
from app.audit.models import AuditEvent
from app.candidates.models import Application
from app.core.db import db
from app.debrief.models import DecisionOutcome, DecisionRecord
from app.scoring import services as scoring_services
from tests.client import words
from tests.factories import debrief, people, scoring
from tests.factories.debrief import REASONS

MET = {"SAF": (4, 4)}
NOT_MET = {"SAF": (2, 2)}
ASIDE = "The fire alarm ended that stage after nine minutes."


def decide(client, person, application, *, expect=303, **said):
    form = {"number": "1", "outcome": "offer", "reasons": REASONS, "departure": ""} | said
    return client.as_(person).post(f"/applications/{application.public_id}/debrief", data=form, expect=expect)


def decisions(application):
    found = sa.select(DecisionRecord).where(DecisionRecord.application_id == application.id)
    return db.session.scalars(found.order_by(DecisionRecord.number)).all()


def everywhere(*stages):
    """Three stages in, so that no critical criterion is left open."""
    return [*stages, {}, {}][:3]


def test_the_manager_records_a_decision_with_its_reasons(client, hana, iris, ivo):
    application = debrief.met([iris, ivo], *everywhere(MET))

    answer = decide(client, hana, application)

    page = words(client.as_(hana).get(answer.headers["Location"], expect=200))
    assert f"Offer {REASONS} Decision 1 by Hana Sato" in page
    assert db.session.get_one(Application, application.id).decided_at is not None
    event = db.session.scalars(sa.select(AuditEvent).where(AuditEvent.event == Event.DECISION_RECORDED)).one()
    assert event.facts == '{"number":1,"outcome":"offer"}'
    assert REASONS not in event.facts


@pytest.mark.parametrize("reasons", ["", "Good fit."])
def test_a_decision_without_a_sentence_of_reasons_is_refused_and_keeps_what_was_typed(
    client, hana, iris, ivo, reasons
):
    application = debrief.met([iris, ivo], *everywhere(MET))

    page = decide(client, hana, application, reasons=reasons, expect=422)

    assert "Write at least one sentence" in words(page)
    assert f">\n{reasons}</textarea>" in page.text.replace("\r", "")
    assert 'value="offer" checked' in page.text
    assert decisions(application) == []


def test_a_decision_names_what_was_decided(client, hana, iris, ivo):
    application = debrief.met([iris, ivo], *everywhere(MET))

    assert "Choose one." in words(decide(client, hana, application, outcome="", expect=422))
    decide(client, hana, application, outcome="perhaps", expect=422)
    assert decisions(application) == []


def test_an_offer_against_the_rule_needs_why_the_rule_is_set_aside(client, hana, iris, ivo):
    application = debrief.met([iris, ivo], *everywhere(NOT_MET))

    refused = words(decide(client, hana, application, expect=422))
    assert "The rule is not met. Write at least one sentence on why it is set aside." in refused

    decide(client, hana, application, departure=ASIDE)
    (decision,) = decisions(application)
    assert decision.departs_from_rule
    page = words(client.as_(hana).get(f"/applications/{application.public_id}/debrief"))
    assert "departs from the rule" in page
    assert f"The rule was set aside: {ASIDE}" in page


def test_an_offer_while_a_critical_criterion_is_unobserved_departs_from_the_rule_too(client, hana, iris, ivo):
    application = debrief.met([iris, ivo], MET)

    decide(client, hana, application, expect=422)
    decide(client, hana, application, departure=ASIDE)

    assert decisions(application)[0].departs_from_rule


def test_no_offer_never_departs_from_the_rule(client, hana, iris, ivo):
    application = debrief.met([iris, ivo], *everywhere(NOT_MET))

    decide(client, hana, application, outcome="no offer")

    assert not decisions(application)[0].departs_from_rule


def test_a_decision_is_refused_while_an_assignment_is_open_and_taken_once_it_is_waived(
    client, hana, iris, ivo
):
    application = debrief.met([iris, ivo], MET)
    second = scoring.interview_with([iris, ivo], submitted=[iris], of=application, stage=2)

    refused = words(decide(client, hana, application, outcome="no offer", expect=403))
    assert "An assignment is still open; wait for it, or waive it with a reason." in refused
    page = client.as_(hana).get(f"/applications/{application.public_id}/debrief", expect=200)
    assert "An assignment is still open" in words(page)
    assert "disabled aria-describedby" in page.text

    scoring_services.waive(people.actor(hana), scoring.seat_of(second, ivo), reason="Ivo left the clinic.")
    decide(client, hana, application, outcome="no offer")
    assert len(decisions(application)) == 1


def test_a_manager_who_sits_on_a_panel_decides_only_after_handing_in(client, hana, iris):
    application = debrief.met([iris, hana], MET)
    scoring.interview_with([iris, hana], of=application, stage=2)

    page = words(decide(client, hana, application, expect=403))

    assert "Closed until yours is in" in page


@pytest.mark.parametrize("name", ["rina", "iris"])
def test_nobody_but_the_manager_decides(client, request, iris, ivo, name):
    application = debrief.met([iris, ivo], *everywhere(MET))

    page = words(decide(client, request.getfixturevalue(name), application, expect=403))

    assert "Only the job's hiring manager can do this." in page
    assert decisions(application) == []


def test_another_teams_manager_finds_nothing(client, olga, iris, ivo):
    application = debrief.met([iris, ivo], *everywhere(MET))

    decide(client, olga, application, expect=404)


def test_a_second_click_is_the_same_decision(client, hana, iris, ivo):
    application = debrief.met([iris, ivo], *everywhere(MET))

    decide(client, hana, application)
    decide(client, hana, application)

    assert len(decisions(application)) == 1
    happened = sa.select(AuditEvent).where(AuditEvent.event == Event.DECISION_RECORDED)
    assert len(db.session.scalars(happened).all()) == 1


def test_a_correction_is_a_new_record_that_names_the_one_before(client, hana, iris, ivo):
    application = debrief.met([iris, ivo], *everywhere(MET))
    decide(client, hana, application)

    decide(
        client,
        hana,
        application,
        number="2",
        outcome="no offer",
        reasons="The license could not be verified.",
    )

    assert [one.outcome for one in decisions(application)] == [
        DecisionOutcome.OFFER,
        DecisionOutcome.NO_OFFER,
    ]
    page = words(client.as_(hana).get(f"/applications/{application.public_id}/debrief"))
    assert "No offer The license could not be verified. Decision 2 by Hana Sato" in page
    assert "corrects decision 1" in page
    assert page.index("No offer The license") < page.index(f"Offer {REASONS}")


def test_a_page_that_missed_a_decision_is_told_and_changes_nothing(client, hana, iris, ivo):
    application = debrief.met([iris, ivo], *everywhere(MET))
    decide(client, hana, application)

    page = words(decide(client, hana, application, outcome="no offer", expect=409))

    assert "Somebody recorded a decision meanwhile." in page
    assert len(decisions(application)) == 1


def test_there_is_nothing_to_decide_on_a_candidate_who_withdrew(client, hana, rina, iris, ivo):
    application = debrief.met([iris, ivo], MET)
    scoring_services.withdraw_application(people.actor(rina), application, reason="Took another post.")

    page = words(decide(client, hana, application, expect=403))

    assert "The candidate withdrew; there is nothing to decide." in page


def test_the_database_keeps_a_decision_as_it_is(app, iris, ivo):
    decision = debrief.decision(debrief.met([iris, ivo], MET))

    with pytest.raises(sa.exc.IntegrityError, match="history"):
        db.session.execute(sa.update(DecisionRecord).values(reasons="Something else was meant."))
    db.session.rollback()
    assert db.session.get_one(DecisionRecord, decision.id).reasons == REASONS


def test_only_an_offer_can_be_stored_as_a_departure(app, iris, ivo):
    departing = DecisionRecord(
        application_id=debrief.met([iris, ivo], MET).id,
        outcome=DecisionOutcome.NO_OFFER,
        reasons=REASONS,
        departure=ASIDE,
        decided_by_id=iris.id,
    )
    db.session.add(departing)

    with pytest.raises(sa.exc.IntegrityError, match="only_an_offer_departs"):
        db.session.flush()
    db.session.rollback()
