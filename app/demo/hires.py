"""The first people hired for the demo's first job: what they read before, and what they found since."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from app.accuracy import queries, services
from app.accuracy.models import Found
from app.accuracy.services import Said
from app.candidates import queries as links
from app.candidates import services as candidates
from app.candidates.models import Application
from app.core import clock
from app.debrief import queries as debriefs
from app.disclosures import queries as disclosures
from app.disclosures import services as acknowledgements
from app.policy import NOBODY, Actor

DAYS_OF_A_LINK = 60
SAME, CANNOT_SAY = "same", "cannot say"
Answers = Mapping[str, float | str]
# How many days ago each began.
FIRST_DAYS = {"Anouk Vale": -66, "Ines Calder": -65, "Jory Dunmore": -64, "Mirela Gant": -45}
# What each found on a day, and what surprised them; the last has not answered yet.
FOUND: Mapping[str, Mapping[int, tuple[Answers, str]]] = {
    "Anouk Vale": {
        30: (
            {"mentor": 45, "schedule_notice": SAME, "supervision_given": SAME, "aide_hours": SAME},
            "Two of my first weeks were at the second site, which has a record system of its own.",
        ),
        60: (
            {
                "mentor": 45,
                "visits_completed": 41,
                "caseload": 43,
                "follow_up_writing": SAME,
                "evaluation_writing": 20,
                "after_hours": 75,
                "notes_on_time": SAME,
            },
            "",
        ),
    },
    "Ines Calder": {
        30: (
            {"mentor": SAME, "schedule_notice": SAME, "supervision_given": 40, "aide_hours": 5.5},
            "",
        ),
        60: (
            {
                "mentor": 50,
                "visits_completed": 40,
                "caseload": 42,
                "follow_up_writing": SAME,
                "evaluation_writing": SAME,
                "after_hours": 60,
                "notes_on_time": 90,
            },
            "Notes take longer than the table says on days with two evaluations.",
        ),
    },
    "Jory Dunmore": {
        30: (
            {"mentor": 30, "schedule_notice": 5, "supervision_given": SAME, "aide_hours": CANNOT_SAY},
            "I did not expect to order splinting material myself.",
        ),
        60: (
            {
                "mentor": SAME,
                "visits_completed": 39,
                "caseload": SAME,
                "follow_up_writing": SAME,
                "evaluation_writing": 19,
                "after_hours": 35,
                "notes_on_time": SAME,
            },
            "",
        ),
    },
}


def reads(recruiter: Actor, application: Application) -> None:
    """A candidate gets their link, and acknowledges the version that stands."""
    link, _ = candidates.make_link(recruiter, application, days=DAYS_OF_A_LINK)
    candidates.confirm_handover(recruiter, link)
    version = disclosures.latest(application.job_id)
    if version is not None:
        name = application.candidate.name
        acknowledgements.acknowledge(NOBODY, link, version, typed_name=name)


def begins(recruiter: Actor, application: Application, starts_on: date) -> None:
    """The recruiter records the first day; the hire answers each check-in whose day has come."""
    zone = ZoneInfo(application.job.site.time_zone)
    noon = datetime.combine(starts_on, time(12), zone)
    with clock.at(noon - timedelta(days=2)):
        services.record_hire(recruiter, application, debriefs.hiring(application), starts_on=starts_on)
        link = links.now_live(links.links_of(application))[0]
    for day, (answers, surprise) in FOUND.get(application.candidate.name, {}).items():
        with clock.at(noon + timedelta(days=day)):
            services.answer_check_in(
                NOBODY,
                link,
                queries.get_hire_of(application),
                day=day,
                said={key: _said(found) for key, found in answers.items()},
                surprise=surprise,
                is_shared=False,
            )


def _said(found: float | str) -> Said:
    if isinstance(found, str):
        return Said(Found(found))
    return Said(Found.DIFFERENT, Decimal(str(found)))
