"""What may be shown of a statistic: the one place that decides, for pages and the command line alike.

Numbers from few candidates mislead, so under ten give counts, under thirty an interval, and only thirty a
number. What may not be shown is not in the statement, so it cannot slip onto a page.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from reports.bands import bands_of
from reports.results import Statistic, Tally

ENOUGH_FOR_AN_INTERVAL = 10
ENOUGH_FOR_A_NUMBER = 30
ENOUGH_FOR_TWO_DECIMALS = 100
WIDEST_FOR_A_WORD = 0.40
SHARED_BY_A_PAIR = 20
SHARED_BY_A_RATER = 10
ENOUGH_CO_RATERS = 2
ENOUGH_RATERS = 5
IN_LEVELS = ("rater_blup", "rater_mean_difference")
NO_CLEAR_DIFFERENCE = "no clear difference"
FEW_RATERS = (
    f"With fewer than {ENOUGH_RATERS} interviewers, how much interviewers differ can hardly be estimated; "
    "consistency does not depend on it."
)
DESCRIPTIVE = ("k_harmonic", "q")


class Display(StrEnum):
    """How much of a statistic is shown, from least to most."""

    NONE = "none"
    COUNTS = "counts"
    EARLY = "early"
    NUMBER = "number"
    BAND = "band"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What may be said of one statistic: always the sentence; value, interval and band only where allowed."""

    key: str
    display: Display
    sentence: str
    n: int
    value: float | None = None
    interval: tuple[float, float] | None = None
    band: str | None = None
    band_source: str | None = None
    note: str | None = None


def state(statistic: Statistic, tally: Tally, *, of_criterion: bool = False) -> Statement:
    """Decide what may be shown of `statistic`, given what it was counted from.

    The count that decides is candidates with two independent scores, on the criterion where it is about one.
    """
    n = statistic.n_candidates

    def statement(display: Display, sentence: str) -> Statement:
        return Statement(key=statistic.key, display=display, sentence=sentence, n=n)

    if n == 0:
        of = "scores on it" if of_criterion else "scorecards"
        return statement(Display.NONE, f"No candidate has two independent {of} yet.")
    if statistic.key in DESCRIPTIVE and statistic.value is not None:
        said = _written(statistic.value, statistic)
        return Statement(key=statistic.key, display=Display.NUMBER, sentence=said, n=n, value=statistic.value)
    if n < ENOUGH_FOR_AN_INTERVAL:
        return statement(
            Display.COUNTS, f"Too early: {_twice(n, tally, of_criterion)}. {counted(statistic, tally)}"
        )
    if statistic.value is None:
        return statement(Display.NONE, str(statistic.undefined_because))
    why = _not_a_coefficient(statistic, statistic.value, tally)
    if why:
        return statement(Display.NONE, why)
    if statistic.ci is None or _is_of_small_pairs(statistic, tally):
        return statement(Display.COUNTS, counted(statistic, tally))
    if n < ENOUGH_FOR_A_NUMBER:
        return Statement(
            key=statistic.key,
            display=Display.EARLY,
            sentence=f"Early: {n} of {ENOUGH_FOR_A_NUMBER} candidates. Interval only",
            n=n,
            interval=statistic.ci,
            note=_note(statistic),
        )
    return _with_number(statistic, statistic.value, statistic.ci)


def state_of_rater(statistic: Statistic, *, shared: int, co_raters: int) -> Statement:
    """Decide what may be said of how high somebody scores beside those who saw the same candidates.

    `shared` is with how many candidates somebody else sat too, `co_raters` how many these others are.
    """

    def statement(display: Display, sentence: str) -> Statement:
        return Statement(key=statistic.key, display=display, sentence=sentence, n=shared)

    why = enough_shared(shared, co_raters)
    if why:
        return statement(Display.NONE, why)
    if statistic.value is None or statistic.ci is None:
        return statement(Display.NONE, statistic.undefined_because or str(statistic.no_interval_because))
    return Statement(
        key=statistic.key,
        display=Display.NUMBER,
        sentence=_compared(statistic.key, statistic.value, statistic.ci),
        n=shared,
        value=statistic.value,
        interval=statistic.ci,
    )


def _compared(key: str, value: float, interval: tuple[float, float]) -> str:
    """Words for a difference in levels, digits for what is counted in anything else."""
    low, high = interval
    if key not in IN_LEVELS:
        return f"{value:.1f} ({low:.1f} to {high:.1f})".replace("-", "−")
    if low <= 0 <= high:
        return NO_CLEAR_DIFFERENCE
    return f"about {max(abs(value), 0.05):.1f} of a level {'higher' if value > 0 else 'lower'}"


def enough_shared(shared: int, co_raters: int) -> str | None:
    """Why nothing is said of somebody yet; None where they share enough with enough others."""
    if shared < SHARED_BY_A_RATER:
        return f"Not enough shared interviews: {shared} of {SHARED_BY_A_RATER}"
    if co_raters < ENOUGH_CO_RATERS:
        return "Only one person to compare with: which of the two differs cannot be said"
    return None


def state_of_change(statistic: Statistic) -> Statement:
    """Decide what may be said of how scores changed, by the candidates that they are about."""
    n = statistic.n_candidates

    def statement(display: Display, sentence: str) -> Statement:
        return Statement(key=statistic.key, display=display, sentence=sentence, n=n)

    if statistic.value is None:
        return statement(Display.NONE, str(statistic.undefined_because))
    if n < ENOUGH_FOR_AN_INTERVAL:
        return statement(Display.COUNTS, f"Too early: {n} of {ENOUGH_FOR_AN_INTERVAL} candidates")
    if statistic.ci is None:
        return statement(Display.COUNTS, str(statistic.no_interval_because))
    if n < ENOUGH_FOR_A_NUMBER:
        early = statement(Display.EARLY, f"Early: {n} of {ENOUGH_FOR_A_NUMBER} candidates. Interval only")
        return replace(early, interval=statistic.ci)
    digits = [_written(number, statistic) for number in (statistic.value, *statistic.ci)]
    shown = statement(Display.NUMBER, "{} ({} to {})".format(*digits) + f", n {n}")
    return replace(shown, value=statistic.value, interval=statistic.ci)


def state_of_accuracy(statistic: Statistic) -> Statement:
    """Decide what may be said of how near somebody comes to gold scores, counted in answers.

    Figures from few answers are of use to the person who gave them, always with their interval, never bare.
    """
    n = statistic.n_candidates

    def statement(display: Display, sentence: str) -> Statement:
        return Statement(key=statistic.key, display=display, sentence=sentence, n=n)

    if statistic.value is None:
        return statement(Display.NONE, str(statistic.undefined_because))
    answers = "1 answer" if n == 1 else f"{n} answers"
    if statistic.ci is None:
        why = statistic.no_interval_because or "no interval follows from them"
        return statement(Display.COUNTS, f"{answers}: {why[0].lower()}{why[1:]}")
    digits = [f"{number:.2f}".replace("-", "−") for number in (statistic.value, *statistic.ci)]
    return Statement(
        key=statistic.key,
        display=Display.NUMBER,
        sentence="{} ({} to {})".format(*digits) + f", {answers}",
        n=n,
        value=statistic.value,
        interval=statistic.ci,
    )


def counted(statistic: Statistic, tally: Tally) -> str:
    """Say in counts what may always be said."""
    pairs = "1 pair" if tally.pairs == 1 else f"{tally.pairs} pairs"
    if statistic.key == "percent_agreement_adjacent":
        return f"Within one level in {tally.within_one} of {pairs}"
    if statistic.key.endswith("_at_line") and tally.same_side is not None:
        return f"Same side of the bar in {tally.same_side} of {pairs}"
    return f"Same level in {tally.same} of {pairs}"


def _not_a_coefficient(statistic: Statistic, value: float, tally: Tally) -> str | None:
    """Why a number would mislead although it can be computed."""
    if statistic.key.startswith("percent") or "_var_" in statistic.key or statistic.key.startswith("var_"):
        return None
    if tally.only_score is not None:
        return f"Every score is {tally.only_score:g}: nothing to correct for chance"
    if not -1 - 1e-9 <= value <= 1 + 1e-9 and bands_of(statistic.key):
        return "The value lies outside its range, which happens when there is hardly anything to agree about"
    return None


def _is_of_small_pairs(statistic: Statistic, tally: Tally) -> bool:
    """Whether kappas of pairs of raters who share too little are in it."""
    return statistic.key.startswith("mean_pairwise") and tally.least_shared < SHARED_BY_A_PAIR


def _with_number(statistic: Statistic, value: float, interval: tuple[float, float]) -> Statement:
    """Give the number, and the word for it when the interval is narrow enough to deserve one."""
    n, (low, high) = statistic.n_candidates, interval
    bands = bands_of(statistic.key)
    word, remark = None, None
    if bands and high - low > WIDEST_FOR_A_WORD + 1e-9:
        remark = "Too wide for a word"
    elif bands:
        word = remark = bands.word(low, high)
    digits = [_written(number, statistic) for number in (value, low, high)]
    sentence = "{} ({} to {})".format(*digits) + f", n {n}"
    return Statement(
        key=statistic.key,
        display=Display.BAND if word else Display.NUMBER,
        sentence=f"{sentence}. {remark}" if remark else sentence,
        n=n,
        value=value,
        interval=interval,
        band=word,
        band_source=bands.source if bands and word else None,
        note=_note(statistic),
    )


def _note(statistic: Statistic) -> str | None:
    """What has to be said beside a coefficient that rests on how raters vary, when there are few of them."""
    rests_on_raters = statistic.key.startswith(("g_q_k", "icc_a_1", "reml_", "d_study"))
    return FEW_RATERS if rests_on_raters and statistic.n_raters < ENOUGH_RATERS else None


def _written(number: float, statistic: Statistic) -> str:
    """Write a number no finer than the candidates allow: percents whole, others in one or two decimals."""
    if statistic.key.startswith("percent"):
        return f"{number:.0%}"
    decimals = 2 if statistic.n_candidates >= ENOUGH_FOR_TWO_DECIMALS else 1
    text = f"{number:.{decimals}f}"
    return text.removeprefix("-") if float(text) == 0 else text.replace("-", "−")


def _twice(n: int, tally: Tally, of_criterion: bool) -> str:
    """Say how many candidates have two scores."""
    if of_criterion:
        return f"{'two or more' if tally.largest_panel > 2 else 'both'} observed it for {n}"
    return (
        "1 candidate has two independent scorecards"
        if n == 1
        else f"{n} candidates have two independent scorecards"
    )
