"""A version as it may be read today: what is aging is marked, and what is stale is not shown."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from app.core import clock
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
