"""The sign-in ends again and again while somebody types: nothing is lost, and nobody else reads any of it.

The suite lets it end five times; `run.py soak` a hundred.
"""

from collections.abc import Callable

import pytest

from app.scoring.models import Scorecard
from tests.browser.cards import address, new_card, sit_down
from tests.browser.desk import Desk
from tests.browser.faults import changed_script, end_sign_in, read_by_another, type_through_expiries
from tests.browser.site import Site
from tests.browser.typist import Typist
from tests.factories import people

Sit = Callable[..., Desk]
SEAL = 'await crypto.subtle.encrypt({ name: "AES-GCM", iv }, this.secret, new TextEncoder().encode(text))'


@pytest.fixture
def card(site: Site) -> Scorecard:
    """An open scorecard of Iris's; she and Ivo have passwords."""
    site.welcome(people.iris(), people.ivo())
    return new_card()


def test_no_character_is_lost_and_nobody_else_reads_one_when_the_sign_in_ends(
    site: Site, desk: Sit, card: Scorecard, record_property: Callable[[str, object], None]
):
    typist, read = type_through_expiries(sit_down(desk, card), card, site, times=5, seed=3)

    lost = typist.lost(card)
    record_property(
        "figures",
        {
            "Sign-ins that ended while typing": {
                "times": 5,
                "characters typed": typist.keys,
                "lost": lost,
                "lines read by somebody else": read,
            }
        },
    )
    assert (lost, read) == (0, 0)


def test_a_journal_in_plain_text_would_be_found(desk: Sit, card: Scorecard):
    iris = desk(people.iris())
    changed_script(iris.page, "journal.js", SEAL, "new TextEncoder().encode(text)")
    iris.open(address(card))
    typist = Typist(iris.page, seed=3)
    end_sign_in()
    typist.type(60)

    assert read_by_another(iris, typist) > 0
