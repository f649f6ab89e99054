"""What candidates ask about a job, what every candidate of it is answered, and visits they ask for."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.candidates.models import Application
from app.core.db import Addressed, Base, Record
from app.identity.models import Person


class Question(Addressed, Base):
    """One question of one candidate: in their own words, or a topic ticked on the list."""

    __tablename__ = "question"
    __table_args__ = (sa.CheckConstraint("topic <> '' OR text <> ''", name="something_is_asked"),)

    application_id: Mapped[int] = mapped_column(
        sa.ForeignKey("application.id", ondelete="RESTRICT"), index=True
    )
    topic: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")

    application: Mapped[Application] = relationship()
    answers: Mapped[list["Answer"]] = relationship(back_populates="question", order_by="Answer.id")

    @property
    def job_id(self) -> int:
        return self.application.job_id


class Answer(Record, Base):
    """What every candidate of the job reads; a later answer to the same question corrects an earlier one."""

    __tablename__ = "answer"

    question_id: Mapped[int] = mapped_column(sa.ForeignKey("question.id", ondelete="RESTRICT"), index=True)
    wording: Mapped[str]  # The question as all may read it, without what tells who asked.
    text: Mapped[str]
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="RESTRICT"), index=True)

    question: Mapped[Question] = relationship(back_populates="answers")
    person: Mapped[Person] = relationship()


class ShadowVisit(Addressed, Base):
    """A candidate's wish to see the place at work, and what they were answered."""

    __tablename__ = "shadow_visit"

    application_id: Mapped[int] = mapped_column(
        sa.ForeignKey("application.id", ondelete="RESTRICT"), unique=True
    )
    wish: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("person.id", ondelete="RESTRICT"), index=True
    )

    application: Mapped[Application] = relationship()
    answered_by: Mapped[Person | None] = relationship()

    @property
    def job_id(self) -> int:
        return self.application.job_id
