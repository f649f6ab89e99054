"""Rules about jobs: what a job is for, what is said of it, who agreed to it, and who stays on its team."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from app.core.errors import Conflict, Invalid
from scenarios import Level, Role, Setting

HIGHEST_PAY = Decimal(10_000_000)
SATURDAY = 5

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


def check_profile_stays(before: Profile, after: Profile, *, level_is_open: bool = False) -> None:
    """Once a loop has opened, candidates are scored against the bar of this profile.

    A level that is locked at the offer may still change: what the loop asks and its bars do not.
    """
    fixed = ("setting", "role") if level_is_open else ("setting", "role", "level")
    changed = [name for name in fixed if getattr(before, name) != getattr(after, name)]
    if changed:
        raise Invalid(**dict.fromkeys(changed, "The job's loop has opened: this stays as it was."))


def working_days_after(day: date, days: int) -> date:
    """The day that comes so many working days later: Mondays to Fridays, whatever is a holiday."""
    while days > 0:
        day += timedelta(days=1)
        days -= day.weekday() < SATURDAY
    return day


def check_lock_stays(*, changed: bool) -> None:
    """Candidates have been told when the level is locked."""
    if changed:
        raise Invalid(level_lock="The job's loop has opened: this stays as it was.")


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


# What is said of a job --------------------------------------------------------------------------------------

LONGEST_LINE = 240
WORDS_OF_A_LINE = 6
# A full stop and what begins after it; not after "Dr." or "e.g.".
SECOND_SENTENCE = re.compile(
    r"(?<!\b[A-Z])(?<!\b(?:Dr|Mr|Ms|St|vs))(?<!\bMrs)(?<!e\.g)(?<!i\.e)[.!?]\s+\S|\n"
)
CONSTRAINTS = re.compile(
    r"\d|\b(after|although|at (least|most)|before|between|by|despite|if|less|more|never|no|not|only|once"
    r"|under|unless|until|when|where|while|with|within|without)\b",
    re.IGNORECASE,
)


def check_service_line(line: str) -> None:
    """One sentence that says what the job owns and under which constraint; or nothing yet."""
    if not line:
        return
    if SECOND_SENTENCE.search(line):
        raise Invalid(
            service_line="This is more than one sentence. Keep what the job owns and its constraint."
        )
    if len(line) > LONGEST_LINE:
        raise Invalid(service_line=f"{len(line)} characters. One sentence of at most {LONGEST_LINE}.")
    if len(line.split()) < WORDS_OF_A_LINE:
        raise Invalid(service_line="Say what the job owns in a whole sentence.")
    if not CONSTRAINTS.search(line):
        raise Invalid(
            service_line="Say the constraint, too: within which time, under whose supervision, without what."
        )


def check_rights(decisions: Sequence[str]) -> None:
    """A decision stands in the table once, because it is taken in one way."""
    seen: set[str] = set()
    for number, decision in enumerate(decisions):
        if decision.casefold() in seen:
            raise Invalid(
                **{f"rights-{number}": "This decision is in the table already. Change one of them."}
            )
        seen.add(decision.casefold())


def check_reason(*, is_other: bool, note: str) -> None:
    """Another reason than those offered is said in words."""
    if is_other and not note:
        raise Invalid(reason_note="Say the reason in a few words.")


# Who answers for a job, and who agreed to it ----------------------------------------------------------------

# What an approver agreed to: when one of these changes, everybody is asked again.
AGREED_ON = frozenset({"setting", "role", "level", "pay_low", "pay_high", "pay_period", "decision_rights"})


def asks_again(changed: Sequence[str]) -> bool:
    """Whether what changed is something that approvers agreed to."""
    return not AGREED_ON.isdisjoint(changed)


def check_due_on(due_on: date, *, today: date) -> None:
    """Nobody can agree by a day that is past."""
    if due_on < today:
        raise Invalid(due_on="This day is past. Today is the earliest.")


def check_is_active(name: str, *, is_disabled: bool, field: str = "person") -> None:
    """Somebody who cannot sign in can do nothing here."""
    if is_disabled:
        raise Invalid(**{field: f"{name} is disabled. Choose somebody else."})


def check_is_current(seen: int, now: int) -> None:
    """Nobody changes, or agrees to, a job that they have not seen as it is."""
    if seen != now:
        raise Conflict("Somebody else changed this job meanwhile.")


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
