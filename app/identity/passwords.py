"""Passwords: argon2id, two at a time, and one verification whether or not the person exists."""

from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher, Type
from argon2.exceptions import VerificationError

LONGEST = 256
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, type=Type.ID)
_turns = BoundedSemaphore(2)


def hashed(password: str) -> str:
    """The argon2id hash of a password."""
    with _turns:
        return _hasher.hash(password)


@cache
def _nobodys_hash() -> str:
    return hashed("the password of nobody at all")


def matches(password_hash: str | None, password: str) -> bool:
    """Whether the password is the one hashed; takes as long for a person who does not exist."""
    with _turns:
        try:
            _hasher.verify(password_hash or _nobodys_hash(), password[:LONGEST])
        except VerificationError:
            return False
    return password_hash is not None
