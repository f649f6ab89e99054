"""Forms about loops: what one begins with, a stage, the panels, weights, opening."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from wtforms import (
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from app.core.errors import NotFound
from app.identity.models import Person
from app.jobs.rules import Profile
from app.loops import panels, queries, rules
from app.loops.beginnings import Offer
from app.loops.models import AssignmentPart, Loop, Stage
from app.loops.presets import Preset
from app.loops.rules import Minutes
from app.loops.services import Content
from app.packs.models import ScenarioVersion
from app.packs.queries import scenario_of
from app.web.forms import AmountField, Form, SelectChoice

EMPTY_ROWS = 2
PART_CHOICES = [SelectChoice(part.value, part.value.capitalize()) for part in AssignmentPart]
LONGEST_REASON = 1_000


class DraftForm(Form):
    """The pack that a loop begins with."""

    pack = RadioField("Pack", [InputRequired("Choose a pack.")])

    def offer(self, offers: Iterable[Offer]) -> "DraftForm":
        """Let the form choose among these packs."""
        self.pack.choices = [SelectChoice(offer.pack, offer.title) for offer in offers]
        return self


class CopyForm(Form):
    """The earlier loop that a loop begins with."""

    loop = StringField(widget=HiddenInput())

    @property
    def loop_id(self) -> uuid.UUID:
        try:
            return uuid.UUID(self.loop.data or "")
        except ValueError:
            raise NotFound from None


class VersionForm(Form):
    """The version of the loop that the page showed, for what needs nothing else."""

    version = IntegerField(widget=HiddenInput())


class PlaceForm(VersionForm):
    """The place that a stage was dragged to."""

    place = IntegerField(widget=HiddenInput())


class StageForm(VersionForm):
    """What a stage puts to the candidate, why, for how long, and what of it is scored."""

    scenario = SelectField("Scenario", [InputRequired("Choose a scenario.")])
    reason = TextAreaField("Why it is here", [Length(max=LONGEST_REASON)])
    read = IntegerField("To read", [Optional()])
    answer = IntegerField("To answer", [Optional()])
    probes = IntegerField("For probes", [Optional()])
    criteria = SelectMultipleField("What is scored", validate_choice=False)

    @classmethod
    def of(cls, loop: Loop, stage: Stage | None = None, scenario: str = "") -> "StageForm":
        """The form as it stands for a stage, or for one that is to be added, with a scenario chosen."""
        if stage is None:
            return cls(version=loop.version, scenario=scenario)
        return cls(
            version=loop.version,
            scenario=scenario or _id(stage.scenario_version),
            reason=stage.reason,
            read=stage.read_minutes,
            answer=stage.answer_minutes,
            probes=stage.probe_minutes,
        )

    def offer(
        self, versions: Sequence[ScenarioVersion], profile: Profile, stage: Stage | None = None
    ) -> "StageForm":
        """Let the form choose among these scenarios, and among the criteria of the one that is chosen."""
        self.versions = {_id(version): version for version in versions}
        self.scenario.choices = [
            SelectChoice("", "Choose…", optgroup=""),
            *(_scenario(key, version, profile) for key, version in self.versions.items()),
        ]
        if version := self.version_chosen:
            fixed = rules.fixed_codes(scenario_of(version), profile)
            self.criteria.choices = [
                SelectChoice(code, name, {"disabled": True} if code in fixed else {})
                for code, name in ((code, version.names[code]) for code in scenario_of(version).codes)
            ]
            if not self.asks_for_criteria:
                held = stage.criteria if stage and stage.scenario_version_id == version.id else ()
                self.criteria.data = [one.code for one in held] or list(scenario_of(version).codes)
        return self

    @property
    def version_chosen(self) -> ScenarioVersion | None:
        return self.versions.get(self.scenario.data or "")

    @property
    def asks_for_criteria(self) -> bool:
        """Whether the criteria that were sent are those of the scenario chosen, and not of another."""
        return bool(self.is_submitted() and self.version_chosen and self.scored_of.data == self.scenario.data)

    scored_of = StringField(widget=HiddenInput())  # The scenario whose criteria the page showed.

    @property
    def content(self) -> Content:
        minutes = (self.read.data, self.answer.data, self.probes.data)
        return Content(
            scenario=self.versions[self.scenario.data],
            reason=self.reason.data or "",
            minutes=None if minutes == (None, None, None) else Minutes(*(one or 0 for one in minutes)),
            codes=self.criteria.data if self.asks_for_criteria else None,
        )


class PanelsForm(VersionForm):
    """Who sits on each stage of a loop, and as what."""

    rows: Mapping[int, Sequence[tuple[str, str]]] = MappingProxyType({})
    people: Mapping[str, Person] = MappingProxyType({})

    @classmethod
    def of(cls, loop: Loop, people: Sequence[Person], team: Collection[Person]) -> "PanelsForm":
        """The form for the stages of this loop: who sits there, and two rows more each."""
        minutes = panels.minutes_by_person(queries.seated(loop))
        choices = [
            SelectChoice("", "Nobody", optgroup=""),
            *(
                SelectChoice(_id(one), _named(one, minutes.get(one.id, 0)), optgroup=_group(one, team))
                for one in sorted(people, key=lambda one: one not in team)
            ),
        ]
        fields: dict[str, SelectField] = {}
        values: dict[str, str] = {}
        rows: dict[int, list[tuple[str, str]]] = {}
        for stage in loop.stages:
            seats = [(_id(seat.person), seat.part) for seat in stage.panel]
            empty = [("", AssignmentPart.CO_INTERVIEWER)] * EMPTY_ROWS
            if not seats:
                empty[0] = ("", AssignmentPart.LEAD)
            rows[stage.position] = []
            for row, (person, part) in enumerate([*seats, *empty], start=1):
                keys = panels.seat_key(stage.position, row), f"part_{stage.position}_{row}"
                where = f"of seat {row}, stage {stage.position}"
                fields[keys[0]] = SelectField(f"Person {where}", choices=choices)
                fields[keys[1]] = SelectField(f"Part {where}", choices=PART_CHOICES)
                values |= {keys[0]: person, keys[1]: part.value}
                rows[stage.position].append(keys)
        by_id = {_id(one): one for one in people}
        form_class: type[PanelsForm] = type("PanelsForm", (cls,), {**fields, "rows": rows, "people": by_id})
        return form_class(version=loop.version, **values)

    @property
    def seats(self) -> dict[int, list[tuple[Person, AssignmentPart]]]:
        """Who was chosen, by the position of the stage."""
        return {
            position: [
                (self.people[self[person].data], AssignmentPart(self[part].data))
                for person, part in keys
                if self[person].data
            ]
            for position, keys in self.rows.items()
        }


class WeightsForm(VersionForm):
    """How much each criterion counts, and why not all the same."""

    reason = TextAreaField("Reason", [Length(max=LONGEST_REASON)])

    @classmethod
    def of(cls, loop: Loop, preset: Preset | None = None) -> "WeightsForm":
        """The form for the criteria of this loop, as they are or as a preset would have them."""
        criteria = {
            rules.weight_key(stage.position, one.code): one for stage in loop.stages for one in stage.criteria
        }
        fields = {key: _weight(f"{one.code} {one.name}") for key, one in criteria.items()}
        weights = {key: preset.weight(one.code) if preset else one.weight for key, one in criteria.items()}
        reason = preset.reason if preset else loop.weights_reason
        form_class: type[WeightsForm] = type("WeightsForm", (cls,), {**fields, "keys": tuple(criteria)})
        return form_class(version=loop.version, reason=reason, **weights)

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


def _named(person: Person, minutes: int) -> str:
    return f"{person.name}, {minutes} min" if minutes else person.name


def _group(person: Person, team: Collection[Person]) -> str:
    return "Interviewers of the team" if person in team else "Everybody else"


def _scenario(key: str, version: ScenarioVersion, profile: Profile) -> SelectChoice:
    scenario = scenario_of(version)
    fits = rules.plays_here(scenario, profile)
    words = (
        f"{scenario.kind.label}: {version.title}, {scenario.role.label.lower()}, version {version.version}"
    )
    return SelectChoice(key, words, optgroup="For this setting and role" if fits else "For others")
