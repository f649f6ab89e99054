"""The minute budget as bars on one scale: where each part begins and how wide it is, in percent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.web.words import number

PARTS = (
    ("treatment", "Treatment", "m1"),
    ("writing", "Writing", "m2"),
    ("between_patients", "Between patients", "m3"),
    ("other", "Supervision, meetings, travel", "m4"),
)
WEEKS = (("yours", "Your {}"), ("typical", "Typical {}"), ("everyone", "If everyone came"), ("bad", "Bad {}"))
FITS_A_NUMBER, FITS_ON_A_PHONE = 6.0, 20.0  # Percent of the bar.


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a bar; `label` is its number where there is room, `desk_only` where a phone has none."""

    tone: str
    x: float
    width: float
    label: str = ""
    desk_only: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """One week: its parts, the end of paid time, and what runs past it."""

    name: str
    words: str
    fits: bool
    description: str
    segments: tuple[Segment, ...]
    paid_at: float
    over: float


@dataclass(frozen=True, slots=True)
class Chart:
    """The bars, and the same minutes as rows of a table."""

    paid: float
    period: str
    paid_at: float
    bars: tuple[Bar, ...]
    key: tuple[tuple[str, str], ...]
    names: tuple[str, ...]
    rows: tuple[tuple[str, tuple[float, ...]], ...]


def draw(budget: Mapping[str, Any], *, bad_because: str = "", period: str = "week") -> Chart:
    """Lay the weeks, or days, that are known on one scale; `yours` is the one of whoever reads."""
    weeks = [(key, name.format(period), budget[key]) for key, name in WEEKS if budget.get(key)]
    scale = max(max(week["demand"], week["paid"]) for _, _, week in weeks) / 100
    named = [
        (f"{name}, {bad_because}" if key == "bad" and bad_because else name, week)
        for key, name, week in weeks
    ]
    rows = [(label, tuple(week[part] for _, _, week in weeks)) for part, label, _ in PARTS]
    rows.append(("Together", tuple(week["demand"] for _, _, week in weeks)))
    rows.append(("Left of what is paid", tuple(week["balance"] for _, _, week in weeks)))
    paid = budget["typical"]["paid"]
    return Chart(
        paid=paid,
        period=period,
        paid_at=round(paid / scale, 2),
        bars=tuple(_bar(name, week, scale) for name, week in named),
        key=(*((tone, label.lower()) for _, label, tone in PARTS), ("over", "past paid time")),
        names=tuple(name for _, name, _ in weeks),
        rows=tuple(rows),
    )


def balance_in_words(balance: float) -> str:
    """ "13 minutes left" or "263 minutes do not fit"."""
    minutes = f"{number(abs(round(balance)))} minute{'' if abs(round(balance)) == 1 else 's'}"
    return f"{minutes} left" if balance >= 0 else f"{minutes} do not fit"


def _bar(name: str, week: Mapping[str, float], scale: float) -> Bar:
    segments, x = [], 0.0
    for part, _, tone in PARTS:
        width = week[part] / scale
        roomy = width >= FITS_A_NUMBER and tone in ("m1", "m2")
        if width:
            label = number(round(week[part])) if roomy else ""
            small = width < FITS_ON_A_PHONE
            segments.append(Segment(tone, round(x, 2), round(width, 2), label, desk_only=small))
        x += width
    parts = ", ".join(f"{label.lower()} {number(round(week[part]))}" for part, label, _ in PARTS)
    return Bar(
        name=name,
        words=balance_in_words(week["balance"]),
        fits=week["balance"] >= 0,
        description=f"{name}: {parts}; {number(round(week['demand']))} of {number(round(week['paid']))} paid",
        segments=tuple(segments),
        paid_at=round(week["paid"] / scale, 2),
        over=round(max(0.0, -week["balance"]) / scale, 2),
    )
