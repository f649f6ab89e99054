"""Each statistic is what other programs give for the same table, as recorded by `python3 run.py oracles`."""

import pytest

from tests.reports.oracles.records import RECORDS, TABLES, measured

# They are recorded with twelve digits. lme4 stops looking for the best variances earlier than that.
WITHIN = {"lme4": 2e-6}
# pingouin rounds its intervals to two decimals.
LIMITS_WITHIN = {"pingouin": 0.0051}
# A standard error of 0 is the root of a rounding error.
NOUGHT = 1e-7
# Ours has the standard error of the bootstrap.
WITHOUT_SE = {"conger_kappa"}

CASES = [
    pytest.param(
        table, key, numbers, record["program"], id=f"{record['program']} {record['version']}-{table}-{key}"
    )
    for record in RECORDS
    for table, statistics in record["tables"].items()
    for key, numbers in statistics.items()
]


@pytest.mark.parametrize(("table", "key", "theirs", "program"), CASES)
def test_another_program_gives_the_same(table, key, theirs, program):
    key, _, rater = key.partition("/")
    found = measured(table)[key]
    ours = found[rater] if rater else found
    within = WITHIN.get(program, 1e-9)

    assert ours.value == pytest.approx(theirs["value"], rel=within, abs=within)
    if key in WITHOUT_SE:
        assert ours.se is None
        return
    if "se" in theirs:
        assert ours.se == pytest.approx(theirs["se"], rel=within, abs=NOUGHT)
    if "low" in theirs:
        within = LIMITS_WITHIN.get(program, 1e-8)
        if tells_nothing(table, theirs):
            assert ours.ci is None
        else:
            assert ours.ci == pytest.approx((theirs["low"], theirs["high"]), rel=within, abs=within)


def tells_nothing(table: str, theirs: dict[str, float]) -> bool:
    """An interval without width, and one that takes the criteria of one candidate for independent."""
    return table == "criteria" or theirs["high"] - theirs["low"] < NOUGHT


def test_every_program_has_been_asked_about_the_tables():
    asked = {record["program"]: set(record["tables"]) for record in RECORDS}

    assert sorted(asked) == sorted(
        ["krippendorff", "statsmodels", "scikit-learn", "pingouin", "irrCAC", "lme4", "psych", "vcd"]
    )
    assert set.union(*asked.values()) == set(TABLES)
    assert all(record["version"] and record["command"] for record in RECORDS)
