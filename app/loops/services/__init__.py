"""The verbs of loops: what is done about a loop, its stages and its weights."""

from app.loops.services.drafting import draft_loop
from app.loops.services.guide import confirm_guide
from app.loops.services.opening import close_loop, open_loop
from app.loops.services.stages import add_stage, change_stage, move_stage, remove_stage
from app.loops.services.weights import set_weights

__all__ = [
    "add_stage",
    "change_stage",
    "close_loop",
    "confirm_guide",
    "draft_loop",
    "move_stage",
    "open_loop",
    "remove_stage",
    "set_weights",
]
