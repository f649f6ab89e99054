"""Forms about jobs and their teams."""

from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation

from wtforms import DecimalField, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput, TextInput

from app.identity.models import Person, Site
from app.jobs import rules
from app.jobs.models import Job, PayPeriod
from app.jobs.rules import Profile
from app.jobs.services import Facts
from app.policy import Part
from app.web.forms import Form, WholeNumber
from app.web.words import money
from scenarios import Level, Role, Setting

Choices = list[tuple[str, str]]
NOTHING = ("", "Choose…")
PARTS: Choices = [(part.value, part.value.capitalize()) for part in Part]
PERIODS: Choices = [(period.value, period.value.capitalize()) for period in PayPeriod]


def labelled(words: Sequence[Setting] | Sequence[Role] | Sequence[Level]) -> Choices:
    """Choices of vocabulary words, none of them chosen beforehand."""
    return [NOTHING, *((word.value, word.label) for word in words)]


class MoneyField(DecimalField):
    """An amount of money, as people write it: 84000, 84,000 or $84,000."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return money(self.data).removeprefix("$") if self.data is not None else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0].strip() if valuelist else ""
        if text:
            try:
                self.data = Decimal(text.removeprefix("$").replace(",", ""))
            except InvalidOperation as error:
                self.data = None
                raise ValueError("An amount, such as 84,000 or 31.50.") from error


class JobForm(Form):
    """What is said of a job."""

    title = StringField("Title", [InputRequired("Type the job's title."), Length(max=160)])
    setting = SelectField("Setting", [InputRequired("Choose the setting.")], choices=labelled(rules.SETTINGS))
    role = SelectField("Role", [InputRequired("Choose the role.")], choices=labelled(rules.ROLES))
    level = SelectField("Level", [InputRequired("Choose the level.")], choices=labelled(rules.LEVELS))
    site = SelectField("Site", [InputRequired("Choose the site.")])
    pay_low = MoneyField("Pay from", [Optional()], places=None)
    pay_high = MoneyField("Pay to", [Optional()], places=None)
    pay_period = SelectField("Pay per", choices=PERIODS)
    decide_by = IntegerField("Decision within", [WholeNumber(1, 60)], default=5)
    version = IntegerField(widget=HiddenInput())

    @classmethod
    def of(cls, job: Job) -> "JobForm":
        """The form as it stands for a job."""
        return cls(
            title=job.title,
            setting=job.setting,
            role=job.role,
            level=job.level,
            site=str(job.site.public_id),
            pay_low=job.pay_low,
            pay_high=job.pay_high,
            pay_period=job.pay_period.value,
            decide_by=job.decide_by,
            version=job.version,
        )

    def offer(self, sites: Iterable[Site]) -> "JobForm":
        """Let the form choose among these sites."""
        self.sites = {str(site.public_id): site for site in sites}
        self.site.choices = [NOTHING, *((key, site.name) for key, site in self.sites.items())]
        return self

    @property
    def facts(self) -> Facts:
        """What was typed, once the form is valid."""
        return Facts(
            title=self.title.data or "",
            profile=Profile(Setting(self.setting.data), Role(self.role.data), Level(self.level.data)),
            site=self.sites[self.site.data],
            pay_low=self.pay_low.data,
            pay_high=self.pay_high.data,
            pay_period=PayPeriod(self.pay_period.data),
            decide_by=self.decide_by.data or 0,
        )


class TeamForm(Form):
    """Who is on the team, as what."""

    person = SelectField("Person", [InputRequired("Choose the person.")])
    part = SelectField("Part", [InputRequired("Choose the part.")], choices=[NOTHING, *PARTS])

    def offer(self, people: Iterable[Person]) -> "TeamForm":
        """Let the form choose among these people."""
        self.people = {str(person.public_id): person for person in people}
        self.person.choices = [NOTHING, *((key, person.name) for key, person in self.people.items())]
        return self
