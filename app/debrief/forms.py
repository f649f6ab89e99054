"""The forms that record a decision, and the first day of whoever was hired."""

from wtforms import DateField, IntegerField, RadioField, TextAreaField
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


class HireForm(Form):
    """When somebody begins."""

    starts_on = DateField("First day", [InputRequired("Give the date, such as 2026-03-09.")])
