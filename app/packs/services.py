"""Importing packs: their scenarios become versions that never change again."""

import json

from app.audit import services as audit
from app.audit.events import Event
from app.core.db import db
from app.core.errors import Conflict
from app.packs import queries
from app.packs.models import ScenarioVersion
from app.policy import NOBODY, Actor
from scenarios import Pack, Scenario, canonical, digest, load_pack, shipped_packs


def import_shipped() -> list[ScenarioVersion]:
    """Import the packs that come with the product, on the word of whoever runs it."""
    return [version for path in shipped_packs() for version in import_pack(NOBODY, load_pack(path))]


def import_pack(actor: Actor, pack: Pack) -> list[ScenarioVersion]:
    """Add the scenario versions of a pack that are not there yet, and return them."""
    known = queries.versions_by_name([scenario.id for scenario in pack.scenarios])
    added = []
    for scenario in pack.scenarios:
        there = known.get((scenario.id, str(scenario.version)))
        if there is None:
            added.append(_version(pack, scenario))
        elif there.digest != digest(scenario):
            raise Conflict(
                f"{scenario.id} version {scenario.version} is imported already, with other content. "
                "Imported versions never change: give the changed scenario a new version."
            )
    db.session.add_all(added)
    db.session.flush()
    if added:
        audit.record(actor, Event.PACK_IMPORTED, pack=pack.id, scenarios=[one.key for one in added])
    return added


def _version(pack: Pack, scenario: Scenario) -> ScenarioVersion:
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
        digest=digest(scenario),
    )
