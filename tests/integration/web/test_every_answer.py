"""Every answer, errors included: its headers, its words, and what of it is logged."""

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
import structlog
from flask import Flask

from app.core.db import db
from app.disclosures import kept
from app.identity import views
from app.identity.models import Person
from app.web import headers
from tests.client import Client, words
from tests.factories import disclosures, jobs, people


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """What is logged while the test runs, as JSON lines."""
    lines = io.StringIO()
    structlog.configure(
        processors=[structlog.processors.format_exc_info, structlog.processors.JSONRenderer()],
        logger_factory=structlog.PrintLoggerFactory(lines),
        cache_logger_on_first_use=False,
    )
    yield lines
    structlog.reset_defaults()


def entries(logged: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in logged.getvalue().splitlines()]


@pytest.fixture
def broken(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of which nobody foresaw how it fails."""

    def fails() -> None:
        raise ZeroDivisionError("the secret part of a traceback")

    monkeypatch.setitem(app.view_functions, "identity.sign_in", views.public(fails))
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)


def test_every_kind_of_answer_carries_the_security_headers(
    client: Client, iris: Person, hana: Person, broken: None
) -> None:
    browser = client.as_(iris)
    answers = [
        browser.get("/", expect=200),
        client.get("/", expect=303),
        browser.get("/people", expect=403),
        browser.get("/nowhere", expect=404),
        browser.delete("/", expect=405),
        client.get("/sign-in", expect=500),
        client.get("/static/evenhand.css", expect=200),
        client.get("/static/nothing.css", expect=404),
        client.get("/healthz", expect=200),
        client.as_(hana).post("/jobs/new", data={"title": "b" * 3_000_000}, expect=413),
    ]
    for answer in answers:
        for name, value in headers.ALWAYS.items():
            assert name in answer.headers, f"{answer.request.path} lacks {name}"
            assert answer.headers[name] == value or name == "Cache-Control"


def test_the_policy_of_contents_allows_no_inline_script_or_style(client: Client) -> None:
    allowed = client.get("/sign-in").headers["Content-Security-Policy"]
    assert "unsafe" not in allowed
    assert "default-src 'none'" in allowed


def test_https_is_insisted_on_in_production_only() -> None:
    def answer(environ: Any, start: Any) -> list[bytes]:
        start("200 OK", [("Server", "something"), ("X-Frame-Options", "SAMEORIGIN")])
        return [b""]

    seen: list[dict[str, str]] = []
    for https in (True, False):
        wrapped = headers.SecurityHeaders(answer, https=https)
        wrapped({}, lambda _status, sent, _info=None: seen.append(dict(sent)))  # type: ignore[arg-type, func-returns-value]

    assert "Strict-Transport-Security" in seen[0]
    assert "Strict-Transport-Security" not in seen[1]
    assert "Server" not in seen[0]
    assert seen[0]["X-Frame-Options"] == "SAMEORIGIN"


def test_a_failure_nobody_foresaw_is_said_in_human_words(
    client: Client, broken: None, logged: io.StringIO
) -> None:
    page = client.get("/sign-in", expect=500)

    assert "Something broke on our side" in words(page)
    assert "ZeroDivisionError" not in page.get_data(as_text=True)
    crash = next(entry for entry in entries(logged) if entry["event"] == "request.crashed")
    assert "the secret part of a traceback" in crash["exception"]
    assert crash["request_id"] in words(page)


@pytest.mark.parametrize(
    ("email", "expect", "said"),
    [("iris@riverbend.example", 409, "This has changed since you looked"), (None, 500, "Something broke")],
)
def test_the_second_of_two_equal_requests_at_once_is_told_to_reload(
    app: Flask,
    client: Client,
    iris: Person,
    monkeypatch: pytest.MonkeyPatch,
    email: str | None,
    expect: int,
    said: str,
) -> None:
    """Both found the place free; only what the other took is a conflict, any other broken rule is ours."""

    def stores() -> None:
        db.session.add(Person(name="Iris Two", email=email))
        db.session.flush()

    monkeypatch.setitem(app.view_functions, "identity.sign_in", views.public(stores))
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)

    assert said in words(client.as_(iris).post("/sign-in", expect=expect))


def test_what_a_page_would_write_is_not_kept(
    app: Flask, client: Client, iris: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL lets nothing be written for a page at all; on SQLite it is taken back."""

    def writes() -> str:
        db.session.execute(sa.update(Person).values(name="Somebody Else"))
        return "written"

    monkeypatch.setitem(app.view_functions, "identity.sign_in", views.public(writes))
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    browser = client.as_(iris)
    browser.get("/sign-in", expect=500 if db.engine.dialect.name == "postgresql" else 200)

    assert "Somebody Else" not in words(browser.get("/scorecards", expect=200))


def test_postgresql_plans_the_queries_of_a_page_once(worlds: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a ROLLBACK its driver would forget them, and each page be planned anew."""
    with worlds("postgresql").fresh() as app:

        def known() -> str:
            return str(db.session.scalar(sa.text("SELECT count(*) FROM pg_prepared_statements")))

        monkeypatch.setitem(app.view_functions, "identity.sign_in", views.public(known))
        browser = app.test_client().as_(people.iris())
        for _ in range(8):
            browser.get("/scorecards", expect=200)

        assert int(browser.get("/sign-in", expect=200).text) > 1


def test_a_page_that_broke_while_it_read_leaves_nothing_behind_for_the_next(
    app: Flask, client: Client, iris: Person, ivo: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = client.as_(iris)
    half_read: list[object] = []

    def fails() -> None:
        half_read.append(db.session.execute(sa.select(Person.id)))
        raise ZeroDivisionError

    monkeypatch.setitem(app.view_functions, "identity.sign_in", views.public(fails))
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    with db.engine.connect() as elsewhere:
        client.get("/sign-in", expect=500)
        elsewhere.execute(sa.update(Person).values(name="Iris Renamed"))
        elsewhere.commit()

    assert "Iris Renamed" in words(browser.get("/scorecards", expect=200))
    assert len(half_read) == 1


def test_a_refusal_costs_no_connection_to_the_database(client: Client, iris: Person) -> None:
    browser = client.as_(iris)
    browser.get("/scorecards", expect=200)
    made: list[object] = []
    sa.event.listen(db.engine, "connect", lambda *made_now: made.append(made_now))

    for path, status in (("/people", 403), ("/jobs/11111111-1111-4111-8111-111111111111", 404)):
        browser.get(path, expect=status)
    browser.get("/scorecards", expect=200)

    assert made == []


def test_what_does_not_exist_is_said_so(client: Client, iris: Person) -> None:
    assert "There is nothing here" in words(client.as_(iris).get("/nowhere", expect=404))


def test_htmx_gets_the_message_without_the_page_around_it(client: Client, iris: Person) -> None:
    answer = client.as_(iris).get("/nowhere", headers={"HX-Request": "true"}, expect=404)
    assert "<html" not in answer.get_data(as_text=True)
    assert "HX-Request" in answer.headers["Vary"]


def test_a_method_the_address_does_not_take_names_those_it_does(client: Client) -> None:
    answer = client.delete("/sign-in", expect=405)
    assert "POST" in answer.headers["Allow"]


def test_a_request_is_logged_once_with_its_id_and_without_its_secrets(
    client: Client, logged: io.StringIO
) -> None:
    answer = client.get("/c/a-token-that-must-not-be-logged?secret=7", expect=404)

    assert "a-token-that-must-not-be-logged" not in logged.getvalue()
    assert "secret=7" not in logged.getvalue()
    [entry] = [one for one in entries(logged) if one["event"] == "request.answered"]
    assert entry["request_id"] == answer.headers["X-Request-ID"]
    assert entry["status"] == 404
    assert entry["endpoint"] == "disclosures.personal"


def test_a_public_page_is_logged_also_when_it_is_not_made_again(
    client: Client, hana: Person, logged: io.StringIO
) -> None:
    address = f"/disclosures/{disclosures.published(jobs.job(hana), hana).public_id}"
    answers = [client.get(address, expect=200) for _ in range(2)]

    found = [one for one in entries(logged) if one["event"] == "request.answered"]
    assert [one["request_id"] for one in found] == [one.headers["X-Request-ID"] for one in answers]
    assert {(one["endpoint"], one["method"], one["status"]) for one in found} == {
        ("disclosures.document", "GET", 200)
    }


def test_a_kept_page_is_not_sent_while_the_database_does_not_answer(
    client: Client, hana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/disclosures/{disclosures.published(jobs.job(hana), hana).public_id}"
    client.get(address, expect=200)

    def away(_engine: sa.Engine) -> None:
        raise sa.exc.OperationalError("SELECT", {}, OSError("away"))

    monkeypatch.setattr(kept, "latest", away)
    monkeypatch.setitem(client.application.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setitem(client.application.config, "TESTING", False)
    answer = client.get(address, expect=500)
    assert answer.headers["X-Request-ID"] in words(answer)


def test_a_refusal_is_logged_with_its_reason(client: Client, iris: Person, logged: io.StringIO) -> None:
    client.as_(iris).get("/people", expect=403)
    refusals = [one for one in entries(logged) if one["event"] == "request.refused"]
    assert [one["reason"] for one in refusals] == ["Only an administrator can do this."]


def test_every_page_is_kept_by_no_cache(client: Client, iris: Person) -> None:
    assert client.as_(iris).get("/").headers["Cache-Control"] == "no-store"


def test_a_static_file_may_be_kept_for_good(client: Client) -> None:
    assert "max-age=31536000" in client.get("/static/evenhand.css").headers["Cache-Control"]


def test_a_reader_of_health_needs_no_account(client: Client) -> None:
    assert client.get("/healthz", expect=200).get_json() == {"status": "ok"}
