"""What is kept about a candidate, on their personal link: why, how long, who sees it; and withdrawing."""

from collections.abc import Sequence
from datetime import date

from flask import Blueprint, Response, g

from app.accuracy import queries as accuracy
from app.candidates import queries as candidates
from app.candidates.models import Application
from app.candidates.rules import masked
from app.core import clock
from app.disclosures import queries as disclosures
from app.identity.queries import get_employer
from app.jobs import queries as jobs
from app.jobs.rules import working_days_after
from app.overview.forms import OwnWithdrawalForm
from app.policy import Act, Part, decide
from app.questions import queries as questions
from app.scoring import queries as scoring
from app.scoring import services as interviews
from app.scoring.models import Interview, Outcome
from app.scoring.rules import wall_clock
from app.web.guard import acts
from app.web.render import render, see_other
from app.web.viewer import actor

bp = Blueprint("you", __name__, template_folder="templates")


@bp.get("/c/<token>/you")
@acts(Act.READ_OWN_DATA)
def personal(token: str) -> Response:
    """What this employer has about the holder of a link, and the notice that says what becomes of it."""
    link = candidates.get_link(actor(), token, Act.READ_OWN_DATA)
    application = link.application
    g.time_zone = application.job.site.time_zone
    met = scoring.interviews_of(application)
    asked = questions.asked_by(application)
    return render(
        "overview/you.html",
        link=link,
        token=token,
        email=masked(application.candidate.email),
        phone=masked(application.candidate.phone),
        acknowledged=disclosures.acknowledged_by(application),
        interviews=met,
        hears_by=_hears_by(application, met),
        topics=sum(bool(one.topic) for one in asked),
        asked=[one for one in asked if one.text],
        visit=questions.visit_of(application),
        requests=candidates.requests_by(application),
        hire=accuracy.hire_of(application) if application.decided_at else None,
        recruiters=jobs.members_of(application.job, Part.RECRUITER),
        may_withdraw=decide(actor(), Act.WITHDRAW_BY_LINK, link),
        employer=get_employer(),
        viewer=None,
    )


@bp.route("/c/<token>/withdrawal", methods=["GET", "POST"])
@acts(Act.READ_OWN_DATA, Act.WITHDRAW_BY_LINK)
def withdrawal(token: str) -> Response:
    """What withdrawing does, and doing it with a ticked box."""
    link = candidates.get_link(actor(), token, Act.READ_OWN_DATA)
    g.time_zone = link.application.job.site.time_zone
    form = OwnWithdrawalForm()
    if form.validate_on_submit():
        interviews.withdraw_by_link(actor(), link, reason=form.reason.data or "")
        return see_other("you.personal", token=token)
    return render(
        "overview/own_withdrawal.html",
        link=link,
        token=token,
        form=form,
        planned=_still_to_come(link.application),
        may_withdraw=decide(actor(), Act.WITHDRAW_BY_LINK, link),
        employer=get_employer(),
        viewer=None,
        status=422 if form.is_submitted() else 200,
    )


def _hears_by(application: Application, met: Sequence[Interview]) -> date | None:
    """The last day on which the candidate hears the decision, if the interviews stay as they are."""
    zone = application.job.site.time_zone
    days = [wall_clock(one.starts_at, zone).date() for one in met if one.outcome is not Outcome.NO_SHOW]
    return working_days_after(max(days), application.job.decide_by) if days else None


def _still_to_come(application: Application) -> list[Interview]:
    now = clock.now()
    return [one for one in scoring.interviews_of(application) if one.outcome is None and one.starts_at > now]
