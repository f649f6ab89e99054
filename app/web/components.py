"""What every template may call: who looks, where they may go, what they may do."""

from dataclasses import dataclass
from functools import cache

from flask import Flask, request

from app.core.config import Settings
from app.policy import Role
from app.web.viewer import viewer


@dataclass(frozen=True)
class Place:
    """An entry of the top bar."""

    label: str
    endpoint: str
    section: str


# Pages of a place that are not in the blueprint it is named after: whole blueprints, and single endpoints.
BELONGS_TO = {
    "candidates": "jobs",
    "debrief": "jobs",
    "deletion": "packs",
    "disclosures": "jobs",
    "finding": "jobs",
    "insights": "jobs",
    "lineage": "jobs",
    "loops": "jobs",
    "questions": "jobs",
    "accuracy": "jobs",
    "overview.job": "jobs",
    "overview.withdrawal": "jobs",
    "scoring.application": "jobs",
    "scoring.preview": "jobs",
    "outbox": "identity",
    "overview.person": "identity",
}


def section(endpoint: str) -> str:
    """The place of the top bar that an endpoint's page belongs to."""
    blueprint = endpoint.partition(".")[0]
    return BELONGS_TO.get(endpoint) or BELONGS_TO.get(blueprint, blueprint)


@cache
def places(roles: frozenset[Role]) -> list[Place]:
    """At most four places, only those that people with these roles may enter, the most used first."""
    hires = bool(roles & {Role.HIRING_MANAGER, Role.RECRUITER})
    found = [Place("Today", "overview.today", "overview")]
    if hires or Role.ADMINISTRATOR in roles:
        found.append(Place("Jobs", "finding.jobs", "jobs"))
    if Role.ADMINISTRATOR in roles:
        found.append(Place("People", "identity.people", "identity"))
    if roles & {Role.ADMINISTRATOR, Role.RECORDS_LEAD}:
        found.append(Place("Audit", "audit.index", "audit"))
    if hires:
        found.append(Place("Packs", "packs.index", "packs"))
    if not hires and Role.INTERVIEWER in roles:
        found.append(Place("My scorecards", "scoring.mine", "scoring"))
    return found[:4]


def init(app: Flask) -> None:
    """Offer them to templates."""

    @app.context_processor
    def common() -> dict[str, object]:
        person = viewer()
        settings: Settings = app.extensions["settings"]
        return {
            "viewer": person,
            "places": places(person.actor.roles) if person else [],
            "section": section(request.endpoint or ""),
            "mail_is_set_up": settings.mail is not None,
        }
