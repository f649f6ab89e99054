"""Questions about a job: on a candidate's link, and for the team that answers them."""

import uuid
from dataclasses import dataclass

from flask import Blueprint, Response, g

from app.candidates import queries as candidates
from app.candidates.models import CandidateLink
from app.core.errors import Conflict, Invalid, NotFound
from app.disclosures import queries as disclosures
from app.disclosures.shown import shown
from app.identity.queries import get_employer
from app.jobs import queries as jobs
from app.policy import Act, Part, check, decide
from app.questions import queries, services
from app.questions.forms import AnswerForm, QuestionForm, TicksForm, VisitAnswerForm, VisitForm
from app.questions.models import Question, ShadowVisit
from app.questions.topics import BY_KEY, said_about, visit_offered
from app.web.forms import Form
from app.web.guard import acts
from app.web.paging import page_number
from app.web.render import render, see_other
from app.web.verbs import chosen
from app.web.viewer import actor

bp = Blueprint("questions", __name__, template_folder="templates")


# On a candidate's link --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Page:
    """A candidate's page of questions; the form that was refused, if one was, keeps what was typed."""

    link: CandidateLink
    token: str
    refused: Form | None = None

    def _form(self, kind: type[Form]) -> Form:
        return self.refused if type(self.refused) is kind else kind(formdata=None)

    def render(self, status: int = 200) -> Response:
        application = self.link.application
        g.time_zone = application.job.site.time_zone
        version = disclosures.latest(application.job_id)
        read = shown(version, application.job.site.time_zone) if version else None
        document = read.document if read else None
        asked = queries.asked_by(application)
        return render(
            "questions/personal.html",
            link=self.link,
            token=self.token,
            topics=said_about(document, read.ages if read else {}),
            ticked={one.topic for one in asked},
            waiting=[one for one in asked if one.text and not one.answers],
            published=queries.published_in(application.job),
            visit=queries.visit_of(application),
            visit_offered=visit_offered(document),
            recruiters=jobs.members_of(application.job, Part.RECRUITER),
            question_form=self._form(QuestionForm),
            visit_form=self._form(VisitForm),
            may_ask=decide(actor(), Act.ASK_QUESTION, self.link),
            employer=get_employer(),
            viewer=None,
            status=status,
        )


@bp.get("/c/<token>/questions")
@acts(Act.READ_QUESTIONS)
def personal(token: str) -> Response:
    """What a candidate ought to know, what everybody was answered, and the forms to ask."""
    return Page(candidates.get_link(actor(), token, Act.READ_QUESTIONS), token).render()


@bp.post("/c/<token>/questions")
@acts(Act.ASK_QUESTION)
def ask(token: str) -> Response:
    """Tick topics, ask in one's own words, or ask for a visit."""
    link = candidates.get_link(actor(), token, Act.READ_QUESTIONS)
    check(actor(), Act.ASK_QUESTION, link)
    verb = chosen("tick", "ask", "visit")
    form = {"tick": TicksForm, "ask": QuestionForm, "visit": VisitForm}[verb]()
    if not form.validate():
        return Page(link, token, form).render(422)
    try:
        match form:
            case TicksForm():
                services.tick(actor(), link, topics=form.topics.data or [])
            case QuestionForm():
                services.ask(actor(), link, text=form.text.data or "")
            case VisitForm():
                services.ask_for_visit(actor(), link, wish=form.wish.data or "")
    except Invalid as error:
        form.refuse(error)
        return Page(link, token, form).render(422)
    except Conflict as refusal:
        form.refuse_fields({"": refusal.message})
        return Page(link, token, form).render(409)
    return see_other("questions.personal", token=token, anchor=verb)


# For the team -----------------------------------------------------------------------------------------------


@bp.get("/jobs/<uuid:job_id>/questions")
@acts(Act.SEE_QUESTIONS)
def job(job_id: uuid.UUID) -> Response:
    """What candidates of a job ask, without their names."""
    found = jobs.get_job(actor(), job_id, Act.SEE_QUESTIONS)
    own_words, shown = queries.in_own_words(found, page_number())
    tallies = queries.tallies(found)
    waiting = [one.question_id for one in tallies if one.answered_at is None]
    waiting += [one.public_id for one in own_words if not one.answers]
    return render(
        "questions/job.html",
        job=found,
        tallies=tallies,
        waiting=waiting,
        own_words=own_words,
        shown=shown,
        visits=queries.waiting_visits(actor(), found),
    )


@bp.route("/questions/<uuid:question_id>", methods=["GET", "POST"])
@acts(Act.ANSWER_QUESTION)
def answer(question_id: uuid.UUID) -> Response:
    """Answer a question for every candidate of the job, or correct the answer."""
    question = queries.get_question(actor(), question_id, Act.ANSWER_QUESTION)
    answers = queries.answers_to(question)
    form = AnswerForm(wording=answers[-1].wording if answers else _as_asked(question))
    if form.validate_on_submit():
        try:
            services.answer(
                actor(),
                question,
                wording=form.wording.data or "",
                text=form.text.data or "",
                stays=form.stays.data,
            )
        except Invalid as error:
            form.refuse(error)
        else:
            return see_other("questions.job", job_id=question.application.job.public_id, anchor="asked")
    return render(
        "questions/answer.html",
        question=question,
        as_asked=_as_asked(question),
        answers=answers,
        form=form,
        job=question.application.job,
        status=422 if form.is_submitted() else 200,
    )


def _as_asked(question: Question) -> str:
    known = BY_KEY.get(question.topic)
    return known.question if known else question.text


@bp.route("/applications/<uuid:application_id>/questions", methods=["GET", "POST"])
@acts(Act.SEE_WHO_ASKED, Act.ANSWER_VISIT)
def candidate(application_id: uuid.UUID) -> Response:
    """What one candidate asked, and the answer to their wish for a visit: for the job's recruiters alone."""
    form = VisitAnswerForm()
    act = Act.ANSWER_VISIT if form.is_submitted() else Act.SEE_WHO_ASKED
    application = candidates.get_application(actor(), application_id, act)
    visit = queries.visit_of(application)
    if form.validate_on_submit():
        try:
            services.answer_visit(actor(), _there(visit), text=form.answer.data or "")
        except Invalid as error:
            form.refuse(error)
        else:
            return see_other("questions.candidate", application_id=application.public_id, anchor="visit")
    g.time_zone = application.job.site.time_zone
    return render(
        "questions/candidate.html",
        application=application,
        asked=queries.asked_by(application),
        as_asked=_as_asked,
        visit=visit,
        form=form,
        status=422 if form.is_submitted() else 200,
    )


def _there(visit: ShadowVisit | None) -> ShadowVisit:
    if visit is None:
        raise NotFound
    return visit
