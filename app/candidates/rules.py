"""Rules about candidates and their links."""

from datetime import date

from app.core.errors import Invalid

SHORTEST_REASON = 3


def check_applied_on(applied_on: date, today: date) -> None:
    """Nobody applies tomorrow."""
    if applied_on > today:
        raise Invalid(applied_on="This day is still to come. Today is the latest.")


def masked(text: str) -> str:
    """Enough of an e-mail address or a phone number to know it again, on a page that a link opens."""
    name, at, place = text.partition("@")
    if at:
        return f"{name[:1]}…@{place}"
    return f"… {text[-2:]}" if text else ""


def check_said(text: str, *, field: str, sentence: str) -> str:
    """What is asked or answered is a few letters at least; the sentence says what is missing."""
    if len(text.strip()) < SHORTEST_REASON:
        raise Invalid(**{field: sentence})
    return text.strip()


def check_waiting(waiting: int, most: int) -> None:
    """Whoever waits for many answers gets some before asking for more."""
    if waiting >= most:
        raise Invalid(text=f"You wait for {most} answers. Once one is here, you can ask for more.")


def check_reason(reason: str) -> str:
    """A reason is a few words at least."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise Invalid(reason="Say why in a few words.")
    return reason.strip()
