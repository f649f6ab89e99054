"""Importing packs, whose scenarios become versions that never change again, and exporting them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from app.audit import services as audit
from app.audit.events import Event
from app.core.db import db
from app.core.errors import Conflict, NotFound
from app.packs import queries
from app.packs.models import PackEdition, ScenarioVersion
from app.policy import NOBODY, Actor
from scenarios import Pack, Scenario, canonical, digest, load_pack, shipped_packs
from scenarios.layout import write_header, write_scenario
from scenarios.loader import HEADER
from scenarios.schema import PackHeader


class State(Enum):
    """What an import would make of a scenario version."""

    NEW = "new"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Change:
    """One scenario version of packs that are about to be imported, beside what is here of that name."""

    pack: Pack
    scenario: Scenario
    digest: str
    here: str  # The digest that is here already; empty if there is none.

    @property
    def state(self) -> State:
        """New, the same as here, or refused because it is not."""
        if not self.here:
            return State.NEW
        return State.SAME if self.here == self.digest else State.REFUSED

    def __str__(self) -> str:
        """Say it in a line."""
        name = f"{self.scenario.id} version {self.scenario.version}"
        if self.state is State.REFUSED:
            other = f"{self.here} is here, {self.digest} was given."
            return f"{name} is imported already, with other content: {other}"
        return f"{name} is {'new' if self.state is State.NEW else 'here already'}: {self.digest}."


def import_shipped() -> list[ScenarioVersion]:
    """Import the packs that come with the product, on the word of whoever runs it."""
    return import_packs(NOBODY, [load_pack(path) for path in shipped_packs()])


def import_pack(actor: Actor, pack: Pack) -> list[ScenarioVersion]:
    """Add the scenario versions of a pack that are not there yet, and return them."""
    return import_packs(actor, [pack])


def import_packs(actor: Actor, packs: Iterable[Pack]) -> list[ScenarioVersion]:
    """Add what is new in these packs: all of it, or nothing if anything is refused."""
    packs = list(packs)
    changes = difference(packs)
    refused = [str(change) for change in changes if change.state is State.REFUSED]
    if refused:
        advice = "Imported versions never change: give the changed scenario a new version."
        raise Conflict(" ".join([*refused, advice]))
    added = [
        _version(change.pack, change.scenario, change.digest)
        for change in changes
        if change.state is State.NEW
    ]
    db.session.add_all(added)
    for pack in packs:
        _keep_edition(pack)
        keys = [version.key for version in added if version.pack == pack.id]
        if keys:
            audit.record(actor, Event.PACK_IMPORTED, pack=pack.id, scenarios=keys)
    db.session.flush()
    return added


def difference(packs: Iterable[Pack]) -> list[Change]:
    """Compare packs with what is here, and with each other, without changing anything."""
    packs = list(packs)
    keys = [scenario.id for pack in packs for scenario in pack.scenarios]
    here = {name: version.digest for name, version in queries.versions_by_name(keys).items()}
    changes = []
    for pack in packs:
        for scenario in pack.scenarios:
            name, found = (scenario.id, str(scenario.version)), digest(scenario)
            changes.append(Change(pack, scenario, found, here.get(name, "")))
            here.setdefault(name, found)
    return changes


def export_pack(name: str) -> dict[str, bytes]:
    """Write the files of a pack as it was imported last, by name, in the canonical layout."""
    edition = queries.latest_edition(name)
    if edition is None:
        raise NotFound
    contents = [(key, version) for key, version in json.loads(edition.contents)]
    versions = queries.versions_by_name([key for key, _ in contents])
    files = {HEADER: write_header(PackHeader.model_validate_json(edition.header))}
    for one in contents:
        files[f"{one[0]}.yaml"] = write_scenario(queries.scenario_of(versions[one]))
    return files


def _keep_edition(pack: Pack) -> None:
    """Note what the pack says of itself, unless it said the same before."""
    header = pack.model_dump_json(include=set(PackHeader.model_fields))
    contents = json.dumps([[scenario.id, str(scenario.version)] for scenario in pack.scenarios])
    before = queries.latest_edition(pack.id)
    if before is None or (before.header, before.contents) != (header, contents):
        db.session.add(PackEdition(pack=pack.id, header=header, contents=contents))


def _version(pack: Pack, scenario: Scenario, found: str) -> ScenarioVersion:
    return ScenarioVersion(
        pack=pack.id,
        pack_title=pack.title,
        key=scenario.id,
        version=str(scenario.version),
        status=scenario.status.value,
        title=scenario.title,
        kind=scenario.kind.value,
        stage_type=scenario.stage_type.value,
        setting=scenario.setting.value,
        role=scenario.role.value,
        written_for=scenario.written_for.value,
        document=canonical(scenario),
        competencies=json.dumps({code: pack.competencies[code].name for code in scenario.codes}),
        digest=found,
    )
