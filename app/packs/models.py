"""Scenario versions as imported from packs: immutable, found by their digest."""

import json

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Addressed, Base, Record


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
    def names(self) -> dict[str, str]:
        """The names of the competencies it scores, by code."""
        found: dict[str, str] = json.loads(self.competencies)
        return found


class PackEdition(Record, Base):
    """What a pack said of itself when it was imported, and which versions it held; the newest is exported."""

    __tablename__ = "pack_edition"
    __table_args__ = (sa.Index(None, "pack"),)

    pack: Mapped[str]
    header: Mapped[str]  # JSON, as `pack.yaml` has it.
    contents: Mapped[str]  # JSON: the key and version of each scenario, in order.
