"""Who may do what: one table, with the sentence a person reads when they may not.

A line of the table is a list of rules that must all hold; any line grants. Rules read plain attributes and
know neither Flask nor the database. `decide` answers, `check` insists, and both leave a mark that the act was
asked about, which is what the guard at the HTTP edge verifies.
"""

from contextvars import ContextVar
from typing import Any

from app.core.errors import Forbidden
from app.core.ruling import Decision, Line
from app.policy.acts import NOBODY, Act, Actor, Part, Role
from app.policy.rules import (
    administers,
    application_is_active,
    approves,
    assignment_is_open,
    candidate_is_there,
    card_is_open,
    card_is_submitted,
    did_not_write_it,
    draft_is_open,
    drafted_it,
    has_not_stepped_back,
    has_not_withdrawn,
    hires,
    is_shared,
    leads_records,
    link_is_live,
    loop_is_draft,
    loop_is_open,
    manages_job,
    no_assignment_is_open,
    nothing_of_mine_is_open,
    nothing_ties_them,
    offer_stands,
    on_team,
    owns_disclosure,
    panel_is_complete,
    practice_is_in,
    practice_is_open,
    recruits,
    recruits_for_job,
    signed_in,
    sits_on_panel,
    somebody_else_raised_it,
    version_stands,
    wrote_it,
)

__all__ = [
    "NOBODY",
    "POLICY",
    "Act",
    "Actor",
    "Part",
    "Role",
    "asked",
    "check",
    "decide",
    "forget",
    "needs_sign_in",
]

POLICY: dict[Act, list[Line]] = {
    Act.USE_ACCOUNT: [[signed_in]],
    Act.SEE_TODAY: [[signed_in]],
    Act.SEE_PEOPLE: [[administers]],
    Act.INVITE_PERSON: [[administers]],
    Act.DISABLE_PERSON: [[administers]],
    Act.CHANGE_ROLES: [[administers]],
    Act.EDIT_EMPLOYER: [[administers]],
    Act.SEE_LETTERS: [[administers]],
    Act.SEND_LETTER_AGAIN: [[administers]],
    Act.DROP_LETTER: [[administers]],
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
    Act.SEE_REVIEW: [[on_team]],
    Act.REVIEW_DISCLOSURE: [[on_team, did_not_write_it]],
    Act.ASK_FOR_REVIEW: [[manages_job]],
    Act.SEE_UPKEEP: [[recruits_for_job], [manages_job], [owns_disclosure]],
    Act.ATTEST_DISCLOSURE: [[manages_job, version_stands], [owns_disclosure, version_stands]],
    Act.RECORD_CHANGE: [[recruits_for_job], [manages_job]],
    Act.READ_DISCLOSURE: [[version_stands]],
    Act.READ_BY_LINK: [[link_is_live]],
    Act.ACKNOWLEDGE: [[link_is_live]],
    Act.READ_QUESTIONS: [[link_is_live]],
    Act.ASK_QUESTION: [[link_is_live, has_not_withdrawn]],
    Act.SEE_QUESTIONS: [[recruits_for_job], [manages_job]],
    Act.ANSWER_QUESTION: [[recruits_for_job], [manages_job]],
    Act.SEE_WHO_ASKED: [[recruits_for_job]],
    Act.ANSWER_VISIT: [[recruits_for_job]],
    Act.READ_OWN_DATA: [[link_is_live]],
    Act.ASK_ACCOMMODATION: [[link_is_live, application_is_active]],
    Act.READ_ACCOMMODATION: [[recruits_for_job]],
    Act.ANSWER_ACCOMMODATION: [[recruits_for_job]],
    Act.ADD_CANDIDATE: [[recruits_for_job], [manages_job]],
    Act.SEE_APPLICATION: [[recruits_for_job], [manages_job]],
    Act.WITHDRAW_APPLICATION: [
        [recruits_for_job, application_is_active],
        [manages_job, application_is_active],
    ],
    Act.WITHDRAW_BY_LINK: [[link_is_live, application_is_active]],
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
    Act.PRACTICE: [[signed_in]],
    Act.READ_PRACTICE: [[wrote_it]],
    Act.SAVE_PRACTICE: [[wrote_it, practice_is_open]],
    Act.SUBMIT_PRACTICE: [[wrote_it, practice_is_open]],
    Act.SEE_GOLD: [[wrote_it, practice_is_in]],
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
    Act.RECORD_HIRE: [
        [recruits_for_job, has_not_withdrawn, offer_stands],
        [manages_job, has_not_withdrawn, offer_stands],
    ],
    Act.SEE_ACCURACY: [[recruits_for_job], [manages_job]],
    Act.READ_CHECK_IN: [[recruits_for_job], [manages_job, is_shared]],
    Act.ANSWER_CHECK_IN: [[link_is_live]],
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
