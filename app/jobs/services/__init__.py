"""The verbs of jobs: what is said of a job, who is on its team, who owns what, and who agreed to it."""

from app.jobs.services.agreeing import agree, drop_approver, name_approver
from app.jobs.services.saying import Facts, RoleFacts, change_job, describe_role, fix_profile, start_job
from app.jobs.services.team import add_to_team, name_owners, remove_from_team

__all__ = [
    "Facts",
    "RoleFacts",
    "add_to_team",
    "agree",
    "change_job",
    "describe_role",
    "drop_approver",
    "fix_profile",
    "name_approver",
    "name_owners",
    "remove_from_team",
    "start_job",
]
