"""Interviews, who sits on them, and their scorecards.

While a scorecard is open, what its author has entered is the latest revision of each field, and nothing else.
Notes, marks and ratings are written once, when it is handed in.
"""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.candidates.models import Application
from app.core.db import Addressed, Base, Record, choice
from app.identity.models import Person
from app.loops.models import COUNTING_PARTS, AssignmentPart, Criterion, Stage


class Outcome(StrEnum):
    """How an interview went, when it did not simply take place."""

    NO_SHOW = "candidate did not come"
    CUT_SHORT = "cut short"


class AssignmentState(StrEnum):
    """Open until it is handed in, waived with a reason, or given to somebody else."""

    OPEN = "open"
    SUBMITTED = "submitted"
    WAIVED = "waived"
    REPLACED = "replaced"


class NotObserved(StrEnum):
    """Why a criterion was not observed; never a low score."""

    NOT_ASKED = "not asked"
    RAN_OUT = "ran out of time"
    NO_CHANCE = "no chance"


class Tie(StrEnum):
    """What ties an interviewer to a candidate, so that somebody else interviews."""

    FAMILY = "family"
    FRIEND = "friend"
    WORKED_TOGETHER = "worked together"
    REFERRED = "referred them"
    OTHER = "something else"


class MarkKind(StrEnum):
    """What of the script was used."""

    PROBE = "probe"
    FACT = "fact"
    OWN_PROBE = "own probe"
    VOLUNTEERED = "volunteered"  # Something personal, of which no detail is kept.


class Answer(StrEnum):
    """What becomes of an answer that is decided, not rated."""

    PASS = "pass"  # noqa: S105 (what is said of an answer)
    HOLD = "hold"
    FAIL = "fail"


class Interview(Addressed, Base):
    """One candidate meeting one stage; a new attempt after a no-show is a new interview."""

    __tablename__ = "interview"
    __table_args__ = (
        sa.UniqueConstraint("application_id", "stage_id", "attempt"),
        sa.Index(None, "stage_id"),
        sa.CheckConstraint("minutes BETWEEN 5 AND 240", name="minutes_are_sensible"),
    )

    application_id: Mapped[int] = mapped_column(sa.ForeignKey("application.id", ondelete="RESTRICT"))
    stage_id: Mapped[int] = mapped_column(sa.ForeignKey("stage.id", ondelete="RESTRICT"))
    attempt: Mapped[int] = mapped_column(default=1)
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    time_zone: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    outcome: Mapped[Outcome | None] = mapped_column(choice(Outcome, "outcome"))
    outcome_note: Mapped[str] = mapped_column(default="")

    application: Mapped[Application] = relationship()
    stage: Mapped[Stage] = relationship()
    assignments: Mapped[list["Assignment"]] = relationship(
        back_populates="interview", order_by="Assignment.id"
    )

    @property
    def job_id(self) -> int:
        return self.application.job_id


class Assignment(Addressed, Base):
    """One person on one interview; holds no score."""

    __tablename__ = "assignment"
    __table_args__ = (
        sa.UniqueConstraint("interview_id", "person_id"),
        sa.Index(None, "person_id", "state"),
        sa.CheckConstraint("(state = 'open') = (settled_at IS NULL)", name="settled_has_time"),
        sa.CheckConstraint("tie IS NULL OR declared_at IS NOT NULL", name="tie_is_declared"),
        sa.CheckConstraint("state NOT IN ('waived', 'replaced') OR reason <> ''", name="waiver_has_reason"),
    )

    interview_id: Mapped[int] = mapped_column(sa.ForeignKey("interview.id", ondelete="RESTRICT"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="RESTRICT"))
    part: Mapped[AssignmentPart] = mapped_column(choice(AssignmentPart, "part"))
    state: Mapped[AssignmentState] = mapped_column(
        choice(AssignmentState, "state"), default=AssignmentState.OPEN
    )
    due_at: Mapped[datetime]
    is_informed: Mapped[bool] = mapped_column(
        default=False
    )  # Assigned after the panel was open to the person.
    declared_at: Mapped[datetime | None]  # Since the person said whether anything ties them to the candidate.
    tie: Mapped[Tie | None] = mapped_column(choice(Tie, "tie"))
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("person.id", ondelete="RESTRICT"), index=True
    )
    reason: Mapped[str] = mapped_column(default="")

    interview: Mapped[Interview] = relationship(back_populates="assignments")
    person: Mapped[Person] = relationship(foreign_keys=person_id)
    scorecard: Mapped["Scorecard"] = relationship(back_populates="assignment", uselist=False)

    @property
    def counts(self) -> bool:
        """Whether this person's scores enter the panel: not a shadow's, and not an informed one's."""
        return self.part in COUNTING_PARTS and not self.is_informed

    @property
    def is_open(self) -> bool:
        return self.state is AssignmentState.OPEN

    @property
    def is_clear(self) -> bool:
        """Whether the person declared that nothing ties them to the candidate."""
        return self.declared_at is not None and self.tie is None

    @property
    def has_stepped_back(self) -> bool:
        """Whether the person declared a tie and waits to be replaced or excused."""
        return self.is_open and self.tie is not None


class Scorecard(Addressed, Base):
    """One rater's evidence and ratings for one interview; `version` counts every change to it."""

    __tablename__ = "scorecard"
    __table_args__ = (
        sa.CheckConstraint("(submitted_at IS NULL) = (submission_key IS NULL)", name="submission_has_key"),
    )

    assignment_id: Mapped[int] = mapped_column(
        sa.ForeignKey("assignment.id", ondelete="RESTRICT"), unique=True
    )
    version: Mapped[int] = mapped_column(default=1)
    submitted_at: Mapped[datetime | None]
    submission_key: Mapped[str | None] = mapped_column(unique=True)
    retelling: Mapped[str] = mapped_column(default="")
    read_seconds: Mapped[int | None]  # Time used, where it was taken; it is not scored.
    answer_seconds: Mapped[int | None]
    probes_seconds: Mapped[int | None]

    assignment: Mapped[Assignment] = relationship(back_populates="scorecard")
    notes: Mapped[list["Note"]] = relationship(order_by="Note.position")
    ratings: Mapped[list["Rating"]] = relationship()
    marks: Mapped[list["ScriptMark"]] = relationship(order_by="ScriptMark.position")
    verdicts: Mapped[list["Verdict"]] = relationship(order_by="Verdict.question")
    red_flags: Mapped[list["RedFlag"]] = relationship(back_populates="scorecard", order_by="RedFlag.position")
    amendments: Mapped[list["Amendment"]] = relationship(order_by="Amendment.id")

    @property
    def author_id(self) -> int:
        return self.assignment.person_id

    @property
    def is_open(self) -> bool:
        return self.assignment.state is AssignmentState.OPEN

    @property
    def is_clear(self) -> bool:
        return self.assignment.is_clear

    @property
    def has_stepped_back(self) -> bool:
        return self.assignment.has_stepped_back

    @property
    def is_submitted(self) -> bool:
        return self.assignment.state is AssignmentState.SUBMITTED


class Revision(Record):
    """One saved state of one field; appended, never changed, so what was acknowledged cannot be lost."""

    field: Mapped[str]
    client: Mapped[str]
    sequence: Mapped[int]
    base: Mapped[int]  # The field's revision count the author had seen.
    body: Mapped[str]
    digest: Mapped[str]


class DraftRevision(Revision, Base):
    """A revision of an open scorecard."""

    __tablename__ = "draft_revision"
    __table_args__ = (
        sa.UniqueConstraint("scorecard_id", "client", "sequence"),
        sa.Index(None, "scorecard_id", "field"),
    )

    scorecard_id: Mapped[int] = mapped_column(sa.ForeignKey("scorecard.id", ondelete="RESTRICT"))


class Note(Record, Base):
    """Evidence: what was said or done, in the words heard."""

    __tablename__ = "note"
    __table_args__ = (sa.UniqueConstraint("scorecard_id", "position"),)

    scorecard_id: Mapped[int] = mapped_column(sa.ForeignKey("scorecard.id", ondelete="RESTRICT"))
    position: Mapped[int]
    body: Mapped[str]
    tags: Mapped[str] = mapped_column(default="")  # Words of `drafts.TAGS`, joined by a blank.
    written_at: Mapped[datetime]

    ties: Mapped[list["NoteTie"]] = relationship(order_by="NoteTie.criterion_id")


class NoteTie(Base):
    """That a note is evidence for a criterion."""

    __tablename__ = "note_tie"

    note_id: Mapped[int] = mapped_column(sa.ForeignKey("note.id", ondelete="RESTRICT"), primary_key=True)
    criterion_id: Mapped[int] = mapped_column(
        sa.ForeignKey("criterion.id", ondelete="RESTRICT"), primary_key=True, index=True
    )


class Rating(Record, Base):
    """A level on one criterion, or why it was not observed."""

    __tablename__ = "rating"
    __table_args__ = (
        sa.UniqueConstraint("scorecard_id", "criterion_id"),
        sa.Index(None, "criterion_id", "scorecard_id", "level"),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name="level_on_scale"),
        sa.CheckConstraint("(level IS NULL) = (not_observed IS NOT NULL)", name="level_or_reason"),
    )

    scorecard_id: Mapped[int] = mapped_column(sa.ForeignKey("scorecard.id", ondelete="RESTRICT"))
    criterion_id: Mapped[int] = mapped_column(sa.ForeignKey("criterion.id", ondelete="RESTRICT"))
    level: Mapped[int | None]
    not_observed: Mapped[NotObserved | None] = mapped_column(choice(NotObserved, "not_observed"))
    because: Mapped[str] = mapped_column(default="")

    criterion: Mapped[Criterion] = relationship()


class ScriptMark(Record, Base):
    """That a probe was used, or a fact given; `body` has the words of a probe beyond the script."""

    __tablename__ = "script_mark"
    __table_args__ = (sa.UniqueConstraint("scorecard_id", "kind", "position"),)

    scorecard_id: Mapped[int] = mapped_column(sa.ForeignKey("scorecard.id", ondelete="RESTRICT"))
    kind: Mapped[MarkKind] = mapped_column(choice(MarkKind, "kind"))
    position: Mapped[int]
    body: Mapped[str] = mapped_column(default="")


class Verdict(Record, Base):
    """Whether an answer passes, holds or fails, with the reason: for questions that are not rated."""

    __tablename__ = "verdict"
    __table_args__ = (
        sa.UniqueConstraint("scorecard_id", "question"),
        sa.CheckConstraint("reason <> ''", name="verdict_has_reason"),
    )

    scorecard_id: Mapped[int] = mapped_column(sa.ForeignKey("scorecard.id", ondelete="RESTRICT"))
    question: Mapped[int]
    answer: Mapped[Answer] = mapped_column(choice(Answer, "answer"))
    reason: Mapped[str]


class RedFlag(Addressed, Base):
    """Something to listen for that was heard, with the words; never a rejection by itself."""

    __tablename__ = "red_flag"
    __table_args__ = (
        sa.UniqueConstraint("scorecard_id", "position"),
        sa.CheckConstraint("quote <> ''", name="flag_has_quote"),
    )

    scorecard_id: Mapped[int] = mapped_column(sa.ForeignKey("scorecard.id", ondelete="RESTRICT"))
    position: Mapped[int]
    quote: Mapped[str]

    scorecard: Mapped[Scorecard] = relationship(back_populates="red_flags")
    answers: Mapped[list["FlagAnswer"]] = relationship(order_by="FlagAnswer.id")


class FlagAnswer(Record, Base):
    """What somebody else says of a red flag; a person's last answer stands."""

    __tablename__ = "flag_answer"

    red_flag_id: Mapped[int] = mapped_column(sa.ForeignKey("red_flag.id", ondelete="RESTRICT"), index=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="RESTRICT"), index=True)
    is_confirmed: Mapped[bool]

    person: Mapped[Person] = relationship()


class Amendment(Record, Base):
    """What an author adds to a frozen scorecard, with the reason; the scores of record stay."""

    __tablename__ = "amendment"

    scorecard_id: Mapped[int] = mapped_column(sa.ForeignKey("scorecard.id", ondelete="RESTRICT"), index=True)
    body: Mapped[str]
    reason: Mapped[str]
