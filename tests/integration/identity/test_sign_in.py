"""Signing in and out, and sessions that end when they should."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core import clock
from app.core.db import db
from app.core.errors import TooMany
from app.identity import queries, services, sessions
from app.identity.models import Person, SignInSession, Throttle
from app.identity.rules import TRIES
from app.policy import Role
from tests.client import Client, words
from tests.factories.people import PASSWORD, actor


@pytest.fixture
def with_password(ada: Person, iris: Person) -> Person:
    """Iris, after she has set her password by her invitation."""
    token = services.renew_invitation(actor(ada), iris)
    services.accept_invitation(queries.get_invitation(token), password=PASSWORD)
    db.session.commit()
    return iris


def form(person: Person, password: str = PASSWORD, **more: str) -> dict[str, str]:
    return {"email": person.email, "password": password, **more}


def test_a_person_signs_in_and_reaches_today(client: Client, with_password: Person) -> None:
    answer = client.post("/sign-in", data=form(with_password), expect=303)
    assert answer.headers["Location"] == "/"
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    client.get("/", expect=200)


def test_the_password_itself_is_nowhere_in_the_database(with_password: Person) -> None:
    assert PASSWORD not in (with_password.password_hash or "")
    assert (with_password.password_hash or "").startswith("$argon2id$")


def test_a_wrong_password_and_an_unknown_e_mail_read_the_same(client: Client, with_password: Person) -> None:
    wrong = client.post("/sign-in", data=form(with_password, "not the password"), expect=422)
    unknown = client.post("/sign-in", data={"email": "nobody@x.example", "password": "x" * 16}, expect=422)

    assert words(wrong) == words(unknown).replace("nobody@x.example", with_password.email)


@pytest.mark.parametrize(
    "target", ["//evil.example", "/\\evil.example", "https://evil.example", "/nowhere", "jobs"]
)
def test_signing_in_leads_only_to_addresses_of_ours(
    client: Client, with_password: Person, target: str
) -> None:
    answer = client.post("/sign-in", data=form(with_password, next=target), expect=303)
    assert answer.headers["Location"] == "/"


def test_somebody_signed_out_comes_back_to_where_they_wanted_to_go(
    client: Client, with_password: Person
) -> None:
    asked = client.get("/scorecards", expect=303)
    assert asked.headers["Location"] == "/sign-in?next=/scorecards"

    answer = client.post("/sign-in", data=form(with_password, next="/scorecards"), expect=303)
    assert answer.headers["Location"] == "/scorecards"


def test_the_eleventh_try_waits_and_the_right_password_works_after_it(
    client: Client, with_password: Person
) -> None:
    for _ in range(TRIES):
        client.post("/sign-in", data=form(with_password, "guess"), expect=422)

    refused = client.post("/sign-in", data=form(with_password), expect=429)
    assert "Wait 15 minutes" in words(refused)
    assert int(refused.headers["Retry-After"]) <= 15 * 60

    with clock.at(clock.now() + timedelta(minutes=16)):
        client.post("/sign-in", data=form(with_password), expect=303)
    assert db.session.scalars(sa.select(Throttle)).all() == []


def test_a_refused_try_is_counted_though_the_request_is_rolled_back(
    client: Client, with_password: Person
) -> None:
    client.post("/sign-in", data=form(with_password, "guess"), expect=422)
    assert db.session.scalars(sa.select(Throttle)).one().tries == 1


def test_signing_out_ends_the_session_on_the_server(client: Client, iris: Person) -> None:
    browser = client.as_(iris)
    stolen = browser.get_cookie("evenhand")
    browser.post("/sign-out", expect=303)

    assert stolen is not None
    client.set_cookie("evenhand", stolen.value)
    client.get("/", expect=303)


def test_a_disabled_person_is_out_at_the_next_request(client: Client, ada: Person, iris: Person) -> None:
    browser = client.as_(iris)
    browser.get("/", expect=200)

    services.disable(actor(ada), iris, open_assignments=0)

    browser.get("/", expect=303)


def test_changing_roles_ends_the_sessions(client: Client, ada: Person, iris: Person) -> None:
    browser = client.as_(iris)
    services.change_roles(actor(ada), iris, [Role.RECRUITER])
    browser.get("/", expect=303)


def test_an_idle_session_ends_after_twelve_hours_and_any_after_seven_days(
    client: Client, iris: Person
) -> None:
    browser, start = client.as_(iris), clock.now()
    with clock.at(start + timedelta(hours=11)):
        browser.get("/", expect=200)
    with clock.at(start + timedelta(hours=22)):
        browser.get("/", expect=200)
    with clock.at(start + timedelta(hours=35)):
        browser.get("/", expect=303)

    busy = client.as_(iris)
    with clock.at(clock.now() + timedelta(days=7, minutes=1)):
        busy.get("/", expect=303)


def test_the_session_is_touched_at_most_every_five_minutes(client: Client, iris: Person) -> None:
    browser, start = client.as_(iris), clock.now()

    def seen() -> object:
        db.session.rollback()
        return db.session.scalar(sa.select(SignInSession.seen_at))

    first = seen()
    with clock.at(start + timedelta(minutes=4)):
        browser.get("/", expect=200)
    assert seen() == first
    with clock.at(start + timedelta(minutes=6)):
        browser.get("/", expect=200)
    assert seen() != first


def test_only_the_digest_of_a_session_token_is_stored(client: Client, iris: Person) -> None:
    cookie = client.as_(iris).get_cookie("evenhand")
    assert cookie is not None
    stored = db.session.scalar(sa.select(SignInSession.token_digest))
    assert stored != cookie.value
    assert len(str(stored)) == 64


def test_a_form_without_its_token_is_refused(app: Flask, client: Client, iris: Person) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        client.as_(iris).post("/sign-out", expect=400)
    finally:
        app.config["WTF_CSRF_ENABLED"] = False


def test_tries_at_once_are_all_counted(app: Flask) -> None:
    def try_once(_: int) -> bool:
        with app.app_context():
            try:
                sessions.count_try("sign-in everybody at once")
            except TooMany:
                return False
            return True

    with ThreadPoolExecutor(8) as pool:
        admitted = sum(pool.map(try_once, range(TRIES + 6)))

    assert admitted == TRIES


def test_tries_that_are_over_are_forgotten(app: Flask) -> None:
    sessions.count_try("sign-in somebody long ago")
    with clock.at(clock.now() + timedelta(minutes=16)):
        sessions.count_try("sign-in somebody now")
    assert db.session.scalars(sa.select(Throttle.key)).all() == ["sign-in somebody now"]
