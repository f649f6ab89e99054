"""Rules about jobs: what a job is for, its pay range, and who stays on its team."""

from dataclasses import dataclass
from decimal import Decimal

from app.core.errors import Conflict, Invalid
from scenarios import Level, Role, Setting

HIGHEST_PAY = Decimal(10_000_000)

# A job is in one setting and for one role; the words that stand for several belong to scenarios.
SETTINGS = tuple(setting for setting in Setting if setting is not Setting.ANY)
ROLES = tuple(role for role in Role if role is not Role.EITHER)
LEVELS = tuple(Level)


@dataclass(frozen=True)
class Profile:
    """What a job is for; chooses the scenarios that fit and the bar they are scored against."""

    setting: Setting
    role: Role
    level: Level

    @property
    def words(self) -> str:
        """ "Outpatient · Occupational therapist · Mid level"."""
        return f"{self.setting.label} · {self.role.label} · {self.level.label} level"


def check_profile(profile: Profile) -> None:
    """A job names one setting and one role."""
    if profile.setting not in SETTINGS:
        raise Invalid(setting="Choose the one setting of this job.")
    if profile.role not in ROLES:
        raise Invalid(role="Choose the one role of this job.")


def check_profile_stays(before: Profile, after: Profile) -> None:
    """Once a loop has opened, candidates are scored against the bar of this profile."""
    changed = [name for name in ("setting", "role", "level") if getattr(before, name) != getattr(after, name)]
    if changed:
        raise Invalid(**dict.fromkeys(changed, "The job's loop has opened: this stays as it was."))


def check_pay_stays(low: Decimal | None) -> None:
    """Candidates have been told the range: it may change, but not go."""
    if low is None:
        raise Invalid(pay_low="The job's loop has opened: the range may change, but not go.")


def check_pay(low: Decimal | None, high: Decimal | None) -> None:
    """A range has two ends in their order, or there is none yet."""
    if low is None and high is not None:
        raise Invalid(pay_low="Give the lower end, too, or leave both empty.")
    if low is not None and high is None:
        raise Invalid(pay_high="Give the upper end, too, or leave both empty.")
    for name, amount in (("pay_low", low), ("pay_high", high)):
        if amount is not None and not 0 < amount < HIGHEST_PAY:
            raise Invalid(**{name: f"An amount above 0 and below {HIGHEST_PAY:,}."})
    if low is not None and high is not None and low > high:
        raise Invalid(pay_high="The upper end is below the lower one.")


def check_keeps_a_manager(*, others: int) -> None:
    """Somebody must answer for a job."""
    if others == 0:
        raise Conflict("This is the job's only hiring manager. Add another one first.")


def check_is_somebody_else(person_id: int, *, actor_id: int) -> None:
    """Managers who leave hand over, instead of locking themselves out by mistake."""
    if person_id == actor_id:
        raise Conflict(
            "You cannot take this part from yourself. Ask another hiring manager, or an administrator."
        )
