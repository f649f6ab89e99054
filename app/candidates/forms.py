"""Forms about candidates."""

from wtforms import DateField, EmailField, SelectField, StringField, TextAreaField
from wtforms.validators import Email, InputRequired, Length, Optional

from app.candidates.models import Application
from app.web.forms import Form, SelectChoice

TIMES = [
    SelectChoice("100", "As planned"),
    SelectChoice("125", "A quarter more"),
    SelectChoice("150", "Half as much again"),
    SelectChoice("200", "Twice the time"),
    SelectChoice("300", "Three times the time"),
]


class CandidateForm(Form):
    """Who applies, and since when."""

    name = StringField("Name", [InputRequired("Type the candidate's name."), Length(max=120)])
    email = EmailField("E-mail", [Optional(), Email("Type a whole e-mail address, or leave it empty.")])
    phone = StringField("Phone", [Length(max=60)])
    applied_on = DateField("Applied on", [InputRequired("Choose the day they applied.")])


class AccommodationForm(Form):
    """What a candidate needs to be different, as they say it."""

    text = TextAreaField(
        "What you need", [InputRequired("Say what you need in a few words."), Length(max=1000)]
    )
    contact = StringField("How to reach you about it", [Length(max=120)])


class AccommodationAnswerForm(Form):
    """What the candidate can count on."""

    answer = TextAreaField(
        "Your answer", [InputRequired("Say what the candidate can count on."), Length(max=1000)]
    )


class ArrangementForm(Form):
    """What is different for one candidate, as an interviewer has to know it."""

    time_factor = SelectField("Time for each part", choices=TIMES)
    instruction = TextAreaField("What interviewers do", [Length(max=400)])

    @classmethod
    def of(cls, application: Application) -> "ArrangementForm":
        """The form as it stands for an application."""
        return cls(time_factor=str(application.time_factor), instruction=application.instruction)
