"""What can happen to a network, a server and a sign-in while somebody types; and scripts put out of order."""

import random
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from playwright.sync_api import CDPSession, Page, Route, expect

from app.core.db import db
from app.identity import sessions
from app.scoring.models import Scorecard
from tests.browser import device
from tests.browser.cards import address
from tests.browser.desk import Desk
from tests.browser.far import Far
from tests.browser.site import Site
from tests.browser.typist import WATCH, Typist, wait_until_all_is_saved
from tests.factories import people


def fill_in_sign_in(page: Page, email: str) -> None:
    """In the dialog, as a person or a password manager does."""
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(people.PASSWORD)
    page.get_by_role("dialog").get_by_role("button", name="Sign in", exact=True).click()


def sign_in_again(page: Page) -> None:
    """Iris does, through what the status offers."""
    page.get_by_role("button", name="Signed out").click()
    fill_in_sign_in(page, "iris@riverbend.example")
    expect(page.get_by_role("dialog")).to_be_hidden()


# The six faults ---------------------------------------------------------------------------------------------


@contextmanager
def offline(page: Page) -> Iterator[None]:
    """The device has no network."""
    page.context.set_offline(True)
    yield
    page.context.set_offline(False)


@contextmanager
def slow(network: CDPSession) -> Iterator[None]:
    """50 kbit/s, and two seconds before an answer begins."""
    speed = 50_000 // 8
    send: Callable[..., object] = network.send
    settings = {"offline": False, "latency": 2_000, "downloadThroughput": speed, "uploadThroughput": speed}
    send("Network.enable")
    send("Network.emulateNetworkConditions", settings)
    yield
    send(
        "Network.emulateNetworkConditions",
        settings | {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1},
    )


@contextmanager
def expired(page: Page) -> Iterator[None]:
    """The sign-in ends, and its author signs in again in place at the end."""
    end_sign_in()
    yield
    sign_in_again(page)


def end_sign_in() -> None:
    """As it ends on the server after its time, or when an administrator ends it."""
    sessions.end_all(people.iris().id)
    db.session.commit()


def faults(
    page: Page, network: CDPSession, site: Far
) -> dict[str, Callable[[], AbstractContextManager[None]]]:
    """What can go wrong, by its name."""
    return {
        "offline": lambda: offline(page),
        "slow": lambda: slow(network),
        "hanging": site.hanging,
        "killed": site.dead,
        "answering 500": site.broken,
        "signed out": lambda: expired(page),
    }


def type_through(
    iris: Desk, card: Scorecard, site: Far, *, characters: int, rounds: int, seed: int
) -> Typist:
    """Type through every fault, in an order of chance, and come to rest."""
    page = iris.page
    page.add_init_script(WATCH)
    iris.open(address(card))
    network = page.context.new_cdp_session(page)
    typist = Typist(page, seed)
    each = characters // (rounds * 6 * 2) + 1
    for number in range(rounds):
        order = list(faults(page, network, site).values())
        random.Random(seed + number).shuffle(order)
        for fault in order:
            typist.type(each)
            with fault():
                typist.type(each)
    wait_until_all_is_saved(page)
    return typist


def type_through_expiries(
    iris: Desk, card: Scorecard, site: Site, *, times: int, seed: int
) -> tuple[Typist, int]:
    """Type while the sign-in ends again and again; answers how many of her words somebody else could read.

    Every fifth time it is Ivo who signs in there, looks at everything the device has, and signs out.
    """
    page = iris.page
    iris.open(address(card))
    typist = Typist(page, seed)
    read = 0
    for number in range(1, times + 1):
        typist.type(60)
        end_sign_in()
        typist.type(60)
        if number % 5:
            sign_in_again(page)
            wait_until_all_is_saved(page)
        else:
            read += read_by_another(iris, typist)
            come_back(iris, card, site, typist)
    return typist, read


def read_by_another(iris: Desk, typist: Typist) -> int:
    """Ivo signs in in place of Iris and looks: how many of the lines she typed he can read anywhere."""
    page = iris.page
    page.get_by_role("button", name="Signed out").click()
    fill_in_sign_in(page, "ivo@riverbend.example")
    page.wait_for_url("**/")
    there = device.readable(page)
    return sum(line in there for text in typist.log.values() for line in text.split("\n") if len(line) > 8)


def come_back(iris: Desk, card: Scorecard, site: Site, typist: Typist) -> None:
    """Ivo signs out, and Iris signs in and opens her scorecard."""
    page = iris.page
    page.context.clear_cookies()
    ticket = {"name": "evenhand", "value": site.ticket(people.iris()), "url": site.address}
    page.context.add_cookies([ticket])
    iris.open(address(card))
    expect(page.locator(f"#{typist.note}")).to_have_value(typist.log[typist.note])
    wait_until_all_is_saved(page)


def changed_script(page: Page, name: str, old: str, new: str) -> None:
    """Serve one of the page's scripts with a fault put in."""

    def serve(route: Route) -> None:
        source = route.fetch().text()
        assert source.count(old) == 1, f"{name} has changed; put the fault where it belongs now."
        route.fulfill(body=source.replace(old, new), content_type="text/javascript")

    page.context.route(f"**/static/{name}*", serve)
