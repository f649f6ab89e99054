"""`docs/reports.md` describes every statistic there is, and every limit at its true value."""

from pathlib import Path

from reports import showing
from reports.measure import measure
from tests.reports.tables import published

PAGE = (Path(__file__).parents[2] / "docs" / "reports.md").read_text()


def test_every_statistic_has_its_section():
    keys = measure(published("cohen_1960"), seed="x", samples=100)

    missing = [key for key in keys if f"`{key}`" not in PAGE]

    assert not missing, (
        f"Describe {missing} in docs/reports.md: formula, source, missing data, when undefined."
    )


def test_the_limits_in_the_text_are_those_in_the_code():
    assert f"under {showing.ENOUGH_FOR_AN_INTERVAL} " in PAGE
    assert f"{showing.ENOUGH_FOR_A_NUMBER} and more" in PAGE
    assert f"wider than {showing.WIDEST_FOR_A_WORD:.2f}" in PAGE
    assert f"from {showing.ENOUGH_FOR_TWO_DECIMALS} candidates" in PAGE
