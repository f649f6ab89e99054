"""What saving a card appends and acknowledges, whether the card is of an interview or of practice."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.core.errors import Invalid
from app.scoring import drafts, rules
from app.scoring.drafts import Change, Content, Saved, Shape

Known = Mapping[int, tuple[str, str]]  # What a page was acknowledged: field and digest by sequence number.


@dataclass(frozen=True)
class Acknowledged:
    """One saving that is durable once the request commits."""

    sequence: int
    name: str
    count: int
    digest: str


@dataclass(frozen=True)
class Kept:
    """What a saving acknowledges, and what the card says with it."""

    acknowledged: tuple[Acknowledged, ...]
    content: Content


def digest(body: str) -> str:
    """The fingerprint by which a page knows that exactly its text was kept."""
    return hashlib.sha256(body.encode()).hexdigest()


def to_append(
    changes: Sequence[Change], *, shape: Shape, saved: dict[str, Saved], known: Known
) -> list[Change]:
    """Those changes that are new; nothing of them when a field was saved elsewhere meanwhile.

    A page numbers its savings, so that one sent again after a lost answer is the same saving.
    """
    for change in changes:
        shape.check(change.name, change.body)
    fresh = [change for change in changes if _is_new(change, known)]
    rules.check_fresh(fresh, saved)
    return [one for one in fresh if one.name not in saved or saved[one.name].body != one.body]


def columns(changes: Sequence[Change], *, client: str, at: datetime) -> Iterator[dict[str, Any]]:
    """What a revision holds of each of these changes."""
    for change in changes:
        yield {
            "created_at": at,
            "field": change.name,
            "client": client,
            "sequence": change.sequence,
            "base": change.base,
            "body": change.body,
            "digest": digest(change.body),
        }


def kept(
    changes: Sequence[Change],
    appended: Sequence[Change],
    *,
    shape: Shape,
    saved: Mapping[str, Saved],
    at: datetime,
) -> Kept:
    """The answer to a saving, once what is new of it was appended."""
    fields = drafts.appended(saved, [(one.name, one.body, at) for one in appended])
    return Kept(
        tuple(
            Acknowledged(one.sequence, one.name, fields[one.name].count, digest(one.body)) for one in changes
        ),
        drafts.read(fields, shape),
    )


def _is_new(change: Change, known: Known) -> bool:
    if change.sequence not in known:
        return True
    if known[change.sequence] != (change.name, digest(change.body)):
        raise Invalid(f"Saving number {change.sequence} was used before, for another text.")
    return False
