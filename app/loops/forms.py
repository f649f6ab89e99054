"""Forms about loops: the pack to begin with, a stage and its panel, weights, opening."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import starmap

from wtforms import IntegerField, RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from app.identity.models import Person
from app.loops import rules
from app.loops.models import Loop, Stage
from app.loops.queries import Offer
from app.packs.models import ScenarioVersion
from app.packs.queries import scenario_of
from app.web.forms import AmountField, Form, SelectChoice

LONGEST_REASON = 1_000


class DraftForm(Form):
    """The pack a loop begins with."""

    pack = RadioField("Pack", [InputRequired("Choose a pack.")])

    def offer(self, offers: Iterable[Offer]) -> "DraftForm":
        """Let the form choose among these packs."""
        self.pack.choices = [SelectChoice(offer.pack, offer.title) for offer in offers]
        return self


class VersionForm(Form):
    """The version of the loop that the page showed, for what needs nothing else."""

    version = IntegerField(widget=HiddenInput())


class StageForm(VersionForm):
    """What a stage puts to the candidate, and who interviews."""

    scenario = SelectField("Scenario", [InputRequired("Choose a scenario.")])
    lead = SelectField("Lead")
    second = SelectField("Second interviewer")
    third = SelectField("Third interviewer")
    fourth = SelectField("Fourth interviewer")

    @classmethod
    def of(cls, loop: Loop, stage: Stage | None = None) -> "StageForm":
        """The form as it stands for a stage, or for one that is to be added."""
        if stage is None:
            return cls(version=loop.version)
        second, third, fourth = [_id(person) for person in (*stage.co_interviewers, None, None, None)][:3]
        return cls(
            version=loop.version,
            scenario=_id(stage.scenario_version),
            lead=_id(stage.lead),
            second=second,
            third=third,
            fourth=fourth,
        )

    def offer(self, versions: Sequence[ScenarioVersion], people: Sequence[Person]) -> "StageForm":
        """Let the form choose among these scenarios and people."""
        self.versions = {_id(version): version for version in versions}
        self.people = {_id(person): person for person in people}
        self.scenario.choices = [SelectChoice("", "Choose…"), *starmap(_scenario, self.versions.items())]
        for field in (self.lead, self.second, self.third, self.fourth):
            field.choices = [SelectChoice("", "Nobody"), *starmap(_person, self.people.items())]
        return self

    @property
    def chosen(self) -> ScenarioVersion:
        return self.versions[self.scenario.data]

    @property
    def chosen_lead(self) -> Person | None:
        return self.people.get(self.lead.data)

    @property
    def chosen_co_interviewers(self) -> list[Person]:
        fields = (self.second, self.third, self.fourth)
        return [self.people[field.data] for field in fields if field.data]


class WeightsForm(VersionForm):
    """How much each criterion counts, and why not all the same."""

    reason = TextAreaField("Reason", [Length(max=LONGEST_REASON)])

    @classmethod
    def of(cls, loop: Loop) -> "WeightsForm":
        """The form for the criteria of this loop."""
        criteria = {
            rules.weight_key(stage.position, one.code): one for stage in loop.stages for one in stage.criteria
        }
        fields = {key: _weight(f"{one.code} {one.name}") for key, one in criteria.items()}
        weights = {key: one.weight for key, one in criteria.items()}
        form_class: type[WeightsForm] = type("WeightsForm", (cls,), {**fields, "keys": tuple(criteria)})
        return form_class(version=loop.version, reason=loop.weights_reason, **weights)

    keys: tuple[str, ...] = ()

    @property
    def weights(self) -> dict[str, Decimal]:
        return {key: self[key].data for key in self.keys}


class OpeningForm(VersionForm):
    """Why the loop opens although something is missing."""

    gaps_reason = TextAreaField("Open all the same because", [Length(max=LONGEST_REASON)])


def _weight(label: str) -> AmountField:
    return AmountField(label, [InputRequired("Type a weight, such as 1.")], decimals=3, example="1 or 1.5")


def _id(thing: ScenarioVersion | Person | None) -> str:
    return str(thing.public_id) if thing else ""


def _person(key: str, person: Person) -> SelectChoice:
    return SelectChoice(key, person.name)


def _scenario(key: str, version: ScenarioVersion) -> SelectChoice:
    scenario = scenario_of(version)
    role = scenario.role.label.lower()
    return SelectChoice(key, f"{scenario.kind.label}: {version.title}, {role}, version {version.version}")
