"""A loop keeps the level it opened at, whatever level is offered in the end."""

from dataclasses import replace

from app.core.db import db
from app.identity.models import Person
from app.jobs import services
from app.jobs.models import LevelLock
from scenarios import Level
from tests.client import Client, words
from tests.factories import debrief
from tests.factories.jobs import facts, job, team
from tests.factories.loops import open_loop
from tests.factories.people import actor, rina


def test_rules_over_several_criteria_stay_those_of_the_level_it_opened_at(
    client: Client, hana: Person, iris: Person, ivo: Person
) -> None:
    """Mid and senior ask the same of each criterion; only senior asks for some that are strong."""
    made = team(job(hana, level_lock=LevelLock.OFFER), recruiter=rina(), interviewers=[iris, ivo])
    loop = open_loop(made, [iris, ivo])
    application = debrief.met([iris, ivo], {}, {}, {}, job=made)
    senior = facts(level_lock=LevelLock.OFFER, profile=replace(made.profile, level=Level.SENIOR))
    services.change_job(actor(hana), made, senior, version=made.version)
    db.session.commit()

    page = words(client.as_(hana).get(f"/applications/{application.public_id}/debrief", expect=200))

    assert (made.level, loop.level) == ("senior", "mid")
    assert "Bars for mid level, as the loop opened; the job is at senior level now Met" in page
