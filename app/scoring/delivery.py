"""Whoever talks about fit with the setting has read, or could have read, what the week is like."""

from enum import StrEnum

from app.loops.models import Stage
from scenarios import StageType

NOT_DELIVERED = "No disclosure was handed to the candidate yet. Send the link first, or say why not."


class Undelivered(StrEnum):
    """Why a candidate talks about fit with the setting before the disclosure reached them."""

    ON_PAPER = "given on paper"
    NOT_PUBLISHED = "nothing published yet"
    CORRECTED = "being corrected"
    THEIR_WISH = "the candidate asked to meet first"


def waits_for_disclosure(stage: Stage) -> bool:
    """Whether a stage is about fit with the setting."""
    return stage.scenario_version.stage_type == StageType.SETTING_FIT.value
