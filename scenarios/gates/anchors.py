"""Anchors say what a person says or does."""

import re
from collections.abc import Iterator

from scenarios.gates.text import texts, without_quotations, words_of
from scenarios.problems import Fault
from scenarios.schema import Scenario

# The README prints both lists.
DEGREES = words_of("""
    absolutely adequately appropriately badly clearly completely consistently deeply effectively entirely
    excellently exceptionally extremely fairly fully greatly highly inadequately inappropriately
    insufficiently largely mostly partially particularly partly poorly pretty properly quite rather really
    reasonably remarkably satisfactorily slightly somewhat strongly sufficiently thoroughly totally very well
""")
MERITS = words_of("""
    acceptable adequate appropriate average best better effective excellent exceptional good great inadequate
    inappropriate insufficient outstanding proper reasonable satisfactory sufficient superb thorough
    unacceptable
""")
# Phrases in which a listed word says no degree.
PHRASES = ("as well", "clearly inside", "clearly outside", "rather than")

_PHRASE = re.compile(rf"\b(?:{'|'.join(PHRASES)})\b", re.IGNORECASE)
_LISTED = re.compile(rf"\b(?:{'|'.join([*DEGREES, *MERITS])})\b(?! \d)", re.IGNORECASE)


def anchors_are_behavior(scenario: Scenario) -> Iterator[Fault]:
    """A word of degree or merit that stands alone leaves the rating to the rater's taste."""
    for path, text in texts(scenario, "criteria"):
        if "anchors" in path:
            for found in _LISTED.finditer(_PHRASE.sub(" ", without_quotations(text))):
                message = f'The anchor says "{found[0]}", which each rater measures differently'
                yield Fault(path, message, "Say what the person says or does that shows it.")
