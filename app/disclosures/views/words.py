"""How pages name what somebody changed in a draft, and what publishing it would change for candidates."""

from collections.abc import Iterable
from typing import Any

from app.disclosures.catalogue import BY_KEY, GROUPS
from app.disclosures.changes import changes, drift
from app.disclosures.publication import Publication

LABELS = {group.source_key: f"the source of {group.label.lower()}" for group in GROUPS}


def since_the_standing(prepared: Publication) -> dict[str, Any]:
    """What candidates would read otherwise than in the version that stands; nothing where none does."""
    before, after = prepared.replaced, prepared.document
    if before is None or after is None:
        return {"replaces": False}
    return {"replaces": True, "changes": changes(before, after), "drift": drift(before, after)}


def field_words(names: Iterable[str]) -> list[str]:
    """The fields of a draft, or of a job, as the middle of a sentence."""
    return [LABELS.get(name) or _of_job(name) for name in names]


def _of_job(name: str) -> str:
    field = BY_KEY.get(name)
    return f"“{field.label}”" if field else f"the job’s {name.replace('_', ' ')}"
