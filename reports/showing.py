"""What may be shown of a statistic: the one place that decides, for pages and the command line alike.

Numbers from few candidates mislead, so under ten give counts, under thirty an interval, and only thirty a
number. What may not be shown is not in the statement, so it cannot slip onto a page.
"""

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum

from reports.results import Statistic, Tally

ENOUGH_FOR_AN_INTERVAL = 10
ENOUGH_FOR_A_NUMBER = 30
ENOUGH_FOR_TWO_DECIMALS = 100
WIDEST_FOR_A_WORD = 0.40


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


@dataclass(frozen=True, slots=True)
class Bands:
    """Published words for a coefficient: `single` between two cuts, `joint` for two neighbors."""

    source: str
    cuts: tuple[float, ...]
    single: tuple[str, ...]
    joint: tuple[str, ...]

    def word(self, low: float, high: float) -> str | None:
        """Name the band of a whole interval; None when it reaches over more than two neighboring bands."""
        first, last = bisect_right(self.cuts, low), bisect_right(self.cuts, high)
        if last - first > 1:
            return None
        return self.single[first] if first == last else self.joint[first]


ALPHA_BANDS = Bands(
    source="Krippendorff (2004): .800 and above can be relied on, .667 to .800 is tentative",
    cuts=(0.667, 0.800),
    single=("Do not rely on it yet", "Tentative", "Rely on it"),
    joint=("Tentative at best", "Tentative or better"),
)
KAPPA_BANDS = Bands(
    source="Landis and Koch (1977), who call their own limits arbitrary",
    cuts=(0.0, 0.2, 0.4, 0.6, 0.8),
    single=("Poor", "Slight", "Fair", "Moderate", "Substantial", "Almost perfect"),
    joint=(
        "Slight at best",
        "Slight to fair",
        "Fair to moderate",
        "Moderate to substantial",
        "Substantial or better",
    ),
)


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
    if n < ENOUGH_FOR_AN_INTERVAL:
        return statement(
            Display.COUNTS, f"Too early: {_twice(n, tally, of_criterion)}. {counted(statistic, tally)}"
        )
    if statistic.value is None:
        return statement(Display.NONE, str(statistic.undefined_because))
    if statistic.ci is None:
        return statement(Display.COUNTS, counted(statistic, tally))
    if n < ENOUGH_FOR_A_NUMBER:
        return Statement(
            key=statistic.key,
            display=Display.EARLY,
            sentence=f"Early: {n} of {ENOUGH_FOR_A_NUMBER} candidates. Interval only",
            n=n,
            interval=statistic.ci,
        )
    return _with_number(statistic, statistic.value, statistic.ci)


def counted(statistic: Statistic, tally: Tally) -> str:
    """Say in counts what may always be said."""
    pairs = "1 pair" if tally.pairs == 1 else f"{tally.pairs} pairs"
    if statistic.key == "percent_agreement_adjacent":
        return f"Within one level in {tally.within_one} of {pairs}"
    return f"Same level in {tally.same} of {pairs}"


def _with_number(statistic: Statistic, value: float, interval: tuple[float, float]) -> Statement:
    """Give the number, and the word for it when the interval is narrow enough to deserve one."""
    n, (low, high) = statistic.n_candidates, interval
    bands = _bands(statistic.key)
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
    )


def _bands(key: str) -> Bands | None:
    """Find the published words for a coefficient; percent agreement has none."""
    if key.startswith("krippendorff_alpha"):
        return ALPHA_BANDS
    return KAPPA_BANDS if "kappa" in key else None


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
