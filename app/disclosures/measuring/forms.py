"""The file of visits, and what of it is taken: the measured values travel in the form, the file does not."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, BinaryIO

from flask import request
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, SelectMultipleField, StringField, TimeField
from wtforms.validators import Optional

from app.disclosures.catalogue import BY_KEY
from app.disclosures.facts import BLANK, Fact
from app.disclosures.forms import NumberForm
from app.disclosures.measuring import taking
from app.disclosures.measuring.taking import Offer
from app.disclosures.values import name_of
from app.web.forms import Form, SelectChoice


class FileForm(Form):
    """Which file, and between which hours work is paid."""

    file = FileField("CSV file of visits", [FileRequired("Choose a CSV file.")])
    paid_from = TimeField("The paid day begins", [Optional()])
    paid_until = TimeField("It ends", [Optional()])

    @property
    def stream(self) -> BinaryIO:
        """The bytes of the file, which are read once and never kept."""
        stream: BinaryIO = self.file.data.stream
        return stream


class TakeForm(Form):
    """Which of the measured values go into the draft. Each has hidden fields, named as in the editor."""

    version = HiddenField()
    take = SelectMultipleField("Take")
    why = StringField("Why the bad week was bad")
    agreed = BooleanField("They agreed that their own record is shown.")

    def __init__(self, measured: Mapping[str, Fact] | None = None, *, version: int = 0) -> None:
        """Fill it with what was measured, or with what the request carries."""
        if measured is None:
            super().__init__()
            keys = [key for key in BY_KEY if name_of(key, "typical") in request.form]
            self.rows = {key: _row(key) for key in keys}
        else:
            super().__init__(formdata=None, version=str(version))
            self.rows = {key: _row(key, formdata=None, data=asdict(fact)) for key, fact in measured.items()}
            self.take.data = [one.field.key for one in taking.offers(measured, {}) if not one.needs_consent]
        self.take.choices = [SelectChoice(key, BY_KEY[key].label) for key in self.rows]

    def validate(self, extra_validators: Any = None) -> bool:
        readable = [row.validate() for row in self.rows.values()]
        return bool(super().validate(extra_validators)) and all(readable)

    @property
    def measured(self) -> dict[str, Fact]:
        """Every value that was measured."""
        return {key: row.fact for key, row in self.rows.items()}

    def offers(self, saved: Mapping[str, Fact]) -> list[Offer]:
        """Them beside the draft."""
        return taking.offers(self.measured, saved)

    def chosen(self, saved: Mapping[str, Fact]) -> dict[str, Fact]:
        """The facts that are taken, as the draft will have them."""
        return {
            key: taking.taken(
                fact, saved.get(key, BLANK), why=self.why.data or "", agreed=bool(self.agreed.data)
            )
            for key, fact in self.measured.items()
            if key in (self.take.data or ())
        }

    @property
    def expected(self) -> int:
        """The version of the draft that the page showed."""
        text = self.version.data or ""
        return int(text) if text.isdecimal() else 0

    def show_version(self, version: int) -> None:
        """Carry this version from now on, whatever was sent."""
        self.version.data = str(version)

    def refuse_fields(self, sentences: Mapping[str, str]) -> None:
        """Lay "no_show-high" on the value it is about; one that was not measured is named."""
        for name, sentence in sentences.items():
            key, _, _ = name.partition("-")
            if key in self.rows:
                self.rows[key].form_errors.append(sentence)
            else:
                label = f"{BY_KEY[key].label}: " if key in BY_KEY else ""
                super().refuse_fields({"" if label else name: f"{label}{sentence}"})


def _row(key: str, **filled: Any) -> NumberForm:
    """One measured value; that it is given and measured needs no saying."""
    row = NumberForm(prefix=name_of(key, ""), **filled)
    del row.state, row.basis
    return row
