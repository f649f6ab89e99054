"""What the demo's interviewers give: a candidate's strength, a criterion's blur, a rater's leaning."""

import hashlib
import random

from app.demo.cast import NOOR, Player
from scenarios import Scenario

# How far the criteria are told apart: handoff and plan of care are the hard ones here.
BLUR = {"HND": 0.75, "PRI": 0.55, "POC": 0.6, "EDU": 0.5}

# The candidate whose debrief waits: two gaps to talk about, one thing not observed, every bar met.
SCRIPTED: dict[tuple[str, str], dict[str, int | None]] = {
    ("Iris Okafor", "snm-outpatient-ot-entry"): {"SAF": 4, "ESC": 3, "DOC": 3, "HND": 4},
    ("Ivo Lind", "snm-outpatient-ot-entry"): {"SAF": 4, "ESC": 4, "DOC": 3, "HND": 3},
    ("Malik Stone", "hvd-outpatient-ot-mid"): {"PRI": 2, "SAF": 3, "DOC": 4, "HND": 4},
    ("Iris Okafor", "hvd-outpatient-ot-mid"): {"PRI": 4, "SAF": 3, "DOC": 3, "HND": 4},
    ("Ivo Lind", "cw-outpatient-ot-mid"): {"ASM": 4, "POC": 3, "DOC": 3, "EDU": 5},
    ("Wren Abbot", "cw-outpatient-ot-mid"): {"ASM": 3, "POC": 3, "DOC": None, "EDU": 3},
}


# What else that debrief has: a red flag, by its number in the script, with its words, and an own probe.
BESIDES: dict[tuple[str, str], dict[str, str]] = {
    ("Malik Stone", "hvd-outpatient-ot-mid"): {
        "flag-3": "yes",
        "quote-3": "“If he leaves early, I still put down the full half hour.”",
        "asked": "What would the note say if somebody audited it?",
    },
}
TAGS = ("owned", "delegated", "escalated", "assumption", "check")


def chance(*seed: object) -> random.Random:
    """A source of chance that is the same every time for the same words."""
    return random.Random(hashlib.sha256("/".join(map(str, seed)).encode()).digest())  # noqa: S311 (a demo)


def level(player: Player, candidate: str, scenario: Scenario, code: str) -> int | None:
    """The level given, or None for not observed (about one in forty)."""
    if candidate == NOOR:
        return SCRIPTED[player.name, scenario.id][code]
    strength = chance(candidate).gauss(3.1, 0.8)
    answer = strength + chance(candidate, scenario.id, code).gauss(0, 0.75)
    heard = chance(player.name, candidate, scenario.id, code)
    if heard.random() < 0.025:
        return None
    noise = heard.gauss(player.leaning, (player.scatter + BLUR.get(code, 0.4)) / 2)
    return min(5, max(1, round(answer + noise)))


def besides(player: Player, candidate: str, scenario: Scenario, notes: int) -> dict[str, str]:
    """What a scorecard holds besides notes and levels: a tag on some notes, and what is scripted."""
    pick = chance("tags", player.name, candidate, scenario.id)
    tagged = {f"tags-{number}": pick.choice(TAGS) for number in range(1, notes + 1) if pick.random() < 0.4}
    return tagged | (BESIDES.get((player.name, scenario.id), {}) if candidate == NOOR else {})


OPENINGS = ("Said:", "First:", "In their words:", "When asked:", "After the probe:", "Without being asked:")


def evidence(player: Player, candidate: str, scenario: Scenario, code: str, given: int) -> str:
    """A note of what was heard, close to the anchor of the level given."""
    anchor = next(one for one in scenario.criteria if one.code == code).anchor(given)
    clauses = [part.strip() for part in anchor.replace("as 3, plus", "").replace("as 4, plus", "").split(";")]
    pick = chance("words", player.name, candidate, scenario.id, code)
    opening = pick.choice(OPENINGS)
    chosen = pick.sample(clauses, k=min(len(clauses), pick.choice((1, 2))))
    return f"{opening} {'; '.join(chosen)}."


ABSENT = ("Nothing of level 3 was heard, and", "The first step of level 3 was missing:")
PRESENT = ("Every step of the anchor was said:", "Without a prompt:", "Asked once, then in full:")


def because(player: Player, candidate: str, scenario: Scenario, code: str, given: int) -> str:
    """The reason for a level that asks for one, in the words of its anchor."""
    anchor = next(one for one in scenario.criteria if one.code == code).anchor(given)
    opening = chance("because", player.name, candidate, scenario.id, code).choice(
        ABSENT if given == 1 else PRESENT
    )
    return f"{opening} {anchor.replace('as 3, plus ', '').replace('as 4, plus ', '')}."
