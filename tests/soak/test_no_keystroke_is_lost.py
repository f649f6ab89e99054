"""A hundred thousand characters typed through six faults, and a hundred sign-ins that end in mid-sentence."""

from collections.abc import Callable

import pytest

from tests.browser.cards import new_card, sit_down
from tests.browser.desk import Desk
from tests.browser.far import Far
from tests.browser.faults import type_through, type_through_expiries
from tests.browser.site import Site
from tests.browser.typist import lies
from tests.factories import people

CHARACTERS, PARTS = 100_000, 4
EXPIRIES, EVENINGS = 100, 2


@pytest.mark.parametrize("part", range(PARTS))
def test_no_character_is_lost_while_the_network_and_the_server_fail(
    far: Far, far_iris: Desk, record_property: Callable[[str, object], None], part: int
):
    card = new_card()
    typist = type_through(far_iris, card, far, characters=CHARACTERS // PARTS, rounds=2, seed=1_000 + part)

    lost, early = typist.lost(card), len(lies(far_iris.page))
    figures = {"characters": typist.keys, "lost": lost, "times “Saved” too early": early, "faults": 12}
    record_property("figures", {"Typed through six faults": figures})
    assert typist.keys >= CHARACTERS // PARTS
    assert (lost, early) == (0, 0)


@pytest.mark.parametrize("evening", range(EVENINGS))
def test_no_character_is_lost_and_nobody_else_reads_one_when_the_sign_in_ends(
    site: Site, desk: Callable[..., Desk], record_property: Callable[[str, object], None], evening: int
):
    site.welcome(people.iris(), people.ivo())
    card = new_card()
    times = EXPIRIES // EVENINGS
    typist, read = type_through_expiries(sit_down(desk, card), card, site, times=times, seed=evening)

    lost = typist.lost(card)
    figures = {"times": times, "characters": typist.keys, "lost": lost, "lines read by somebody else": read}
    record_property("figures", {"Sign-ins that ended while typing": figures})
    assert (lost, read) == (0, 0)
