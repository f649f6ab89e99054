"""Who acts, and everything that can be asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


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
    SEE_LETTERS = "letters:see"
    SEND_LETTER_AGAIN = "letter:send-again"
    DROP_LETTER = "letter:drop"
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
    SEE_REVIEW = "disclosure:see-review"
    REVIEW_DISCLOSURE = "disclosure:review"
    ASK_FOR_REVIEW = "disclosure:ask-for-review"
    SEE_UPKEEP = "disclosure:see-upkeep"
    ATTEST_DISCLOSURE = "disclosure:attest"
    RECORD_CHANGE = "disclosure:record-change"
    READ_DISCLOSURE = "disclosure:read"
    READ_BY_LINK = "disclosure:read-by-link"
    ACKNOWLEDGE = "disclosure:acknowledge"
    READ_QUESTIONS = "questions:read-by-link"
    ASK_QUESTION = "question:ask"
    SEE_QUESTIONS = "questions:see"
    ANSWER_QUESTION = "question:answer"
    SEE_WHO_ASKED = "question:see-who-asked"
    ANSWER_VISIT = "visit:answer"
    READ_OWN_DATA = "own-data:read-by-link"
    ASK_ACCOMMODATION = "accommodation:ask"
    READ_ACCOMMODATION = "accommodation:read"
    ANSWER_ACCOMMODATION = "accommodation:answer"
    ADD_CANDIDATE = "candidate:add"
    SEE_APPLICATION = "application:see"
    WITHDRAW_APPLICATION = "application:withdraw"
    WITHDRAW_BY_LINK = "application:withdraw-by-link"
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
    PRACTICE = "practice:use"
    READ_PRACTICE = "practice:read"
    SAVE_PRACTICE = "practice:save"
    SUBMIT_PRACTICE = "practice:submit"
    SEE_GOLD = "practice:see-gold"
    SEE_DEBRIEF = "debrief:see"
    SEE_PANEL_SCORES = "panel:see-scores"
    ANSWER_FLAG = "red-flag:answer"
    RECORD_DECISION = "decision:record"
    RECORD_HIRE = "hire:record"
    SEE_ACCURACY = "accuracy:see"
    READ_CHECK_IN = "check-in:read"
    ANSWER_CHECK_IN = "check-in:answer"
    SEE_AGREEMENT = "agreement:see"
