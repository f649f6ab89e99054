"""What frozen scorecards hold, read as plain rows: a debrief reads many of them at once.

It never changes once it is committed, so a worker keeps what it read last; who may see it is asked each time.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

import sqlalchemy as sa

from app.core.cache import Cache
from app.core.db import plain
from app.loops.models import Criterion
from app.scoring.drafts import PARTS, Content, Decided, Heard, Scored, Written
from app.scoring.models import MarkKind, Note, NoteTie, Rating, RedFlag, Scorecard, ScriptMark, Verdict

# The three tables of what was used of the script, as one: scorecard, kind, number, text.
_SCRIPT = sa.union_all(
    sa.select(
        ScriptMark.scorecard_id,
        sa.type_coerce(ScriptMark.kind, sa.Text()).label("kind"),
        ScriptMark.position.label("number"),
        ScriptMark.body.label("text"),
    ),
    sa.select(
        Verdict.scorecard_id, sa.type_coerce(Verdict.answer, sa.Text()), Verdict.question, Verdict.reason
    ),
    sa.select(RedFlag.scorecard_id, sa.literal("flag"), RedFlag.position, RedFlag.quote),
).subquery()
_VERDICTS = frozenset({"pass", "hold", "fail"})

# Built once, because debriefs and agreement ask them of many scorecards again and again.
_THESE = sa.bindparam("card_ids", type_=sa.Integer, expanding=True)
_CARDS = sa.select(
    Scorecard.id, Scorecard.retelling, *(getattr(Scorecard, f"{part}_seconds") for part in PARTS)
).where(Scorecard.id.in_(_THESE))
_RATINGS = (
    sa.select(Rating.scorecard_id, Criterion.code, Rating.level, Rating.not_observed, Rating.because)
    .join(Criterion, Criterion.id == Rating.criterion_id)
    .where(Rating.scorecard_id.in_(_THESE))
    .order_by(Criterion.position)
)
_NOTES = (
    sa.select(Note.scorecard_id, Note.position, Note.body, Note.tags, Note.written_at, Criterion.code)
    .outerjoin(NoteTie, NoteTie.note_id == Note.id)
    .outerjoin(Criterion, Criterion.id == NoteTie.criterion_id)
    .where(Note.scorecard_id.in_(_THESE))
    .order_by(Note.scorecard_id, Note.position, NoteTie.criterion_id)
)
_MARKS = (
    sa.select(_SCRIPT)
    .where(_SCRIPT.c.scorecard_id.in_(_THESE))
    .order_by(_SCRIPT.c.scorecard_id, _SCRIPT.c.number)
)


_kept = Cache[UUID, Content](500)


def contents_of(cards: Mapping[int, UUID]) -> dict[int, Content]:
    """The content of each of these frozen scorecards, given by their ids with their public ones."""
    ids = {public: number for number, public in cards.items()}

    def read(missing: Collection[UUID]) -> dict[UUID, Content]:
        return {cards[number]: content for number, content in _read([ids[one] for one in missing]).items()}

    return {ids[public]: content for public, content in _kept.get(ids, read).items()}


def _read(card_ids: Sequence[int]) -> dict[int, Content]:
    scored, notes, script = _ratings(card_ids), _notes(card_ids), _of_script(card_ids)
    rows = plain(_CARDS, {"card_ids": card_ids})
    return {
        card_id: Content(
            scored=scored[card_id],
            notes=tuple(notes[card_id]),
            retelling=retelling,
            seconds={part: taken for part, taken in zip(PARTS, seconds, strict=True) if taken is not None},
            probes=frozenset(script[card_id][MarkKind.PROBE]),
            facts=frozenset(script[card_id][MarkKind.FACT]),
            asked="\n".join(script[card_id][MarkKind.OWN_PROBE].values()),
            volunteered=bool(script[card_id][MarkKind.VOLUNTEERED]),
            flags={number: Heard(True, quote) for number, quote in script[card_id]["flag"].items()},
            decided=dict(
                sorted(
                    (number, Decided(verdict, ground))
                    for verdict in _VERDICTS
                    for number, ground in script[card_id][verdict].items()
                )
            ),
        )
        for card_id, retelling, *seconds in rows
    }


def _ratings(card_ids: Sequence[int]) -> Mapping[int, dict[str, Scored]]:
    found: dict[int, dict[str, Scored]] = defaultdict(dict)
    for card_id, code, level, not_observed, because in plain(_RATINGS, {"card_ids": card_ids}):
        found[card_id][code] = Scored(
            level=level,
            is_not_observed=not_observed is not None,
            reason=not_observed.value if not_observed else "",
            because=because,
        )
    return found


def _notes(card_ids: Sequence[int]) -> Mapping[int, list[Written]]:
    rows = plain(_NOTES, {"card_ids": card_ids})
    ties: dict[tuple[int, int], list[str]] = defaultdict(list)
    written = {}
    for card_id, position, body, words, written_at, code in rows:
        written[card_id, position] = (body, written_at, tuple(words.split()))
        if code is not None:
            ties[card_id, position].append(code)
    found: dict[int, list[Written]] = defaultdict(list)
    for (card_id, position), (body, written_at, tags) in written.items():
        note = Written(position, body, tuple(ties[card_id, position]), written_at, tags)
        found[card_id].append(note)
    return found


def _of_script(card_ids: Sequence[int]) -> Mapping[int, Mapping[str, dict[int, str]]]:
    """Texts by number, by kind, by scorecard."""
    found: dict[int, dict[str, dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
    for card_id, kind, number, text in plain(_MARKS, {"card_ids": card_ids}):
        found[card_id][kind][number] = text
    return found
