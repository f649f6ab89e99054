"""Axe on every page, wide and narrow, light and dark; the suite looks at one drawn form of each."""

import pytest

from tests.browser.pages import WAYS
from tests.browser.test_accessibility import FORMS, barriers_in, visit

__all__ = ["visit"]


@pytest.mark.timeout(1_800)
def test_axe_finds_nothing_in_any_form(visit, record_property):
    found = {way.name: barriers_in(visit(way).page, FORMS) for way in WAYS}

    looked_at, wrong = len(WAYS) * len(FORMS), {name: forms for name, forms in found.items() if forms}
    record_property("figures", {"Axe, in four forms": {"pages": len(WAYS), "forms looked at": looked_at}})
    assert wrong == {}
