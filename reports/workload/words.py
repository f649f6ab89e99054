"""The sentences of a workload disclosure, computed from its minutes so that they cannot flatter."""

from collections.abc import Sequence

from reports.workload.budget import Budget, Period

JUST_FITS = 0.02
ONE_IN_TWO_AT_MOST = 0.5
TOLD_IN_HOURS = 105  # minutes, from which `_about` speaks of hours and a second amount need not
NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip


def lead(
    typical: Budget, everyone: Budget | None, bad: Budget | None, *, away: float | None, period: Period
) -> str:
    """Say in one breath whether the work fits in an ordinary, a full and the worst period."""
    at, ordinary = ("In", "an ordinary week") if period == "week" else ("On", "an ordinary day")
    if typical.balance < 0:
        first = f"{at} {ordinary} {_about(-typical.balance)}."
    else:
        fits = "just fits" if typical.balance <= JUST_FITS * typical.paid else "fits"
        first = f"{at} {ordinary} the work {fits}{_because(everyone, away)}."
    rest = _sentence(_full(everyone, at, period) + _worst(everyone, bad, at, period))
    return f"{first} {rest}".rstrip()


def minutes(number: float) -> str:
    """Write minutes as people do: 1 minute, 2,400 minutes."""
    whole = round(number)
    return f"{whole:,} minute{'' if whole == 1 else 's'}".replace("-", "−")


def percent(share: float) -> str:
    """Write a share in percent, without decimals it does not have."""
    return f"{round(100 * share, 1):g}%"


def _because(everyone: Budget | None, away: float | None) -> str:
    """Name the reason the work fits, when it is that people do not come."""
    if everyone is None or everyone.balance >= 0 or not away:
        return ""
    if away > ONE_IN_TWO_AT_MOST:
        return f" because about {round(100 * away)}% of the people booked do not come"
    return f" because about one person in {_word(round(1 / away))} does not come"


def _full(everyone: Budget | None, at: str, period: Period) -> list[str]:
    if everyone is None:
        return []
    when = f"{at.lower()} a full {period}"
    return [f"{when} it still fits" if everyone.balance >= 0 else f"{when} {_about(-everyone.balance)}"]


def _worst(everyone: Budget | None, bad: Budget | None, at: str, period: Period) -> list[str]:
    if bad is None:
        return []
    if bad.balance >= 0:
        return [f"{at.lower()} our worst {period} it fits"]
    hours, over = divmod(round(-bad.balance), 60)
    if hours < 2:
        return [f"{at.lower()} our worst {period} {_about(-bad.balance)}"]
    amount = f"over {_word(hours)}" if over else _word(hours)
    if everyone is not None and -everyone.balance >= TOLD_IN_HOURS:
        return [f"{at.lower()} our worst, {amount}"]
    return [f"{at.lower()} our worst {period} {amount} hours do not fit"]


def _about(missing: float) -> str:
    """Say what does not fit: in minutes below an hour, in half hours above."""
    halves = round(missing / 30)
    if missing < 60:
        return f"about {max(5, 5 * round(missing / 5))} minutes do not fit"
    if halves <= 3:
        return f"about an hour{' and a half' if halves == 3 else ''} does not fit"
    return f"about {_word(halves // 2)}{' and a half' if halves % 2 else ''} hours do not fit"


def _word(number: int) -> str:
    return NUMBERS[number] if number < len(NUMBERS) else f"{number:,}"


def _sentence(clauses: Sequence[str]) -> str:
    text = "; ".join(clauses)
    return f"{text[0].upper()}{text[1:]}." if text else ""
