"""Nobody talks about fit with the setting before the disclosure could be read, or it is recorded why."""

import pytest

from app.audit.models import AuditEvent
from app.candidates import services as candidates
from app.candidates.models import Application
from app.core.db import db
from app.core.errors import Invalid
from app.identity.models import Person
from app.jobs.models import Job
from app.loops import queries as loop_queries
from app.loops import services as loops
from app.loops.models import Loop
from app.loops.services import Content
from app.packs import queries as packs
from app.scoring import services
from app.scoring.delivery import Undelivered
from app.scoring.models import Interview
from tests.client import Client, words
from tests.factories import disclosures, jobs, scoring
from tests.factories.loops import GAPS, draft_loop
from tests.factories.people import actor
from tests.factories.scoring import NOON

SETTING_FIT = "hvd-homehealth-ot-mid"


@pytest.fixture
def loop(hana: Person, rina: Person, iris: Person, ivo: Person) -> Loop:
    """A loop of Hana's whose second stage is about fit with the setting."""
    job = jobs.team(jobs.job(hana), recruiter=rina, interviewers=[iris, ivo])
    made = draft_loop(job, [iris, ivo])
    stage = made.stages[1]
    version = next(one for one in packs.latest_versions() if one.key == SETTING_FIT)
    loops.change_stage(actor(hana), stage, Content(version), version=made.version)
    loops.open_loop(actor(hana), made, version=made.version, gaps_reason=GAPS)
    db.session.commit()
    found = loop_queries.open_loop(job.id)
    assert found is not None
    return found


@pytest.fixture
def cleo(loop: Loop) -> Application:
    return scoring.application([], "Cleo Marsh", loop.job)


def sent(loop: Loop, iris: Person, *, stage: int = 2, **more: str) -> dict[str, object]:
    """What the candidate's page sends to schedule a stage."""
    about = loop.stages[stage - 1].public_id
    said = {"starts_at": "2026-03-12T10:00", "which": "", "minutes": "20", "place": "Room 2"} | more
    return {
        "stage": str(about),
        f"{about}-panel": [str(iris.public_id)],
        **{f"{about}-{name}": value for name, value in said.items()},
    }


def delivered(job: Job, application: Application, hana: Person, rina: Person) -> None:
    disclosures.published(job, hana)
    link, _ = candidates.make_link(actor(rina), application, days=60)
    candidates.confirm_handover(actor(rina), link)
    db.session.commit()


def test_rina_is_told_and_says_why_and_it_is_recorded(
    client: Client, rina: Person, iris: Person, loop: Loop, cleo: Application
) -> None:
    address, browser = f"/applications/{cleo.public_id}", client.as_(rina)
    assert "no disclosure was handed to the candidate" in words(browser.get(address, expect=200))
    refused = words(browser.post(address, data=sent(loop, iris), expect=422))
    assert "No disclosure was handed to the candidate yet. Send the link first, or say why not." in refused
    assert db.session.query(Interview).count() == 0

    why = Undelivered.THEIR_WISH.value
    browser.post(address, data=sent(loop, iris, undelivered=why), expect=303)

    [event] = db.session.query(AuditEvent).filter_by(event="interview:before-disclosure")
    assert event.facts_by_name == {"stage": 2, "because": why}
    assert event.actor_id == rina.id


def test_once_it_was_handed_over_nothing_is_asked(
    client: Client, hana: Person, rina: Person, iris: Person, loop: Loop, cleo: Application
) -> None:
    delivered(loop.job, cleo, hana, rina)
    address, browser = f"/applications/{cleo.public_id}", client.as_(rina)
    assert "no disclosure was handed to the candidate" not in words(browser.get(address, expect=200))
    browser.post(address, data=sent(loop, iris), expect=303)
    assert db.session.query(AuditEvent).filter_by(event="interview:before-disclosure").count() == 0


def test_other_stages_do_not_wait_for_it(
    client: Client, rina: Person, iris: Person, loop: Loop, cleo: Application
) -> None:
    client.as_(rina).post(f"/applications/{cleo.public_id}", data=sent(loop, iris, stage=1), expect=303)


def test_the_service_refuses_it_too(rina: Person, loop: Loop, cleo: Application) -> None:
    with pytest.raises(Invalid, match="Send the link first"):
        services.schedule_interview(actor(rina), cleo, loop.stages[1], starts_at=NOON, minutes=45)
