"""Rules about candidates and their links."""

from datetime import date

from app.core.errors import Invalid

SHORTEST_REASON = 3


def check_applied_on(applied_on: date, today: date) -> None:
    """Nobody applies tomorrow."""
    if applied_on > today:
        raise Invalid(applied_on="This day is still to come. Today is the latest.")


def check_reason(reason: str) -> str:
    """A reason is a few words at least."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise Invalid(reason="Say why in a few words.")
    return reason.strip()
