"""What is done about interviews: scheduling, moving, how they went, and who sits on them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from app import policy
from app.audit import services as audit
from app.audit.events import Event
from app.candidates import services as candidates
from app.candidates.models import Application, CandidateLink
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Invalid, NotFound
from app.disclosures import queries as disclosures
from app.identity.models import Person
from app.jobs import queries as jobs
from app.loops.models import SCORING_PARTS, AssignmentPart, Stage
from app.policy import Act, Actor
from app.scoring import queries, rules
from app.scoring.delivery import NOT_DELIVERED, Undelivered, waits_for_disclosure
from app.scoring.models import Assignment, AssignmentState, Interview, Outcome, Scorecard


def schedule_interview(
    actor: Actor,
    application: Application,
    stage: Stage,
    *,
    starts_at: datetime,
    minutes: int,
    place: str = "",
    panel: Sequence[Person] = (),
    undelivered: Undelivered | None = None,
) -> Interview:
    """Put a candidate and a panel together; without a panel it is the one the stage plans.

    After a no-show the next one is a new attempt, and the first stays as it was. Whoever talks about fit with
    the setting has the disclosure before, or `undelivered` says why not.
    """
    policy.check(actor, Act.SCHEDULE_INTERVIEW, application)
    if stage.loop.job_id != application.job_id:
        raise NotFound
    begun = queries.loops_begun([application.id]).get(application.id, [])
    rules.check_may_meet(stage.loop.number, is_open=stage.loop.is_open, begun=begun)
    rules.check_minutes(minutes)
    last = queries.latest_attempt(application, stage)
    if last is not None and last.outcome is not Outcome.NO_SHOW:
        raise Conflict("This interview is scheduled already. Move it instead.")
    is_early = waits_for_disclosure(stage) and not disclosures.is_delivered(application)
    if is_early and undelivered is None:
        raise Invalid(undelivered=NOT_DELIVERED)
    interview = Interview(
        application=application,
        stage=stage,
        attempt=last.attempt + 1 if last else 1,
        starts_at=starts_at,
        minutes=minutes,
        time_zone=application.job.site.time_zone,
        place=place,
    )
    db.session.add(interview)
    for person, part in _parts(stage, panel):
        _seat(interview, person, part, due_at=rules.due(starts_at, minutes))
    db.session.flush()
    audit.record(
        actor,
        Event.INTERVIEW_SCHEDULED,
        interview,
        job_id=application.job_id,
        stage=stage.position,
        attempt=interview.attempt,
    )
    if is_early and undelivered:
        audit.record(
            actor,
            Event.MET_BEFORE_DISCLOSURE,
            interview,
            job_id=application.job_id,
            stage=stage.position,
            because=undelivered.value,
        )
    return interview


def _parts(stage: Stage, panel: Sequence[Person]) -> list[tuple[Person, AssignmentPart]]:
    """Who does what: as the stage plans it, and a newcomer leads when nobody else does."""
    planned = {one.person_id: one.part for one in stage.panel}
    people = list(panel) or [one.person for one in stage.panel]
    if not people:
        raise Invalid(panel="Choose at least one person; this stage plans nobody.")
    away = [person.name for person in people if person.is_disabled]
    if away:
        raise Invalid(panel=f"{', '.join(away)} cannot sign in any more. Choose somebody else.")
    has_lead = AssignmentPart.LEAD in {planned.get(person.id) for person in people}
    parts = []
    for person in people:
        newcomer = AssignmentPart.CO_INTERVIEWER if has_lead else AssignmentPart.LEAD
        part = planned.get(person.id, newcomer)
        has_lead = has_lead or part is AssignmentPart.LEAD
        parts.append((person, part))
    return sorted(parts, key=lambda one: one[1] is not AssignmentPart.LEAD)


def _seat(
    interview: Interview, person: Person, part: AssignmentPart, *, due_at: datetime, is_informed: bool = False
) -> Assignment:
    assignment = Assignment(
        interview=interview,
        person=person,
        part=part,
        due_at=due_at,
        is_informed=is_informed,
        scorecard=Scorecard(),
    )
    if part not in SCORING_PARTS:  # Who gives no levels owes no scorecard, and nobody waits for one.
        assignment.state, assignment.settled_at = AssignmentState.WAIVED, clock.now()
        assignment.reason = f"Gives no levels as {part.value}."
    db.session.add(assignment)
    return assignment


def move_interview(
    actor: Actor, interview: Interview, *, starts_at: datetime, minutes: int, place: str
) -> None:
    """Another time or place; what is still owed is due a day after the new end."""
    policy.check(actor, Act.SCHEDULE_INTERVIEW, interview.application)
    if interview.outcome is not None:
        raise Conflict(f"This interview is over: {interview.outcome}.")
    rules.check_minutes(minutes)
    interview.starts_at, interview.minutes, interview.place = starts_at, minutes, place
    for assignment in interview.assignments:
        if assignment.is_open:
            assignment.due_at = rules.due(starts_at, minutes)
    audit.record(actor, Event.INTERVIEW_MOVED, interview, job_id=interview.job_id)
    db.session.flush()


def record_outcome(actor: Actor, interview: Interview, outcome: Outcome, *, note: str = "") -> None:
    """The candidate did not come, so nobody owes a scorecard; or it was cut short, and is scored."""
    policy.check(actor, Act.RECORD_OUTCOME, interview.application)
    if interview.outcome is not None:
        raise Conflict(f"The outcome is recorded already: {interview.outcome}.")
    interview.outcome, interview.outcome_note = outcome, note
    audit.record(actor, Event.OUTCOME_RECORDED, interview, job_id=interview.job_id, outcome=outcome.value)
    if outcome is Outcome.NO_SHOW:
        for assignment in interview.assignments:
            if assignment.is_open:
                _waive(actor, assignment, reason=f"{outcome.value.capitalize()}.")
    db.session.flush()


def waive(actor: Actor, assignment: Assignment, *, reason: str) -> None:
    """Excuse somebody from their scorecard; what they began stays theirs and does not count."""
    policy.check(actor, Act.WAIVE_ASSIGNMENT, _sight(actor, assignment))
    rules.check_reason(reason)
    _waive(actor, assignment, reason=reason.strip())


def replace_interviewer(actor: Actor, assignment: Assignment, *, by: Person, reason: str) -> Assignment:
    """Give a seat to somebody else; a begun scorecard is kept with its author and does not count."""
    policy.check(actor, Act.REPLACE_INTERVIEWER, _sight(actor, assignment))
    rules.check_reason(reason)
    interview = assignment.interview
    if by.is_disabled:
        raise Invalid(by=f"{by.name} cannot sign in any more. Choose somebody else.")
    if any(other.person_id == by.id for other in interview.assignments):
        raise Invalid(by=f"{by.name} has or had a seat in this interview already. Choose somebody else.")
    newcomer = Actor(by.id, by.name, by.roles, jobs.teams_of(by.id))
    already_open = policy.decide(
        newcomer, Act.SEE_PANEL_SCORES, queries.sight(newcomer, interview.application, interview)
    )
    _settle(actor, assignment, AssignmentState.REPLACED, reason=reason.strip())
    seat = _seat(
        interview,
        by,
        assignment.part,
        due_at=max(assignment.due_at, clock.now() + timedelta(hours=rules.HOURS_TO_SCORE)),
        is_informed=bool(already_open),
    )
    db.session.flush()
    audit.record(actor, Event.INTERVIEWER_REPLACED, assignment, job_id=interview.job_id, by=str(by.public_id))
    return seat


def withdraw_application(actor: Actor, application: Application, *, reason: str) -> None:
    """The candidate withdraws: what was scored stays, and nobody owes anything more."""
    candidates.withdraw(actor, application, reason=reason)
    close_open_assignments(actor, application, reason="The candidate withdrew.")


def withdraw_by_link(actor: Actor, link: CandidateLink, *, reason: str = "") -> None:
    """The same by the candidate, on their own page."""
    candidates.withdraw_by_link(actor, link, reason=reason)
    close_open_assignments(actor, link.application, reason="The candidate withdrew.")


def close_open_assignments(actor: Actor, application: Application, *, reason: str) -> None:
    """Waive whatever is open of an application that has ended; part of ending it, which has been checked."""
    for assignment in queries.open_assignments_in(application):
        _waive(actor, assignment, reason=reason)


def _sight(actor: Actor, assignment: Assignment) -> rules.Sight:
    return queries.assignment_sight(actor, assignment)


def _waive(actor: Actor, assignment: Assignment, *, reason: str) -> None:
    _settle(actor, assignment, AssignmentState.WAIVED, reason=reason)
    audit.record(actor, Event.ASSIGNMENT_WAIVED, assignment, job_id=assignment.interview.job_id)


def _settle(actor: Actor, assignment: Assignment, state: AssignmentState, *, reason: str) -> None:
    """Close an open seat; the guard stands in the statement, because its scorecard may come in meanwhile."""
    closed = db.session.scalar(
        sa.update(Assignment)
        .where(Assignment.id == assignment.id, Assignment.state == AssignmentState.OPEN)
        .values(state=state, settled_at=clock.now(), settled_by_id=actor.id or None, reason=reason)
        .returning(Assignment.id)
        .execution_options(synchronize_session=False)
    )
    if closed is None:
        raise Conflict("This seat is settled already. Reload the page.")
    db.session.refresh(assignment)
