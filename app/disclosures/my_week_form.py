"""The shape of a reader's own numbers: an address that asks, and so changes nothing and needs no token."""

from collections.abc import Mapping
from typing import Self

from werkzeug.datastructures import MultiDict
from wtforms.validators import InputRequired

from app.disclosures.my_week import OwnWeek
from app.web.forms import AmountField, Form

NEEDED = "A number is needed; 0 where there is none."


class MyWeekForm(Form):
    """Three numbers; what the address leaves out is as it is published."""

    writing = AmountField(
        "Writing after a follow-up, minutes", [InputRequired(NEEDED)], decimals=1, example="6"
    )
    visits = AmountField("Visits completed", [InputRequired(NEEDED)], decimals=1, example="44")
    travel = AmountField(
        "Travel inside paid time, minutes", [InputRequired(NEEDED)], decimals=1, example="90"
    )

    @classmethod
    def asked(cls, address: Mapping[str, str], published: OwnWeek) -> Self:
        """The form of an address."""
        shown = {name: f"{getattr(published, name).normalize():f}" for name in OwnWeek.__annotations__}
        return cls(formdata=MultiDict({name: address.get(name, value) for name, value in shown.items()}))

    @property
    def own(self) -> OwnWeek:
        """What was typed, once it is valid."""
        return OwnWeek(**{name: self[name].data for name in OwnWeek.__annotations__})
