"""What publishing a job's draft now would freeze, and what stands in its way."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.disclosures import document, queries, rules
from app.disclosures.document import Document
from app.disclosures.facts import Fact
from app.disclosures.models import DisclosureVersion
from app.disclosures.reporting import Sums, sums
from app.disclosures.rules import Gap
from app.identity.queries import get_employer
from app.jobs.models import Job


@dataclass(frozen=True, slots=True)
class Publication:
    """The version that would be made; no content while the sum waits for something."""

    number: int
    sums: Sums
    gaps: list[Gap]
    content: Document | None
    same_as: DisclosureVersion | None

    @property
    def document(self) -> Document | None:
        """The content as the version it would be."""
        return document.numbered(self.content, self.number) if self.content else None

    @property
    def digest(self) -> str:
        """The digest of that document; a form carries it, so that what is published is what was seen."""
        return document.digest(document.canonical(self.document)) if self.document else ""

    @property
    def gaps_by_group(self) -> dict[str, list[Gap]]:
        """The gaps in the order of the editor."""
        found: dict[str, list[Gap]] = {}
        for gap in self.gaps:
            found.setdefault(gap.group, []).append(gap)
        return found

    @property
    def refusal(self) -> str:
        """Why it cannot be published as it stands; empty when it can."""
        if self.gaps:
            return f"{len(self.gaps)} of the fields are not whole yet."
        if self.sums.blocking:
            return " ".join(check.sentence for check in self.sums.blocking)
        if self.same_as:
            return f"Version {self.same_as.number} says exactly this already."
        return ""


def prepare(job: Job) -> Publication:
    """Work out what publishing the draft now would freeze."""
    facts = rules.effective(queries.facts_of(queries.draft_of(job)))
    found = sums(facts)
    content = content_of(job, facts, found)
    versions = queries.versions_of(job)
    standing = next((version for version in versions if version.stands), None)
    return Publication(
        number=versions[0].number + 1 if versions else 1,
        sums=found,
        gaps=rules.gaps(facts, has_pay_range=job.has_pay_range),
        content=content,
        same_as=standing if standing and document.content_of(standing.document) == content else None,
    )


def content_of(job: Job, facts: Mapping[str, Fact], found: Sums) -> Document | None:
    """The document these effective facts would make, without its number; None while the sum waits."""
    if found.assessment is None:
        return None
    return document.compose(job, get_employer().name, facts, found.assessment, found.left_out)
