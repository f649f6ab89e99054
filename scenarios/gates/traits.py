"""Nothing that a candidate hears, or is rated by, leads to a protected trait."""

import re
from collections.abc import Iterator

from scenarios.gates.text import texts
from scenarios.problems import Fault
from scenarios.schema import Scenario

# Where a candidate hears it or a rater rates by it. Not `do_not_ask`, which has to name what is off limits,
# and neither `interviewer_notes` nor the verdict on an answer, which may say how to keep clear of it.
FIELDS = (
    "title",
    "before_reading",
    "procedure",
    "prompt",
    "handout",
    "questions",
    "facts",
    "timed_facts",
    "constraints",
    "probes",
    "observable",
    "criteria",
    "red_flags",
    "anti_signals",
    "artifact",
)

# No case needs these, of whomever they are said. A word that ends in * stands for its longer forms, too.
NEVER = """
    ancestry, asian, atheis*, bisexual, catholic*, caucasian, childcare, child care, christian*, church*,
    citizen*, convictions, criminal record, disab*, ethnic*, family plans, gay, gender*, genetic*, handicap*,
    heterosexual, hindu*, hispanic*, homosexual, immigra*, jewish, latina, latino, lesbian, maternity,
    military, mosque, mother tongue, muslim*, national origin, nationality, native language, native speaker,
    parental leave, paternity, pay history, pray, prayer*, pregnan*, protestant, race, racial, religio*,
    sabbath, salary history, sex, sexual*, skin color, synagogue, transgender, veteran*, visa
"""
# A case may say these of a patient; the candidate is never asked for them.
OF_A_PATIENT = """
    accent, age, allerg*, birth*, child, children, country, daughter*, diagnos*, divorced, faith, famil*,
    father, health, husband, illness*, injur*, kids, language*, married, medication*, medicine*, mother,
    parent*, partner, single, son, sons, spouse, weight, wife
"""

_ALTERNATIVES = {
    name: "|".join(word.strip().replace("*", "[a-z]*") for word in words.split(","))
    for name, words in (("never", NEVER), ("patient", OF_A_PATIENT))
}
_NEVER = re.compile(rf"\b(?:{_ALTERNATIVES['never']})\b", re.IGNORECASE)
_OF_THE_CANDIDATE = re.compile(
    rf"\b(?:(?:your|own)|(?:are|were|do|did|have|had) you)"
    rf"(?: (?:a|an|any|ever|got|had|have|own)\b)* (?:{_ALTERNATIVES['patient']})\b|\bhow old are you\b",
    re.IGNORECASE,
)


def protected_words(text: str) -> list[str]:
    """Return the words of a text that name a protected trait, of whomever they are said."""
    return [found[0] for found in _NEVER.finditer(text)]


def nothing_names_a_protected_trait(scenario: Scenario) -> Iterator[Fault]:
    """A word that names a trait invites talk about the candidate's own, which must not be heard."""
    for path, text in texts(scenario, *FIELDS):
        if "verdict" in path:
            continue
        for word in protected_words(text):
            message = f'"{word}" names a protected trait'
            yield Fault(path, message, "Write the case without it; `do_not_ask` may name it.")
        for found in _OF_THE_CANDIDATE.finditer(text):
            message = f'"{found[0]}" asks for a protected trait of the candidate'
            yield Fault(path, message, "Ask about the work; `do_not_ask` may name it.")
