"""Ratings taken in part by part, cut anywhere between candidates, give the statistics of the whole."""

import random
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
import pytest

from reports.measure import Accumulator, Measured, measure
from reports.ratings.tables import Ratings, Scale
from reports.results import Statistic
from tests.reports.command_line import interviews
from tests.reports.tables import FIVE_POINTS

ROWS = interviews(36, raters=7, criteria=2, stages=2)
KINDS = {"scores": 3, "with criteria": 4, "with criteria and stages": 5}
SEED = "loop 7"


def columns(rows: list[tuple]) -> dict:
    unit, rater, score, criterion, stage = zip(*rows, strict=True)
    return {"unit": unit, "rater": rater, "score": score, "criterion": criterion, "stage": stage}


def ratings(rows: list[tuple], kind: str, scale: Scale = FIVE_POINTS) -> Ratings:
    """Ratings with as many of the columns as the kind has; without stages, those of the first."""
    kept = rows if kind == "with criteria and stages" else [row for row in rows if row[4] == "s0"]
    kept = [row for row in kept if row[3] == "k0"] if kind == "scores" else kept
    given = columns(kept)
    names = ("unit", "rater", "score", "criterion", "stage")[: KINDS[kind]]
    return Ratings.from_columns(**{name: given[name] for name in names}, scale=scale)


def cut(rows: list[tuple], parts: int, seed: int) -> list[list[tuple]]:
    """The rows of whole candidates, who are dealt out at random."""
    draw = random.Random(seed)
    place = {unit: draw.randrange(parts) for unit in sorted({row[0] for row in rows})}
    found = [[row for row in rows if place[row[0]] == part] for part in range(parts)]
    return [part for part in found if part]


def added_up(parts: list[Ratings]) -> Measured:
    """Half of the parts taken in one after another, each of the others by an accumulator of its own."""
    whole = Accumulator(seed=SEED, samples=200)
    for number, part in enumerate(parts):
        if number % 2:
            other = Accumulator(seed=SEED, samples=200)
            other.update(part)
            whole.merge(other)
        else:
            whole.update(part)
    return whole.finish(at_line=3, least_shared=5)


def flat(measured: Measured) -> dict[tuple, Statistic]:
    found = {}
    for key, one in measured.statistics.items():
        if isinstance(one, Statistic):
            found[key, None] = one
        else:
            found |= {(key, rater): of_rater for rater, of_rater in one.items()}
    return found


def assert_the_same(parts: Measured, whole: Measured) -> None:
    in_parts, at_once = flat(parts), flat(whole)
    assert in_parts
    for place, one in in_parts.items():
        other = at_once[place]
        assert one.value == pytest.approx(other.value, abs=1e-12), place
        assert one.se == pytest.approx(other.se, abs=1e-12), place
        assert one.ci == pytest.approx(other.ci, abs=1e-12), place
        assert (one.n_units, one.n_candidates, one.n_raters) == (
            other.n_units,
            other.n_candidates,
            other.n_raters,
        )
        assert (one.method, one.undefined_because) == (other.method, other.undefined_because)
    assert parts.tally == whole.tally
    assert parts.severities.components == whole.severities.components
    assert (parts.severities.shared, parts.severities.corated) == (
        whole.severities.shared,
        whole.severities.corated,
    )
    for panels, study in parts.study.studies.items():
        other = whole.study.studies[panels]
        assert [one.value for one in study.curve] == pytest.approx(
            [one.value for one in other.curve], abs=1e-12
        )
        assert (study.raters_needed, study.raters_ci) == (other.raters_needed, other.raters_ci)


@pytest.mark.parametrize("parts", [1, 2, 5, 36])
@pytest.mark.parametrize("kind", KINDS)
def test_however_candidates_are_cut_into_parts_the_statistics_are_those_of_the_whole(kind, parts):
    whole = measure(ratings(ROWS, kind), seed=SEED, samples=200, at_line=3, least_shared=5)

    found = added_up([ratings(part, kind) for part in cut(ROWS, parts, seed=parts)])

    assert_the_same(found, whole)
    for key in ("rater_blup", "g_q_k", "krippendorff_alpha_ordinal", "percent_agreement_at_line"):
        assert key in found.statistics


@pytest.mark.parametrize("scale", [Scale(1, 5, None), Scale(0, 100)], ids=str)
def test_on_long_scales_and_those_without_steps_parts_add_up_too(scale):
    whole = measure(ratings(ROWS, "with criteria", scale), seed=SEED, samples=200, at_line=3, least_shared=5)

    found = added_up([ratings(part, "with criteria", scale) for part in cut(ROWS, 4, seed=3)])

    assert_the_same(found, whole)


def test_more_may_be_taken_in_after_a_first_look():
    parts = [ratings(part, "scores") for part in cut(ROWS, 2, seed=8)]
    accumulator = Accumulator(seed=SEED, samples=200)
    accumulator.update(parts[0])

    first = accumulator.finish()
    accumulator.update(parts[1])

    assert_the_same(first, measure(parts[0], seed=SEED, samples=200))
    assert_the_same(accumulator.finish(), measure(ratings(ROWS, "scores"), seed=SEED, samples=200))


def taken_in(part: Ratings) -> Accumulator:
    accumulator = Accumulator(seed=SEED, samples=200)
    accumulator.update(part)
    return accumulator


def test_a_part_may_be_taken_in_by_another_process():
    first, second = (ratings(part, "with criteria") for part in cut(ROWS, 2, seed=4))

    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as elsewhere:
        whole = elsewhere.submit(taken_in, first).result()
    whole.merge(taken_in(second))

    assert_the_same(whole.finish(), measure(ratings(ROWS, "with criteria"), seed=SEED, samples=200))


@pytest.mark.parametrize("other", [{"seed": "loop 8", "samples": 200}, {"seed": SEED, "samples": 300}])
def test_parts_drawn_in_different_ways_are_not_put_together(other):
    with pytest.raises(ValueError, match="different seeds or numbers of samples"):
        Accumulator(seed=SEED, samples=200).merge(Accumulator(**other))


def test_with_nothing_taken_in_there_is_nothing_to_finish():
    with pytest.raises(ValueError, match="Nothing has been taken in yet"):
        Accumulator(seed=SEED).finish()


def test_ratings_on_another_scale_are_refused_when_put_together():
    accumulator = Accumulator(seed=SEED)
    accumulator.update(ratings(ROWS[:40], "scores"))
    accumulator.update(ratings(ROWS[-40:], "scores", Scale(1, 7)))

    with pytest.raises(ValueError, match="different scales"):
        accumulator.finish()


def test_without_samples_parts_have_no_drawn_intervals():
    accumulator = Accumulator(seed=SEED, samples=0)
    accumulator.update(ratings(ROWS, "with criteria"))

    found = accumulator.finish().statistics

    assert found["g_q_k"].ci is None
    assert found["krippendorff_alpha_ordinal"].ci is None
    assert np.isfinite(found["g_q_k"].value)
