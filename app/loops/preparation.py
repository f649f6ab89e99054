"""Reads everything that readiness is about, with as few queries as it takes."""

import json

from app.core import clock
from app.disclosures import queries as disclosures
from app.disclosures.freshness import dated
from app.disclosures.published import published
from app.disclosures.upkeep.queries import upkeep_of
from app.jobs.brief import brief_of, matters_without_owner
from app.loops import queries, rules
from app.loops.models import Loop
from app.loops.readiness import Check, Preparation, Workload, readiness
from app.loops.workload import contradictions
from app.packs import queries as packs
from scenarios import Status


def ready(loop: Loop) -> list[Check]:
    """What is looked at before this loop opens."""
    return readiness(_preparation(loop))


def _preparation(loop: Loop) -> Preparation:
    return Preparation(
        stages=queries.planned(loop),
        scenarios=[packs.scenario_of(stage.scenario_version) for stage in loop.stages],
        profile=loop.job.profile,
        today=clock.today(loop.job.site.time_zone),
        has_pay_range=loop.job.has_pay_range,
        workload=_workload(loop),
        has_equal_weights=rules.are_equal(one.weight for stage in loop.stages for one in stage.criteria),
        weights_reason=loop.weights_reason,
        lacking=brief_of(loop.job).gaps,
        unowned=matters_without_owner(loop.job),
        is_guide_read=loop.guide_read_at is not None,
        retired=_retired(loop),
    )


def out_of_date(loop: Loop) -> dict[int, list[str]]:
    """By stage, what its scenario says that the newest published disclosure denies."""
    version = disclosures.latest(loop.job_id)
    if version is None:
        return {}
    found: dict[int, list[str]] = {}
    scenarios = [packs.scenario_of(stage.scenario_version) for stage in loop.stages]
    for one in contradictions(scenarios, published(json.loads(version.document))):
        said = f"{one.stated.words}, version {version.number} of the disclosure {one.published}"
        found.setdefault(one.stage, []).append(said)
    return found


def _workload(loop: Loop) -> Workload | None:
    version = disclosures.latest(loop.job_id)
    if version is None:
        return None
    document = json.loads(version.document)
    upkeep = upkeep_of(version, loop.job.site.time_zone)
    return Workload(version.number, tuple(dated(document, upkeep.attested_on)), published(document), upkeep)


def _retired(loop: Loop) -> dict[int, int]:
    """By stage, the later version that retired the scenario it puts."""
    versions = packs.versions_by_name([stage.scenario_version.key for stage in loop.stages]).values()
    newest = {version.key: version for version in sorted(versions, key=lambda one: one.id)}
    found = {stage.position: newest[stage.scenario_version.key] for stage in loop.stages}
    return {
        stage.position: int(found[stage.position].version)
        for stage in loop.stages
        if found[stage.position].status == Status.RETIRED.value
        and found[stage.position].id != stage.scenario_version_id
    }
