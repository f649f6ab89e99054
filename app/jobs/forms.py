"""Forms about jobs: what a job is, what its role is for, who owns what, who agrees, who is on the team."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Self

from wtforms import DateField, FieldList, FormField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from app.core.errors import Conflict, Invalid
from app.identity.models import Person, Site
from app.jobs import offered, rules
from app.jobs.models import Authority, Job, LevelLock, Matter, PayPeriod, RoleReason
from app.jobs.rules import Profile
from app.jobs.services import Facts, RoleFacts
from app.jobs.words import AUTHORITIES, LOCKS, MATTERS, REASONS
from app.policy import Part
from app.web.forms import AmountField, Form, SelectChoice, WholeNumber
from app.web.words import listing, number
from scenarios import Level, Role, Setting

NOTHING = SelectChoice("", "Choose…")
PARTS = [SelectChoice(part.value, part.value.capitalize()) for part in Part]
PERIODS = [SelectChoice(period.value, period.value.capitalize()) for period in PayPeriod]
MOST_RIGHTS, SPARE_RIGHTS = 14, 2


def labelled(words: Sequence[Setting] | Sequence[Role] | Sequence[Level]) -> list[SelectChoice]:
    """Choices of vocabulary words, none of them chosen beforehand."""
    return [NOTHING, *(SelectChoice(word.value, word.label) for word in words)]


def worded(words: Mapping[Any, str]) -> list[SelectChoice]:
    """Choices of our own words, by value."""
    return [SelectChoice(value.value, label) for value, label in words.items()]


def _pay(label: str) -> AmountField:
    return AmountField(label, [Optional()], decimals=2, example="84,000 or 31.50")


def _people(people: Iterable[Person]) -> dict[str, Person]:
    return {str(person.public_id): person for person in people}


def _named(people: Mapping[str, Person]) -> list[SelectChoice]:
    return [
        SelectChoice(key, f"{person.name}, disabled" if person.is_disabled else person.name)
        for key, person in people.items()
    ]


class StartForm(Form):
    """What is asked before a job is there: the rest can be said on its pages."""

    title = StringField("Title", [InputRequired("Type the job's title."), Length(max=160)])
    setting = SelectField("Setting", [InputRequired("Choose the setting.")], choices=labelled(rules.SETTINGS))
    role = SelectField("Role", [InputRequired("Choose the role.")], choices=labelled(rules.ROLES))
    level = SelectField("Level", [InputRequired("Choose the level.")], choices=labelled(rules.LEVELS))
    site = SelectField("Site", [InputRequired("Choose the site.")])

    def offer(self, sites: Iterable[Site]) -> Self:
        """Let the form choose among these sites."""
        self.sites = {str(site.public_id): site for site in sites}
        self.site.choices = [NOTHING, *(SelectChoice(key, site.name) for key, site in self.sites.items())]
        return self

    @property
    def profile(self) -> Profile:
        """What the job is for."""
        return Profile(Setting(self.setting.data), Role(self.role.data), Level(self.level.data))

    @property
    def facts(self) -> Facts:
        """What was typed, once the form is valid."""
        return Facts(title=self.title.data or "", profile=self.profile, site=self.sites[self.site.data])


class OfVersion(Form):
    """A form about a job as somebody saw it, which two people may have open at once."""

    version = IntegerField(widget=HiddenInput())

    def come_after(self, refusal: Conflict, standing: Form) -> None:
        """Keep what was typed, say at each field that differs what stands now, and go on from there."""
        self.form_errors.append(
            f"{refusal.message} What you typed is kept; fields that differ say what stands."
        )
        for field in self:
            if field.name not in BESIDE and standing[field.name].data != field.data:
                field.errors = [*field.errors, f"Stands now: {_said(standing[field.name])}"]
        self.version.data, self.version.raw_data = standing["version"].data, None


# Fields of a form that nobody types, or that are compared row by row.
BESIDE = {"version", "rights"}


def _said(field: Any) -> str:
    """What a field says, as people read it."""
    if field.type == "SelectField":
        return next((choice.label for choice in field.choices if choice.value == field.data), "nothing")
    return number(field.data) if isinstance(field.data, Decimal) else str(field.data or "nothing")


class JobForm(StartForm, OfVersion):
    """What a job is."""

    service_line = StringField("Service line", [Length(max=400)])
    level_lock = SelectField("The level is locked", choices=worded(LOCKS))
    pay_low = _pay("Pay from")
    pay_high = _pay("Pay to")
    pay_period = SelectField("Pay per", choices=PERIODS)
    decide_by = IntegerField("Decision within", [WholeNumber(1, 60)], default=5)

    @classmethod
    def of(cls, job: Job, **options: Any) -> Self:
        """The form as it stands for a job."""
        return cls(
            title=job.title,
            setting=job.setting,
            role=job.role,
            level=job.level,
            site=str(job.site.public_id),
            service_line=job.service_line,
            level_lock=job.level_lock.value,
            pay_low=job.pay_low,
            pay_high=job.pay_high,
            pay_period=job.pay_period.value,
            decide_by=job.decide_by,
            version=job.version,
            **options,
        )

    @property
    def facts(self) -> Facts:
        return Facts(
            title=self.title.data or "",
            profile=self.profile,
            site=self.sites[self.site.data],
            pay_low=self.pay_low.data,
            pay_high=self.pay_high.data,
            pay_period=PayPeriod(self.pay_period.data),
            decide_by=self.decide_by.data or 0,
            service_line=self.service_line.data or "",
            level_lock=LevelLock(self.level_lock.data),
        )


class RightForm(Form):
    """A row of the table of decisions; a row without a decision is none."""

    decision = StringField("Decision", [Length(max=200)])
    authority = SelectField("How", choices=[NOTHING, *worded(AUTHORITIES)])

    def validate(self, extra_validators: Any = None) -> bool:
        """A decision needs its way; a way without a decision means nothing."""
        valid = super().validate(extra_validators)
        if self.decision.data and not self.authority.data:
            self.authority.errors = [*self.authority.errors, "Choose how it is taken."]
            return False
        return valid


def _rows(rights: Iterable[tuple[str, Authority]]) -> list[dict[str, str]]:
    return [{"decision": decision, "authority": authority.value} for decision, authority in rights]


class RoleForm(OfVersion):
    """What the role of a job is for."""

    reason = SelectField("Reason", choices=[NOTHING, *worded(REASONS)])
    reason_note = TextAreaField("In your words", [Length(max=600)])
    rights = FieldList(FormField(RightForm), "Decision rights", max_entries=MOST_RIGHTS)
    first_risk = StringField("First risk", [Length(max=240)])
    second_risk = StringField("Second risk", [Length(max=240)])
    good_at_30 = TextAreaField("At 30 days", [Length(max=600)])
    good_at_60 = TextAreaField("At 60 days", [Length(max=600)])
    good_at_90 = TextAreaField("At 90 days", [Length(max=600)])

    @classmethod
    def of(cls, job: Job, **options: Any) -> Self:
        """The form as it stands for a job."""
        return cls(
            reason=job.reason.value if job.reason else "",
            reason_note=job.reason_note,
            rights=_rows((one.decision, one.authority) for one in job.decision_rights),
            first_risk=job.first_risk,
            second_risk=job.second_risk,
            good_at_30=job.good_at_30,
            good_at_60=job.good_at_60,
            good_at_90=job.good_at_90,
            version=job.version,
            **options,
        )

    def offer(self, profile: Profile) -> Self:
        """Before anything is typed: words to begin with where nothing is said yet, and lines to write on."""
        good = (self.good_at_30, self.good_at_60, self.good_at_90)
        self.offers_rights, self.offers_good = not self.filled, not any(field.data for field in good)
        if self.offers_rights:
            for row in _rows(offered.rights_for(profile.role)):
                self.rights.append_entry(row)
        if self.offers_good:
            for field, text in zip(good, offered.good_in(profile.setting), strict=True):
                field.data = text
        while len(self.rights) < min(MOST_RIGHTS, len(self.filled) + SPARE_RIGHTS):
            self.rights.append_entry()
        return self

    offers_rights = offers_good = False

    def come_after(self, refusal: Conflict, standing: Form) -> None:
        """The same, with the table of decisions as it stands."""
        super().come_after(refusal, standing)
        if isinstance(standing, RoleForm) and standing.facts.rights != self.facts.rights:
            now = listing([decision for decision, _ in standing.facts.rights]) or "nothing"
            self.form_errors.append(f"The table of decisions stands now: {now}")

    def refuse_fields(self, sentences: Mapping[str, str]) -> None:
        """A refusal of "rights-2" is about the third decision there is."""
        for place, row in enumerate(self.filled):
            if sentence := sentences.get(f"rights-{place}"):
                row.decision.errors = [*row.decision.errors, sentence]
        super().refuse_fields({name: one for name, one in sentences.items() if "rights-" not in name})

    @property
    def filled(self) -> list[RightForm]:
        """The rows that have a decision."""
        return [row.form for row in self.rights if row.form.decision.data]

    @property
    def facts(self) -> RoleFacts:
        """What was typed, once the form is valid."""
        return RoleFacts(
            reason=RoleReason(self.reason.data) if self.reason.data else None,
            reason_note=self.reason_note.data or "",
            first_risk=self.first_risk.data or "",
            second_risk=self.second_risk.data or "",
            good_at_30=self.good_at_30.data or "",
            good_at_60=self.good_at_60.data or "",
            good_at_90=self.good_at_90.data or "",
            rights=tuple((row.decision.data or "", Authority(row.authority.data)) for row in self.filled),
        )


class OwnersForm(OfVersion):
    """Who answers for which matter of a job."""

    supervision = SelectField(MATTERS[Matter.SUPERVISION], default="")
    first_weeks = SelectField(MATTERS[Matter.FIRST_WEEKS], default="")
    disclosure = SelectField(MATTERS[Matter.DISCLOSURE], default="")
    questions = SelectField(MATTERS[Matter.QUESTIONS], default="")

    @classmethod
    def of(cls, job: Job, people: Iterable[Person], **options: Any) -> Self:
        """The form as it stands for a job; who owns something may go on, disabled or not."""
        owners = {owner.matter.name.lower(): owner.person for owner in job.owners}
        form = cls(
            **{name: str(person.public_id) for name, person in owners.items()}, version=job.version, **options
        )
        return form.offer([*people, *(one for one in owners.values() if one.is_disabled)])

    def offer(self, people: Iterable[Person]) -> Self:
        """Let the form choose among these people."""
        self.people = _people(people)
        for field in (self.supervision, self.first_weeks, self.disclosure, self.questions):
            field.choices = [SelectChoice("", "Nobody yet"), *_named(self.people)]
        return self

    @property
    def owners(self) -> dict[Matter, Person]:
        """The people chosen, by matter."""
        chosen = {matter: self[matter.name.lower()].data for matter in Matter}
        return {matter: self.people[key] for matter, key in chosen.items() if key}


class ApproverForm(Form):
    """Who has to agree to a job, and by which day."""

    person = SelectField("Person", [InputRequired("Choose the person.")])
    due_on = DateField("Agrees by", [InputRequired("Choose the day.")])

    def offer(self, people: Iterable[Person]) -> Self:
        """Let the form choose among these people."""
        self.people = _people(people)
        self.person.choices = [NOTHING, *_named(self.people)]
        return self

    @property
    def one_of_them(self) -> Person:
        """The person named, whatever else was typed."""
        if self.person.data not in self.people:
            raise Invalid("Nobody who is asked to agree was named.")
        return self.people[self.person.data]

    @property
    def day(self) -> date:
        """The day typed, once the form is valid."""
        return self.due_on.data or date.max


class TeamForm(Form):
    """Who is on the team, as what."""

    person = SelectField("Person", [InputRequired("Choose the person.")])
    part = SelectField("Part", [InputRequired("Choose the part.")], choices=[NOTHING, *PARTS])

    def offer(self, people: Iterable[Person]) -> Self:
        """Let the form choose among these people."""
        self.people = _people(people)
        self.person.choices = [NOTHING, *_named(self.people)]
        return self
