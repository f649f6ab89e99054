"""Reads about scenario versions."""

import uuid
from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from app.core.db import db
from app.core.errors import NotFound
from app.packs.models import PackEdition, ScenarioDraft, ScenarioVersion, Vignette
from app.policy import Act, Actor, decide
from scenarios import Kind, Scenario, Setting, Status
from scenarios import Vignette as Answered

_read: dict[str, Scenario] = {}  # By digest: what was read once reads the same for ever.
_answered: dict[str, Answered] = {}  # The same of vignettes.


def scenario_of(version: ScenarioVersion) -> Scenario:
    """The scenario that a version holds."""
    if version.digest not in _read:
        _read[version.digest] = Scenario.model_validate_json(version.document)
    return _read[version.digest]


def vignette_of(vignette: Vignette) -> Answered:
    """The written answer that a row holds, with its gold: for whoever has handed in, and for packs."""
    if vignette.digest not in _answered:
        _answered[vignette.digest] = Answered.model_validate_json(vignette.document)
    return _answered[vignette.digest]


def vignettes_of(versions: Iterable[ScenarioVersion]) -> Sequence[Vignette]:
    """The answers to practice on that these versions have, in the order of their keys."""
    return db.session.scalars(
        sa.select(Vignette)
        .join(Vignette.scenario_version)
        .options(contains_eager(Vignette.scenario_version))
        .where(Vignette.scenario_version_id.in_([version.id for version in versions]))
        .order_by(Vignette.key, Vignette.id)
    ).all()


def latest_versions() -> Sequence[ScenarioVersion]:
    """The highest version of every scenario that is not retired, pack by pack."""
    number = sa.cast(ScenarioVersion.version, sa.Integer)
    highest = sa.select(ScenarioVersion.key, sa.func.max(number)).group_by(ScenarioVersion.key)
    return db.session.scalars(
        sa.select(ScenarioVersion)
        .where(
            sa.tuple_(ScenarioVersion.key, number).in_(highest),
            ScenarioVersion.status != Status.RETIRED.value,
        )
        .order_by(ScenarioVersion.pack_title, ScenarioVersion.key)
    ).all()


def by_setting(versions: Iterable[ScenarioVersion]) -> list[tuple[Setting, list[ScenarioVersion]]]:
    """Versions under the settings they play in, settings and kinds in the order of the vocabulary."""
    kinds = list(Kind)
    ordered = sorted(versions, key=lambda version: kinds.index(Kind(version.kind)))
    found = [(setting, [one for one in ordered if one.setting == setting.value]) for setting in Setting]
    return [(setting, of_setting) for setting, of_setting in found if of_setting]


def versions_of(key: str) -> Sequence[ScenarioVersion]:
    """Every version of a scenario that is here, the highest first."""
    number = sa.cast(ScenarioVersion.version, sa.Integer)
    return db.session.scalars(
        sa.select(ScenarioVersion).where(ScenarioVersion.key == key).order_by(number.desc())
    ).all()


def versions_by_name(keys: Sequence[str]) -> dict[tuple[str, str], ScenarioVersion]:
    """All versions of these scenarios, by key and version."""
    found = db.session.scalars(sa.select(ScenarioVersion).where(ScenarioVersion.key.in_(keys)))
    return {(version.key, version.version): version for version in found}


def get_version(public_id: uuid.UUID) -> ScenarioVersion:
    """The scenario version of an address."""
    found = db.session.scalar(sa.select(ScenarioVersion).where(ScenarioVersion.public_id == public_id))
    if found is None:
        raise NotFound
    return found


def latest_edition(pack: str) -> PackEdition | None:
    """The pack as it was imported last."""
    newest = sa.select(PackEdition).where(PackEdition.pack == pack).order_by(PackEdition.id.desc()).limit(1)
    return db.session.scalar(newest)


def latest_editions() -> Sequence[PackEdition]:
    """Every pack as it was imported last, as far as it still holds a scenario."""
    newest = sa.select(sa.func.max(PackEdition.id)).group_by(PackEdition.pack)
    return db.session.scalars(
        sa.select(PackEdition)
        .where(PackEdition.id.in_(newest), PackEdition.contents != "[]")
        .order_by(PackEdition.pack)
    ).all()


def editions_with(version: ScenarioVersion) -> list[PackEdition]:
    """The packs that are exported with this version; usually the one it came with."""
    return [edition for edition in latest_editions() if version.name in edition.holds]


def drafts_on(version: ScenarioVersion) -> Sequence[ScenarioDraft]:
    """The drafts based on a version that are still open or were published: they keep it."""
    return db.session.scalars(
        sa.select(ScenarioDraft)
        .options(joinedload(ScenarioDraft.author), joinedload(ScenarioDraft.published))
        .where(ScenarioDraft.origin_id == version.id, ScenarioDraft.discarded_at.is_(None))
        .order_by(ScenarioDraft.id)
    ).all()


def get_draft(actor: Actor, public_id: uuid.UUID) -> ScenarioDraft:
    """The draft of an address, for its author alone."""
    found = db.session.scalar(
        sa.select(ScenarioDraft)
        .options(joinedload(ScenarioDraft.origin), joinedload(ScenarioDraft.published))
        .where(ScenarioDraft.public_id == public_id)
    )
    if found is None or not decide(actor, Act.SEE_DRAFT, found):
        raise NotFound
    return found


def open_drafts(actor: Actor) -> Sequence[ScenarioDraft]:
    """The drafts that a person is at work on, the one changed last first."""
    return db.session.scalars(
        sa.select(ScenarioDraft)
        .options(joinedload(ScenarioDraft.origin))
        .where(
            ScenarioDraft.author_id == actor.id,
            ScenarioDraft.published_at.is_(None),
            ScenarioDraft.discarded_at.is_(None),
        )
        .order_by(ScenarioDraft.changed_at.desc())
    ).all()


def draft_behind(version: ScenarioVersion) -> ScenarioDraft | None:
    """The draft that a version was published from; None if it was imported."""
    return db.session.scalar(
        sa.select(ScenarioDraft)
        .options(joinedload(ScenarioDraft.origin), joinedload(ScenarioDraft.author))
        .where(ScenarioDraft.published_id == version.id)
    )
