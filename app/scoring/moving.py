"""What was typed on the wrong candidate's scorecard, and what becomes of it on another.

Texts go by field name, like everything of a draft. Nothing is dropped: a text that the other scorecard has no
place for stays where it is, and one whose place is taken goes below what is there.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from app.core.errors import Invalid
from app.scoring import drafts
from app.scoring.drafts import MOST_NOTES, Content, Shape

RETELLING = "retelling"


@dataclass(frozen=True)
class Typed:
    """Something that can be moved: a note, what was given on a criterion, or the retelling."""

    name: str
    words: str


def typed(content: Content) -> list[Typed]:
    """Everything there is to move, in the order of the page."""
    notes = [Typed(f"note-{note.position}", f"Note {note.position}: {note.body}") for note in content.notes]
    retold = [Typed(RETELLING, f"The answer in two lines: {content.retelling}")] if content.retelling else []
    given = [
        Typed(f"criterion-{code}", f"{code}: {_given(scored.level)}{scored.because}".rstrip(": "))
        for code, scored in content.scored.items()
        if scored.is_given or scored.because
    ]
    return [*notes, *retold, *given]


def _given(level: int | None) -> str:
    return f"level {level}: " if level else ""


def moved(
    chosen: Collection[str], here: Mapping[str, str], there: Mapping[str, str], shape: Shape
) -> tuple[dict[str, str], dict[str, str]]:
    """The new texts of the fields that change, here and there; `shape` is that of the other scorecard."""
    leaves: dict[str, str] = {}
    comes: dict[str, str] = {}

    def go(name: str, to: str, body: str) -> None:
        if body:
            leaves[name], comes[to] = "", body  # A note keeps its ties, in case it is brought back.

    free = max(drafts.numbers(there, "note"), default=0)
    for number in drafts.numbers(here, "note"):
        if f"note-{number}" in chosen:
            free += 1
            ties = [code for code in here.get(f"ties-{number}", "").split() if code in shape.codes]
            go(f"note-{number}", f"note-{free}", here[f"note-{number}"])
            comes |= {f"ties-{free}": " ".join(ties), f"tags-{free}": here.get(f"tags-{number}", "")}
    if free > MOST_NOTES:
        raise Invalid(items=f"The other scorecard would have more than {MOST_NOTES} notes. Move fewer.")
    if RETELLING in chosen:
        go(RETELLING, RETELLING, drafts.both(there.get(RETELLING, ""), here.get(RETELLING, "")))
    for code in shape.codes:
        if f"criterion-{code}" not in chosen:
            continue
        because = f"because-{code}"
        if here.get(because):
            go(because, because, drafts.both(there.get(because, ""), here[because]))
        if not there.get(f"level-{code}"):
            for name in (f"level-{code}", f"reason-{code}"):
                go(name, name, here.get(name, ""))
    return leaves, comes
