"""Forms about jobs and their teams."""

from collections.abc import Iterable, Sequence

from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from app.identity.models import Person, Site
from app.jobs import rules
from app.jobs.models import Job, PayPeriod
from app.jobs.rules import Profile
from app.jobs.services import Facts
from app.policy import Part
from app.web.forms import AmountField, Form, SelectChoice, WholeNumber
from scenarios import Level, Role, Setting

NOTHING = SelectChoice("", "Choose…")
PARTS = [SelectChoice(part.value, part.value.capitalize()) for part in Part]
PERIODS = [SelectChoice(period.value, period.value.capitalize()) for period in PayPeriod]


def labelled(words: Sequence[Setting] | Sequence[Role] | Sequence[Level]) -> list[SelectChoice]:
    """Choices of vocabulary words, none of them chosen beforehand."""
    return [NOTHING, *(SelectChoice(word.value, word.label) for word in words)]


def _pay(label: str) -> AmountField:
    return AmountField(label, [Optional()], decimals=2, example="84,000 or 31.50")


class JobForm(Form):
    """What is said of a job."""

    title = StringField("Title", [InputRequired("Type the job's title."), Length(max=160)])
    setting = SelectField("Setting", [InputRequired("Choose the setting.")], choices=labelled(rules.SETTINGS))
    role = SelectField("Role", [InputRequired("Choose the role.")], choices=labelled(rules.ROLES))
    level = SelectField("Level", [InputRequired("Choose the level.")], choices=labelled(rules.LEVELS))
    site = SelectField("Site", [InputRequired("Choose the site.")])
    pay_low = _pay("Pay from")
    pay_high = _pay("Pay to")
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
        self.site.choices = [NOTHING, *(SelectChoice(key, site.name) for key, site in self.sites.items())]
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
        self.person.choices = [
            NOTHING,
            *(SelectChoice(key, person.name) for key, person in self.people.items()),
        ]
        return self
