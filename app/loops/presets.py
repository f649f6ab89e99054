"""Weights to start from, each with a reason to start from; none is applied before somebody says so."""

from dataclasses import dataclass
from decimal import Decimal

DOUBLE = Decimal(2)


@dataclass(frozen=True)
class Preset:
    """Which competencies count twice in a kind of work, and why."""

    key: str
    title: str
    codes: tuple[str, ...]
    reason: str

    def weight(self, code: str) -> Decimal:
        return DOUBLE if code in self.codes else Decimal(1)


PRESETS = (
    Preset(
        "safety",
        "Safety first",
        ("SAF", "ESC"),
        "A lapse in this work harms somebody, and no strength elsewhere makes up for it: seeing risk and "
        "telling the right person count twice.",
    ),
    Preset(
        "documentation",
        "Much is written and reviewed",
        ("DOC",),
        "Payers and reviewers ask for notes that hold up, and whoever comes next works from them: "
        "documentation counts twice.",
    ),
    Preset(
        "prioritization",
        "Days are fuller than the hours",
        ("PRI", "RLT"),
        "The pressure here is for speed, and quality depends on what is kept and what waits: prioritization "
        "and honest minutes count twice.",
    ),
    Preset(
        "communication",
        "Across teams and families",
        ("HND", "EDU"),
        "This role works across teams and with families: how it is said counts as much as what is "
        "delivered, so handoff and education count twice.",
    ),
)


def find(key: str) -> Preset | None:
    """The preset of an address; None where there is none of this name."""
    return next((preset for preset in PRESETS if preset.key == key), None)
