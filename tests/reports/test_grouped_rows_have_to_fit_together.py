"""Rows that a database has grouped are refused in words when they do not fit together."""

import re
from decimal import Decimal

import pytest

from reports.counting import sql
from reports.counting.blocks import Blocks
from reports.counting.counts import Counts
from reports.ratings.tables import Scale

TWO_POINTS = Scale(1, 2)
# Ann: Iris 1, Ivo 2. Ben: Iris 2, Ivo 2, Rina 1.
PATTERNS = [("Ann", 1, 1, 1), ("Ben", 1, 2, 1)]
PAIRS = [
    ("Iris", "Ivo", 1, 2, 1, "Ann"),
    ("Iris", "Ivo", 2, 2, 1, "Ben"),
    ("Iris", "Rina", 2, 1, 1, "Ben"),
    ("Ivo", "Rina", 2, 1, 1, "Ben"),
]
LEVELS = [("Iris", 1, 1), ("Iris", 2, 1), ("Ivo", 2, 2), ("Rina", 1, 1)]
OF_PAIRS = [(2, "Iris", "Ivo", 1)]
OF_SUMS = [(2, "Iris", 1, 1.0, 3.0), (2, "Ivo", 1, 2.0, 3.0)]
OF_TOTALS = [(2, 1, 3.0, 9.0, 5.0)]


def counts(patterns=PATTERNS, pairs=PAIRS, levels=LEVELS, scale=TWO_POINTS) -> Counts:
    return Counts.from_rows(patterns, pairs, levels, scale=scale)


def test_rows_that_fit_are_counted_whatever_numbers_the_database_has():
    as_decimals = [(who, *map(Decimal, numbers)) for who, *numbers in LEVELS]

    found = counts(levels=as_decimals)

    assert found.units == ("Ann", "Ben")
    assert found.levels.tolist() == [[1, 1], [0, 2], [1, 0]]
    assert counts(pairs=[row[:5] for row in PAIRS]).pairs_of_raters.has_candidates is False


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ({"patterns": [("Ann", 1, 1), *PATTERNS]}, "A row of patterns is a candidate, a count for each of 2"),
        (
            {"pairs": [*PAIRS, ("Ivo", "Rina", 2, 1, 1)]},
            "A row of pairs is two raters, their scores, how many",
        ),
        (
            {"levels": [("Iris", 1)]},
            "A row of levels is a rater, a score and how many ratings, not ('Iris', 1)",
        ),
        ({"levels": [("Iris", 1, 0.5), *LEVELS]}, "Counts are whole numbers; a row of levels has [0.5]"),
        ({"patterns": [("Ann", -1, 1, 1)]}, "Counts are whole numbers; a row of patterns has [-1, 1, 1]"),
        ({"patterns": [("Ann", None, 1, 1)]}, "is a number in every row; in patterns it is not"),
        ({"pairs": [("Iris", "Ivo", "high", 2, 1, "Ann")]}, "is a number in every row; in pairs it is not"),
        ({"levels": [(None, 1, 1), *LEVELS]}, "A rater is NULL"),
        ({"patterns": [(None, 1, 1, 1), *PATTERNS]}, "A candidate is NULL"),
        (
            {"levels": [(7, 1, 1), *LEVELS]},
            "Some labels of a rater are int and str: make all of them one type",
        ),
        (
            {"pairs": [("Iris", "Olga", 1, 2, 1, "Ann")]},
            "The rater 'Olga' is among the pairs and in no other",
        ),
        (
            {"pairs": [("Iris", "Ivo", 1, 2, 1, "Cleo"), *PAIRS[1:]]},
            "The candidate 'Cleo' is among the pairs",
        ),
        ({"pairs": [("Iris", "Ivo", 1, 3, 1, "Ann")]}, "3 among the pairs is not on the scale of 1 to 2"),
        ({"levels": [("Iris", 1.5, 1), *LEVELS]}, "1.5 among the levels is not on the scale of 1 to 2"),
        ({"levels": LEVELS[1:]}, "The patterns and the levels do not count the same ratings"),
        ({"patterns": PATTERNS[1:], "pairs": PAIRS[1:]}, "The patterns and the levels do not count the same"),
        (
            {"pairs": PAIRS[1:]},
            "The patterns and the pairs do not count the same ratings. Ask them of the same",
        ),
        ({"scale": Scale(0, 100)}, "Patterns are counted on scales of few points; this one is 0 to 100"),
        ({"scale": Scale(1, 2, None)}, "Patterns are counted on scales of few points"),
    ],
)
def test_patterns_pairs_and_levels_that_do_not_fit_are_refused(rows, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        counts(**rows)


@pytest.mark.parametrize(
    ("pairs", "sums", "totals", "words"),
    [
        ([(2, "Iris", 1)], OF_SUMS, OF_TOTALS, "A row of pairs is m, two raters and how many units both"),
        (OF_PAIRS, [row[:4] for row in OF_SUMS], OF_TOTALS, "A row of sums is m, a rater, how many scores"),
        (OF_PAIRS, OF_SUMS, [(2, 1)], "A row of totals is m, how many units, their sum and two sums"),
        (OF_PAIRS, OF_SUMS, [(2, 1, None, 9.0, 5.0)], "is a number in every row; in totals it is not"),
        (OF_PAIRS, OF_SUMS, [("two", 1, 3.0, 9.0, 5.0)], "is a number in every row; in totals it is not"),
        ([(2, "Iris", "Ivo", 0.5)], OF_SUMS, OF_TOTALS, "Counts are whole numbers; a row of pairs has [0.5]"),
        (OF_PAIRS, [(2, None, 1, 1.0, 3.0)], OF_TOTALS, "A rater is NULL"),
        (OF_PAIRS, OF_SUMS, [(2, 1, 4.0, 9.0, 5.0)], "do not count the same scores"),
        (OF_PAIRS, [*OF_SUMS[:1], (2, "Ivo", 1, 2.0, 4.0)], OF_TOTALS, "do not count the same scores"),
        (OF_PAIRS, OF_SUMS, OF_TOTALS * 2, "2 occurs twice among the totals"),
    ],
)
def test_blocks_that_do_not_fit_are_refused(pairs, sums, totals, words):
    assert Blocks.from_rows(OF_PAIRS, OF_SUMS, OF_TOTALS).n_scores == 2

    with pytest.raises(ValueError, match=re.escape(words)):
        Blocks.from_rows(pairs, sums, totals)


@pytest.mark.parametrize("name", ["Rating", "rating r", "rating;", "", "1st", '"rating"', "räting"])
def test_only_plain_names_enter_a_query(name):
    with pytest.raises(ValueError, match="is not a plain lower-case name"):
        sql.Source(name)
    with pytest.raises(ValueError, match="is not a plain lower-case name"):
        sql.Source("rating", (name,))


@pytest.mark.parametrize("scale", [Scale(0, 100), Scale(1, 5, None)])
def test_a_scale_of_many_points_has_no_query_of_patterns(scale):
    with pytest.raises(ValueError, match="A database counts scores on scales of few points"):
        sql.pattern_query(sql.Source("rating"), scale)
