"""The brief of a job: what the role is, as its hiring team, its approvers and its candidates read it."""

from dataclasses import dataclass

from app.jobs.models import Job, Matter
from app.jobs.words import AUTHORITIES, MATTERS, REASONS


@dataclass(frozen=True)
class Right:
    """A decision of the job, and how its person takes it."""

    decision: str
    how: str


@dataclass(frozen=True)
class Brief:
    """What is said of a role beyond its title; empty where nothing is said yet."""

    service_line: str
    reason: str
    reason_note: str
    rights: tuple[Right, ...]
    risks: tuple[str, ...]
    good_at: tuple[tuple[int, str], ...]  # Days after the start, and what is good then.

    @property
    def gaps(self) -> list[str]:
        """What a candidate would ask and nobody has written down, as the middle of a sentence."""
        said = {
            "what the job owns": self.service_line,
            "why the role exists": self.reason,
            "what it decides": self.rights,
            "which risks it makes smaller": self.risks,
            "what good is at 30, 60 and 90 days": len(self.good_at) == len(GOOD_AT),
        }
        return [gap for gap, there in said.items() if not there]


GOOD_AT = (30, 60, 90)


def brief_of(job: Job) -> Brief:
    """The brief of a job; takes one query unless the job came with its decision rights."""
    return Brief(
        service_line=job.service_line,
        reason=REASONS[job.reason] if job.reason else "",
        reason_note=job.reason_note,
        rights=tuple(Right(one.decision, AUTHORITIES[one.authority]) for one in job.decision_rights),
        risks=tuple(risk for risk in (job.first_risk, job.second_risk) if risk),
        good_at=tuple(
            (days, text)
            for days, text in zip(GOOD_AT, (job.good_at_30, job.good_at_60, job.good_at_90), strict=True)
            if text
        ),
    )


def matters_without_owner(job: Job) -> list[str]:
    """The matters of a job that nobody answers for; takes one query unless the job came with its owners."""
    owned = {owner.matter for owner in job.owners}
    return [MATTERS[matter] for matter in Matter if matter not in owned]
