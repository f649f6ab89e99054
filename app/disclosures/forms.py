"""The shape of a disclosure's input: one small form a field, each with its whole envelope."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from decimal import Decimal, InvalidOperation
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.numeric import DecimalField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import HiddenInput, TextInput

from app.disclosures.catalogue import FIELDS, GROUPS, Field
from app.disclosures.facts import BLANK, Basis, Fact, FactState
from app.disclosures.values import name_of, number
from app.web.forms import Form, SelectChoice

WORDS = ("bad_week_reason", "text", "source", "owner", "note", "reason")
STATES = [SelectChoice(state.value, state.value.capitalize()) for state in FactState]
NONE = SelectChoice("", "")
BASES = [NONE, *(SelectChoice(basis.value, basis.value.capitalize()) for basis in Basis)]


class AmountField(DecimalField):
    """A number as people type it: "2,400", "12.5"."""

    widget = TextInput()

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        text = valuelist[0].replace(",", "").replace("\N{MINUS SIGN}", "-").strip() if valuelist else ""
        self.data = None
        if not text:
            return
        try:
            self.data = Decimal(text)
        except InvalidOperation:
            raise ValueError("A number, such as 12 or 12.5.") from None
        if not self.data.is_finite():
            self.data = None
            raise ValueError("A number, such as 12 or 12.5.")

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else number(self.data)


class WholeField(IntegerField):
    """A whole number, or nothing."""

    widget = TextInput()

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        text = valuelist[0].replace(",", "").strip() if valuelist else ""
        self.data = None
        if not text:
            return
        try:
            self.data = int(text)
        except ValueError:
            raise ValueError("A whole number, such as 12.") from None


class FactForm(Form):
    """One field with its envelope, or the reason why it is not given."""

    class Meta(Form.Meta):
        csrf = False  # The form around it carries the token.

    state = SelectField("Given?", choices=STATES, default=FactState.GIVEN.value)
    typical = AmountField("Typical")
    low = AmountField("Low")
    high = AmountField("High")
    bad_week = AmountField("Bad week")
    bad_week_reason = StringField("Why the bad week was bad")
    text: StringField | SelectField = TextAreaField("In words")
    basis = SelectField("Basis", choices=BASES)
    source = StringField("Source")
    window_weeks = WholeField("Weeks")
    people = WholeField("People")
    as_of = DateField("As of", [Optional()])
    owner = StringField("Owner, a role")
    note = StringField("Note")
    reason = StringField("Reason, when not given")

    @property
    def fact(self) -> Fact:
        """What was typed, as a plain value."""
        typed = {column.name: self[column.name].data for column in fields(Fact)}
        words = {name: typed[name] or "" for name in WORDS}
        basis = Basis(typed["basis"]) if typed["basis"] in set(Basis) else None
        state = FactState(typed["state"]) if typed["state"] in set(FactState) else FactState.GIVEN
        return Fact(**{**typed, **words, "basis": basis, "state": state})

    @property
    def has_hidden_errors(self) -> bool:
        """Whether something below the folded source is refused, so that it has to be open."""
        shown = {"typical", "low", "high", "bad_week", "text", "state"}
        return any(name not in shown for name in self.errors)


class ChoiceForm(FactForm):
    """A field whose words are one of a list."""

    text = SelectField("In words")


class DisclosureForm(Form):
    """The whole draft: a row for each field of the catalogue, and one for the source of each group."""

    version = IntegerField(widget=HiddenInput())

    def __init__(self, facts: Mapping[str, Fact], version: int) -> None:
        super().__init__(data={"version": version})
        rows = {field.key: _row(field, facts.get(field.key, BLANK)) for field in FIELDS}
        sources = {group.source_key: _bound(FactForm, group.source_key, facts) for group in GROUPS}
        self.rows: dict[str, FactForm] = {**rows, **sources}

    def validate(self, extra_validators: Any = None) -> bool:
        results = [row.validate() for row in self.rows.values()]
        return bool(super().validate(extra_validators)) and all(results)

    def refuse_fields(self, sentences: Mapping[str, str]) -> None:
        """Lay "caseload-low" on the field it names."""
        for name, sentence in sentences.items():
            key, _, attribute = name.partition("-")
            if key in self.rows:
                self.rows[key].refuse_fields({attribute: sentence})
            else:
                super().refuse_fields({name: sentence})

    @property
    def facts(self) -> dict[str, Fact]:
        """Everything that was typed."""
        return {key: row.fact for key, row in self.rows.items()}

    def show_version(self, version: int) -> None:
        """Carry this version from now on, whatever was sent."""
        self.version.data, self.version.raw_data = version, None

    def differences(self, saved: Mapping[str, Fact]) -> dict[str, list[tuple[str, str]]]:
        """By field, what is saved where something else was typed: (label, the saved text)."""
        found: dict[str, list[tuple[str, str]]] = {}
        for key, row in self.rows.items():
            theirs, mine = saved.get(key, BLANK), row.fact
            for column in fields(Fact):
                value = getattr(theirs, column.name)
                if value != getattr(mine, column.name):
                    shown = number(value) if isinstance(value, Decimal) else str(value or "empty")
                    found.setdefault(key, []).append((row[column.name].label.text, shown))
        return found

    @property
    def refused(self) -> list[str]:
        """The keys of the fields that carry an error."""
        return [key for key, row in self.rows.items() if row.errors]


def _row(field: Field, fact: Fact) -> FactForm:
    form = _bound(ChoiceForm if field.kind == "choice" else FactForm, field.key, {field.key: fact})
    if isinstance(form, ChoiceForm):
        form.text.choices = [NONE, *(SelectChoice(option, option.capitalize()) for option in field.options)]
    return form


def _bound(form: type[FactForm], key: str, facts: Mapping[str, Fact]) -> FactForm:
    """A form whose names begin with the field's key, filled with what is saved."""
    bound: FactForm = form(prefix=name_of(key, ""), data=asdict(facts.get(key, BLANK)))
    return bound


class PublicationForm(Form):
    """What is published is what was shown: the digest travels with the form."""

    digest = HiddenField()
    note = StringField("What changed")
    new_post = StringField("Nobody holds this role yet, because")


class RetractionForm(Form):
    """Why a version is taken back."""

    reason = StringField("Reason")


class AcknowledgementForm(Form):
    """The ticked box and the typed name, and which version the page showed."""

    version = HiddenField()
    read = BooleanField("I have read it", [InputRequired("Tick the box once you have read it.")])
    name = StringField("Your name", [InputRequired("Type your name.")])
