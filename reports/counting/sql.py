"""The queries that let a database do the counting, as text for SQLite, PostgreSQL and DuckDB.

Their rows go to `Counts.from_rows` and `Blocks.from_rows`, which then hold the same as if they had seen every
rating. All of it adds up over candidates, so that parts of a database can be counted apart.
"""

import re
from dataclasses import dataclass

from reports.ratings.tables import Scale

_NAME = re.compile(r"[a-z_][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Source:
    """Where ratings are: a table, view or common table expression with a row for each rating.

    It has the columns candidate, rater and score (NULL where none was given); `things` are the columns that
    make, with the candidate, one thing rated, such as criterion and stage. Names are plain lower-case words.
    """

    relation: str
    things: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in (self.relation, *self.things):
            if not _NAME.fullmatch(name):
                raise ValueError(f"{name!r} is not a plain lower-case name.")

    @property
    def thing(self) -> str:
        """The columns that make one thing rated."""
        return ", ".join(("candidate", *self.things))


def pattern_query(source: Source, scale: Scale) -> str:
    """A row for each candidate and pattern: how many raters gave each score, and how many things look so."""
    names = [f"n{position}" for position in range(len(_levels(scale)))]
    reach = (scale.step or 0) / 4
    counted = ",\n         ".join(
        f"SUM(CASE WHEN score BETWEEN {level - reach!r} AND {level + reach!r} THEN 1 ELSE 0 END) AS {name}"
        for name, level in zip(names, _levels(scale), strict=True)
    )
    columns = ", ".join(names)
    return f"""
SELECT candidate, {columns}, COUNT(*) AS things
FROM (SELECT {source.thing},
         {counted}
      FROM {source.relation} WHERE score IS NOT NULL GROUP BY {source.thing}) AS patterns
GROUP BY candidate, {columns}"""


def pair_query(source: Source, *, by_candidate: bool = True) -> str:
    """A row for each pair of raters and pair of scores: on how many things, and for which candidate.

    Without candidates there are few rows, and no interval for the kappas of pairs.
    """
    same = " AND ".join(f"a.{column} = b.{column}" for column in ("candidate", *source.things))
    candidate = ", a.candidate" if by_candidate else ""
    return f"""
SELECT a.rater, b.rater, a.score, b.score, COUNT(*) AS things{candidate}
FROM {source.relation} AS a JOIN {source.relation} AS b ON {same} AND a.rater < b.rater
WHERE a.score IS NOT NULL AND b.score IS NOT NULL
GROUP BY a.rater, b.rater, a.score, b.score{candidate}"""


def level_query(source: Source) -> str:
    """A row for each rater and score: how many ratings."""
    return f"""
SELECT rater, score, COUNT(*) AS ratings
FROM {source.relation} WHERE score IS NOT NULL GROUP BY rater, score"""


def block_queries(source: Source) -> tuple[str, str, str]:
    """The pairs, sums and totals by size of panel that variance components need, of mean scores."""
    cells = f"""
WITH cell AS (
  SELECT candidate, rater, AVG(CAST(score AS DOUBLE PRECISION)) AS y
  FROM {source.relation} WHERE score IS NOT NULL GROUP BY candidate, rater
), panel AS (
  SELECT candidate, COUNT(*) AS m, SUM(y) AS total, SUM(y * y) AS squares FROM cell GROUP BY candidate
)"""
    pairs = f"""{cells}
SELECT panel.m, a.rater AS one, b.rater AS other, COUNT(*) AS things
FROM cell AS a JOIN cell AS b ON a.candidate = b.candidate AND a.rater < b.rater
JOIN panel ON panel.candidate = a.candidate
GROUP BY panel.m, a.rater, b.rater"""
    sums = f"""{cells}
SELECT panel.m, cell.rater, COUNT(*) AS things, SUM(cell.y) AS total, SUM(panel.total) AS of_units
FROM cell JOIN panel ON panel.candidate = cell.candidate
GROUP BY panel.m, cell.rater"""
    totals = f"""{cells}
SELECT m, COUNT(*) AS things, SUM(total) AS total, SUM(total * total) AS of_units, SUM(squares) AS squares
FROM panel GROUP BY m"""
    # Each as a whole in brackets, so that the caller may define the relation in a WITH before it.
    pairs, sums, totals = (f"SELECT * FROM ({query}\n) AS found" for query in (pairs, sums, totals))
    return pairs, sums, totals


def _levels(scale: Scale) -> list[float]:
    """The points of the scale, which has to have few enough to be columns."""
    from reports.counting.counts import is_narrow

    if not is_narrow(scale):
        raise ValueError(f"A database counts scores on scales of few points; this one is {scale}.")
    return [float(level) for level in scale.values]
