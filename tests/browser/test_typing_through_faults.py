"""Whatever happens to the network and the server while somebody types, every character arrives.

The suite types some 5,000 characters through the six faults; `run.py soak` types 100,000.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from app.scoring.models import Scorecard
from tests.browser.cards import address, new_card, status, wait_for_texts, wait_until_saved
from tests.browser.desk import Desk
from tests.browser.far import Far
from tests.browser.faults import changed_script, end_sign_in, type_through
from tests.browser.site import Site
from tests.browser.typist import WATCH, lies
from tests.factories import people

Sit = Callable[..., Desk]
SAVED_ON_SENDING = ('say("Saving", "saving")', 'say("Saved now", "saved")')
WITHOUT_JOURNAL = ("const bytes = Uint8Array", "return null;\n      const bytes = Uint8Array")


def test_no_character_is_lost_in_six_faults_and_saved_is_never_said_too_early(
    far: Far, far_iris: Desk, record_property: Callable[[str, object], None]
):
    card = new_card()
    typist = type_through(far_iris, card, far, characters=5_000, rounds=1, seed=7)

    lost, early = typist.lost(card), len(lies(far_iris.page))
    record_property(
        "figures",
        {
            "Typed through six faults": {
                "characters": typist.keys,
                "lost": lost,
                "times “Saved” too early": early,
            }
        },
    )
    assert (lost, early) == (0, 0)


# The same questions of scripts with a fault put in: each is found ------------------------------------------


@pytest.fixture
def card(site: Site) -> Scorecard:
    """An open scorecard of Iris's."""
    return new_card()


def type_and_look(iris: Desk, card: Scorecard) -> int:
    """How often "Saved" is said too early while a line is typed."""
    iris.page.add_init_script(WATCH)
    iris.open(address(card))
    iris.page.get_by_label("Note 1").press_sequentially("“I cool it first.”")
    wait_for_texts(iris, card, {"note-1": "“I cool it first.”"})
    wait_until_saved(iris)
    return len(lies(iris.page))


def type_and_lose_the_page(iris: Desk, card: Scorecard, site: Site) -> str:
    """What stands in the note on the next page, when she is signed out and the page she types on ends.

    Not without a network: a page that is closed may send its last words when the test has let go of it.
    """
    iris.open(address(card))
    end_sign_in()
    iris.type("Note 1", "“Typed in the basement.”")
    expect(status(iris)).to_contain_text("Signed out, 1 change kept")
    iris.page.close(run_before_unload=False)
    ticket = {"name": "evenhand", "value": site.ticket(people.iris()), "url": site.address}
    iris.page.context.add_cookies([ticket])
    again = iris.page.context.new_page()
    again.goto(address(card))
    again.wait_for_timeout(500)
    return again.get_by_label("Note 1").input_value()


@pytest.mark.parametrize("is_early", [False, True], ids=["as it is", "“Saved” on sending"])
def test_saved_on_sending_would_be_found(desk: Sit, card: Scorecard, is_early):
    iris = desk(people.iris())
    if is_early:
        changed_script(iris.page, "saving.js", *SAVED_ON_SENDING)

    assert bool(type_and_look(iris, card)) is is_early


@pytest.mark.parametrize("is_off", [False, True], ids=["as it is", "without a journal"])
def test_a_journal_that_is_off_would_be_found(site: Site, desk: Sit, card: Scorecard, is_off):
    iris = desk(people.iris())
    if is_off:
        changed_script(iris.page, "journal.js", *WITHOUT_JOURNAL)

    assert (type_and_lose_the_page(iris, card, site) == "") is is_off
