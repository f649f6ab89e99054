"""What `python -m reports severity` says of change: over the debrief, and of one rater over time."""

from typing import Any

from reports.commands.printing import counted, entry, plain, table
from reports.counting.blocks import Blocks
from reports.raters.drift import ControlChart, Window, control_chart
from reports.raters.phases import Change, PhaseChange, phase_change
from reports.ratings.tables import Label, Ratings
from reports.results import Statistic
from reports.showing import Display, Statement, enough_shared, state_of_change

OF_A_CHANGE = ("share_changed", "mean_change", "mean_distance_moved", "toward_panel")
OF_PANELS = ("spread_before", "spread_after", "spread_change")


def debrief_in_json(before: Ratings, after: Ratings) -> dict[str, Any]:
    """How scores of one phase differ from the independent ones, for everyone and each rater."""
    found = phase_change(before, after)
    return {
        "everyone": _change(found.everyone),
        "raters": {str(rater): _change(one) for rater, one in found.raters.items()},
        "panels": {name: _entry(getattr(found, name)) for name in OF_PANELS},
        "unmatched_before": found.unmatched_before,
        "unmatched_after": found.unmatched_after,
    }


def debrief_in_words(before: Ratings, after: Ratings) -> list[str]:
    """The same as a table, as far as it may be shown."""
    found = phase_change(before, after)
    scores = counted(found.everyone.n_scores, "score")
    lines = [f"{scores} given twice, {found.everyone.n_changed} of them changed. {_unmatched(found)}"]
    rows = [(name.replace("_", " "), state_of_change(getattr(found.everyone, name))) for name in OF_A_CHANGE]
    lines += ["", *table("everyone", rows, ends=(-1.0, 1.0), marks="−1 0 +1")]
    rows = [(str(rater), state_of_change(one.mean_change)) for rater, one in found.raters.items()]
    lines += ["", *table("mean change of each rater", rows, ends=(-1.0, 1.0), marks="−1 0 +1")]
    rows = [(name.replace("_", " "), state_of_change(getattr(found, name))) for name in OF_PANELS]
    return [*lines, "", *table("SD within panels", rows, ends=(-1.0, 1.0), marks="−1 0 +1")]


def chart_in_json(ratings: Ratings, rater: Label) -> dict[str, Any]:
    """A rater's control chart, and whether a page may show it."""
    found, why = control_chart(ratings, rater), _too_few(ratings, rater)
    return {"chart": plain(found), "display": "withhold" if why else "show", "statement": why or ""}


def chart_in_words(ratings: Ratings, rater: Label) -> list[str]:
    """The same as a table: in each stretch of days the limits as a bar, and the mean."""
    found, why = control_chart(ratings, rater), _too_few(ratings, rater)
    if why or found.undefined_because:
        return [str(why or found.undefined_because)]
    first = found.windows[0].first_day
    rows = [(_days(one, first), _in_limits(one)) for one in found.windows]
    heading = f"{rater}, points above the others"
    return [*table(heading, rows, ends=(-2.0, 2.0), marks="−2 0 +2"), "", _outside(found)]


def _change(of: Change) -> dict[str, Any]:
    statistics = {name: _entry(getattr(of, name)) for name in OF_A_CHANGE}
    return {"n_scores": of.n_scores, "n_changed": of.n_changed, **statistics}


def _entry(statistic: Statistic) -> dict[str, Any]:
    return entry(statistic, state_of_change(statistic))


def _unmatched(found: PhaseChange) -> str:
    if not found.unmatched_before + found.unmatched_after:
        return "Every score has its other one."
    return f"Without the other one: {found.unmatched_before} before, {found.unmatched_after} after."


def _too_few(ratings: Ratings, rater: Label) -> str | None:
    blocks = Blocks.from_ratings(ratings)
    place = blocks.raters.index(rater)
    return enough_shared(int(blocks.shared[place]), int(blocks.corated[place]))


def _days(window: Window, first: float) -> str:
    return f"day {window.first_day - first:g} to {window.last_day - first:g}"


def _in_limits(window: Window) -> Statement:
    interval = (window.low, window.high) if window.low is not None and window.high is not None else None
    mean = f"{window.mean:+.1f}".replace("-", "−")
    return Statement(
        key="rater_drift_window",
        display=Display.NUMBER,
        sentence=f"{mean}, n {window.n_candidates}{': outside the limits' if window.is_outside else ''}",
        n=window.n_candidates,
        value=window.mean,
        interval=interval,
    )


def _outside(found: ControlChart) -> str:
    outside = sum(window.is_outside for window in found.windows)
    if not outside:
        return "No stretch lies outside the limits of three standard errors."
    return f"{outside} of {counted(len(found.windows), 'stretch', 'stretches')} outside the limits."
