"""Ratings from an export of scorecards in the shape of Greenhouse's Harvest API, version 1.

One rating is one attribute of one scorecard. The words of its rating become points of a scale from 1 to 5:
definitely_not 1, no 2, mixed 3, yes 4, strong_yes 5. `no_decision` is a rating that was not given, and is
counted as absent, as is an attribute without a rating. Who was judged is the candidate, on the attribute's
name, at the interview step; who judged is the interviewer, or who submitted where no interviewer is named.
Notes, answers and the overall recommendation are not read.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from reports.ratings.checking import TableError, is_blank
from reports.ratings.scale import Scale
from reports.ratings.tables import INDEPENDENT, Ratings

POINTS: Mapping[str, int | None] = {
    "definitely_not": 1,
    "no": 2,
    "mixed": 3,
    "yes": 4,
    "strong_yes": 5,
    "no_decision": None,
}
SCALE = Scale(1, 5)
PERSON = ("employee_id", "id", "name")

Unit = Literal["candidate_id", "application_id"]


@dataclass(frozen=True, slots=True)
class _Card:
    """A scorecard and its place in the export, which is how an error names it beside its id."""

    fields: Mapping[str, Any]
    row: int
    file: str | None

    def error(self, problem: str, name: str) -> TableError:
        """Make the error about a field of this scorecard."""
        which = self.fields.get("id", "without an id")
        return TableError(f"Scorecard {which}: {problem}", file=self.file, row=self.row, column=name)

    @property
    def person(self) -> Mapping[str, Any]:
        """Who judged."""
        for name in ("interviewer", "submitted_by"):
            person = self.fields.get(name)
            if isinstance(person, Mapping):
                return person
        raise self.error("Nobody is named who gave it.", "interviewer")

    @property
    def step(self) -> object:
        """The name of the interview step; None where the export has none."""
        step = self.fields.get("interview_step")
        return step.get("name") if isinstance(step, Mapping) else step

    @property
    def attributes(self) -> Sequence[Mapping[str, Any]]:
        """What was rated."""
        found = self.fields.get("attributes")
        if not isinstance(found, list) or not all(isinstance(one, Mapping) for one in found):
            raise self.error("There is no list of attributes.", "attributes")
        return found

    @property
    def is_draft(self) -> bool:
        """Whether it was begun and not submitted."""
        return "submitted_at" in self.fields and is_blank(self.fields["submitted_at"])


@dataclass(slots=True)
class _Columns:
    unit: list[object] = field(default_factory=list)
    rater: list[object] = field(default_factory=list)
    score: list[object] = field(default_factory=list)
    criterion: list[object] = field(default_factory=list)
    stage: list[object] = field(default_factory=list)
    days: list[object] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)


def read_scorecards(
    path: str | Path, *, scale: Scale = SCALE, phase: str | None = INDEPENDENT, unit: Unit | None = None
) -> Ratings:
    """Ratings from a JSON file of scorecards; an error names the scorecard by its place and its id."""
    file = str(path)
    try:
        export = json.loads(Path(path).read_text("utf-8-sig"))
    except OSError as error:
        raise TableError(f"Cannot be read: {error.strerror or error}.", file=file) from None
    except UnicodeDecodeError:
        raise TableError("Not readable as text. Save the file as JSON in UTF-8.", file=file) from None
    except json.JSONDecodeError as error:
        raise TableError(f"Not readable as JSON: {error}.", file=file) from None
    return from_scorecards(export, scale=scale, phase=phase, unit=unit, file=file)


def from_scorecards(
    export: object,
    *,
    scale: Scale = SCALE,
    phase: str | None = INDEPENDENT,
    unit: Unit | None = None,
    file: str | None = None,
) -> Ratings:
    """Ratings from scorecards, a list of them or {"scorecards": [...]}.

    `unit` says who was judged: a candidate, which is what is taken, or an application, which is taken where
    no scorecard names a candidate. Scorecards that were not submitted are left out and counted.

    >>> card = {"id": 9, "candidate_id": 5, "interviewer": {"name": "Iris"}, "attributes": [
    ...     {"name": "Safety", "rating": "strong_yes"}, {"name": "Handover", "rating": "no_decision"}]}
    >>> ratings = from_scorecards([card])
    >>> ratings.units, ratings.criteria, ratings.score.tolist(), ratings.absent
    ((5,), ('Handover', 'Safety'), [5.0], 1)
    """
    if scale != SCALE:
        raise TableError(f"Scorecards of this kind are on a scale from {SCALE}, not {scale}.", file=file)
    cards = _cards(export, file)
    given = [card for card in cards if not card.is_draft]
    unit = unit or (
        "candidate_id" if any("candidate_id" in card.fields for card in given) else "application_id"
    )
    people = [card.person for card in given]
    named_by = next((name for name in PERSON if not any(is_blank(one.get(name)) for one in people)), None)
    has_steps = any(not is_blank(card.step) for card in given)
    has_days = any("submitted_at" in card.fields for card in given)

    columns = _Columns()
    for card, person in zip(given, people, strict=True):
        if named_by is None:
            raise card.error(
                "Interviewers can only be told apart by an employee_id, id or name that all of them have.",
                "interviewer",
            )
        if is_blank(card.fields.get(unit)):
            raise card.error("Nobody is named who was judged.", unit)
        if has_steps and is_blank(card.step):
            raise card.error("The step has no name, and others have one.", "interview_step")
        if has_days and "submitted_at" not in card.fields:
            raise card.error("There is no time of submission, and others have one.", "submitted_at")
        for attribute in card.attributes:
            columns.unit.append(card.fields[unit])
            columns.rater.append(person[named_by])
            columns.score.append(_points(card, attribute))
            columns.criterion.append(attribute.get("name"))
            columns.stage.append(card.step)
            columns.days.append(card.fields.get("submitted_at"))
            columns.rows.append(card.row)
    drafts = len(cards) - len(given)
    return replace(
        Ratings.from_columns(
            columns.unit,
            columns.rater,
            columns.score,
            columns.criterion,
            columns.stage if has_steps else None,
            days=columns.days if has_days else None,
            scale=scale,
            phase=phase,
            rows=columns.rows,
            file=file,
            unused_columns=tuple(
                name
                for name in ("overall_recommendation", "questions")
                if any(name in card.fields for card in given)
            ),
        ),
        left_out=(f"{drafts} {'scorecard' if drafts == 1 else 'scorecards'} not submitted",)
        if drafts
        else (),
    )


def _cards(export: object, file: str | None) -> list[_Card]:
    found = export.get("scorecards") if isinstance(export, Mapping) else export
    if not isinstance(found, list):
        raise TableError('There are no scorecards: a list of them, or {"scorecards": [...]}.', file=file)
    if not found:
        raise TableError("The list of scorecards is empty.", file=file)
    for row, card in enumerate(found, start=1):
        if not isinstance(card, Mapping):
            raise TableError("This is no scorecard, which has an id and attributes.", file=file, row=row)
    return [_Card(card, row, file) for row, card in enumerate(found, start=1)]


def _points(card: _Card, attribute: Mapping[str, Any]) -> int | None:
    """Read the points that the word of a rating stands for."""
    word = attribute.get("rating")
    if is_blank(word):
        return None
    if not isinstance(word, str) or word not in POINTS:
        raise card.error(f"{word!r} is no rating. Ratings are {', '.join(POINTS)}.", "rating")
    return POINTS[word]
