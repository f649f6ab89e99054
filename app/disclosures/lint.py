"""Words that say less than they seem to: pointed out while a disclosure is written, never in the way."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.disclosures.catalogue import FIELDS, GROUP_OF, STEP_OF, Field
from app.disclosures.facts import Basis, Fact

SAID_IN = ("text", "note", "reason", "bad_week_reason")


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where a candidate learns less than they should: the field, and what to say instead."""

    key: str
    label: str
    sentence: str
    step: str


# What a posting says when it says nothing. Families of patients are another matter.
_CLINICAL = "training|teaching|education|conference|meeting|member|caregiver|medicine|practice|visit|goal"
VAGUE = re.compile(
    r"\b(fast[- ]paced|flexib(?:le|ility)|"
    rf"family(?![- ](?:{_CLINICAL})|'s)(?<!patient's family)|"
    r"manageable|competitive|rock ?-?stars?|ninjas?|superstars?|gurus?|self[- ]starters?|team players?|"
    r"dynamic|vibrant|exciting|fun|rewarding|supportive|collaborative culture|generous|excellent|great|"
    r"world[- ]class|best[- ]in[- ]class|state[- ]of[- ]the[- ]art|hit the ground running|many hats|"
    r"work hard,? play hard|go(?:es|ing)? the extra mile|above and beyond|thriv(?:e|es|ing)|reasonable|"
    r"robust|unlimited|work[- ]life balance)\b",
    re.I,
)
# What stands where a number could, in a text that has none.
UNCOUNTED = re.compile(
    r"\b(many|few|a lot|lots|several|some|often|frequent(?:ly)?|rare(?:ly)?|seldom|usual(?:ly)?|"
    r"occasional(?:ly)?|sometimes|regular(?:ly)?|high|low|heavy|light|busy|quick(?:ly)?|soon|promptly|"
    r"short|minimal|adequate|sufficient|ample|average|typical(?:ly)?)\b",
    re.I,
)
COUNTED = re.compile(
    r"\d|\b(?:no|none|never|one|two|three|four|five|six|seven|eight|nine|ten|once|twice|half|each|every|"
    r"daily|weekly|monthly|yearly|same day|next day|all)\b",
    re.I,
)
GUESSED = re.compile(
    r"\b(estimat\w*|approx\w*|guess\w*|rough(?:ly)?|from memory|feel(?:s|ing)?|we (?:think|believe)|"
    r"asked around|policy|handbook|contract)\b",
    re.I,
)
OVERRIDES = re.compile(
    r"\b(regardless of|no exceptions?|at all costs?|no matter|must (?:always )?be (?:met|hit|reached)|"
    r"maximi[sz]\w* (?:units?|minutes|billing|reimbursement)|"
    r"(?:every|each|all) (?:patients?|evaluations?|visits?|sessions?) (?:must|gets?|has|have|needs?) "
    r"(?:at least )?\d+ (?:units?|minutes)|overrid\w+|whether or not (?:it is|they are) needed)\b",
    re.I,
)


def findings(facts: Mapping[str, Fact]) -> list[Finding]:
    """What could be said better, in the order of the editor; `facts` are the effective ones."""
    return [
        Finding(field.key, field.label, sentence, STEP_OF[GROUP_OF[field.key].key])
        for field in FIELDS
        for sentence in dict.fromkeys(_sentences(field, facts[field.key]))
    ]


def _sentences(field: Field, fact: Fact) -> Iterator[str]:
    said = " ".join(getattr(fact, attribute) for attribute in SAID_IN)
    for word in _words(VAGUE, said):
        yield f"“{word}” cannot be checked: say how many, how long or how often."
    text = fact.text if field.kind == "text" else ""
    for word in [] if COUNTED.search(text) else _words(UNCOUNTED, text)[:1]:
        yield f"“{word}” stands where a number could: say how many or how often."
    known_by = f"{fact.source} {fact.note}" if fact.basis is Basis.MEASURED else ""
    for word in _words(GUESSED, known_by)[:1]:
        yield f"It is called measured, and its source says “{word}”: choose the basis it has."
    for word in _words(OVERRIDES, said)[:1]:
        yield f"“{word}”: a target may not decide what a patient needs. Say that clinical judgment does."


def _words(pattern: re.Pattern[str], text: str) -> list[str]:
    return [found[0] for found in pattern.finditer(text)]
