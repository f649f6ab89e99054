"""What keeps a candidate's link from being sent; the features whose pages it shows say it."""

from collections.abc import Callable

from app.jobs.models import Job

Reason = Callable[[Job], str]

_reasons: list[Reason] = []


def keeps_back(find: Reason) -> Reason:
    """Register why links of a job are not sent, as sentences; empty while they are."""
    _reasons.append(find)
    return find


def why_kept_back(job: Job) -> str:
    """Why a link of this job is not sent now; empty when it is."""
    return next((why for find in _reasons if (why := find(job))), "")
