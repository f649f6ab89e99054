"""Reads for the Agreement page: only what the blind rule opens to whoever looks."""

from app import policy
from app.loops.models import Loop
from app.policy import Act, Actor
from app.scoring import queries as scoring
from app.scoring.results import LoopRatings


def ratings_of(actor: Actor, loop: Loop) -> LoopRatings:
    """The independent ratings of a loop's complete panels, and who is left out of them."""
    policy.check(actor, Act.SEE_AGREEMENT, loop)
    return scoring.rating_rows(actor, loop)
