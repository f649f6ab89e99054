"""Two documents side by side: what differs between them, and what got heavier for whoever takes the job."""

from dataclasses import dataclass

from app.disclosures.catalogue import BY_KEY
from app.disclosures.document import Document
from app.disclosures.facts import FactState

WORSE_BY = 0.1  # Of the earlier value: from here on, whoever relied on it is told.
MINUTES_FROM_NOTHING = {"day": 5, "week": 25}  # Where the earlier value was none.
PAY = "pay"
NUMBERS = {"typical": "", "bad_week": "in a bad week", "low": "at least", "high": "at most"}
SAID = ("state", "typical", "low", "high", "bad_week", "text", "items", "parts", "steps", "reason")


@dataclass(frozen=True)
class Worse:
    """A value that got worse by a tenth or more; `where` says which of the field's numbers it is."""

    key: str
    label: str
    unit: str
    where: str
    before: float
    after: float


@dataclass(frozen=True)
class Difference:
    """A fact that two documents do not say alike; None where one of them has no such field."""

    key: str
    label: str
    before: Document | None
    after: Document | None


def worsened(before: Document, after: Document) -> list[Worse]:
    """Every number that is worse by a tenth or more for whoever read the earlier document."""
    found = _pay_fell(before["pay"], after["pay"])
    if before.get("period", "week") != after.get("period", "week"):
        return found  # What is counted a day cannot be held against what is counted a week.
    least = MINUTES_FROM_NOTHING[after.get("period", "week")]
    earlier = {fact["key"]: fact for fact in before["facts"] if fact["state"] == FactState.GIVEN}
    for fact in after["facts"]:
        field, was = BY_KEY.get(fact["key"]), earlier.get(fact["key"])
        if field is None or was is None or fact["state"] != FactState.GIVEN or not field.worse:
            continue
        for name in _compared(was, fact, field.worse):
            if _is_worse(was[name], fact[name], field.worse, least if fact.get("unit") == "min" else 0):
                found.append(
                    Worse(
                        fact["key"],
                        fact["label"],
                        fact.get("unit", ""),
                        NUMBERS[name],
                        was[name],
                        fact[name],
                    )
                )
    return found


def differences(before: Document, after: Document) -> list[Difference]:
    """Every fact whose value is said differently, in the order of the later document."""
    earlier = {fact["key"]: fact for fact in before["facts"]}
    later = {fact["key"]: fact for fact in after["facts"]}
    return [
        Difference(key, (later.get(key) or earlier[key])["label"], earlier.get(key), later.get(key))
        for key in dict.fromkeys([*later, *earlier])
        if _said(earlier.get(key)) != _said(later.get(key))
    ]


def _said(fact: Document | None) -> Document | None:
    """What a fact says, without how it is known: a new date alone changes no value."""
    return None if fact is None else {name: fact[name] for name in SAID if name in fact}


def _compared(was: Document, fact: Document, worse: str) -> list[str]:
    """What both give: the typical and the bad week, or the heavy end where there is only a range."""
    ends = ["high" if worse == "higher" else "low"]
    for names in (["typical", "bad_week"], ends):
        if found := [name for name in names if name in was and name in fact]:
            return found
    return []


def _is_worse(was: float, now: float, worse: str, least: float) -> bool:
    more = now - was if worse == "higher" else was - now
    return more > least if was == 0 else more >= WORSE_BY * abs(was)


def _pay_fell(was: Document, now: Document) -> list[Worse]:
    """The ends of the pay range that fell by a tenth or more."""
    if was["per"] != now["per"]:
        return []
    return [
        Worse(PAY, "Pay range", now["per"], NUMBERS[end], was[end], now[end])
        for end in ("low", "high")
        if was[end] is not None and now[end] is not None and _is_worse(was[end], now[end], "lower", 0)
    ]
