"""The shape of a disclosure's input: one small form a field, each with its whole envelope."""

from collections.abc import Iterable, Mapping, Sequence
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

from app.disclosures.catalogue import Field, Group, Kind
from app.disclosures.facts import BLANK, Basis, Fact, FactState
from app.disclosures.values import name_of, number
from app.web.forms import Form, SelectChoice

STATES = [SelectChoice(state.value, state.value.capitalize()) for state in FactState]
NONE = SelectChoice("", "")
SHOWN = frozenset({"typical", "low", "high", "bad_week", "text", "state"})  # What a row shows unfolded.
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
    """One field with its envelope, or the reason why it is not given; each kind has the parts it can use."""

    basis = SelectField("Basis", choices=BASES)
    source = StringField("Source")
    as_of = DateField("As of", [Optional()])
    owner = StringField("Owner, a role")

    @property
    def fact(self) -> Fact:
        """What was typed, as a plain value."""
        typed = {
            column.name: self[column.name].data
            for column in fields(Fact)
            if column.name in self and self[column.name].data is not None
        }
        basis = Basis(typed["basis"]) if typed.get("basis") in set(Basis) else None
        state = FactState(typed["state"]) if typed.get("state") in set(FactState) else FactState.GIVEN
        return Fact(**{**typed, "basis": basis, "state": state})

    @property
    def was_sent(self) -> bool:
        """Whether the request holds any part of it; what it does not hold stays as it is saved."""
        return any(field.raw_data for field in self)

    @property
    def has_hidden_errors(self) -> bool:
        """Whether something below the folded source is refused, so that it has to be open."""
        return any(name not in SHOWN for name in self.errors)


class SourceForm(FactForm):
    """Where the values of a group come from, and how many people are behind them."""

    window_weeks = WholeField("Weeks")
    people = WholeField("People, n")
    shared_with_consent = BooleanField("Fewer than three people, shared with their consent")


class WordsForm(FactForm):
    """A field in words."""

    state = SelectField("Given?", choices=STATES, default=FactState.GIVEN.value)
    text: StringField | SelectField = TextAreaField("In words")
    note = StringField("Note")
    reason = StringField("Reason, when not given")


class ChoiceForm(WordsForm):
    """A field whose words are one of a list."""

    text = SelectField("In words")


class NumberForm(SourceForm):
    """A number with its range and its bad week."""

    state = SelectField("Given?", choices=STATES, default=FactState.GIVEN.value)
    typical = AmountField("Typical")
    low = AmountField("Low")
    high = AmountField("High")
    bad_week = AmountField("Bad week")
    bad_week_reason = StringField("Why the bad week was bad")
    note = StringField("Note")
    reason = StringField("Reason, when not given")


class DisclosureForm(Form):
    """Some steps of the draft: a row for each of their fields, and one for the source of each group."""

    version = IntegerField(widget=HiddenInput())

    def __init__(self, facts: Mapping[str, Fact], version: int, groups: Iterable[Group]) -> None:
        super().__init__(data={"version": version})
        self.rows: dict[str, FactForm] = {}
        for group in groups:
            self.rows[group.source_key] = _bound(SourceForm, group.source_key, facts)
            self.rows |= {field.key: _row(field, facts) for field in group.fields}

    def validate(self, extra_validators: Any = None) -> bool:
        results = [row.validate() for row in self.rows.values() if row.was_sent]
        return bool(super().validate(extra_validators)) and all(results)

    def refuse_fields(self, sentences: Mapping[str, str]) -> None:
        """Lay "caseload-low" on the field it names."""
        for name, sentence in sentences.items():
            key, _, attribute = name.partition("-")
            if key in self.rows and attribute in self.rows[key]:
                self.rows[key].refuse_fields({attribute: sentence})
            else:
                super().refuse_fields({name: sentence})

    @property
    def facts(self) -> dict[str, Fact]:
        """Everything that was typed."""
        return {key: row.fact for key, row in self.rows.items() if row.was_sent}

    @property
    def readable(self) -> dict[str, Fact]:
        """What was typed in a shape that can be read: a number where a number belongs."""
        return {key: fact for key, fact in self.facts.items() if not self.rows[key].errors}

    def show_version(self, version: int) -> None:
        """Carry this version from now on, whatever was sent."""
        self.version.data, self.version.raw_data = version, None

    def differences(self, saved: Mapping[str, Fact]) -> dict[str, list[tuple[str, str]]]:
        """By field, what is saved where something else was typed: (label, the saved text)."""
        found: dict[str, list[tuple[str, str]]] = {}
        for key, mine in self.facts.items():
            theirs, row = saved.get(key, BLANK), self.rows[key]
            for column in fields(Fact):
                value = getattr(theirs, column.name)
                if column.name in row and value != getattr(mine, column.name):
                    shown = number(value) if isinstance(value, Decimal) else str(value or "empty")
                    found.setdefault(key, []).append((row[column.name].label.text, shown))
        return found

    @property
    def refused(self) -> list[str]:
        """The keys of the fields that carry an error."""
        return [key for key, row in self.rows.items() if row.errors]


FORMS: Mapping[Kind, type[FactForm]] = {"number": NumberForm, "choice": ChoiceForm}


def _row(field: Field, facts: Mapping[str, Fact]) -> FactForm:
    form = _bound(FORMS.get(field.kind, WordsForm), field.key, facts)
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
