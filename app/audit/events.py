"""The catalogue of audit events, with the exact facts each one carries: ids, numbers and field names only."""

from enum import StrEnum


class Event(StrEnum):
    """Everything that is recorded."""

    EMPLOYER_CHANGED = "employer:changed"
    SITE_ADDED = "site:added"
    PERSON_INVITED = "person:invited"
    PASSWORD_SET = "person:password-set"  # noqa: S105 (an event's name)
    PERSON_DISABLED = "person:disabled"
    PERSON_ENABLED = "person:enabled"
    ROLES_CHANGED = "person:roles-changed"
    SIGNED_IN = "person:signed-in"
    SIGNED_OUT = "person:signed-out"
    LETTER_SENT_AGAIN = "letter:sent-again"
    LETTER_DROPPED = "letter:dropped"
    PACK_IMPORTED = "pack:imported"
    SCENARIO_DELETED = "scenario:deleted"
    DRAFT_STARTED = "scenario-draft:started"
    DRAFT_DISCARDED = "scenario-draft:discarded"
    SCENARIO_PUBLISHED = "scenario:published"
    JOB_STARTED = "job:started"
    JOB_CHANGED = "job:changed"
    APPROVER_NAMED = "approver:named"
    APPROVER_REMOVED = "approver:removed"
    JOB_AGREED = "job:agreed"
    AGREEMENT_ENDED = "agreement:ended"
    TEAM_MEMBER_ADDED = "team-member:added"
    TEAM_MEMBER_REMOVED = "team-member:removed"
    LOOP_DRAFTED = "loop:drafted"
    STAGE_ADDED = "stage:added"
    STAGE_CHANGED = "stage:changed"
    STAGE_REMOVED = "stage:removed"
    WEIGHTS_CHANGED = "loop:weights-changed"
    LOOP_OPENED = "loop:opened"
    LOOP_CLOSED = "loop:closed"
    GUIDE_READ = "guide:read"
    DISCLOSURE_SAVED = "disclosure:saved"
    DISCLOSURE_PUBLISHED = "disclosure:published"
    DISCLOSURE_RETRACTED = "disclosure:retracted"
    DISCLOSURE_REVIEWED = "disclosure:reviewed"
    DISCLOSURE_REVIEW_ASKED = "disclosure:review-asked"
    DISCLOSURE_ATTESTED = "disclosure:attested"
    DISCLOSURE_CHANGE_RECORDED = "disclosure:change-recorded"
    DISCLOSURE_ACKNOWLEDGED = "disclosure:acknowledged"
    QUESTION_ASKED = "question:asked"
    QUESTION_TAKEN_BACK = "question:taken-back"
    QUESTION_ANSWERED = "question:answered"
    VISIT_ASKED = "visit:asked"
    VISIT_ANSWERED = "visit:answered"
    ACCOMMODATION_ASKED = "accommodation:asked"
    ACCOMMODATION_ANSWERED = "accommodation:answered"
    CANDIDATE_ADDED = "candidate:added"
    APPLICATION_WITHDRAWN = "application:withdrawn"
    ARRANGEMENT_CHANGED = "application:arrangement-changed"
    LINK_MADE = "link:made"
    LINK_EXTENDED = "link:extended"
    LINK_REVOKED = "link:revoked"
    LINK_HANDED_OVER = "link:handed-over"
    INTERVIEW_SCHEDULED = "interview:scheduled"
    MET_BEFORE_DISCLOSURE = "interview:before-disclosure"
    INTERVIEW_MOVED = "interview:moved"
    OUTCOME_RECORDED = "interview:outcome-recorded"
    ASSIGNMENT_WAIVED = "assignment:waived"
    INTERVIEWER_REPLACED = "assignment:replaced"
    TIE_DECLARED = "scorecard:tie-declared"
    NOTES_MOVED = "scorecard:notes-moved"
    SCORECARD_SUBMITTED = "scorecard:submitted"
    SCORECARD_AMENDED = "scorecard:amended"
    PRACTICE_STARTED = "practice:started"
    PRACTICE_SUBMITTED = "practice:submitted"
    FLAG_ANSWERED = "red-flag:answered"
    DECISION_RECORDED = "decision:recorded"
    HIRE_RECORDED = "hire:recorded"
    HIRE_CHANGED = "hire:changed"
    NOTICE_ACCEPTED = "check-in:notice-accepted"
    CHECK_IN_ANSWERED = "check-in:answered"

    @property
    def words(self) -> str:
        return in_words(self.value)


def in_words(event: str) -> str:
    """Say an event as people read it: "Team member added"."""
    return event.replace("-", " ").replace(":", " ").capitalize()


# Facts that are the public id of a person.
PERSON_FACTS = frozenset({"person", "by"})

_NONE: frozenset[str] = frozenset()

FACTS: dict[Event, frozenset[str]] = {
    **dict.fromkeys(Event, _NONE),
    Event.EMPLOYER_CHANGED: frozenset({"fields"}),
    Event.PERSON_INVITED: frozenset({"roles"}),
    Event.PERSON_DISABLED: frozenset({"open_assignments"}),
    Event.ROLES_CHANGED: frozenset({"roles"}),
    Event.LETTER_SENT_AGAIN: frozenset({"kind"}),
    Event.LETTER_DROPPED: frozenset({"kind"}),
    Event.PACK_IMPORTED: frozenset({"pack", "scenarios"}),
    Event.SCENARIO_DELETED: frozenset({"pack", "scenario", "version", "digest"}),
    Event.DRAFT_STARTED: frozenset({"scenario", "origin"}),
    Event.DRAFT_DISCARDED: frozenset({"scenario"}),
    Event.SCENARIO_PUBLISHED: frozenset({"scenario", "version", "pack", "digest"}),
    Event.JOB_STARTED: frozenset({"setting", "role", "level"}),
    Event.JOB_CHANGED: frozenset({"fields"}),
    Event.APPROVER_NAMED: frozenset({"person"}),
    Event.APPROVER_REMOVED: frozenset({"person"}),
    Event.AGREEMENT_ENDED: frozenset({"person"}),
    Event.TEAM_MEMBER_ADDED: frozenset({"person", "part"}),
    Event.TEAM_MEMBER_REMOVED: frozenset({"person", "part"}),
    Event.STAGE_ADDED: frozenset({"position", "scenario"}),
    Event.STAGE_CHANGED: frozenset({"position", "fields"}),
    Event.STAGE_REMOVED: frozenset({"position"}),
    Event.LOOP_OPENED: frozenset({"stages", "gaps"}),
    Event.DISCLOSURE_SAVED: frozenset({"fields"}),
    Event.DISCLOSURE_PUBLISHED: frozenset({"number", "digest"}),
    Event.DISCLOSURE_RETRACTED: frozenset({"number"}),
    Event.DISCLOSURE_REVIEWED: frozenset({"digest", "in_role"}),
    Event.DISCLOSURE_REVIEW_ASKED: frozenset({"person"}),
    Event.DISCLOSURE_ATTESTED: frozenset({"number"}),
    Event.DISCLOSURE_CHANGE_RECORDED: frozenset({"trigger"}),
    Event.DISCLOSURE_ACKNOWLEDGED: frozenset({"number", "digest"}),
    Event.LINK_MADE: frozenset({"expires"}),
    Event.LINK_EXTENDED: frozenset({"expires"}),
    Event.LINK_HANDED_OVER: frozenset({"way"}),
    Event.INTERVIEW_SCHEDULED: frozenset({"stage", "attempt"}),
    Event.MET_BEFORE_DISCLOSURE: frozenset({"stage", "because"}),
    Event.OUTCOME_RECORDED: frozenset({"outcome"}),
    Event.INTERVIEWER_REPLACED: frozenset({"by"}),
    Event.TIE_DECLARED: frozenset({"steps_back"}),
    Event.NOTES_MOVED: frozenset({"to", "fields"}),
    Event.SCORECARD_SUBMITTED: frozenset({"criteria"}),
    Event.PRACTICE_STARTED: frozenset({"vignette"}),
    Event.PRACTICE_SUBMITTED: frozenset({"criteria"}),
    Event.FLAG_ANSWERED: frozenset({"confirmed"}),
    Event.DECISION_RECORDED: frozenset({"outcome", "number"}),
    Event.HIRE_RECORDED: frozenset({"number", "acknowledged"}),
    Event.HIRE_CHANGED: frozenset({"fields"}),
    Event.NOTICE_ACCEPTED: frozenset({"day", "digest"}),
    Event.CHECK_IN_ANSWERED: frozenset({"day", "number", "shared"}),
}
