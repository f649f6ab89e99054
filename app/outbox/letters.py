"""How a kind of letter becomes a mail: each feature says it for its own kinds, in its own `letters.py`.

A letter is looked at anew when it is sent. Whoever lost the right meanwhile, or is out of reach, gets none:
then the function of its kind answers None. A mail names a task and carries one link; never what somebody
wrote, a score, or what a colleague did.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Facts = Mapping[str, int | str]  # The ids that a letter is about, as they were posted.


@dataclass(frozen=True)
class Mail:
    """What one reader gets: a few plain sentences, and at most one link on a line of its own."""

    to: str
    name: str
    subject: str
    paragraphs: Sequence[str]
    link: str = ""
    link_words: str = ""  # What is behind the link, such as "Read the week".


Compose = Callable[[Facts], Mail | None]
Follow = Callable[[Facts], None]

_kinds: dict[str, Compose] = {}
_private: set[str] = set()
_notes: dict[str, Follow] = {}


def letter(kind: str, *, private: bool = False) -> Callable[[Compose], Compose]:
    """Register how letters of this kind are written; None means that nobody is left to reach.

    A private kind tells by being there what whoever sits on a hiring team must not know.
    """

    def register(compose: Compose) -> Compose:
        if kind in _kinds:
            raise ValueError(f"Letters of the kind “{kind}” are written twice.")
        _kinds[kind] = compose
        _private.update({kind} if private else ())
        return compose

    return register


def when_sent(kind: str) -> Callable[[Follow], Follow]:
    """Register what is noted in the transaction that marks a letter of this kind as sent."""

    def register(note: Follow) -> Follow:
        if kind in _notes:
            raise ValueError(f"What follows a letter of the kind “{kind}” is said twice.")
        _notes[kind] = note
        return note

    return register


def kinds() -> frozenset[str]:
    """Every kind of letter there is."""
    return frozenset(_kinds)


def private_kinds() -> frozenset[str]:
    """The kinds whose letters are closed to whoever sits on a hiring team."""
    return frozenset(_private)


def compose(kind: str, facts: Facts) -> Mail | None:
    """The mail of a letter as it has to be now, or None when nobody is left to reach."""
    return _kinds[kind](facts)


def note_sent(kind: str, facts: Facts) -> None:
    """Note what follows from a letter having been sent."""
    if kind in _notes:
        _notes[kind](facts)
