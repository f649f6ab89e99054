"""What the pages of a draft take and show: its texts as a form sends them, and what may be chosen."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from flask import request
from wtforms import IntegerField, RadioField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length
from wtforms.widgets import HiddenInput

from app.packs.drafts.services import LONGEST_NOTE, PLACE
from app.packs.models import ScenarioDraft
from app.web.forms import Form, SelectChoice
from scenarios.editing import counts_of, with_row, without_row, words_in
from scenarios.fields import ROWS, Field, all_fields, label_of

KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_KEY = 60
VERSION, SCENARIO = "version", "scenario"


class StartForm(Form):
    """Whether a copy becomes another version of its origin or a new scenario, and what that is called."""

    into = RadioField(
        "What it becomes",
        choices=[
            SelectChoice(VERSION, "Another version of this scenario"),
            SelectChoice(SCENARIO, "A new scenario, such as its twin for another role or setting"),
        ],
        default=VERSION,
    )
    key = StringField("Name in files")

    def validate_key(self, field: StringField) -> None:
        name = field.data or ""
        if self.into.data == SCENARIO and not (KEY.fullmatch(name) and len(name) <= LONGEST_KEY):
            raise ValidationError("Lower-case words joined by hyphens, such as snm-acute-ot-senior.")

    @property
    def chosen_key(self) -> str:
        """The key of a new scenario; none for another version."""
        return (self.key.data or "") if self.into.data == SCENARIO else ""


class PublishForm(Form):
    """The version of the draft that the page showed, and what changed in it."""

    version = IntegerField(widget=HiddenInput())
    note = TextAreaField("What changed, and why", [Length(max=LONGEST_NOTE)])


@dataclass(frozen=True)
class Typed:
    """What the page of a draft sent: every text by its field's name, and the version it was shown."""

    texts: dict[str, str]
    version: int


def typed(draft: ScenarioDraft) -> Typed:
    """Read the form of this request; where two texts were compared, what was kept of each."""
    saved, form = draft.texts, request.form
    counts = counts_of(form)
    names = [name for name, _ in all_fields(counts)] + (list(PLACE) if draft.is_new_scenario else [])
    texts = {name: " ".join(form.getlist(name)).replace("\r\n", "\n") for name in names}
    texts |= {name: saved.get(name, "") for name in names if form.get(f"keep-{name}") == "theirs"}
    return Typed(texts, form.get("version", 0, type=int))


def with_rows_changed(texts: Mapping[str, str], then: str) -> tuple[dict[str, str], str]:
    """The texts with a row more or less, as the button pressed says; and the place to go on at."""
    verb, _, what = then.partition(" ")
    group, _, number = what.partition(".")
    if verb == "add" and group in ROWS:
        return with_row(texts, group), f"{group}-{counts_of(with_row(texts, group))[group]}"
    if verb == "remove" and group in ROWS and number.isdigit():
        return without_row(texts, group, int(number)), group
    return dict(texts), ""


@dataclass(frozen=True)
class Clash:
    """A field of which another text was saved than the one that was sent."""

    name: str
    label: str
    mine: str
    theirs: str


def clashes(mine: Mapping[str, str], theirs: Mapping[str, str]) -> list[Clash]:
    """Every field in which two drafts differ."""
    found = []
    for name in dict.fromkeys([*mine, *theirs]):
        one, other = mine.get(name, ""), theirs.get(name, "")
        if one != other:
            found.append(Clash(name, PLACE.get(name) or label_of(name, mine), one, other))
    return found


def codes_of(texts: Mapping[str, str]) -> list[str]:
    """The competencies that a draft scores, in the order of its criteria."""
    numbers = range(1, counts_of(texts)["criteria"] + 1)
    codes = [texts.get(f"criteria.{number}.code", "") for number in numbers]
    return list(dict.fromkeys(code for code in codes if code))


def id_of(place: str) -> str:
    """What a field or row is called in the page: its name, with hyphens."""
    return place.replace(".", "-") or "whole"


def options_of(field: Field) -> list[tuple[str, str]]:
    """What may be chosen for a field, each with its words."""
    return [(word.value, word.label) for word in field.choices]


def codes_offered(texts: Mapping[str, str], name: str) -> list[tuple[str, str]]:
    """The competencies that may be ticked: what is ticked already, in its order, and all that are scored."""
    return [(code, code) for code in dict.fromkeys([*words_in(texts.get(name, "")), *codes_of(texts)])]
