"""Who may do what: one table, with the sentence a person reads when they may not.

A line of the table is a list of rules that must all hold; any line grants. Rules read plain attributes and
know neither Flask nor the database. `decide` answers, `check` insists, and both leave a mark that the act was
asked about, which is what the guard at the HTTP edge verifies.
"""

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.core.errors import Forbidden
from app.core.ruling import Decision, Line, rule


class Role(StrEnum):
    """What a person may start; given by an administrator."""

    ADMINISTRATOR = "administrator"
    HIRING_MANAGER = "hiring manager"
    RECRUITER = "recruiter"
    INTERVIEWER = "interviewer"
    RECORDS_LEAD = "records lead"


class Part(StrEnum):
    """What a person is on one job's hiring team; says what they may see."""

    MANAGER = "manager"
    RECRUITER = "recruiter"
    INTERVIEWER = "interviewer"


@dataclass(frozen=True)
class Actor:
    """The person who acts: their account roles, and their part on each hiring team by job id."""

    id: int
    name: str
    roles: frozenset[Role] = frozenset()
    teams: Mapping[int, frozenset[Part]] = field(default_factory=dict)

    def parts(self, job_id: int) -> frozenset[Part]:
        return self.teams.get(job_id, frozenset())


NOBODY = Actor(id=0, name="")  # Whoever is not signed in: a reader, or the holder of a link.


class Act(StrEnum):
    """Everything a request can ask for."""

    USE_ACCOUNT = "account:use"
    SEE_TODAY = "today:see"
    SEE_PEOPLE = "people:see"
    INVITE_PERSON = "person:invite"
    DISABLE_PERSON = "person:disable"
    CHANGE_ROLES = "person:change-roles"
    EDIT_EMPLOYER = "employer:edit"
    SEE_AUDIT = "audit:see"
    SEE_PACKS = "packs:see"
    IMPORT_PACK = "pack:import"
    DELETE_SCENARIO = "scenario:delete"
    START_DRAFT = "draft:start"
    SEE_DRAFT = "draft:see"
    CHANGE_DRAFT = "draft:change"
    PUBLISH_DRAFT = "draft:publish"
    DISCARD_DRAFT = "draft:discard"
    SEE_JOBS = "jobs:see"
    FIND_CANDIDATES = "candidates:find"
    START_JOB = "job:start"
    SEE_JOB = "job:see"
    EDIT_JOB = "job:edit"
    SEE_BRIEF = "brief:see"
    AGREE_TO_JOB = "job:agree"
    EDIT_TEAM = "team:edit"
    SEE_LOOP = "loop:see"
    EDIT_LOOP = "loop:edit"
    OPEN_LOOP = "loop:open"
    CLOSE_LOOP = "loop:close"
    CONFIRM_GUIDE = "guide:confirm"
    READ_GUIDE = "guide:read-by-link"
    SEE_DISCLOSURE = "disclosure:see"
    EDIT_DISCLOSURE = "disclosure:edit"
    PUBLISH_DISCLOSURE = "disclosure:publish"
    RETRACT_DISCLOSURE = "disclosure:retract"
    READ_DISCLOSURE = "disclosure:read"
    READ_BY_LINK = "disclosure:read-by-link"
    ACKNOWLEDGE = "disclosure:acknowledge"
    ADD_CANDIDATE = "candidate:add"
    SEE_APPLICATION = "application:see"
    WITHDRAW_APPLICATION = "application:withdraw"
    ARRANGE = "application:arrange"
    MAKE_LINK = "link:make"
    REVOKE_LINK = "link:revoke"
    SCHEDULE_INTERVIEW = "interview:schedule"
    RECORD_OUTCOME = "interview:record-outcome"
    WAIVE_ASSIGNMENT = "assignment:waive"
    REPLACE_INTERVIEWER = "assignment:replace"
    SEE_OWN_SCORECARDS = "scorecards:see-own"
    READ_SCORECARD = "scorecard:read"
    DECLARE_TIE = "scorecard:declare-tie"
    SAVE_SCORECARD = "scorecard:save"
    MOVE_NOTES = "scorecard:move-notes"
    SUBMIT_SCORECARD = "scorecard:submit"
    AMEND_SCORECARD = "scorecard:amend"
    SEE_DEBRIEF = "debrief:see"
    SEE_PANEL_SCORES = "panel:see-scores"
    ANSWER_FLAG = "red-flag:answer"
    RECORD_DECISION = "decision:record"
    SEE_AGREEMENT = "agreement:see"


# Who the person is ------------------------------------------------------------------------------------------


@rule("Sign in first.", about_person=True)
def signed_in(actor: Actor, _: Any) -> bool:
    return actor.id != 0


@rule("Only an administrator can do this.", about_person=True)
def administers(actor: Actor, _: Any) -> bool:
    return Role.ADMINISTRATOR in actor.roles


@rule("Only a records lead or an administrator can read the audit log.", about_person=True)
def leads_records(actor: Actor, _: Any) -> bool:
    return Role.RECORDS_LEAD in actor.roles


@rule("Only a hiring manager can do this.", about_person=True)
def hires(actor: Actor, _: Any) -> bool:
    return Role.HIRING_MANAGER in actor.roles


@rule("Only hiring managers and recruiters read packs ahead of an interview.", about_person=True)
def recruits(actor: Actor, _: Any) -> bool:
    return Role.RECRUITER in actor.roles


# What the person is to the job ------------------------------------------------------------------------------


@rule("Only the job's hiring manager can do this.", about_person=True)
def manages_job(actor: Actor, thing: Any) -> bool:
    return Part.MANAGER in actor.parts(thing.job_id)


@rule("Only the job's hiring manager or recruiter can do this.", about_person=True)
def recruits_for_job(actor: Actor, thing: Any) -> bool:
    return Part.RECRUITER in actor.parts(thing.job_id)


@rule("Only the job's hiring team reads its brief.", about_person=True)
def on_team(actor: Actor, thing: Any) -> bool:
    return bool(actor.parts(thing.job_id))


@rule("Only somebody who is named as an approver can agree to a job.", about_person=True)
def approves(actor: Actor, job: Any) -> bool:
    return actor.id in job.approver_ids


# What the person is to the scorecard ------------------------------------------------------------------------


@rule("Only its author can open a scorecard.", about_person=True)
def wrote_it(actor: Actor, card: Any) -> bool:
    return bool(card.author_id == actor.id)


@rule("Only its author can open the draft of a scenario.", about_person=True)
def drafted_it(actor: Actor, draft: Any) -> bool:
    return bool(draft.author_id == actor.id)


@rule("You do not sit on a panel for this candidate.", about_person=True)
def sits_on_panel(_: Actor, sight: Any) -> bool:
    return bool(sight.sits_on_panel)


@rule("Closed until yours is in: you have an open scorecard for this candidate.")
def nothing_of_mine_is_open(_: Actor, sight: Any) -> bool:
    return not sight.mine_open


@rule("Scores stay hidden until the whole panel has submitted.")
def panel_is_complete(_: Actor, sight: Any) -> bool:
    return bool(sight.panel_complete)


# What state the thing is in ---------------------------------------------------------------------------------


@rule("This scorecard is handed in; it is frozen, and amendments are added beside it.")
def card_is_open(_: Actor, card: Any) -> bool:
    return bool(card.is_open)


@rule("Say first whether anything ties you to this candidate.")
def nothing_ties_them(_: Actor, card: Any) -> bool:
    return bool(card.is_clear)


@rule("You stepped back; somebody of the hiring team replaces you or excuses you.")
def has_not_stepped_back(_: Actor, card: Any) -> bool:
    return not card.has_stepped_back


@rule("Amendments are for a scorecard that is handed in.")
def card_is_submitted(_: Actor, card: Any) -> bool:
    return bool(card.is_submitted)


@rule("This scorecard is not open any more.")
def assignment_is_open(_: Actor, sight: Any) -> bool:
    return bool(sight.assignment_is_open)


@rule("This draft is published or discarded; it stays as it is.")
def draft_is_open(_: Actor, draft: Any) -> bool:
    return bool(draft.is_open)


@rule("The loop is open: its stages, versions and weights are fixed.")
def loop_is_draft(_: Actor, loop: Any) -> bool:
    return bool(loop.is_draft)


@rule("The loop is not open.")
def loop_is_open(_: Actor, loop: Any) -> bool:
    return bool(loop.is_open)


@rule("The application is decided or withdrawn.")
def application_is_active(_: Actor, thing: Any) -> bool:
    return bool(thing.is_active)


@rule("You raised this flag; somebody else confirms it or not.")
def somebody_else_raised_it(actor: Actor, flag: Any) -> bool:
    return bool(flag.raised_by_id != actor.id)


@rule("The candidate withdrew; there is nothing to decide.")
def candidate_is_there(_: Actor, deciding: Any) -> bool:
    return not deciding.is_withdrawn


@rule("An assignment is still open; wait for it, or waive it with a reason.")
def no_assignment_is_open(_: Actor, sight: Any) -> bool:
    return bool(sight.all_settled)


@rule("This version is retracted.")
def version_stands(_: Actor, version: Any) -> bool:
    return bool(version.stands)


@rule("This link no longer works.")
def link_is_live(_: Actor, link: Any) -> bool:
    return bool(link.is_live)


POLICY: dict[Act, list[Line]] = {
    Act.USE_ACCOUNT: [[signed_in]],
    Act.SEE_TODAY: [[signed_in]],
    Act.SEE_PEOPLE: [[administers]],
    Act.INVITE_PERSON: [[administers]],
    Act.DISABLE_PERSON: [[administers]],
    Act.CHANGE_ROLES: [[administers]],
    Act.EDIT_EMPLOYER: [[administers]],
    Act.SEE_AUDIT: [[leads_records], [administers]],
    Act.SEE_PACKS: [[recruits], [hires]],
    Act.IMPORT_PACK: [[hires]],
    Act.DELETE_SCENARIO: [[hires]],
    Act.START_DRAFT: [[hires]],
    Act.SEE_DRAFT: [[drafted_it]],
    Act.CHANGE_DRAFT: [[drafted_it, draft_is_open]],
    Act.PUBLISH_DRAFT: [[drafted_it, draft_is_open]],
    Act.DISCARD_DRAFT: [[drafted_it, draft_is_open]],
    Act.SEE_JOBS: [[signed_in]],
    Act.FIND_CANDIDATES: [[signed_in]],
    Act.START_JOB: [[hires]],
    Act.SEE_JOB: [[recruits_for_job], [manages_job]],
    Act.EDIT_JOB: [[manages_job]],
    Act.SEE_BRIEF: [[on_team], [approves]],
    Act.AGREE_TO_JOB: [[approves]],
    Act.EDIT_TEAM: [[manages_job], [administers]],
    Act.SEE_LOOP: [[recruits_for_job], [manages_job]],
    Act.EDIT_LOOP: [[manages_job, loop_is_draft]],
    Act.OPEN_LOOP: [[manages_job, loop_is_draft]],
    Act.CLOSE_LOOP: [[manages_job, loop_is_open]],
    Act.CONFIRM_GUIDE: [[recruits_for_job, loop_is_draft], [manages_job, loop_is_draft]],
    Act.READ_GUIDE: [[link_is_live]],
    Act.SEE_DISCLOSURE: [[recruits_for_job], [manages_job]],
    Act.EDIT_DISCLOSURE: [[manages_job]],
    Act.PUBLISH_DISCLOSURE: [[manages_job]],
    Act.RETRACT_DISCLOSURE: [[manages_job, version_stands]],
    Act.READ_DISCLOSURE: [[version_stands]],
    Act.READ_BY_LINK: [[link_is_live]],
    Act.ACKNOWLEDGE: [[link_is_live]],
    Act.ADD_CANDIDATE: [[recruits_for_job], [manages_job]],
    Act.SEE_APPLICATION: [[recruits_for_job], [manages_job]],
    Act.WITHDRAW_APPLICATION: [
        [recruits_for_job, application_is_active],
        [manages_job, application_is_active],
    ],
    Act.ARRANGE: [[recruits_for_job, application_is_active], [manages_job, application_is_active]],
    Act.MAKE_LINK: [[recruits_for_job, application_is_active], [manages_job, application_is_active]],
    Act.REVOKE_LINK: [[recruits_for_job], [manages_job]],
    Act.SCHEDULE_INTERVIEW: [[recruits_for_job, application_is_active], [manages_job, application_is_active]],
    Act.RECORD_OUTCOME: [[recruits_for_job, application_is_active], [manages_job, application_is_active]],
    Act.WAIVE_ASSIGNMENT: [
        [recruits_for_job, nothing_of_mine_is_open, assignment_is_open],
        [manages_job, nothing_of_mine_is_open, assignment_is_open],
    ],
    Act.REPLACE_INTERVIEWER: [
        [recruits_for_job, nothing_of_mine_is_open, assignment_is_open],
        [manages_job, nothing_of_mine_is_open, assignment_is_open],
    ],
    Act.SEE_OWN_SCORECARDS: [[signed_in]],
    Act.READ_SCORECARD: [[wrote_it]],
    Act.DECLARE_TIE: [[wrote_it, card_is_open, has_not_stepped_back]],
    Act.SAVE_SCORECARD: [[wrote_it, card_is_open, nothing_ties_them]],
    Act.MOVE_NOTES: [[wrote_it, card_is_open, nothing_ties_them]],
    Act.SUBMIT_SCORECARD: [[wrote_it, card_is_open, nothing_ties_them]],
    Act.AMEND_SCORECARD: [[wrote_it, card_is_submitted]],
    Act.SEE_DEBRIEF: [
        [sits_on_panel, nothing_of_mine_is_open],
        [recruits_for_job, nothing_of_mine_is_open],
        [manages_job, nothing_of_mine_is_open],
    ],
    Act.SEE_PANEL_SCORES: [
        [sits_on_panel, nothing_of_mine_is_open, panel_is_complete],
        [recruits_for_job, nothing_of_mine_is_open, panel_is_complete],
        [manages_job, nothing_of_mine_is_open, panel_is_complete],
    ],
    Act.ANSWER_FLAG: [
        [sits_on_panel, nothing_of_mine_is_open, panel_is_complete, somebody_else_raised_it],
        [manages_job, nothing_of_mine_is_open, panel_is_complete, somebody_else_raised_it],
    ],
    Act.RECORD_DECISION: [[manages_job, nothing_of_mine_is_open, no_assignment_is_open, candidate_is_there]],
    Act.SEE_AGREEMENT: [[recruits_for_job], [manages_job]],
}

_asked: ContextVar[frozenset[Act]] = ContextVar("acts_asked", default=frozenset())


def needs_sign_in(act: Act) -> bool:
    """Whether every line of an act asks something about the person, so that nobody signed in means no."""
    return all(any(requirement.about_person for requirement in line) for line in POLICY[act])


def asked() -> frozenset[Act]:
    """The acts asked about since `forget`, whatever the answers were."""
    return _asked.get()


def forget() -> None:
    """Start a new request: no act has been asked about."""
    _asked.set(frozenset())


def decide(actor: Actor, act: Act, thing: Any = None) -> Decision:
    """Whether an actor may do an act to a thing; the reason is that of the (first) line that came closest."""
    _asked.set(_asked.get() | {act})
    refusal, closest = "", -1
    for line in POLICY[act]:
        for held, requirement in enumerate(line):
            if not requirement.asks(actor, thing):
                if held > closest:
                    refusal, closest = requirement.reason, held
                break
        else:
            return Decision(True)
    return Decision(False, refusal)


def check(actor: Actor, act: Act, thing: Any = None) -> None:
    """Raise Forbidden with the reason unless the actor may do the act to the thing."""
    decision = decide(actor, act, thing)
    if not decision:
        raise Forbidden(decision.reason)
