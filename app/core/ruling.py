"""Rules: small named questions about an actor and a thing, each with the refusal a person reads."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Question = Callable[[Any, Any], bool]


@dataclass(frozen=True)
class Decision:
    """The answer to one question; truthy when allowed, else with the reason a person reads."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


@dataclass(frozen=True)
class Rule:
    """A named question with the sentence that is read when the answer is no."""

    name: str
    reason: str
    asks: Question
    about_person: bool  # Whether somebody who is not signed in can never pass it.


Line = list[Rule]  # Rules that must all hold.


def rule(reason: str, *, about_person: bool = False) -> Callable[[Question], Rule]:
    """Make a Rule of a function; the reason is what the refused person reads."""

    def make(question: Question) -> Rule:
        return Rule(question.__name__, reason, question, about_person)

    return make
