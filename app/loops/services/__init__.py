"""The verbs of loops: what is done about a loop, its stages and its weights."""

from app.loops.services.drafting import copy_loop, draft_from_template, draft_loop
from app.loops.services.guide import confirm_guide
from app.loops.services.opening import close_loop, open_loop
from app.loops.services.panels import propose_panels, set_panels
from app.loops.services.stages import (
    Content,
    add_stage,
    change_stage,
    move_stage,
    place_stage,
    remove_stage,
)
from app.loops.services.weights import set_weights

__all__ = [
    "Content",
    "add_stage",
    "change_stage",
    "close_loop",
    "confirm_guide",
    "copy_loop",
    "draft_from_template",
    "draft_loop",
    "move_stage",
    "open_loop",
    "place_stage",
    "propose_panels",
    "remove_stage",
    "set_panels",
    "set_weights",
]
