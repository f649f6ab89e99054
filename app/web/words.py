"""How numbers, dates and times are said, in the person's zone; templates use these as filters."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from flask import Flask, g

from app.core import clock
from app.web.viewer import viewer

MINUS = "\N{MINUS SIGN}"
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def zone() -> str:
    """The time zone pages are shown in: that of whoever looks, else the employer's, else UTC."""
    person = viewer()
    found: str = getattr(g, "time_zone", "") or (person.time_zone if person else "") or "UTC"
    return found


def day(value: date | datetime, *, year: bool | None = None) -> str:
    """Say "3 March", with the year when it is not this one."""
    here = zone()
    local = value.astimezone(ZoneInfo(here)).date() if isinstance(value, datetime) else value
    with_year = local.year != clock.today(here).year if year is None else year
    return f"{local.day} {MONTHS[local.month - 1]}{f' {local.year}' if with_year else ''}"


def weekday(value: datetime) -> str:
    """Say "Tuesday"."""
    return f"{value.astimezone(ZoneInfo(zone())):%A}"


def time_of_day(value: datetime, *, in_zone: str = "") -> str:
    """Say "2:40 pm"."""
    local = value.astimezone(ZoneInfo(in_zone or zone()))
    return f"{local.hour % 12 or 12}:{local.minute:02} {'am' if local.hour < 12 else 'pm'}"


def moment(value: datetime) -> str:
    """Say "Today 2:40 pm", "yesterday 2:40 pm", "3 March, 2:40 pm"."""
    local = value.astimezone(ZoneInfo(zone())).date()
    away = (local - clock.today(zone())).days
    near = {0: "today ", 1: "tomorrow ", -1: "yesterday "}.get(away, f"{day(value)}, ")
    return near + time_of_day(value)


def number(value: float | Decimal | None, digits: int = 0) -> str:
    """Say a number as "2,400", with a true minus sign, and without zeros that no digits ask for."""
    if value is None:
        return ""
    text = f"{abs(value):,.{digits}f}" if digits else f"{abs(value):,.3f}".rstrip("0").rstrip(".")
    return f"{MINUS}{text}" if value < 0 and text.strip("0.,") else text


def share(value: float) -> str:
    """Say "57%"."""
    return f"{value:.0%}"


def signed(value: float) -> str:
    """Say "+13" or "−381"."""
    return f"+{number(value)}" if value > 0 else number(value)


def money(value: Decimal | float) -> str:
    """Say "$84,000" or "$31.50"."""
    return f"${value:,.0f}" if value == int(value) else f"${value:,.2f}"


def count(value: int, one: str, many: str = "") -> str:
    """Say "1 visit", "2 visits"."""
    return f"{number(value)} {one if value == 1 else many or one + 's'}"


def listing(words: Sequence[str]) -> str:
    """Say "Iris", "Iris and Ivo", "Iris, Ivo and Hana"."""
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1] if words else "") if part)


def sentence(text: str) -> str:
    """The text with its first letter capital; the rest is left as written."""
    return text[:1].upper() + text[1:]


def init(app: Flask) -> None:
    """Offer them to templates as filters."""
    app.jinja_env.filters.update(
        day=day,
        weekday=weekday,
        time_of_day=time_of_day,
        moment=moment,
        number=number,
        share=share,
        signed=signed,
        money=money,
        count_of=count,
        listing=listing,
        sentence=sentence,
    )
