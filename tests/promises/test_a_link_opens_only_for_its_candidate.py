"""P19: a candidate's link is acknowledged by the explicit act alone, guessed and told to nobody."""

import http.client
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Browser

from app import create_app
from app.candidates import queries
from app.candidates.models import CandidateLink
from app.core import clock
from app.core.config import Settings
from app.core.db import db
from app.demo import riverbend
from app.disclosures import queries as disclosures
from app.disclosures import services
from app.disclosures.models import Acknowledgement
from app.policy import NOBODY, Act
from tests.browser.site import served as served_here
from tests.client import Client
from tests.factories import people
from tests.factories.disclosures import published
from tests.promises import links
from tests.promises.site import served

GUESSES = 500
Tell = Callable[[str, object], None]


@pytest.fixture
def app(worlds: Any) -> Iterator[Flask]:
    """The application on SQLite; PostgreSQL is asked the same things by the tests of each page."""
    with worlds("sqlite").fresh() as application:
        yield application


@pytest.fixture
def there(client: Client) -> links.Links:
    return links.links()


def tell(record: Tell, title: str, figures: dict[str, int]) -> None:
    record("figures", {title: figures})


def acknowledged() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(Acknowledgement)) or 0


def test_opening_everything_and_posting_it_untouched_changes_nothing(
    app: Any, client: Client, there: links.Links, record_property: Tell
) -> None:
    before = links.content(db.engine)

    seen = links.scanned(client, there.live)

    tell(
        record_property,
        "Candidate links, scanned without scripts",
        seen.figures | {"acknowledged": acknowledged()},
    )
    assert len(seen.pages) >= 6
    assert seen.requests["forms posted as they stand"] >= 4
    assert acknowledged() == 0
    assert links.changed(before, links.content(db.engine)) == []


def test_the_explicit_act_keeps_the_version_and_the_digest_of_what_was_read(
    client: Client, there: links.Links, hana: Any
) -> None:
    ticked = {"version": str(there.version.public_id), "read": "y", "name": links.NAMES}
    client.post(f"/c/{there.live}", data=ticked, expect=303)
    caseload = replace(riverbend.facts()["caseload"], typical=Decimal(47))
    published(there.job, hana, riverbend.facts() | {"caseload": caseload})

    [kept] = db.session.scalars(sa.select(Acknowledgement)).all()

    assert links.latest_version(there.job) == 2
    assert kept.version_id == there.version.id
    assert kept.digest == there.version.digest == links.document_digest(client, there.version)


def test_a_link_that_ended_or_is_for_something_else_opens_nothing(
    client: Client, there: links.Links, record_property: Tell
) -> None:
    before = links.content(db.engine)
    every = len(links.addresses(client.application, "x"))

    assert links.answers(client, there.expired) == Counter({410: every})
    assert links.answers(client, there.revoked) == Counter({410: every})
    assert links.answers(client, there.invitation) == Counter({404: every})
    client.get(f"/invitations/{there.live}", expect=404)
    client.post(f"/invitations/{there.live}", data={"password": people.PASSWORD}, expect=404)
    foreign = {"version": str(there.foreign_version.public_id), "read": "y", "name": links.NAMES}
    client.post(f"/c/{there.live}", data=foreign, expect=404)

    # Tries at an invitation are counted, so that nobody guesses on.
    assert links.changed(before, links.content(db.engine)) == ["throttle"]
    tell(record_property, "Candidate links that ended or are of another kind", {"refused": 3 * every + 3})


def test_no_token_is_guessed(client: Client, there: links.Links, record_property: Tell) -> None:
    found = links.guessed(client, GUESSES, there.live)

    tell(record_property, "Candidate links guessed", found)
    assert (found["that opened something"], found["that said a name"]) == (0, 0)


# With a real browser, and a real server ---------------------------------------------------------------------


def in_a_browser(
    world: Any, browser: Browser, spoil: Callable[[Flask], None] = lambda _: None
) -> tuple[links.Seen, list[str], int, list[str]]:
    """Let a scanner with scripts open everything at a server of this process."""
    with world.fresh():
        there = links.links()
        before = links.content(db.engine)
        app = create_app(Settings(mode="development", database_url=world.url))
        spoil(app)
        with served_here(app) as address:
            seen, told = links.opened(browser, address, there.live)
        with app.app_context():
            db.engine.dispose()
        return seen, told, acknowledged(), links.changed(before, links.content(db.engine))


def test_a_scanner_that_runs_scripts_acknowledges_nothing_and_tells_nobody_the_link(
    worlds: Any, browser: Browser, record_property: Tell
) -> None:
    seen, told, kept, tables = in_a_browser(worlds("sqlite"), browser)

    figures = {"acknowledged": kept, "referrers with the token": len(told)}
    tell(record_property, "Candidate links, opened by Chromium", seen.figures | figures)
    assert len(seen.pages) >= 6
    assert (told, kept, tables) == ([], 0, [])


def logged(world: Any, folder: Any, application: str) -> tuple[str, links.Links, list[str]]:
    """What a server writes down while links of every kind are opened, and which tables hold a token."""
    with world.fresh():
        there = links.links()
        db.session.remove()
        with served(world.url, folder, application=application) as running:
            connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=30)
            for token in (*there.tokens, links.tokens.new()):
                for method, path in links.addresses(world.app, token):
                    connection.request(method, path, headers={"Referer": f"http://localhost/c/{token}"})
                    connection.getresponse().read()
            connection.close()
        return running.log.read_text(), there, links.tables_with(links.content(db.engine), there.tokens)


def test_no_token_is_written_down(worlds: Any, tmp_path: Any, record_property: Tell) -> None:
    log, there, rows = logged(worlds("sqlite"), tmp_path, "wsgi:app")

    lines = log.count("request.answered")
    found = sum(log.count(token) for token in there.tokens)
    tell(
        record_property,
        "Tokens written down",
        {"log lines": lines, "tokens in them": found, "in rows": len(rows)},
    )
    assert lines > 50
    assert (found, rows) == (0, [])


# Seeded defects ---------------------------------------------------------------------------------------------


def test_a_server_that_writes_addresses_to_its_log_is_found_out(worlds: Any, tmp_path: Any) -> None:
    log, there, _ = logged(worlds("sqlite"), tmp_path, "tests.promises.defects:logs_addresses()")
    assert there.live in log


def test_an_acknowledgement_by_opening_is_found_out(
    app: Any, client: Client, there: links.Links, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = app.view_functions["disclosures.personal"]

    def keeping(token: str) -> Any:
        link = queries.get_link(NOBODY, token, Act.ACKNOWLEDGE)
        version = disclosures.get_version(there.version.public_id)
        services.acknowledge(NOBODY, link, version, typed_name=links.NAMES)
        db.session.commit()
        return read(token)

    keeping.acts = read.acts  # type: ignore[attr-defined]  # as the guard reads it
    monkeypatch.setitem(app.view_functions, "disclosures.personal", keeping)
    before = links.content(db.engine)

    links.scanned(client, there.live)

    assert acknowledged() == 1
    assert "acknowledgement" in links.changed(before, links.content(db.engine))


def test_a_link_that_works_on_after_it_was_revoked_is_found_out(
    client: Client, there: links.Links, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CandidateLink, "is_live", property(lambda link: clock.now() < link.expires_at))
    assert links.answers(client, there.revoked)[410] == 0


def test_pages_that_say_where_they_were_opened_are_found_out(worlds: Any, browser: Browser) -> None:
    def spoil(app: Flask) -> None:
        hooks = app.after_request_funcs[None]
        app.after_request_funcs[None] = [one for one in hooks if one.__name__ != "keep_tokens"]

    _, told, _, _ = in_a_browser(worlds("sqlite"), browser, spoil)
    assert told
