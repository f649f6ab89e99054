"""Files of visits for tests: the published one, small ones, and drawn ones in every form a cell may have."""

import io
from datetime import date, time, timedelta
from typing import Any

from hypothesis import strategies as st

from reports.visits import files, measuring
from reports.visits.rows import COLUMNS
from tests.reports.pages import ROOT

PUBLISHED = ROOT / "docs" / "examples" / "visits.csv"
EPOCH = date(1970, 1, 1)
TODAY = (date(2026, 6, 30) - EPOCH).days
HEADER = ",".join(COLUMNS)
PAID = {"paid_from": time(8, 0), "paid_until": time(16, 30)}


def text(*lines: str) -> str:
    """A file with these rows."""
    return "\n".join([HEADER, *lines]) + "\n"


def reading(content: str | bytes, **options: Any) -> files.Reading:
    """What is read of a file."""
    data = content if isinstance(content, bytes) else content.encode()
    return files.read(io.BytesIO(data), today=TODAY, **options)


def measured(content: str, **options: Any) -> measuring.Measured:
    """What is measured of a file, with a paid day from 8:00 to 16:30."""
    return measuring.measure(reading(content).visits, measuring.Options(**(PAID | options)))


def row(day: str, clinician: str = "A", kind: str = "follow-up", **cells: str) -> str:
    """One visit that was booked and done, without times unless they are given."""
    known = {"booked": "yes", "arrived": "yes", "patient minutes": "45"}
    given = known | {name.replace("_", " "): cell for name, cell in cells.items()}
    given |= {"date": day, "clinician": clinician, "kind": kind}
    return ",".join(given.get(name, "") for name in COLUMNS)


FAULTS = ("", "x", "12", "2026-03-02", "yes", "-1", "2026-03-02T10:00Z", " 45 ", "2100-01-01", "nan", "9:05")


@st.composite
def lines(draw: st.DrawFn) -> str:
    """A row in one of the forms it may have, now and then with a cell that cannot be read."""
    day = date(2026, 1, 5) + timedelta(days=draw(st.integers(0, 40)))
    begun = draw(st.integers(8 * 4, 17 * 4)) * 15
    minutes = draw(st.sampled_from([0, 30, 45, 60]))
    opened = begun + draw(st.integers(0, 90))
    signed = opened + draw(st.sampled_from([0, 5, 40, 119, 300, 1500]))
    arrived = draw(st.booleans())
    cells = {
        "date": draw(st.sampled_from([day.isoformat(), f"{day:%Y%m%d}", f"{day:%G-W%V-%u}"])),
        "clinician": draw(st.sampled_from(["A", "B", " B ", "C", "D"])),
        "kind": draw(st.sampled_from(["evaluation", "Follow-up", "other"])),
        "booked": draw(st.sampled_from(["yes", clock(begun), moment(day, begun), "" if arrived else "YES"])),
        "arrived": draw(st.sampled_from(["yes", clock(begun), moment(day, begun)])) if arrived else "",
        "patient minutes": f"{minutes}" if arrived else draw(st.sampled_from(["", "0"])),
        "note opened": moment(day, opened) if draw(st.booleans()) else "",
        "note signed": draw(st.sampled_from([moment(day, signed), moment(day, signed, "T") + ":00", ""])),
    }
    if not draw(st.integers(0, 15)):
        cells[draw(st.sampled_from(COLUMNS))] = draw(st.sampled_from(FAULTS))
    line = ",".join(cells[name] for name in COLUMNS)
    return draw(st.sampled_from([line] * 20 + ["", "," * 7, "a,b", line + ",", f'"{line}"']))


def clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def moment(day: date, minute: int, between: str = " ") -> str:
    return f"{day + timedelta(days=minute // 1440)}{between}{clock(minute % 1440)}"
