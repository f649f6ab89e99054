"""Forms about people and the employer."""

from zoneinfo import available_timezones

from wtforms import (
    EmailField,
    HiddenField,
    IntegerField,
    PasswordField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Email, InputRequired, Length
from wtforms.widgets import HiddenInput

from app.policy import Role
from app.web.forms import Finder, Form, SelectChoice, anything

ZONES = [
    SelectChoice(zone)
    for zone in sorted(available_timezones())
    if "/" in zone and not zone.startswith(("Etc/", "System"))
]
ROLES = [SelectChoice(role.value, role.value.capitalize()) for role in Role]


PROFILE = ("name", "time_zone", "contact_name", "contact_email", "contact_phone", "recording")
RECORDING = (
    "Interviews are not recorded, neither sound nor picture. Interviewers write notes. "
    "If you want to record something yourself, ask us first."
)


class SignInForm(Form):
    """E-mail and password."""

    email = EmailField("E-mail", [InputRequired("Type your e-mail."), Length(max=254)])
    password = PasswordField("Password", [InputRequired("Type your password.")])
    next = HiddenField()


class PasswordForm(Form):
    """A first or a new password."""

    password = PasswordField("Password", [InputRequired("Type a password.")])


class RolesForm(Form):
    """The roles one person has."""

    roles = SelectMultipleField("May start", choices=ROLES)

    @property
    def chosen(self) -> list[Role]:
        """The roles ticked; a value that is no role is none."""
        return [Role(role) for role in self.roles.data or [] if role in set(Role)]


class FindPeople(Finder):
    """Which people to show."""

    role = SelectField("Role", choices=anything(ROLES))
    state = SelectField(
        "Account",
        choices=anything(SelectChoice(one, one.capitalize()) for one in ("active", "invited", "disabled")),
    )


class InviteForm(RolesForm):
    """Who is invited, to do what."""

    name = StringField("Name", [InputRequired("Type their name."), Length(max=120)])
    email = EmailField("E-mail", [InputRequired("Type their e-mail."), Email("Type a whole e-mail address.")])


class EmployerForm(Form):
    """The employer's profile: the one source of its name and contact."""

    name = StringField("Name", [InputRequired("Type the employer's name."), Length(max=160)])
    time_zone = SelectField("Time zone", choices=ZONES)
    contact_name = StringField("Contact for candidates", [Length(max=120)])
    contact_email = EmailField("Contact e-mail", [Length(max=254)])
    contact_phone = StringField("Contact phone", [Length(max=60)])
    recording = TextAreaField("Recording of interviews", [Length(max=600)])
    version = IntegerField(widget=HiddenInput())

    @property
    def values(self) -> dict[str, str]:
        """What was typed, by the name of the column."""
        return {name: self[name].data or "" for name in PROFILE}

    def begin(self) -> "EmployerForm":
        """Offer a sentence to start from where nothing is said of recording; nobody reads it unsaved."""
        self.recording.data = self.recording.data or RECORDING
        return self


class SiteForm(Form):
    """A place where people work."""

    name = StringField("Name", [InputRequired("Type the site's name."), Length(max=160)])
    address = TextAreaField("Address", [Length(max=400)])
    time_zone = SelectField("Time zone", choices=ZONES)

    @property
    def values(self) -> dict[str, str]:
        """What was typed, by the name of the column."""
        return {name: self[name].data or "" for name in ("name", "address", "time_zone")}
