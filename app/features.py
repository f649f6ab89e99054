"""The features, put together: which blueprints there are, and who a request's viewer is."""

from flask import Flask, Request

from app.accuracy import cli as accuracy_cli
from app.accuracy import letters as accuracy_letters
from app.accuracy import views as accuracy_views
from app.candidates import letters as candidates_letters
from app.candidates import views as candidates_views
from app.debrief import views as debrief_views
from app.disclosures import cli as disclosures_cli
from app.disclosures import letters as disclosures_letters
from app.disclosures import views as disclosures_views
from app.identity import cli as people_cli
from app.identity import letters as identity_letters
from app.identity import sessions
from app.identity import views as identity_views
from app.insights import views as insights_views
from app.jobs import queries as jobs
from app.jobs import views as jobs_views
from app.loops import views as loops_views
from app.outbox import cli as outbox_cli
from app.outbox import views as outbox_views
from app.overview import audit as overview_audit
from app.overview import deletion, finding, guide, lineage, you
from app.overview import views as overview_views
from app.packs import cli as packs_cli
from app.packs import views as packs_views
from app.policy import Actor
from app.questions import letters as questions_letters
from app.questions import views as questions_views
from app.scoring import views as scoring_views
from app.scoring.practice import views as practice_views
from app.web import cookies
from app.web.viewer import Viewer

BLUEPRINTS = (
    identity_views.bp,
    outbox_views.bp,
    packs_views.bp,
    jobs_views.bp,
    loops_views.bp,
    candidates_views.bp,
    disclosures_views.bp,
    accuracy_views.bp,
    questions_views.bp,
    scoring_views.bp,
    practice_views.bp,
    debrief_views.bp,
    insights_views.bp,
    overview_views.bp,
    finding.bp,
    deletion.bp,
    guide.bp,
    you.bp,
    lineage.bp,
    overview_audit.bp,
)
# How each kind of letter is written; importing them registers it.
LETTERS = (identity_letters, candidates_letters, disclosures_letters, questions_letters, accuracy_letters)
COMMANDS = (
    people_cli.people,
    packs_cli.packs,
    disclosures_cli.disclosures,
    outbox_cli.outbox,
    accuracy_cli.accuracy,
)


def load_viewer(_: Request) -> Viewer | None:
    """The viewer behind this request's cookie, or None."""
    token = cookies.token()
    session = sessions.find(token) if token else None
    if session is None:
        return None
    sessions.touch(session)
    person_id = session.person_id
    return Viewer(
        actor=Actor(person_id, session.name, session.roles, jobs.TeamsOf(person_id)),
        first_name=session.name.split()[0],
        theme=session.theme.value,
        time_zone=session.time_zone,
    )


def register(app: Flask) -> None:
    """Register every feature's blueprint and commands."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    for command in COMMANDS:
        app.cli.add_command(command)
