"""Visits as a record system would export them, invented: `python -m bench.visits ROWS FILE`.

Two hundred clinicians see eleven people a day, five days a week, and write notes during and after visits;
one row in a thousand cannot be read.
"""

import sys
from datetime import date, timedelta
from pathlib import Path

import numpy as np

SEED = 20260302
CLINICIANS, A_DAY = 200, 11
FIRST = date(2024, 1, 1)
HEADER = "date,clinician,kind,booked,arrived,patient minutes,note opened,note signed\n"


def main(rows: str, file: str) -> None:
    """Write so many rows."""
    number = int(rows)
    random = np.random.default_rng(SEED)
    place = np.arange(number)
    workday = place // (CLINICIANS * A_DAY)
    days = [FIRST + timedelta(days=int(day) // 5 * 7 + int(day) % 5) for day in range(int(workday[-1]) + 1)]
    slot = place % A_DAY
    begun = 8 * 60 + slot * 45 + random.integers(-4, 5, number)
    minutes = random.choice([30, 38, 40, 45], number)
    opened = begun + random.integers(10, 50, number)
    signed = opened + random.integers(2, 110, number)
    draws = random.random((3, number))
    with Path(file).open("w", encoding="utf-8") as out:
        out.write(HEADER)
        for row in range(number):
            day = days[workday[row]].isoformat()
            clinician = f"c{row // A_DAY % CLINICIANS:04}"
            kind = "evaluation" if draws[0, row] < 0.1 else "follow-up" if draws[0, row] < 0.95 else "other"
            booked = f"{day}T{_clock(8 * 60 + int(slot[row]) * 45)}"
            if draws[1, row] < 0.12:
                out.write(f"{day},{clinician},{kind},{booked},,,,\n")
                continue
            arrived = f"{day}T{_clock(int(begun[row]))}"
            spent = "many" if draws[2, row] < 0.001 else int(minutes[row])
            note = f"{day}T{_clock(int(opened[row]))},{day}T{_clock(int(signed[row]))}"
            out.write(f"{day},{clinician},{kind},{booked},{arrived},{spent},{note}\n")


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


if __name__ == "__main__":
    main(*sys.argv[1:])
