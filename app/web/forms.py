"""What every form shares: trimmed text, and a way to lay a rule's refusal on the field it is about."""

import re
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from decimal import Decimal
from typing import Any, Self

from flask import request
from flask_wtf import FlaskForm
from wtforms import DecimalField, Field, FieldList, FormField, SearchField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # its stubs are of an older one
from wtforms.widgets import TextInput

from app.core.errors import Invalid
from app.web.words import number

__all__ = ["AmountField", "Finder", "Form", "SelectChoice", "WholeNumber", "anything", "trimmed"]


def trimmed(value: Any) -> Any:
    """A filter: text without the blanks around it."""
    return value.strip() if isinstance(value, str) else value


class Form(FlaskForm):
    """A form whose text fields are trimmed and whose errors stand at their fields."""

    class Meta(FlaskForm.Meta):
        csrf = False  # `cookies.FormTokens` asks every request that may change something for its token.

        def bind_field(self, form: Any, unbound_field: Any, options: MutableMapping[str, Any]) -> Any:
            holds_others = issubclass(unbound_field.field_class, FieldList | FormField)
            return unbound_field.bind(form=form, filters=[] if holds_others else [trimmed], **options)

    def refuse(self, error: Invalid) -> None:
        """Lay the sentences of a rule's refusal on the fields they are about, or on the whole form."""
        self.refuse_fields(error.fields)

    def refuse_fields(self, sentences: Mapping[str, str]) -> None:
        """Add errors by field name; a name the form does not have, and '', are about the whole form."""
        for name, sentence in sentences.items():
            if name in self._fields:
                self._fields[name].errors = [*self._fields[name].errors, sentence]
            else:
                self.form_errors.append(sentence)


class Finder(Form):
    """What a list is narrowed to, as its address says; words a list does not know narrow nothing."""

    words = SearchField("Words")

    @classmethod
    def asked(cls) -> Self:
        """The form of this request's address."""
        return cls(formdata=request.args)

    @property
    def chosen(self) -> dict[str, str]:
        """What is asked for, by the name of the field."""
        return {
            name: str(field.data)[:LONGEST_WORDS]
            for name, field in self._fields.items()
            if field.data and field.data in _choices(field, field.data)
        }


LONGEST_WORDS = 200


def _choices(field: Any, typed: str) -> list[str]:
    return [choice.value for choice in field.choices] if field.type == "SelectField" else [typed]


def anything(choices: Iterable[SelectChoice]) -> list[SelectChoice]:
    """Choices by which a list is narrowed, and the one that does not narrow it."""
    return [SelectChoice("", "Any"), *(choice for choice in choices if choice.value)]


class AmountField(DecimalField):
    """A number that is not negative, as people type it: 2, 1.5, 84,000 or $84,000."""

    widget = TextInput()

    def __init__(self, *args: Any, decimals: int, example: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pattern = re.compile(rf"\$?\d[\d,]*(\.\d{{1,{decimals}}})?")
        self.example = example

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if text and not self.pattern.fullmatch(text):
            raise ValueError(f"A number, such as {self.example}.")
        if text:
            self.data = Decimal(text.removeprefix("$").replace(",", ""))

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else number(self.data)


class WholeNumber:
    """A validator for text that must be a whole number in a range, saying the range when it is not."""

    def __init__(self, lowest: int, highest: int) -> None:
        self.lowest, self.highest = lowest, highest

    def __call__(self, _form: Any, field: Field) -> None:
        if not isinstance(field.data, int) or not self.lowest <= field.data <= self.highest:
            raise ValidationError(f"A whole number from {self.lowest} to {self.highest}.")
