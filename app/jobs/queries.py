"""Reads about jobs and their teams."""

import sqlalchemy as sa

from app.core.db import db
from app.jobs.models import TeamMember
from app.policy import Part


def teams_of(person_id: int) -> dict[int, frozenset[Part]]:
    """A person's parts on hiring teams, by job id."""
    rows = db.session.execute(
        sa.select(TeamMember.job_id, TeamMember.part).where(TeamMember.person_id == person_id)
    )
    found: dict[int, set[Part]] = {}
    for job_id, part in rows:
        found.setdefault(job_id, set()).add(part)
    return {job_id: frozenset(parts) for job_id, parts in found.items()}
