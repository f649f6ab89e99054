"""What a hire says on one day: of each number the same, another one, or that they cannot say."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from wtforms import BooleanField, IntegerField, RadioField, TextAreaField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from app.accuracy.asked import Asked
from app.accuracy.models import Found
from app.accuracy.services import Said
from app.disclosures.catalogue import BY_KEY
from app.web.forms import AmountField, Form, SelectChoice
from app.web.words import number

MOST = 100_000
ANSWERS = [
    SelectChoice(Found.SAME.value, "The same"),
    SelectChoice(Found.DIFFERENT.value, "Another number"),
    SelectChoice(Found.CANNOT_SAY.value, "I cannot say"),
]


class RowForm(Form):
    """One number; what is left out is not asked again."""

    answer = RadioField("What you found", choices=ANSWERS, validate_choice=False)
    number = AmountField("It has been", decimals=3, example="12 or 12.5")

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        if self.chosen is Found.DIFFERENT and self.number.data is None:
            self.refuse_fields({"number": "Type the number, or say that you cannot."})
        elif self.number.data is not None and self.chosen not in {None, Found.DIFFERENT}:
            self.refuse_fields({"number": "You typed a number: choose “Another number”, or take it out."})
        return not self.errors

    @property
    def chosen(self) -> Found | None:
        return Found(self.answer.data) if self.answer.data in set(Found) else None

    @property
    def said(self) -> Said | None:
        """What was said; a number by itself is another number, and nothing at all is no answer."""
        if self.number.data is not None:
            return Said(Found.DIFFERENT, self.number.data)
        return Said(self.chosen) if self.chosen else None


class CheckInForm(Form):
    """One day's numbers, what surprised, who may read it, and that the notice was read."""

    day = IntegerField(widget=HiddenInput())
    surprise = TextAreaField("What surprised you?")
    is_shared = BooleanField("Let the hiring manager read these answers, too")
    notice = BooleanField(
        "I have read who reads my answers", [InputRequired("Tick the box once you have read it.")]
    )

    def __init__(self, questions: Sequence[Asked], day: int) -> None:
        super().__init__()
        self.day.data, self.day.raw_data = day, None  # What was typed goes on into the day asked now.
        self.questions = questions
        self.rows: dict[str, RowForm] = {one.key: RowForm(prefix=f"{one.key}-") for one in questions}

    def validate(self, extra_validators: Any = None) -> bool:
        results = [row.validate() for row in self.rows.values()]
        for one in self.questions:
            row, most = self.rows[one.key], _most(one.key)
            if row.number.data is not None and row.number.data > most:
                row.refuse_fields({"number": f"At most {number(most)}{'%' if one.unit == '%' else ''}."})
        fine = bool(super().validate(extra_validators)) and all(results) and not self.refused
        if fine and not self.said and not self.surprise.data:
            self.refuse_fields({"": "Answer one of the numbers at least, or say what surprised you."})
            return False
        return fine

    @property
    def said(self) -> Mapping[str, Said]:
        """What was said, by the key of the number."""
        return {key: said for key, row in self.rows.items() if (said := row.said)}

    @property
    def groups(self) -> Sequence[tuple[str, Sequence[Asked]]]:
        """The questions as the version groups them."""
        found: dict[str, list[Asked]] = {}
        for one in self.questions:
            found.setdefault(one.group, []).append(one)
        return list(found.items())

    @property
    def refused(self) -> list[Asked]:
        """The numbers that carry an error."""
        return [one for one in self.questions if self.rows[one.key].errors]


def _most(key: str) -> Decimal:
    """The most that can be true of a number."""
    return Decimal(BY_KEY[key].highest if key in BY_KEY else MOST)
