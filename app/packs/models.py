"""Scenario versions as imported from packs, and answers to practice on: immutable, each with its digest."""

import json
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Addressed, Base, Record
from app.identity.models import Person
from scenarios.schema import PackHeader


class ScenarioVersion(Addressed, Base):
    """One version of one scenario; a loop pins it, and it never changes under its interviewers."""

    __tablename__ = "scenario_version"
    __table_args__ = (
        sa.UniqueConstraint("key", "version"),
        sa.Index(None, "pack"),
    )

    pack: Mapped[str]
    pack_title: Mapped[str]
    key: Mapped[str]
    version: Mapped[str]
    status: Mapped[str]
    title: Mapped[str]
    kind: Mapped[str]
    stage_type: Mapped[str]
    setting: Mapped[str]
    role: Mapped[str]
    written_for: Mapped[str]
    document: Mapped[str]  # Canonical JSON of the scenario.
    competencies: Mapped[str]  # JSON: code to name, as the pack's library names them.
    digest: Mapped[str] = mapped_column(unique=True)

    @property
    def name(self) -> tuple[str, str]:
        """What no two versions share."""
        return self.key, self.version

    @property
    def names(self) -> dict[str, str]:
        """The names of the competencies it scores, by code."""
        found: dict[str, str] = json.loads(self.competencies)
        return found


class Vignette(Addressed, Base):
    """A written answer to one scenario version with its gold scores; it never changes, nor does its gold."""

    __tablename__ = "vignette"
    __table_args__ = (sa.UniqueConstraint("scenario_version_id", "key"),)

    scenario_version_id: Mapped[int] = mapped_column(
        sa.ForeignKey("scenario_version.id", ondelete="RESTRICT")
    )
    key: Mapped[str]
    document: Mapped[str]  # Canonical JSON of the vignette.
    digest: Mapped[str]

    scenario_version: Mapped[ScenarioVersion] = relationship()


class PackEdition(Record, Base):
    """What a pack said of itself when it was imported, and what it held; the newest is exported."""

    __tablename__ = "pack_edition"
    __table_args__ = (sa.Index(None, "pack"),)

    pack: Mapped[str]
    header: Mapped[str]  # JSON, as `pack.yaml` has it.
    contents: Mapped[str]  # JSON: the key and version of each scenario, in order.
    vignettes: Mapped[str] = mapped_column(default="[]")  # JSON: their keys, in order.

    @property
    def head(self) -> PackHeader:
        return PackHeader.model_validate_json(self.header)

    @property
    def holds(self) -> list[tuple[str, str]]:
        """The key and version of each of its scenarios, in order."""
        return [(key, version) for key, version in json.loads(self.contents)]

    @property
    def holds_vignettes(self) -> list[str]:
        """The key of each of its vignettes, in order; those of scenarios it holds no more are left out."""
        found: list[str] = json.loads(self.vignettes)
        return found


class ScenarioDraft(Addressed, Base):
    """A copy of a scenario version that its author changes; published it becomes a version and stays so."""

    __tablename__ = "scenario_draft"
    __table_args__ = (
        sa.CheckConstraint("(published_id IS NULL) = (published_at IS NULL)", name="publication_is_whole"),
        sa.CheckConstraint("published_at IS NULL OR discarded_at IS NULL", name="has_one_end"),
        sa.Index(None, "author_id"),
        sa.Index(None, "origin_id"),
    )

    author_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="RESTRICT"))
    origin_id: Mapped[int] = mapped_column(sa.ForeignKey("scenario_version.id", ondelete="RESTRICT"))
    pack: Mapped[str]  # Where it is published.
    key: Mapped[str]  # Its origin's for another version of it, else one that nothing has yet.
    content: Mapped[str]  # JSON: every field's text as it was typed, by the field's name.
    change_note: Mapped[str] = mapped_column(default="")
    changed_at: Mapped[datetime]
    published_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("scenario_version.id", ondelete="RESTRICT"), unique=True
    )
    published_at: Mapped[datetime | None]
    discarded_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    author: Mapped[Person] = relationship()
    origin: Mapped[ScenarioVersion] = relationship(foreign_keys=[origin_id])
    published: Mapped[ScenarioVersion | None] = relationship(foreign_keys=[published_id])

    __mapper_args__ = {"version_id_col": version}

    @property
    def is_open(self) -> bool:
        return self.published_at is None and self.discarded_at is None

    @property
    def texts(self) -> dict[str, str]:
        """Every field's text as it was typed."""
        found: dict[str, str] = json.loads(self.content)
        return found

    @property
    def is_new_scenario(self) -> bool:
        """Whether it has a key of its own, and is not another version of its origin."""
        return "id" in self.texts
