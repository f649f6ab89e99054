"""P3: twenty thousand answers in worlds drawn at random differ in nothing, whatever colleagues did."""

from functools import partial

import pytest

from tests.blindness.drawn import differences

PARTS, ANSWERS = 4, 5_000


@pytest.mark.timeout(3_600)
def test_nobody_learns_what_is_hidden(cores, record_property):
    found = list(cores.map(partial(differences, answers=ANSWERS), range(PARTS)))

    compared = sum(many for many, _ in found)
    different = [one for _, some in found for one in some]
    figures = {"answers compared": compared, "that differ": len(different)}
    record_property("figures", {"Two worlds drawn at random": figures})
    assert compared >= PARTS * ANSWERS
    assert different == []
