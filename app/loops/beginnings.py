"""What a job's loop can begin with: the template of its setting and role, a pack, or an earlier loop."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from app.core.db import db
from app.jobs import queries as jobs
from app.jobs.models import Job
from app.jobs.rules import Profile
from app.loops import rules
from app.loops.models import Loop, Stage
from app.packs import queries as packs
from app.packs.models import ScenarioVersion
from app.policy import Actor
from scenarios import Scenario
from scenarios.templates import Place, Template, find_template

MOST_EARLIER = 12


@dataclass(frozen=True)
class Placed:
    """A stage of a template, with the scenario version that this database has for it."""

    place: Place
    version: ScenarioVersion
    scenario: Scenario
    differences: tuple[str, ...]


@dataclass(frozen=True)
class Suggestion:
    """The template of a job's setting and role, as far as its scenarios are here; `missing` are not."""

    template: Template
    stages: tuple[Placed, ...]
    missing: tuple[str, ...]

    @property
    def minutes(self) -> int:
        return sum(stage.scenario.time_box.total for stage in self.stages)


@dataclass(frozen=True)
class Offer:
    """A pack to begin a loop with: the stages it gives, and whether they were written for such a job."""

    pack: str
    title: str
    versions: tuple[ScenarioVersion, ...]
    fits: bool


@dataclass(frozen=True)
class Earlier:
    """A loop that was opened before, and what of it is not as it was: by the titles of its scenarios."""

    loop: Loop
    newer: tuple[str, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True)
class Beginnings:
    """Everything that a loop can begin with."""

    suggestion: Suggestion | None
    offers: tuple[Offer, ...]
    earlier: tuple[Earlier, ...]


def beginnings(actor: Actor, job: Job) -> Beginnings:
    """What this actor can begin the job's loop with."""
    latest = packs.latest_versions()
    return Beginnings(
        suggestion=_suggestion(latest, job.profile),
        offers=tuple(_offers(latest, job.profile)),
        earlier=tuple(_earlier(loop, latest) for loop in _opened_loops(actor, job)),
    )


def suggestion(job: Job) -> Suggestion | None:
    """The template of the job's setting and role; None where nobody wrote one."""
    return _suggestion(packs.latest_versions(), job.profile)


def offers(job: Job) -> list[Offer]:
    """The packs; those of the job's setting and role first."""
    return _offers(packs.latest_versions(), job.profile)


def _suggestion(latest: Sequence[ScenarioVersion], profile: Profile) -> Suggestion | None:
    template = find_template(profile.setting, profile.role)
    if template is None:
        return None
    by_key = {version.key: version for version in latest}
    stages = []
    for place in template.stages:
        if version := by_key.get(place.scenario):
            scenario = packs.scenario_of(version)
            stages.append(Placed(place, version, scenario, tuple(rules.differences(scenario, profile))))
    missing = tuple(place.scenario for place in template.stages if place.scenario not in by_key)
    return Suggestion(template, tuple(stages), missing)


def _offers(latest: Sequence[ScenarioVersion], profile: Profile) -> list[Offer]:
    by_pack: dict[str, list[ScenarioVersion]] = {}
    for version in latest:
        by_pack.setdefault(version.pack, []).append(version)
    found = [_offer(versions, profile) for versions in by_pack.values()]
    return sorted((offer for offer in found if offer.versions), key=lambda offer: not offer.fits)


def _offer(versions: list[ScenarioVersion], profile: Profile) -> Offer:
    by_key = {version.key: version for version in versions}
    first = rules.first_stages(map(packs.scenario_of, versions), profile)
    return Offer(
        pack=versions[0].pack,
        title=versions[0].pack_title,
        versions=tuple(by_key[scenario.id] for scenario in first),
        fits=all(rules.plays_here(scenario, profile) for scenario in first),
    )


def _opened_loops(actor: Actor, job: Job) -> Sequence[Loop]:
    """Loops that were opened, of jobs whose loop the actor may see; of the same profile first."""
    alike = [getattr(Job, name) == getattr(job, name) for name in ("setting", "role", "level")]
    return db.session.scalars(
        sa.select(Loop)
        .join(Loop.job)
        .options(
            joinedload(Loop.job).joinedload(Job.site),
            selectinload(Loop.stages).joinedload(Stage.scenario_version),
        )
        .where(jobs.visible_to(actor), Loop.opened_at.is_not(None))
        .order_by(*(sa.case((same, 0), else_=1) for same in alike), Loop.opened_at.desc(), Loop.id.desc())
        .limit(MOST_EARLIER)
    ).all()


def _earlier(loop: Loop, latest: Sequence[ScenarioVersion]) -> Earlier:
    by_key = {version.key: version for version in latest}
    held = [stage.scenario_version for stage in loop.stages]
    return Earlier(
        loop,
        newer=tuple(one.title for one in held if one.key in by_key and by_key[one.key].id != one.id),
        gone=tuple(one.title for one in held if one.key not in by_key),
    )
