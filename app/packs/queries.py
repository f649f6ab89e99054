"""Reads about scenario versions."""

import uuid
from collections.abc import Sequence

import sqlalchemy as sa

from app.core.db import db
from app.core.errors import NotFound
from app.packs.models import PackEdition, ScenarioVersion
from scenarios import Kind, Scenario, Setting, Status

_read: dict[str, Scenario] = {}  # By digest: what was read once reads the same for ever.


def scenario_of(version: ScenarioVersion) -> Scenario:
    """The scenario that a version holds."""
    if version.digest not in _read:
        _read[version.digest] = Scenario.model_validate_json(version.document)
    return _read[version.digest]


def latest_versions() -> Sequence[ScenarioVersion]:
    """The newest version of every scenario that is not retired, pack by pack."""
    newest = sa.select(sa.func.max(ScenarioVersion.id)).group_by(ScenarioVersion.key)
    return db.session.scalars(
        sa.select(ScenarioVersion)
        .where(ScenarioVersion.id.in_(newest), ScenarioVersion.status != Status.RETIRED.value)
        .order_by(ScenarioVersion.pack_title, ScenarioVersion.key)
    ).all()


def latest_by_setting() -> list[tuple[Setting, list[ScenarioVersion]]]:
    """The newest versions under the settings they play in, in the order of the vocabulary."""
    kinds = list(Kind)
    versions = sorted(latest_versions(), key=lambda version: kinds.index(Kind(version.kind)))
    found = [(setting, [one for one in versions if one.setting == setting.value]) for setting in Setting]
    return [(setting, of_setting) for setting, of_setting in found if of_setting]


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


def pack_names() -> Sequence[str]:
    """The packs that were ever imported."""
    return db.session.scalars(sa.select(PackEdition.pack).distinct().order_by(PackEdition.pack)).all()
