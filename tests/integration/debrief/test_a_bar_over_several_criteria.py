"""The bar of a senior: so many strong criteria, in one stage or wherever the loop sees them."""

from app.identity.models import Person
from app.jobs.rules import Profile
from scenarios import Level, Role, Setting
from tests.client import Client, words
from tests.factories import debrief, jobs, loops, people

SENIOR = Profile(Setting.INPATIENT_REHAB, Role.OTA, Level.SENIOR)


def page_of_senior(client: Client, panel: list[Person], *stages: debrief.Levels) -> str:
    """The debrief of a senior who met a near miss, a high-volume day and then a case walkthrough."""
    job = jobs.team(jobs.job(people.hana(), profile=SENIOR), recruiter=people.rina(), interviewers=panel)
    loops.open_loop(job, panel, pack="inpatient-rehab-ot", besides="cw-irf-ot-senior")
    application = debrief.met(panel, {}, *stages, job=job)
    return words(client.as_(people.hana()).get(f"/applications/{application.public_id}/debrief", expect=200))


def test_strong_criteria_of_two_stages_meet_a_bar_over_the_loop(client: Client, iris: Person, ivo: Person):
    page = page_of_senior(client, [iris, ivo], {"VER": (4, 4)}, {"ASM": (4, 4), "POC": (4, 5)})

    assert "Standard bars for senior level, because the scenarios have none of their own: A corner of" in page
    assert "Bars for senior level Met every observed criterion reaches its bar" in page


def test_too_few_strong_criteria_in_the_whole_loop_are_counted(client: Client, iris: Person, ivo: Person):
    page = page_of_senior(client, [iris, ivo], {"ESC": (4, 4)}, {"ESC": (4, 5)})

    assert "1 of ASM, POC, ESC and VER at 4 or more, 2 needed" in page


def test_a_bar_over_one_stage_does_not_look_at_another(client: Client, iris: Person, ivo: Person):
    page = page_of_senior(client, [iris, ivo], {"ESC": (4, 4)}, {"POC": (4, 4)})

    assert "1 of ASM, POC and ESC at 4 or more, 2 needed" in page
    assert "ASM, POC, ESC and VER" not in page
