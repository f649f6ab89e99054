"""The form that records a decision."""

from wtforms import IntegerField, RadioField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from app.debrief.models import DecisionOutcome
from app.web.forms import Form, SelectChoice


class DecisionForm(Form):
    """What was decided and why; `number` is the record's own, so that sending twice is one decision."""

    number = IntegerField(widget=HiddenInput())
    outcome = RadioField(
        "What was decided",
        [InputRequired("Choose one.")],
        choices=[SelectChoice(outcome.value, outcome.value.capitalize()) for outcome in DecisionOutcome],
    )
    reasons = TextAreaField("Reasons", [Length(max=4000)])
    departure = TextAreaField("Why the rule is set aside", [Length(max=4000)])
