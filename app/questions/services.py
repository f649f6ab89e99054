"""What is done about questions: ticking, asking, answering, and visits."""

from collections.abc import Collection

from app import policy
from app.audit import services as audit
from app.audit.events import Event
from app.candidates.models import CandidateLink
from app.core import clock
from app.core.db import db, one_at_a_time
from app.core.errors import Conflict
from app.jobs import queries as jobs
from app.outbox import services as outbox
from app.policy import Act, Actor, Part
from app.questions import queries, rules
from app.questions.models import Answer, Question, ShadowVisit
from app.questions.topics import BY_KEY


def tick(actor: Actor, link: CandidateLink, *, topics: Collection[str]) -> None:
    """Keep which topics a candidate still wants to know of; one that has an answer stays as it is."""
    policy.check(actor, Act.ASK_QUESTION, link)
    one_at_a_time(link.application)
    ticked = {one.topic: one for one in queries.asked_by(link.application) if one.topic}
    added, dropped = rules.changes(ticked, BY_KEY, topics)
    for topic in sorted(added):
        _ask(actor, link, Question(application=link.application, topic=topic))
    for topic in sorted(dropped):
        question = ticked[topic]
        if not question.answers:
            audit.record(actor, Event.QUESTION_TAKEN_BACK, question, job_id=link.job_id)
            db.session.delete(question)
    db.session.flush()


def ask(actor: Actor, link: CandidateLink, *, text: str) -> Question:
    """Ask in one's own words; the same words again, while they wait, are the same question."""
    policy.check(actor, Act.ASK_QUESTION, link)
    said = rules.check_text(text, field="text", sentence="Type your question.")
    one_at_a_time(link.application)
    waiting = [one for one in queries.asked_by(link.application) if one.text and not one.answers]
    if known := next((one for one in waiting if one.text == said), None):
        return known
    rules.check_waiting(len(waiting))
    question = Question(application=link.application, text=said)
    _ask(actor, link, question)
    return question


def _ask(actor: Actor, link: CandidateLink, question: Question) -> None:
    db.session.add(question)
    db.session.flush()
    audit.record(actor, Event.QUESTION_ASKED, question, job_id=link.job_id)
    job = link.application.job
    today = clock.today(job.site.time_zone)
    outbox.post("questions asked", key=f"questions asked {job.id} {today}", job=job.id)


def answer(actor: Actor, question: Question, *, wording: str, text: str, stays: bool = False) -> Answer:
    """Publish an answer to every candidate of the job; a later one corrects an earlier one, and both stay."""
    policy.check(actor, Act.ANSWER_QUESTION, question)
    asked = rules.check_text(wording, field="wording", sentence="Type the question as everybody may read it.")
    said = rules.check_text(text, field="text", sentence="Type the answer.")
    job = question.application.job
    rules.check_anonymous(asked, queries.names_in(job), stays=stays)
    row = Answer(question=question, wording=asked, text=said, person_id=actor.id)
    db.session.add(row)
    db.session.flush()
    audit.record(actor, Event.QUESTION_ANSWERED, question, job_id=job.id)
    today = clock.today(job.site.time_zone)
    for application_id in queries.readers_of(job):
        key = f"answer published {application_id} {today}"
        outbox.post("answer published", key=key, application=application_id)
    return row


def ask_for_visit(actor: Actor, link: CandidateLink, *, wish: str) -> ShadowVisit:
    """Keep that a candidate wants to see the place at work; asking again changes nothing."""
    policy.check(actor, Act.ASK_QUESTION, link)
    said = rules.check_text(wish, field="wish", sentence="Say when you could come.")
    one_at_a_time(link.application)
    known = queries.visit_of(link.application)
    if known is not None:
        return known
    recruiters = jobs.members_of(link.application.job, Part.RECRUITER)
    if not recruiters:
        raise Conflict("This job has no recruiter who could arrange it. Ask the contact on this page.")
    visit = ShadowVisit(application=link.application, wish=said)
    db.session.add(visit)
    db.session.flush()
    audit.record(actor, Event.VISIT_ASKED, visit, job_id=link.job_id)
    for person in recruiters:
        outbox.post("visit asked", visit=visit.id, person=person.id)
    return visit


def answer_visit(actor: Actor, visit: ShadowVisit, *, text: str) -> None:
    """Say to a candidate when they may come, or why not; a later answer takes the place of an earlier one."""
    policy.check(actor, Act.ANSWER_VISIT, visit)
    visit.answer = rules.check_text(text, field="answer", sentence="Say when they may come, or why not.")
    visit.answered_at = clock.now()
    visit.answered_by_id = actor.id
    db.session.flush()
    audit.record(actor, Event.VISIT_ANSWERED, visit, job_id=visit.job_id)
    outbox.post("visit answered", visit=visit.id)
