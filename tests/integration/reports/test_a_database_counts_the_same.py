"""A database that groups gives the statistics of the ratings themselves, on SQLite, PostgreSQL and DuckDB."""

from contextlib import ExitStack

import numpy as np
import pytest

from reports.agreement.unit_level import UnitLevel
from reports.counting import sql
from reports.counting.blocks import Blocks
from reports.counting.bootstrap import Resampling
from reports.counting.counts import Counts
from reports.measure import Accumulator
from reports.ratings.tables import Ratings, Scale
from tests.integration.reports import databases

FIVE_POINTS = Scale(1, 5)
SAMPLES = 100
NAMES = ["Zoë", "ann", "Bea", "Çelik", "ångström", "Ødegård", "李", "O'Neill"]


@pytest.fixture(scope="module", params=["sqlite", "postgresql", "duckdb"])
def database(request):
    with ExitStack() as stack:
        if request.param == "postgresql":
            yield stack.enter_context(databases.postgresql(request.getfixturevalue("server")))
        else:
            of = {"sqlite": databases.sqlite, "duckdb": databases.duck}[request.param]
            yield stack.enter_context(of())


def observed(
    *, criteria=1, stages=1, step=1.0, raters=tuple(range(1, 9)), candidates=30, missing=0.1, seed=1
):
    """Rows of candidate, rater, score, criterion, stage: panels of one to four, some scores missing."""
    random = np.random.default_rng(seed)
    rows = []
    for candidate in range(candidates):
        quality = random.normal(3, 1)
        panel = random.permutation(len(raters))[: 1 + candidate % 4]
        for rater in panel.tolist():
            for criterion in range(criteria):
                for stage in range(stages):
                    score = float(np.clip(np.rint((quality + random.normal(0, 0.7)) / step) * step, 1, 5))
                    given = None if random.random() < missing else score
                    rows.append((candidate, raters[rater], given, f"criterion {criterion}", stage))
    return [rows[place] for place in random.permutation(len(rows))]


def columns(rows, things):
    candidate, rater, score, criterion, stage = zip(*rows, strict=True)
    return (
        *(candidate, rater, score),
        criterion if "criterion" in things else None,
        stage if "stage" in things else None,
    )


def of_the_rows(rows, things, scale):
    whole = Accumulator(seed="loop 7", samples=SAMPLES)
    whole.update(Ratings.from_columns(*columns(rows, things), scale=scale))
    return whole


def of_the_database(database, source, scale, before=""):
    whole = Accumulator(seed="loop 7", samples=SAMPLES)
    whole.add(
        Counts.from_rows(
            database.ask(before + sql.pattern_query(source, scale)),
            database.ask(before + sql.pair_query(source)),
            database.ask(before + sql.level_query(source)),
            scale=scale,
        ),
        Blocks.from_rows(*(database.ask(before + query) for query in sql.block_queries(source))),
    )
    return whole


def close_to(statistic):
    """A statistic whose numbers agree with those of this one to 1e-12."""
    return pytest.approx(numbers(statistic), rel=1e-12, abs=1e-12, nan_ok=True)


def numbers(statistic):
    low, high = statistic.ci or (None, None)
    found = (statistic.value, statistic.se, low, high)
    return [float("nan") if number is None else number for number in found]


def same(found, expected, at_line=3.0):
    """Every key of agreement to the last digit; what is added up of broken numbers to 1e-12."""
    ours, theirs = (whole.finish(at_line=at_line) for whole in (found, expected))
    of_agreement = UnitLevel(expected.counted()[0], expected.resampling)
    exact = of_agreement.everything().keys() | of_agreement.at_line(at_line).keys()

    assert ours.tally == theirs.tally
    assert ours.statistics.keys() == theirs.statistics.keys()
    for key, statistic in theirs.statistics.items():
        if key == "rater_blup":
            assert ours.statistics[key].keys() == statistic.keys()
            for rater, of_rater in statistic.items():
                assert numbers(ours.statistics[key][rater]) == close_to(of_rater), rater
        elif key in exact and "jackknife" not in statistic.method:
            assert ours.statistics[key] == statistic
        else:
            assert ours.statistics[key].value == statistic.value or key not in exact
            assert numbers(ours.statistics[key]) == close_to(statistic), key


@pytest.mark.parametrize(
    ("things", "made"),
    [
        ((), {}),
        ((), {"missing": 0.6}),
        (("criterion",), {"criteria": 5}),
        (("criterion", "stage"), {"criteria": 3, "stages": 2}),
        (("criterion",), {"criteria": 2, "step": 0.5}),
        ((), {"raters": NAMES}),
    ],
    ids=["one criterion", "most are missing", "criteria", "stages", "half points", "names"],
)
def test_the_statistics_are_those_of_the_rows(database, things, made):
    rows, scale = observed(**made), Scale(1, 5, made.get("step", 1.0))
    database.keep(rows)

    same(
        of_the_database(database, sql.Source("observed", things), scale),
        of_the_rows(rows, things, scale),
    )


def test_a_database_that_sorts_labels_in_another_order_gives_the_same(database):
    rows = observed(criteria=2, raters=NAMES)
    database.keep(rows, backwards=True)
    by_database = [rater for (rater,) in database.ask("SELECT DISTINCT rater FROM observed ORDER BY rater")]
    assert by_database == sorted(by_database, reverse=True)

    source = sql.Source("observed", ("criterion",))
    same(of_the_database(database, source, FIVE_POINTS), of_the_rows(rows, ("criterion",), FIVE_POINTS))


def test_the_relation_may_be_a_part_of_a_table_that_a_query_names_before(database):
    rows = observed(criteria=2)
    database.keep(rows)
    source, some = sql.Source("first_ones", ("criterion",)), [row for row in rows if row[0] < 20]

    found = of_the_database(
        database, source, FIVE_POINTS, "WITH first_ones AS (SELECT * FROM observed WHERE candidate < 20)"
    )

    same(found, of_the_rows(some, ("criterion",), FIVE_POINTS))


def test_parts_of_a_database_counted_apart_add_up(database):
    rows = observed(criteria=2, candidates=40)
    parts = []
    for part in range(3):
        database.keep([row for row in rows if row[0] % 3 == part])
        parts.append(of_the_database(database, sql.Source("observed", ("criterion",)), FIVE_POINTS))
    whole, *others = parts
    for other in others:
        whole.merge(other)

    same(whole, of_the_rows(rows, ("criterion",), FIVE_POINTS))


def test_pairs_without_candidates_have_the_values_and_no_interval(database):
    rows = observed()
    database.keep(rows)
    source = sql.Source("observed")
    counts = Counts.from_rows(
        database.ask(sql.pattern_query(source, FIVE_POINTS)),
        database.ask(sql.pair_query(source, by_candidate=False)),
        database.ask(sql.level_query(source)),
        scale=FIVE_POINTS,
    )
    key = "mean_pairwise_kappa_quadratic"

    found = UnitLevel(counts, Resampling("loop 7", SAMPLES)).everything()[key]

    assert found.value == of_the_rows(rows, (), FIVE_POINTS).finish().statistics[key].value
    assert (found.ci, found.no_interval_because) == (None, "The pairs were counted without their candidates.")


def test_a_table_without_a_score_is_counted_as_empty(database):
    database.keep([(1, "Iris", None, "SAF", 1), (1, "Ivo", None, "SAF", 1)])

    found = of_the_database(database, sql.Source("observed"), FIVE_POINTS).finish()

    assert found.tally.candidates == 0
    assert found.statistics["g_q_k"].value is None


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ((0, 1, 7.0, "criterion 0", 0), "7 among the levels is not on the scale of 1 to 5"),
        ((0, 1, 2.4, "criterion 0", 0), "2.4 among the levels is not on the scale of 1 to 5"),
        ((None, 1, 2.0, "criterion 0", 0), "A candidate is NULL"),
        ((0, None, 2.0, "criterion 0", 0), "A rater is NULL"),
    ],
)
def test_a_table_with_a_faulty_row_is_refused(database, wrong, words):
    database.keep([*observed(), wrong])

    with pytest.raises(ValueError, match=words):
        of_the_database(database, sql.Source("observed"), FIVE_POINTS)


def test_a_table_in_which_somebody_scored_one_thing_twice_is_refused(database):
    rows = observed(missing=0)
    again = next(row for row in rows if row[0] == 3)
    database.keep([*rows, again])

    with pytest.raises(ValueError, match=r"do not count the same ratings\. .* nobody scored one thing twice"):
        of_the_database(database, sql.Source("observed"), FIVE_POINTS)
