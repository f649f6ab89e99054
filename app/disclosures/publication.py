"""What publishing a job's draft now would freeze, and what stands in its way."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.disclosures import document, queries, rules
from app.disclosures.document import Document
from app.disclosures.facts import Fact
from app.disclosures.lint import Finding, findings
from app.disclosures.models import DisclosureReview, DisclosureVersion
from app.disclosures.reporting import Sums, sums
from app.disclosures.reviewing import queries as reviewing
from app.disclosures.reviewing.queries import Draft
from app.disclosures.reviewing.rules import Review, counting, lacking
from app.disclosures.rules import Gap
from app.identity.queries import get_employer
from app.jobs.models import Job


@dataclass(frozen=True, slots=True)
class Publication:
    """The version that would be made; no content while the sum waits for something.

    `standing` is the newest that candidates read now, and `reviews` are those of exactly this content.
    """

    number: int
    sums: Sums
    gaps: list[Gap]
    findings: list[Finding]
    content: Document | None
    standing: DisclosureVersion | None
    versions: Sequence[DisclosureVersion]
    draft: Draft
    rows: Sequence[DisclosureReview]
    reviews: list[Review]

    @property
    def document(self) -> Document | None:
        """The content with its reviews as the version it would be."""
        return self.as_version("") if self.content else None

    def as_version(self, new_post: str) -> Document:
        """The same, with the reason where nobody holds the role yet."""
        said = [
            {"in_role": one.is_in_role, "on": one.on.isoformat()}
            | ({"dissent": one.dissent} if one.dissent else {})
            for one in self.reviews
        ]
        return document.reviewed(document.numbered(self.content or {}, self.number), said, new_post)

    @property
    def digest(self) -> str:
        """The digest of that document; a form carries it, so that what is published is what was seen."""
        return document.digest(document.canonical(self.document)) if self.document else ""

    @property
    def content_digest(self) -> str:
        """The digest of what is reviewed: the content without its number and its reviews."""
        return document.digest(document.canonical(self.content)) if self.content else ""

    @property
    def same_as(self) -> DisclosureVersion | None:
        """The standing version, where it says exactly this already."""
        same = self.standing and document.content_of(self.standing.document) == self.content
        return self.standing if same else None

    @property
    def outdated(self) -> list[DisclosureReview]:
        """Reviews of an earlier draft, since the last version, by people who have not read this one."""
        since = self.versions[0].published_at if self.versions else None
        done = {row.person_id for row in self.rows if row.digest == self.content_digest}
        return [
            row
            for row in self.rows
            if row.person_id not in done and (since is None or row.created_at > since)
        ]

    @property
    def replaced(self) -> Document | None:
        """The standing version's document, where publishing now would put another in its place."""
        if self.standing is None or self.content is None or self.same_as:
            return None
        found: Document = json.loads(self.standing.document)
        return found

    @property
    def gaps_by_group(self) -> dict[str, list[Gap]]:
        """The gaps in the order of the editor."""
        found: dict[str, list[Gap]] = {}
        for gap in self.gaps:
            found.setdefault(gap.group, []).append(gap)
        return found

    @property
    def is_read_in_role(self) -> bool:
        """Whether somebody who does the job now is among those who reviewed it."""
        return any(one.is_in_role for one in self.reviews)

    @property
    def refusal(self) -> str:
        """Why it cannot be published as it stands, even with a reason; empty when it can."""
        return self.not_ready or ("" if self.reviews else lacking(self.reviews))

    @property
    def not_ready(self) -> str:
        """Why there is nothing to review or to publish yet; empty when there is."""
        if self.gaps:
            return f"{len(self.gaps)} of the fields are not whole yet."
        if self.sums.blocking:
            return " ".join(check.sentence for check in self.sums.blocking)
        if self.same_as:
            return f"Version {self.same_as.number} says exactly this already."
        return ""


def prepare(job: Job) -> Publication:
    """Work out what publishing the draft now would freeze."""
    draft = queries.draft_of(job)
    facts = rules.effective(queries.facts_of(draft), job.profile)
    found = sums(facts)
    content = content_of(job, facts, found)
    versions = queries.versions_of(job)
    written, rows = reviewing.reviewable(job, draft), reviewing.reviews_of(draft)
    return Publication(
        number=versions[0].number + 1 if versions else 1,
        sums=found,
        gaps=rules.gaps(facts, job.profile, has_pay_range=job.has_pay_range),
        findings=findings(facts),
        content=content,
        standing=next((version for version in versions if version.stands), None),
        versions=versions,
        draft=written,
        rows=rows,
        reviews=_counting(job, written, rows, content),
    )


def _counting(
    job: Job, draft: Draft, rows: Sequence[DisclosureReview], content: Document | None
) -> list[Review]:
    """The reviews that count, those in the role first, each kind in the order of its days."""
    if content is None:
        return []
    found = [reviewing.as_review(row, job.site.time_zone) for row in rows]
    counted = counting(found, document.digest(document.canonical(content)), draft.author_ids)
    return sorted(counted, key=lambda one: (not one.is_in_role, one.on))


def content_of(job: Job, facts: Mapping[str, Fact], found: Sums) -> Document | None:
    """The document these effective facts would make, without its number; None while the sum waits."""
    if found.assessment is None:
        return None
    return document.compose(job, get_employer().name, facts, found.assessment, found.left_out)
