"""Importing packs, whose scenarios become versions that never change again, and exporting them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.audit import services as audit
from app.audit.events import Event
from app.core.db import db
from app.core.errors import Conflict, NotFound
from app.packs import queries
from app.packs.models import PackEdition, ScenarioDraft, ScenarioVersion
from app.policy import NOBODY, Act, Actor, check
from scenarios import Pack, PackError, Problem, Scenario, canonical, digest, load_pack, shipped_packs
from scenarios.archive import unpack
from scenarios.checking import problems_of
from scenarios.layout import write_header, write_scenario
from scenarios.loader import HEADER, read_files
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


@dataclass(frozen=True)
class DryRun:
    """What an import of a zip would do: why it is refused, or what is new in it."""

    pack: Pack | None = None  # None if it could not be read.
    changes: tuple[Change, ...] = ()
    refusals: tuple[Problem, ...] = ()
    findings: tuple[Problem, ...] = ()  # Of the gates, which stop no import: a draft may travel.
    leaving: tuple[str, ...] = ()  # What the pack held before and holds no more; it stays in the library.
    changes_pack: bool = False

    def of(self, state: State) -> list[Change]:
        """The versions of which an import would make this."""
        return [change for change in self.changes if change.state is state]

    @property
    def new(self) -> list[Change]:
        return self.of(State.NEW)

    @property
    def refused(self) -> list[Change]:
        return self.of(State.REFUSED)

    @property
    def importable(self) -> Pack | None:
        """The pack, if an import of it is not refused and would change something."""
        return self.pack if not self.refused and (self.new or self.changes_pack) else None


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
        version_of(change.pack, change.scenario, change.digest)
        for change in changes
        if change.state is State.NEW
    ]
    db.session.add_all(added)
    for pack in packs:
        edition = new_edition(pack)
        keys = [version.key for version in added if version.pack == pack.id]
        if edition is not None:
            db.session.add(edition)
        if edition is not None or keys:
            audit.record(actor, Event.PACK_IMPORTED, pack=pack.id, scenarios=keys)
    db.session.flush()
    return added


def bring_in(actor: Actor, pack: Pack) -> list[ScenarioVersion]:
    """Import a pack that a person gave."""
    check(actor, Act.IMPORT_PACK)
    return import_packs(actor, [pack])


def look_into(data: bytes, name: str) -> DryRun:
    """Say what an import of this zip would do, and change nothing."""
    try:
        reading = read_files(unpack(data, name), folder=name)
    except PackError as error:
        return DryRun(refusals=error.problems)
    findings = [problem for problem in problems_of(reading) if problem not in reading.problems]
    if reading.problems:
        return DryRun(refusals=PackError(reading.problems).problems, findings=tuple(findings))
    pack = reading.pack()
    before = queries.latest_edition(pack.id)
    keys = {scenario.id for scenario in pack.scenarios}
    return DryRun(
        pack=pack,
        changes=tuple(difference([pack])),
        findings=tuple(findings),
        leaving=tuple(key for key, _ in (before.holds if before else ()) if key not in keys),
        changes_pack=new_edition(pack) is not None,
    )


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
    if edition is None or not edition.holds:
        raise NotFound
    versions = queries.versions_by_name([key for key, _ in edition.holds])
    files = {HEADER: write_header(edition.head)}
    for one in edition.holds:
        files[f"{one[0]}.yaml"] = write_scenario(queries.scenario_of(versions[one]))
    return files


def delete_version(actor: Actor, version: ScenarioVersion) -> None:
    """Remove a version that nothing refers to; the packs that hold it go on without it."""
    check(actor, Act.DELETE_SCENARIO, version)
    try:
        with db.session.begin_nested():
            _forget_drafts(version)
            db.session.delete(version)
    except IntegrityError as error:  # Foreign keys keep what is in use, whoever began to use it meanwhile.
        raise Conflict("This version is in use, so it stays.") from error
    for edition in queries.editions_with(version):
        contents = json.dumps([one for one in edition.holds if one != version.name])
        db.session.add(PackEdition(pack=edition.pack, header=edition.header, contents=contents))
    audit.record(
        actor,
        Event.SCENARIO_DELETED,
        version,
        pack=version.pack,
        scenario=version.key,
        version=version.version,
        digest=version.digest,
    )
    db.session.flush()


def _forget_drafts(version: ScenarioVersion) -> None:
    """Delete what led to a version, or was begun on it and discarded: without it that has no use."""
    discarded = (ScenarioDraft.origin_id == version.id) & ScenarioDraft.discarded_at.is_not(None)
    db.session.execute(sa.delete(ScenarioDraft).where(discarded | (ScenarioDraft.published_id == version.id)))


def new_edition(pack: Pack) -> PackEdition | None:
    """What the pack says of itself, unless it said the same before."""
    header = pack.model_dump_json(include=set(PackHeader.model_fields))
    contents = json.dumps([[scenario.id, str(scenario.version)] for scenario in pack.scenarios])
    before = queries.latest_edition(pack.id)
    if before is not None and (before.header, before.contents) == (header, contents):
        return None
    return PackEdition(pack=pack.id, header=header, contents=contents)


def version_of(pack: Pack, scenario: Scenario, found: str) -> ScenarioVersion:
    """The row that a scenario of a pack becomes, with its digest."""
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
