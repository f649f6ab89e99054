"""What pages of scoring send: forms about interviews, and the fields of a scorecard."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import (
    DateTimeLocalField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from app.core.errors import Invalid
from app.scoring import drafts, rules
from app.scoring.delivery import Undelivered
from app.scoring.drafts import Change, Shape
from app.scoring.models import Outcome, Tie
from app.web.forms import Form, SelectChoice, WholeNumber

TWICE = [
    SelectChoice("", "Choose one"),
    SelectChoice("first", "The first of the two"),
    SelectChoice("second", "The second of the two"),
]
OUTCOMES = [
    SelectChoice(Outcome.NO_SHOW.value, "Did not come"),
    SelectChoice(Outcome.CUT_SHORT.value, "Cut short"),
]
TIES = [
    SelectChoice(Tie.FAMILY.value, "We are related"),
    SelectChoice(Tie.FRIEND.value, "We are friends, or were"),
    SelectChoice(Tie.WORKED_TOGETHER.value, "We worked together"),
    SelectChoice(Tie.REFERRED.value, "I referred them"),
    SelectChoice(Tie.OTHER.value, "Something else"),
]
UNDELIVERED = [
    SelectChoice("", "Choose one"),
    SelectChoice(Undelivered.ON_PAPER.value, "They got it on paper"),
    SelectChoice(Undelivered.NOT_PUBLISHED.value, "Nothing is published yet"),
    SelectChoice(Undelivered.CORRECTED.value, "It is being corrected"),
    SelectChoice(Undelivered.THEIR_WISH.value, "They asked to meet first"),
]
REASON = [InputRequired("Say why, in a few words; it is kept."), Length(max=400)]


class TimeForm(Form):
    """When and where an interview is, on the clock of the job's site."""

    starts_at = DateTimeLocalField("Starts", [InputRequired("Choose a day and a time.")])
    which = SelectField("Which of the two", choices=TWICE, default="")
    minutes = IntegerField("Minutes", [WholeNumber(5, 240)])
    place = StringField("Place or call", [Length(max=200)])

    def instant(self, zone: str) -> datetime:
        """When it starts, by the clock of a place."""
        if self.starts_at.data is None:
            raise Invalid(starts_at="Choose a day and a time.")
        return rules.instant(self.starts_at.data, zone, self.which.data or "")


class ScheduleForm(TimeForm):
    """A new interview and who sits on it."""

    panel = SelectMultipleField("Panel")
    undelivered = SelectField("Before the disclosure, because", choices=UNDELIVERED, default="")

    def offer(self, people: Sequence[tuple[str, str]]) -> "ScheduleForm":
        """Set who can be chosen."""
        self.panel.choices = [SelectChoice(*person) for person in people]
        return self


class OutcomeForm(Form):
    """How an interview went, when it did not simply take place."""

    outcome = RadioField("Outcome", choices=OUTCOMES, validators=[InputRequired("Choose what happened.")])
    note = StringField("Note", [Length(max=400)])


class WaiveForm(Form):
    """Why somebody is excused."""

    reason = StringField("Reason", REASON)


class ReplaceForm(Form):
    """Who takes a seat over, and why."""

    by = SelectField("Replaced by", choices=[])
    reason = StringField("Reason", REASON)

    def offer(self, people: Sequence[tuple[str, str]]) -> "ReplaceForm":
        """Set who can be chosen."""
        self.by.choices = [SelectChoice(*person) for person in people]
        return self


class TieForm(Form):
    """What ties an interviewer to a candidate."""

    tie = RadioField("What ties you", choices=TIES, validators=[InputRequired("Choose what ties you.")])


class SubmitForm(Form):
    """The version that was reviewed, and the key by which a second submit is the same submit."""

    version = IntegerField(widget=HiddenInput())
    key = HiddenField()


class MoveForm(Form):
    """What was typed on the wrong scorecard, and where it goes."""

    to = RadioField("Where it belongs", validators=[InputRequired("Choose the scorecard it belongs to.")])
    items = SelectMultipleField("What to move", [InputRequired("Choose at least one thing to move.")])

    def offer(self, cards: Sequence[tuple[str, str]], items: Sequence[tuple[str, str]]) -> "MoveForm":
        """Set what can be chosen; everything is, until somebody chooses otherwise."""
        self.to.choices = [SelectChoice(*card) for card in cards]
        self.items.choices = [SelectChoice(*item) for item in items]
        if not self.is_submitted():
            self.items.data = [name for name, _ in items]
        return self


class AmendForm(Form):
    """What is added to a frozen scorecard."""

    body = TextAreaField("Amendment", [InputRequired("Write what you add."), Length(max=4000)])
    reason = StringField("Reason", REASON)


# The fields of a scorecard ----------------------------------------------------------------------------------


def page_fields(form: MultiDict[str, str], shape: Shape) -> dict[str, str]:
    """Every field of a scorecard's page as it was sent; a tick that was not sent is not ticked."""
    notes = drafts.numbers(form, "note")
    names = [*shape.fixed_fields(), *(f"{kind}-{n}" for n in notes for kind in ("note", "ties", "tags"))]
    return {name: drafts.normal(" ".join(form.getlist(name))) for name in names}


def bases(text: str) -> dict[str, int]:
    """How often each field had been saved when the page was made, from its hidden "level-SAF:2 note-1:1"."""
    return {name: int(count) for name, count in re.findall(r"([A-Za-z0-9-]{1,40}):([0-9]{1,6})(?= |$)", text)}


def bases_text(counts: Mapping[str, int]) -> str:
    """The same, written."""
    return " ".join(f"{name}:{count}" for name, count in counts.items())


def changes(form: MultiDict[str, str]) -> list[Change]:
    """The changes of an autosave or of a merge: four lists that belong together by position."""
    columns: list[Any] = [form.getlist(name) for name in ("field", "body", "base", "sequence")]
    try:
        return [
            Change(name, drafts.normal(body), int(base), int(sequence))
            for name, body, base, sequence in zip(*columns, strict=True)
        ]
    except ValueError as error:
        raise Invalid("Each change needs a field, a text, a base and a number.") from error


def merged(form: MultiDict[str, str]) -> list[Change]:
    """The changes of a conflict page, with each clash settled as was chosen: mine, theirs or both."""
    kept = []
    for change in changes(form):
        choice = form.get(f"keep-{change.name}", "mine")
        theirs = drafts.normal(form.get(f"theirs-{change.name}", ""))
        if choice == "both":
            kept.append(Change(change.name, drafts.both(theirs, change.body), change.base, change.sequence))
        elif choice == "mine":
            kept.append(change)
    return kept
