"""An interview loop, its stages, their criteria with pinned weights, and the panel each stage plans."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Addressed, Base, Record, choice
from app.identity.models import Person
from app.jobs.models import Job
from app.jobs.rules import Profile
from app.loops.rules import LoopState
from app.packs.models import ScenarioVersion
from app.packs.queries import scenario_of
from scenarios import Level, TimeBox


class AssignmentPart(StrEnum):
    """What a person does in an interview; only the levels of leads and co-interviewers count."""

    LEAD = "lead"
    CO_INTERVIEWER = "co-interviewer"
    SHADOW = "shadow"
    REVERSE_SHADOW = "reverse-shadow"
    OBSERVER = "observer"
    NOTE_TAKER = "note-taker"


COUNTING_PARTS = (AssignmentPart.LEAD, AssignmentPart.CO_INTERVIEWER)
# Those who give levels; the others watch, or write down what is said.
SCORING_PARTS = (*COUNTING_PARTS, AssignmentPart.SHADOW, AssignmentPart.REVERSE_SHADOW)


class Loop(Addressed, Base):
    """The ordered stages every candidate of a job meets; draft, open or closed by its two times."""

    __tablename__ = "loop"
    __table_args__ = (
        sa.UniqueConstraint("job_id", "number"),
        sa.CheckConstraint("(opened_at IS NULL) = (opened_by_id IS NULL)", name="opening_has_author"),
        sa.CheckConstraint("closed_at IS NULL OR opened_at IS NOT NULL", name="closed_was_open"),
        sa.CheckConstraint("(opened_at IS NULL) = (level IS NULL)", name="opening_has_level"),
    )

    job_id: Mapped[int] = mapped_column(sa.ForeignKey("job.id", ondelete="RESTRICT"))
    number: Mapped[int] = mapped_column(default=1)
    opened_at: Mapped[datetime | None]
    opened_by_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("person.id", ondelete="RESTRICT"), index=True
    )
    closed_at: Mapped[datetime | None]
    level: Mapped[str | None]  # The job's when it opened, whose bars it keeps.
    copied_from_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("loop.id", ondelete="RESTRICT"), index=True
    )
    guide_read_at: Mapped[datetime | None]  # Since somebody of the team read it as a candidate will.
    gaps_reason: Mapped[str] = mapped_column(default="")
    weights_reason: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)

    job: Mapped[Job] = relationship()
    opened_by: Mapped[Person | None] = relationship()
    copied_from: Mapped["Loop | None"] = relationship(remote_side="Loop.id")
    stages: Mapped[list["Stage"]] = relationship(
        back_populates="loop", order_by="Stage.position", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def profile(self) -> Profile:
        """What it is for: the job's profile; once it has opened, at the level whose bars it fixed."""
        found = self.job.profile
        return replace(found, level=Level(self.level)) if self.level else found

    @property
    def state(self) -> LoopState:
        if self.closed_at is not None:
            return LoopState.CLOSED
        return LoopState.DRAFT if self.opened_at is None else LoopState.OPEN

    @property
    def is_draft(self) -> bool:
        return self.state is LoopState.DRAFT

    @property
    def is_open(self) -> bool:
        return self.state is LoopState.OPEN

    @property
    def is_closed(self) -> bool:
        return self.state is LoopState.CLOSED


class Stage(Addressed, Base):
    """One sitting of the loop: exactly one scenario version, its criteria and its planned panel."""

    __tablename__ = "stage"
    __table_args__ = (
        sa.UniqueConstraint("loop_id", "position"),
        sa.CheckConstraint(
            "(read_minutes IS NULL) = (answer_minutes IS NULL)"
            " AND (read_minutes IS NULL) = (probe_minutes IS NULL)",
            name="time_box_is_whole",
        ),
        sa.CheckConstraint(
            "read_minutes IS NULL OR (read_minutes BETWEEN 1 AND 120"
            " AND answer_minutes BETWEEN 1 AND 120 AND probe_minutes BETWEEN 1 AND 120)",
            name="time_box_in_range",
        ),
    )

    loop_id: Mapped[int] = mapped_column(sa.ForeignKey("loop.id", ondelete="RESTRICT"))
    position: Mapped[int]
    scenario_version_id: Mapped[int] = mapped_column(
        sa.ForeignKey("scenario_version.id", ondelete="RESTRICT"), index=True
    )
    reason: Mapped[str] = mapped_column(default="")  # Why this scenario is in the loop.
    read_minutes: Mapped[int | None]  # A time-box of its own; None is the scenario's.
    answer_minutes: Mapped[int | None]
    probe_minutes: Mapped[int | None]

    loop: Mapped[Loop] = relationship(back_populates="stages")
    scenario_version: Mapped[ScenarioVersion] = relationship()
    criteria: Mapped[list["Criterion"]] = relationship(
        back_populates="stage", order_by="Criterion.position", cascade="all, delete-orphan"
    )
    panel: Mapped[list["PlannedPanelist"]] = relationship(
        back_populates="stage", order_by="PlannedPanelist.id", cascade="all, delete-orphan"
    )

    @property
    def lead(self) -> Person | None:
        return next((seat.person for seat in self.panel if seat.part is AssignmentPart.LEAD), None)

    @property
    def has_own_time_box(self) -> bool:
        return self.read_minutes is not None

    @property
    def time_box(self) -> TimeBox:
        """Its own minutes, else those of its scenario."""
        theirs = scenario_of(self.scenario_version).time_box
        own = {"read": self.read_minutes, "answer": self.answer_minutes, "probes": self.probe_minutes}
        return theirs.model_copy(update=own) if self.has_own_time_box else theirs


class Criterion(Record, Base):
    """A competency as scored in one stage; weight, bar and critical are fixed when the loop opens."""

    __tablename__ = "criterion"
    __table_args__ = (
        sa.UniqueConstraint("stage_id", "code"),
        sa.CheckConstraint("weight > 0", name="weight_is_positive"),
        sa.CheckConstraint("bar BETWEEN 1 AND 5", name="bar_on_scale"),
    )

    stage_id: Mapped[int] = mapped_column(sa.ForeignKey("stage.id", ondelete="RESTRICT"))
    position: Mapped[int]
    code: Mapped[str]
    name: Mapped[str]
    is_critical: Mapped[bool]
    weight: Mapped[Decimal] = mapped_column(sa.Numeric(6, 3), default=Decimal(1))
    bar: Mapped[int]

    stage: Mapped[Stage] = relationship(back_populates="criteria")


class PlannedPanelist(Record, Base):
    """Someone planned onto a stage's panel; each candidate's interview starts from this plan."""

    __tablename__ = "planned_panelist"
    __table_args__ = (sa.UniqueConstraint("stage_id", "person_id"), sa.Index(None, "person_id"))

    stage_id: Mapped[int] = mapped_column(sa.ForeignKey("stage.id", ondelete="RESTRICT"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="RESTRICT"))
    part: Mapped[AssignmentPart] = mapped_column(choice(AssignmentPart, "part"))

    stage: Mapped[Stage] = relationship(back_populates="panel")
    person: Mapped[Person] = relationship()
