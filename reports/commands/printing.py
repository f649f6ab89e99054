"""Statistics as JSON and as a table; what a table may show is decided in `reports.showing` alone."""

import json
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from typing import Any

from reports.results import Statistic
from reports.showing import Display, Statement

BAR = 25
SHOWN = (Display.NUMBER, Display.BAND)


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
    """A result as JSON takes it: names for fields, text for the keys of a mapping."""
    if is_dataclass(value) and not isinstance(value, type):
        return {name: plain(part) for name, part in asdict(value).items()}
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    return value


def line(label: str, said: Statement, *, ends: tuple[float, float] = (0.0, 1.0)) -> str:
    """One row of a table: the name, the interval as a bar between two ends, and what may be said."""
    return f"{label:<36} {bar(said, ends)}  {said.sentence}{_interval(said)}".rstrip()


def line_of_number(label: str, statistic: Statistic) -> str:
    """One row for somebody who asked for every number, whatever may be shown."""
    if statistic.value is None:
        return f"{label:<44} {statistic.undefined_because}"
    interval = f"  {statistic.ci[0]:.3f} to {statistic.ci[1]:.3f}" if statistic.ci else ""
    return f"{label:<44} {statistic.value:>9.3f}{interval}"


def bar(said: Statement, ends: tuple[float, float]) -> str:
    """The interval drawn as wide as it is, with the value where it may be shown: `  ├────●──┤   `."""
    if said.interval is None:
        return " " * BAR

    def place(value: float) -> int:
        share = (min(max(value, ends[0]), ends[1]) - ends[0]) / (ends[1] - ends[0])
        return round(share * (BAR - 1))

    low, high = map(place, said.interval)
    drawn = [" "] * BAR
    drawn[low : high + 1] = "─" * (high - low + 1)
    drawn[low], drawn[high] = "├", "┤"
    if said.value is not None:
        drawn[place(said.value)] = "●"
    return "".join(drawn)


def _interval(said: Statement) -> str:
    """The interval in digits where it stands alone; a statement with a number has it in its sentence."""
    if said.interval is None or said.value is not None:
        return ""
    form = ".0%" if said.key.startswith("percent") else ".1f"
    low, high = (format(end, form).replace("-0.0", "0.0") for end in said.interval)
    return f": {low} to {high}".replace("-", "−")
