"""A version as it may be read today: what is aging is marked, and what is stale is not shown."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

from flask import url_for

from app.core import clock
from app.disclosures import linked_data
from app.disclosures.document import Document
from app.disclosures.freshness import Freshness, ages
from app.disclosures.models import DisclosureVersion
from app.disclosures.reading import Reading
from app.disclosures.upkeep.queries import upkeep_of


@dataclass(frozen=True)
class Shown:
    """A version with what its age means today."""

    version: DisclosureVersion
    document: Document
    ages: Mapping[str, Freshness]

    @cached_property
    def reading(self) -> Reading:
        return Reading(self.document, self.ages)


def shown(version: DisclosureVersion, zone: str) -> Shown:
    """The version as it may be read today; whether it still holds is asked anew each time."""
    document = document_of(version)
    return Shown(version, document, ages(document, clock.today(zone), upkeep_of(version, zone)))


def document_of(version: DisclosureVersion) -> Document:
    """What a version says, whatever its age."""
    found: Document = json.loads(version.document)
    return found


def zone_of(version: DisclosureVersion) -> str:
    """The time zone of the place that a version is about."""
    return version.disclosure.job.site.time_zone


def linked(found: Shown) -> dict[str, object]:
    """The version as linked data, with whole addresses."""
    version = found.version
    zone, site = zone_of(version), version.disclosure.job.site
    return linked_data.compose(
        found.document,
        found.ages,
        lead="" if found.reading.sum_is_stale else found.reading.lead,
        digest=version.digest,
        published_on=version.published_at.astimezone(ZoneInfo(zone)).date(),
        place={"name": site.name, **({"address": site.address} if site.address else {})},
        address=url_for("disclosures.document", version_id=version.public_id, _external=True),
        download=url_for("disclosures.document_json", version_id=version.public_id, _external=True),
    )
