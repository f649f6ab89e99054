"""The form by which a recruiter records that a candidate withdraws."""

from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from app.web.forms import Form


class WithdrawalForm(Form):
    """Why the candidate withdraws, as they said it."""

    reason = TextAreaField("Reason", [InputRequired("Say why in a few words."), Length(max=1000)])
