"""Rules about letters: how often and how long they are tried."""

from datetime import timedelta

from app.core.errors import Conflict

LEASE = timedelta(seconds=60)  # As long as this a claimed letter is its worker's alone.
TRIES = 16  # With the pauses between them a letter is tried for about two days.
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
LONGEST_WAIT = timedelta(days=7)  # What nobody sent for so long says nothing that is still news.


def pause(tries: int) -> timedelta:
    """How long to wait after so many tries: a minute, twice as long each time, six hours at most."""
    return min(FIRST_PAUSE * (1 << min(tries - 1, 20)), LONGEST_PAUSE)


def check_has_failed(*, has_failed: bool) -> None:
    """What was never refused has nothing to be sent again for."""
    if not has_failed:
        raise Conflict("Only a letter that failed can be sent again, and not while it is being sent.")


def check_is_unsent(*, is_unsent: bool) -> None:
    """What is on its way cannot be called back."""
    if not is_unsent:
        raise Conflict("This letter is sent or dropped already, or is being sent now.")


def is_given_up(tries: int) -> bool:
    """Whether a letter that failed so often is not tried again by itself."""
    return tries >= TRIES
