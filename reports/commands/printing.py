"""Statistics as JSON and as a table; what a table may show is decided in `reports.showing` alone."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields, is_dataclass
from typing import Any, TypeAlias

from reports.results import Statistic
from reports.showing import Display, Statement

BAR = 25
NARROWEST = 24
SHOWN = (Display.NUMBER, Display.BAND)
FROM_0_TO_1 = (0.0, 1.0)

Row: TypeAlias = tuple[str, Statement]


def as_json(found: Mapping[str, Any]) -> str:
    """Write JSON at full precision, with null where something is undefined."""
    return json.dumps(found, indent=2, allow_nan=False, ensure_ascii=False)


def entry(statistic: Statistic, said: Statement) -> dict[str, Any]:
    """A statistic for programs, and whether a page may show it."""
    return {
        "value": statistic.value,
        "se": statistic.se,
        "ci": statistic.ci,
        "ci_level": statistic.ci_level,
        "n_units": statistic.n_units,
        "n_candidates": statistic.n_candidates,
        "n_raters": statistic.n_raters,
        "method": statistic.method,
        "undefined_because": statistic.undefined_because,
        "no_interval_because": statistic.no_interval_because,
        "display": "show" if said.display in SHOWN else "withhold",
        "statement": said.sentence,
    }


def of_formats(found: Mapping[str | None, Any]) -> Mapping[str, Any]:
    """What was found of all interviews, or of panel and of separate ones apart."""
    whole: Mapping[str, Any] = found.get(None, {"formats": found})
    return whole


def plain(value: Any) -> Any:
    """A result as JSON takes it: names for fields, text for the keys of a mapping.

    What must not be shown of groups has no number at all, so a statistic that has one may be shown.
    """
    if isinstance(value, Statistic):
        return asdict(value) | {"display": "withhold" if value.value is None else "show"}
    if is_dataclass(value) and not isinstance(value, type):
        return {part.name: plain(getattr(value, part.name)) for part in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    return value


def counted(number: int, one: str, several: str | None = None) -> str:
    """A number of things: `1 unit`, `2 units`."""
    return f"{number} {one if number == 1 else several or one + 's'}"


def table(
    heading: str,
    rows: Sequence[Row],
    *,
    ends: tuple[float, float] = FROM_0_TO_1,
    marks: str = "0 1",
    narrowest: int = NARROWEST,
) -> list[str]:
    """A row for each statement: its name, its interval as a bar between two ends, and what may be said.

    `marks` are written over the bars, at equal distances from one end to the other.
    """
    width = max(narrowest, len(heading), *(len(label) for label, _ in rows))
    lines = [f"{heading:<{width}}  {_scale(marks.split())}"]
    for label, said in rows:
        lines.append(f"{label:<{width}}  {bar(said, ends)}  {said.sentence}{_interval(said)}".rstrip())
    return lines


def table_of_numbers(rows: Sequence[tuple[str, Statistic]]) -> list[str]:
    """A row for each statistic, for somebody who asked for every number, whatever may be shown."""
    width = max(NARROWEST, *(len(label) for label, _ in rows))
    lines = [f"{'':<{width}}  {'value':>9}  {'se':>7}  95 % interval"]
    for label, one in rows:
        if one.value is None:
            lines.append(f"{label:<{width}}  {one.undefined_because}")
            continue
        se = "" if one.se is None else f"{one.se:.3f}"
        interval = f"{one.ci[0]:.3f} to {one.ci[1]:.3f}" if one.ci else ""
        lines.append(f"{label:<{width}}  {one.value:>9.3f}  {se:>7}  {interval}".rstrip())
    return lines


def footnotes(said: Iterable[Statement]) -> list[str]:
    """What has to be said beside the numbers of a table: remarks, and who gave the words."""
    statements = list(said)
    notes = [one.note for one in statements if one.note]
    keys: dict[str, dict[str, None]] = {}
    for one in statements:
        if one.band_source:
            keys.setdefault(one.band_source, {})[one.key] = None
    sources = [f"Words for {', '.join(of)}: {source}." for source, of in keys.items()]
    return [*dict.fromkeys(notes), *sources]


def bar(said: Statement, ends: tuple[float, float]) -> str:
    """The interval drawn as wide as it is, with the value where it may be shown: `  ├────●──┤   `.

    Where it goes on beyond an end it has an arrow there.
    """
    if said.interval is None:
        return " " * BAR
    low, high = (_place(end, ends) for end in said.interval)
    drawn = [" "] * BAR
    drawn[low : high + 1] = "─" * (high - low + 1)
    drawn[low] = "├" if said.interval[0] >= ends[0] else "◂"
    drawn[high] = "┤" if said.interval[1] <= ends[1] else "▸"
    if said.value is not None:
        drawn[_place(said.value, ends)] = "●"
    return "".join(drawn)


def _place(value: float, ends: tuple[float, float]) -> int:
    share = (min(max(value, ends[0]), ends[1]) - ends[0]) / (ends[1] - ends[0])
    return round(share * (BAR - 1))


def _scale(marks: list[str]) -> str:
    """The marks over the bars: the first begins at one end, the last ends at the other."""
    drawn = [" "] * BAR
    for number, mark in enumerate(marks):
        share = number / (len(marks) - 1)
        start = round(share * (BAR - 1) - share * (len(mark) - 1))
        drawn[start : start + len(mark)] = mark
    return "".join(drawn).rstrip()


def _interval(said: Statement) -> str:
    """The interval in digits where it stands alone; a statement with a number has it in its sentence."""
    if said.interval is None or said.value is not None:
        return ""
    form = ".0%" if said.key.startswith("percent") else ".1f"
    low, high = (format(end, form).replace("-0.0", "0.0") for end in said.interval)
    return f": {low} to {high}".replace("-", "−")
