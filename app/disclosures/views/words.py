"""How differences between two documents are said on a page."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.disclosures.catalogue import BY_KEY, GROUPS
from app.disclosures.comparing import Difference
from app.disclosures.document import Document
from app.disclosures.reading import line

LABELS = {group.source_key: f"the source of {group.label.lower()}" for group in GROUPS}


@dataclass(frozen=True)
class ChangedValue:
    """One field, and what it says in either document."""

    label: str
    before: str
    after: str


def changed_values(differences: Iterable[Difference]) -> list[ChangedValue]:
    """Each difference in words."""
    return [ChangedValue(one.label, in_words(one.before), in_words(one.after)) for one in differences]


def in_words(fact: Document | None) -> str:
    """What a fact says, without how it is known."""
    if fact is None:
        return "not there"
    said = line(fact)
    bad = f"{said.bad} in a bad week" if said.bad and said.bad != "same" else ""
    parts = [said.typical, bad, said.text, "; ".join(said.items)]
    return ", ".join(part for part in parts if part)


def field_words(names: Iterable[str]) -> list[str]:
    """The fields of a draft, or of a job, as the middle of a sentence."""
    return [LABELS.get(name) or _of_job(name) for name in names]


def _of_job(name: str) -> str:
    field = BY_KEY.get(name)
    return f"“{field.label}”" if field else f"the job’s {name.replace('_', ' ')}"
