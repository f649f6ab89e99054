"""Forms about candidates."""

from wtforms import DateField, EmailField, StringField
from wtforms.validators import Email, InputRequired, Length, Optional

from app.web.forms import Form


class CandidateForm(Form):
    """Who applies, and since when."""

    name = StringField("Name", [InputRequired("Type the candidate's name."), Length(max=120)])
    email = EmailField("E-mail", [Optional(), Email("Type a whole e-mail address, or leave it empty.")])
    phone = StringField("Phone", [Length(max=60)])
    applied_on = DateField("Applied on", [InputRequired("Choose the day they applied.")])
