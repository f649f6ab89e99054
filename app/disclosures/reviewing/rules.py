"""What a review has to be before it counts, and what of a dissent is pointed at before it is kept."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.core.errors import Invalid

LONGEST_DISSENT, SHORTEST_REASON, LONGEST_REASON = 600, 10, 400
CONTACTS = (
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "an e-mail address"),
    (re.compile(r"\+?\d[\d ().-]{5,}\d"), "a phone number or another number that leads to somebody"),
)
TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Mx|Dr)\b\.? +[A-Z]\w+")
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


@dataclass(frozen=True)
class Review:
    """One review as a plain value."""

    person_id: int
    digest: str
    is_in_role: bool
    dissent: str
    on: date


def counting(reviews: Iterable[Review], digest: str, authors: Collection[int]) -> list[Review]:
    """The reviews of exactly this content by somebody who wrote none of it."""
    return [one for one in reviews if one.digest == digest and one.person_id not in authors]


def lacking(reviews: Sequence[Review]) -> str:
    """What is missing before this content can be published; empty once it was read by who does the job."""
    if not reviews:
        return "Nobody who did not write it has read and signed off exactly this."
    if not any(one.is_in_role for one in reviews):
        return "Nobody who does this job now has read it."
    return ""


def check_new_post(reason: str) -> str:
    """That nobody holds a role yet is said with the reason, because candidates read it."""
    if len(reason) < SHORTEST_REASON:
        raise Invalid(
            new_post="Somebody who does this job now reviews it, or you say here why nobody does yet."
        )
    if len(reason) > LONGEST_REASON:
        raise Invalid(new_post=f"At most {LONGEST_REASON} characters.")
    return reason


def check_dissent(dissent: str, names: Iterable[str], *, is_meant: bool) -> str:
    """A dissent is published as it is written; what tells who somebody is has to be meant, or goes."""
    if len(dissent) > LONGEST_DISSENT:
        raise Invalid(dissent=f"At most {LONGEST_DISSENT} characters.")
    if (found := personal(dissent, names)) and not is_meant:
        raise Invalid(
            dissent=f"Anybody will read this. It holds {_listed(found)}. Take that out, "
            "or tick below that it stays as it is written."
        )
    return dissent


def personal(text: str, names: Iterable[str]) -> list[str]:
    """What of a text could tell who somebody is: ways to reach them, and names of people of the employer."""
    found = [f"{what}, “{match[0]}”" for pattern, what in CONTACTS for match in pattern.finditer(text)]
    found += [f"a name, “{match[0]}”" for match in TITLED.finditer(text)]
    known = {part for name in names for part in WORD.findall(name) if len(part) > 1}
    words = (word.removesuffix("’s").removesuffix("'s") for word in WORD.findall(text))
    found += [f"a name, “{word}”" for word in dict.fromkeys(words) if word in known]
    return found


def _listed(found: Sequence[str]) -> str:
    return " and ".join(part for part in ("; ".join(found[:-1]), found[-1]) if part)
