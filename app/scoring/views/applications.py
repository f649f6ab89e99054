"""One candidate's application: the interviews, who sits on them, the link to the disclosure, withdrawing."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from flask import Response, g, request

from app.candidates import queries as candidates
from app.candidates.models import Application
from app.core.errors import Invalid
from app.disclosures import queries as disclosures
from app.identity.models import Person
from app.loops import queries as loops
from app.loops.models import Stage
from app.policy import Act, decide
from app.scoring import queries, rules, services
from app.scoring.delivery import Undelivered, waits_for_disclosure
from app.scoring.forms import OutcomeForm, ReplaceForm, ScheduleForm, TimeForm, WaiveForm
from app.scoring.models import Assignment, Interview, Outcome
from app.scoring.results import InterviewScores, Member
from app.scoring.views.blueprint import bp
from app.web.forms import Form
from app.web.guard import acts
from app.web.render import render, see_other
from app.web.verbs import chosen
from app.web.viewer import actor

F = TypeVar("F", bound=Form)
UNKNOWN = uuid.UUID(int=0)  # The id of nothing.


@dataclass(frozen=True)
class Seated:
    """Somebody on a panel, with the forms about their seat where it can still change."""

    member: Member
    waive: WaiveForm
    replace: ReplaceForm


@dataclass(frozen=True)
class Sitting:
    """A stage of the application: its latest interview with forms, or the form that schedules one."""

    stage: Stage
    panel: InterviewScores | None
    seats: tuple[Seated, ...]
    earlier: tuple[InterviewScores, ...]
    schedule: ScheduleForm | None
    is_early: bool  # No disclosure reached the candidate, and this stage is about fit with the setting.
    move: TimeForm
    outcome: OutcomeForm


class Page:
    """The application's page; the form that was refused, if one was, keeps what was typed."""

    def __init__(self, application: Application, refused: Form | None = None, about: object = None) -> None:
        self.application = application
        self.refused, self.about = refused, about
        self.team = queries.team_of(application)

    @cached_property
    def is_delivered(self) -> bool:
        """Whether a disclosure reached the candidate; asked only where a stage waits for it."""
        return disclosures.is_delivered(self.application)

    def _form(self, kind: type[F], about: object, **values: object) -> F:
        if type(self.refused) is kind and self.about == about:
            return self.refused
        return kind(formdata=None, prefix=_prefix(about), **values)

    def sitting(self, stage: Stage, attempts: list[InterviewScores]) -> Sitting:
        latest = attempts[-1] if attempts else None
        interview = latest.interview if latest else None
        over = interview is not None and interview.outcome is Outcome.NO_SHOW
        minutes = rules.usual_minutes(stage.time_box.total)
        local = rules.wall_clock(interview.starts_at, interview.time_zone) if interview else None
        schedule = self._form(
            ScheduleForm,
            stage.public_id,
            minutes=minutes,
            panel=[str(one.person.public_id) for one in stage.panel],
        ).offer(_names(self.team))
        return Sitting(
            stage=stage,
            panel=latest,
            seats=tuple(self._seated(member, latest) for member in latest.members) if latest else (),
            earlier=tuple(attempts[:-1]),
            schedule=schedule if interview is None or over else None,
            is_early=waits_for_disclosure(stage) and not self.is_delivered,
            move=self._form(
                TimeForm,
                interview.public_id if interview else stage.public_id,
                starts_at=local,
                minutes=interview.minutes if interview else minutes,
                place=interview.place if interview else "",
            ),
            outcome=self._form(OutcomeForm, interview.public_id if interview else stage.public_id),
        )

    def _seated(self, member: Member, panel: InterviewScores) -> Seated:
        sitting = {one.person_id for one in panel.interview.assignments}
        free = [person for person in self.team if person.id not in sitting]
        return Seated(
            member,
            self._form(WaiveForm, member.assignment),
            self._form(ReplaceForm, member.assignment).offer(_names(free)),
        )

    def render(self) -> Response:
        application = self.application
        g.time_zone = application.job.site.time_zone
        loop = queries.loop_of(application)
        panels = queries.panels(actor(), application)
        sittings = [
            self.sitting(stage, [one for one in panels if one.interview.stage_id == stage.id])
            for stage in (loop.stages if loop else [])
        ]
        sight = queries.sight(actor(), application)
        return render(
            "scoring/application.html",
            application=application,
            sittings=sittings,
            sight=sight,
            is_complete=bool(panels) and all(one.panel and one.panel.is_open for one in sittings),
            may_change=decide(actor(), Act.SCHEDULE_INTERVIEW, application),
            may_settle=decide(actor(), Act.WAIVE_ASSIGNMENT, replace(sight, assignment_is_open=True)),
            links=candidates.links_of(application),
            requests=candidates.requests_of(actor(), application),
            may_see_who_asked=decide(actor(), Act.SEE_WHO_ASKED, application),
            acknowledged=disclosures.acknowledgement_of(application),
            status=422 if self.refused else 200,
        )


def _prefix(about: object) -> str:
    """What tells the fields of one form from those of its like: the thing it is about."""
    return f"{about}-"


def _names(people: Iterable[Person]) -> list[tuple[str, str]]:
    return [(str(person.public_id), person.name) for person in people]


def _chosen(application: Application, public_ids: list[str]) -> list[Person]:
    return [person for person in queries.team_of(application) if str(person.public_id) in public_ids]


@bp.get("/applications/<uuid:application_id>")
@acts(Act.SEE_APPLICATION)
def application(application_id: uuid.UUID) -> Response:
    """The candidate's page: every interview, and the link to the disclosure."""
    return Page(candidates.get_application(actor(), application_id)).render()


def _back(found: Application, anchor: object = "interviews") -> Response:
    return see_other("scoring.application", application_id=found.public_id, anchor=str(anchor))


@bp.post("/applications/<uuid:application_id>")
@acts(Act.SCHEDULE_INTERVIEW)
def schedule(application_id: uuid.UUID) -> Response:
    """Schedule the stage that the form names."""
    found = candidates.get_application(actor(), application_id)
    stage = loops.get_stage(actor(), request.form.get("stage", type=uuid.UUID) or UNKNOWN)
    form = ScheduleForm(prefix=_prefix(stage.public_id)).offer(_names(queries.team_of(found)))
    if form.validate():
        try:
            services.schedule_interview(
                actor(),
                found,
                stage,
                starts_at=form.instant(found.job.site.time_zone),
                minutes=form.minutes.data or 0,
                place=form.place.data or "",
                panel=_chosen(found, form.panel.data or []),
                undelivered=Undelivered(form.undelivered.data) if form.undelivered.data else None,
            )
        except Invalid as error:
            form.refuse(error)
        else:
            return _back(found)
    return Page(found, form, stage.public_id).render()


@bp.post("/interviews/<uuid:interview_id>")
@acts(Act.SCHEDULE_INTERVIEW, Act.RECORD_OUTCOME)
def interview(interview_id: uuid.UUID) -> Response:
    """Move an interview, or record that it did not go to plan."""
    found = queries.get_interview(actor(), interview_id)
    return _move(found) if chosen("move", "record") == "move" else _record(found)


def _move(interview: Interview) -> Response:
    form = TimeForm(prefix=_prefix(interview.public_id))
    if form.validate():
        try:
            services.move_interview(
                actor(),
                interview,
                starts_at=form.instant(interview.time_zone),
                minutes=form.minutes.data or 0,
                place=form.place.data or "",
            )
        except Invalid as error:
            form.refuse(error)
        else:
            return _back(interview.application)
    return Page(interview.application, form, interview.public_id).render()


def _record(interview: Interview) -> Response:
    form = OutcomeForm(prefix=_prefix(interview.public_id))
    if not form.validate():
        return Page(interview.application, form, interview.public_id).render()
    services.record_outcome(actor(), interview, Outcome(form.outcome.data), note=form.note.data or "")
    return _back(interview.application)


@bp.post("/assignments/<uuid:assignment_id>")
@acts(Act.WAIVE_ASSIGNMENT, Act.REPLACE_INTERVIEWER)
def assignment(assignment_id: uuid.UUID) -> Response:
    """Excuse somebody from their scorecard, or give their seat to somebody else."""
    found = queries.get_assignment(actor(), assignment_id)
    return _waive(found) if chosen("waive", "replace") == "waive" else _replace(found)


def _waive(assignment: Assignment) -> Response:
    form = WaiveForm(prefix=_prefix(assignment.public_id))
    if not form.validate():
        return Page(assignment.interview.application, form, assignment.public_id).render()
    services.waive(actor(), assignment, reason=form.reason.data or "")
    return _back(assignment.interview.application)


def _replace(assignment: Assignment) -> Response:
    found = assignment.interview.application
    form = ReplaceForm(prefix=_prefix(assignment.public_id)).offer(_names(queries.team_of(found)))
    if form.validate():
        try:
            services.replace_interviewer(
                actor(), assignment, by=_chosen(found, [form.by.data])[0], reason=form.reason.data or ""
            )
        except Invalid as error:
            form.refuse(error)
        else:
            return _back(found)
    return Page(found, form, assignment.public_id).render()
