"""The shape of a loop template."""

from typing import Annotated

from pydantic import Field

from scenarios.schema import Code, Document, Identifier, Line, Prose
from scenarios.vocabulary import Role, Setting, StageType


class Place(Document):
    """One stage: the scenario it puts, why it is there and there, and what of it is not scored."""

    scenario: Identifier
    why: Prose
    leave_out: tuple[Code, ...] = ()


class Template(Document):
    """The stages to begin a loop with; `without` says why a type of stage is not among them."""

    id: Identifier
    setting: Setting
    role: Role
    about: Prose
    panel: Annotated[int, Field(ge=2, le=4)]
    without: dict[StageType, Line] = Field(default_factory=dict)
    stages: Annotated[tuple[Place, ...], Field(min_length=1)]

    @property
    def title(self) -> str:
        """ "Outpatient, occupational therapist"."""
        return f"{self.setting.label}, {self.role.label.lower()}"
