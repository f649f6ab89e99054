"""Importing packs, whose scenarios and vignettes never change again, and exporting them."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.audit import services as audit
from app.audit.events import Event
from app.core.db import db
from app.core.errors import Conflict, NotFound
from app.packs import queries
from app.packs.models import PackEdition, ScenarioDraft, ScenarioVersion, Vignette
from app.policy import NOBODY, Act, Actor, check
from scenarios import Pack, PackError, Problem, Scenario, canonical, digest, load_pack, shipped_packs
from scenarios import Vignette as Answered
from scenarios.archive import unpack
from scenarios.checking import problems_of
from scenarios.layout import write_header, write_scenario, write_vignette
from scenarios.loader import HEADER, VIGNETTES, read_files
from scenarios.schema import PackHeader


class State(Enum):
    """What an import would make of a scenario version or a vignette."""

    NEW = "new"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Change:
    """A scenario, or a vignette on it, that is about to be imported, beside what is here of that name."""

    pack: Pack
    scenario: Scenario
    vignette: Answered | None
    digest: str
    here: str  # The digest that is here already; empty if there is none.

    @property
    def state(self) -> State:
        """New, the same as here, or refused because it is not."""
        if not self.here:
            return State.NEW
        return State.SAME if self.here == self.digest else State.REFUSED

    @property
    def name(self) -> str:
        """What no two of them share, in words."""
        scenario = f"{self.scenario.id} version {self.scenario.version}"
        return f"{scenario}, vignette {self.vignette.id}" if self.vignette else scenario

    @property
    def title(self) -> str:
        return self.vignette.title if self.vignette else self.scenario.title

    def __str__(self) -> str:
        """Say it in a line."""
        if self.state is State.REFUSED:
            other = f"{self.here} is here, {self.digest} was given."
            return f"{self.name} is imported already, with other content: {other}"
        return f"{self.name} is {'new' if self.state is State.NEW else 'here already'}: {self.digest}."


@dataclass(frozen=True)
class DryRun:
    """What an import of a zip would do: why it is refused, or what is new in it."""

    pack: Pack | None = None  # None if it could not be read.
    changes: tuple[Change, ...] = ()  # Of scenarios.
    vignettes: tuple[Change, ...] = ()
    refusals: tuple[Problem, ...] = ()
    findings: tuple[Problem, ...] = ()  # Of the gates, which stop no import: a draft may travel.
    leaving: tuple[str, ...] = ()  # What the pack held before and holds no more; it stays in the library.
    changes_pack: bool = False

    @property
    def new(self) -> list[Change]:
        return [change for change in self.changes if change.state is State.NEW]

    @property
    def refused(self) -> list[Change]:
        return [change for change in self.changes if change.state is State.REFUSED]

    @property
    def new_vignettes(self) -> list[Change]:
        return [change for change in self.vignettes if change.state is State.NEW]

    @property
    def refused_vignettes(self) -> list[Change]:
        return [change for change in self.vignettes if change.state is State.REFUSED]

    @property
    def is_refused(self) -> bool:
        """Whether something of that name is here with other content."""
        return bool(self.refused or self.refused_vignettes)

    @property
    def importable(self) -> Pack | None:
        """The pack, if an import of it is not refused and would change something."""
        changes = self.new or self.new_vignettes or self.changes_pack
        return self.pack if changes and not self.is_refused else None


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
        advice = (
            "What was imported never changes: give a changed scenario a new version, a vignette a new id."
        )
        raise Conflict(" ".join([*refused, advice]))
    added = [
        version_of(change.pack, change.scenario, change.digest)
        for change in changes
        if change.state is State.NEW and change.vignette is None
    ]
    db.session.add_all(added)
    db.session.flush()
    db.session.add_all(_vignettes(changes))
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
    changes = difference([pack])
    before = queries.latest_edition(pack.id)
    keys = {scenario.id for scenario in pack.scenarios}
    return DryRun(
        pack=pack,
        changes=tuple(change for change in changes if change.vignette is None),
        vignettes=tuple(change for change in changes if change.vignette),
        findings=tuple(findings),
        leaving=tuple(key for key, _ in (before.holds if before else ()) if key not in keys),
        changes_pack=new_edition(pack) is not None,
    )


def difference(packs: Iterable[Pack]) -> list[Change]:
    """Compare packs with what is here, and with each other, without changing anything."""
    packs = list(packs)
    keys = [scenario.id for pack in packs for scenario in pack.scenarios]
    versions = queries.versions_by_name(keys)
    here = {(*name, ""): version.digest for name, version in versions.items()}
    for row in queries.vignettes_of(versions.values()):
        here[*row.scenario_version.name, row.key] = row.digest
    changes = []
    for pack in packs:
        scenarios = {scenario.id: scenario for scenario in pack.scenarios}
        asked: list[tuple[Scenario, Answered | None]] = [(scenario, None) for scenario in pack.scenarios]
        asked += [(scenarios[vignette.scenario], vignette) for vignette in pack.vignettes]
        for scenario, vignette in asked:
            name = (scenario.id, str(scenario.version), vignette.id if vignette else "")
            found = digest(vignette or scenario)
            changes.append(Change(pack, scenario, vignette, found, here.get(name, "")))
            here.setdefault(name, found)
    return changes


def _vignettes(changes: Iterable[Change]) -> Iterator[Vignette]:
    """The rows that new vignettes become, each on the version it came with."""
    new = [change for change in changes if change.vignette and change.state is State.NEW]
    versions = queries.versions_by_name([change.scenario.id for change in new])
    for change in new:
        if change.vignette:
            yield Vignette(
                scenario_version=versions[change.scenario.id, str(change.scenario.version)],
                key=change.vignette.id,
                document=canonical(change.vignette),
                digest=change.digest,
            )


def export_pack(name: str) -> dict[str, bytes]:
    """Write the files of a pack as it was imported last, by name, in the canonical layout."""
    edition = queries.latest_edition(name)
    if edition is None or not edition.holds:
        raise NotFound
    versions = queries.versions_by_name([key for key, _ in edition.holds])
    files = {HEADER: write_header(edition.head)}
    for one in edition.holds:
        files[f"{one[0]}.yaml"] = write_scenario(queries.scenario_of(versions[one]))
    for row in queries.vignettes_of(versions[one] for one in edition.holds):
        if row.key in edition.holds_vignettes:
            files[f"{VIGNETTES}/{row.key}.yaml"] = write_vignette(queries.vignette_of(row))
    return files


def delete_version(actor: Actor, version: ScenarioVersion) -> None:
    """Remove a version that nothing refers to; the packs that hold it go on without it."""
    check(actor, Act.DELETE_SCENARIO, version)
    try:
        with db.session.begin_nested():
            _forget_drafts(version)
            db.session.execute(sa.delete(Vignette).where(Vignette.scenario_version_id == version.id))
            db.session.delete(version)
    except IntegrityError as error:  # Foreign keys keep what is in use, whoever began to use it meanwhile.
        raise Conflict("This version is in use, so it stays.") from error
    for edition in queries.editions_with(version):
        contents = json.dumps([one for one in edition.holds if one != version.name])
        db.session.add(
            PackEdition(
                pack=edition.pack, header=edition.header, contents=contents, vignettes=edition.vignettes
            )
        )
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
    vignettes = json.dumps([vignette.id for vignette in pack.vignettes])
    before = queries.latest_edition(pack.id)
    if before and (before.header, before.contents, before.vignettes) == (header, contents, vignettes):
        return None
    return PackEdition(pack=pack.id, header=header, contents=contents, vignettes=vignettes)


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
