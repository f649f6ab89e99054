"""What is said when a version is confirmed, and when something changed."""

from wtforms import DateField, SelectField, StringField
from wtforms.validators import InputRequired

from app.disclosures.models import Trigger
from app.web.forms import Form, SelectChoice
from app.web.words import sentence

TRIGGERS = [SelectChoice("", "Choose one"), *(SelectChoice(one.value, sentence(one)) for one in Trigger)]


class AttestationForm(Form):
    """That it is still true, with a note for whoever asks how it was looked at."""

    note = StringField("How you looked")


class ChangeForm(Form):
    """What happened, and when."""

    trigger = SelectField(
        "What changed", choices=TRIGGERS, validators=[InputRequired("Choose what changed.")], default=""
    )
    happened_on = DateField("Since", [InputRequired("Choose the day.")])
    note = StringField("In a few words")
