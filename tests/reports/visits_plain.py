"""What a file of visits says, the slow way: row by row and minute by minute, in plain Python."""

import csv
import io
from collections import Counter, defaultdict
from dataclasses import astuple
from datetime import date, timedelta
from statistics import mean, median

from reports.visits import rows
from reports.visits.measuring import FEWEST_FOR_PERCENTILES
from reports.visits.rows import NEVER, SECONDS_A_DAY, Unreadable, Visit

EPOCH = date(1970, 1, 1)
KEYS = (
    ("evaluations_booked", "evaluations_completed", "evaluation"),
    ("follow_ups_booked", "follow_ups_completed", "follow_up"),
    ("other_visits_booked", "other_visits", "other"),
)


def read(text: str, *, today: int) -> tuple[list[Visit], dict[int, str]]:
    """The visits of a file, and why each of the other rows was left out."""
    header, *lines = csv.reader(io.StringIO(text))
    seen: dict[tuple, int] = {}
    visits, problems = [], {}
    for number, cells in enumerate(lines, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            problems[number] = f"The row has {len(cells)} cells; the header has {len(header)}."
            continue
        try:
            visit = rows.read(dict(zip(header, cells, strict=True)), today=today)
        except Unreadable as problem:
            problems[number] = str(problem)
            continue
        timed = {visit.booked_at, visit.begun, visit.opened, visit.signed} != {NEVER}
        if timed and (first := seen.setdefault(astuple(visit), number)) != number:
            problems[number] = f"The same visit as row {first}."
        else:
            visits.append(visit)
    return visits, problems


def monday(visit: Visit) -> date:
    day = EPOCH + timedelta(days=visit.day)
    return day - timedelta(days=day.weekday())


def measure(visits: list[Visit], *, paid: tuple[int, int], longest: int) -> dict[str, tuple]:
    """By field (typical, low, high, bad week, n, clinicians); times of the visits are whole minutes."""
    days = sorted(EPOCH + timedelta(days=visit.day) for visit in visits)
    weekdays = [day.weekday() for day in days]
    first, last = days[0] - timedelta(days=weekdays[0]), days[-1] - timedelta(days=days[-1].weekday())
    if days[0].weekday() > min(weekdays):
        first += timedelta(days=7)
    if days[-1].weekday() < max(weekdays):
        last -= timedelta(days=7)
    inside = [visit for visit in visits if first <= monday(visit) <= last]
    minutes, written, after = minute_by_minute(inside, paid, longest)

    weeks: dict[tuple[str, date], list[Visit]] = defaultdict(list)
    for visit in inside:
        weeks[visit.clinician, monday(visit)].append(visit)
    worked = {unit: len({visit.day for visit in some}) for unit, some in weeks.items()}
    usual = median(worked.values())
    weeks = {unit: some for unit, some in weeks.items() if 2 * worked[unit] >= usual}

    columns: dict[str, dict[tuple[str, date], float]] = defaultdict(dict)
    load = {}
    for unit, some in weeks.items():
        came = [visit for visit in some if visit.arrived]
        columns["visits_booked"][unit] = len(some)
        columns["visits_completed"][unit] = len(came)
        if booked := [visit for visit in some if visit.booked]:
            columns["no_show"][unit] = 100 * mean(not visit.arrived for visit in booked)
        for kind, (booked_key, completed_key, key) in enumerate(KEYS):
            if any(visit.kind == kind for visit in inside):
                columns[booked_key][unit] = sum(visit.kind == kind for visit in some)
                columns[completed_key][unit] = sum(visit.kind == kind for visit in came)
            if same := [visit for visit in came if visit.kind == kind]:
                columns[f"{key}_minutes"][unit] = mean(visit.minutes for visit in same)
            noted = [visit for visit in same if visit.begun != NEVER and id(visit) in minutes]
            if noted:
                columns[f"{key}_writing"][unit] = mean(minutes[id(visit)] for visit in noted)
        if any(id(visit) in minutes for visit in some):
            columns["after_hours"][unit] = after[unit]
        load[unit] = sum(visit.minutes for visit in some) + written[unit]
    bad = bad_week(load, last)
    return {key: of_weeks(column, bad) for key, column in columns.items()}


def minute_by_minute(visits, paid, longest):
    """By note its minutes; by clinician and week the minutes of writing, and those of them after hours."""
    busy, paid_days = defaultdict(set), set()
    for visit in visits:
        paid_days.add((visit.clinician, visit.day))
        if visit.begun != NEVER:
            start = visit.begun // 60
            busy[visit.clinician].update(range(start, start + round(visit.minutes)))
    notes = defaultdict(list)
    for visit in visits:
        if NEVER not in (visit.opened, visit.signed):
            own = [
                minute
                for minute in range(visit.opened // 60, visit.signed // 60)
                if minute not in busy[visit.clinician]
            ]
            if len(own) <= longest:
                notes[visit.clinician].append((id(visit), own))
    minutes, written, after = {}, Counter(), Counter()
    for clinician, own in notes.items():
        at_once = Counter(minute for _, some in own for minute in some)
        for note, some in own:
            minutes[note] = sum(1 / at_once[minute] for minute in some)
        for minute in at_once:
            day = minute * 60 // SECONDS_A_DAY
            week = monday(Visit(clinician="", day=day, kind=0, booked=True, arrived=True, minutes=0))
            written[clinician, week] += 1
            second = minute * 60 % SECONDS_A_DAY
            if (clinician, day) not in paid_days or not paid[0] <= second < paid[1]:
                after[clinician, week] += 1
    return minutes, written, after


def bad_week(load, last):
    """Of the last 12 weeks the one that asked most, among those at which enough clinicians were at work."""
    people = {clinician for clinician, _ in load}
    by_week = defaultdict(list)
    for (_, week), amount in load.items():
        if week > last - timedelta(weeks=12):
            by_week[week].append(amount)
    asked = {week: median(some) for week, some in by_week.items() if len(some) >= min(3, len(people))}
    return max(asked, key=lambda week: (asked[week], week), default=None)


def of_weeks(column, bad):
    numbers = sorted(column.values())
    ends = (0.1, 0.9) if len(numbers) >= FEWEST_FOR_PERCENTILES else (0.0, 1.0)
    in_bad = [number for (_, week), number in column.items() if week == bad]
    return (
        median(numbers),
        quantile(numbers, ends[0]),
        quantile(numbers, ends[1]),
        median(in_bad) if in_bad else None,
        len(numbers),
        len({clinician for clinician, _ in column}),
    )


def quantile(numbers, share):
    place = share * (len(numbers) - 1)
    low = int(place)
    high = min(low + 1, len(numbers) - 1)
    return numbers[low] + (numbers[high] - numbers[low]) * (place - low)
