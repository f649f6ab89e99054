"""Letting criteria count differently."""

from collections.abc import Mapping
from decimal import Decimal

from app.audit import services as audit
from app.audit.events import Event
from app.loops import rules
from app.loops.models import Loop
from app.loops.services.changing import check_change, touch
from app.policy import Actor


def set_weights(
    actor: Actor, loop: Loop, *, version: int, weights: Mapping[str, Decimal], reason: str
) -> None:
    """Let criteria of a draft count differently, for a reason; `weights` is by `rules.weight_key`."""
    check_change(actor, loop, version)
    rules.check_weights(weights, reason)
    for stage in loop.stages:
        for criterion in stage.criteria:
            criterion.weight = weights[rules.weight_key(stage.position, criterion.code)]
    loop.weights_reason = "" if rules.are_equal(weights.values()) else reason
    touch(loop)
    audit.record(actor, Event.WEIGHTS_CHANGED, loop, job_id=loop.job_id)
