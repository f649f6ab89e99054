"""What a reviewer says, and whom a manager asks."""

from collections.abc import Sequence

from wtforms import BooleanField, HiddenField, RadioField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired

from app.web.forms import Form, SelectChoice

IN_ROLE = [SelectChoice("yes", "Yes, I do this job now"), SelectChoice("no", "No")]


class ReviewForm(Form):
    """What is signed off is what was shown: the digest travels with the form."""

    digest = HiddenField()
    in_role = RadioField(
        "Do you do this job now",
        choices=IN_ROLE,
        validators=[InputRequired("Say whether you do this job now.")],
    )
    dissent = TextAreaField("What you see otherwise")
    is_meant = BooleanField("It stays as it is written; whoever it tells about agreed")


class AskForm(Form):
    """Who is asked to review."""

    people = SelectMultipleField("Ask by e-mail", [InputRequired("Choose at least one person.")])

    def offer(self, people: Sequence[tuple[str, str]]) -> "AskForm":
        """Set who can be chosen."""
        self.people.choices = [SelectChoice(*person) for person in people]
        return self
