"""Choosing how pages look."""

import pytest

from app.core.db import db
from app.identity.models import Person, Theme
from tests.client import Client


def test_a_person_chooses_dark_and_stays_where_they_are(client: Client, iris: Person) -> None:
    browser = client.as_(iris)
    referrer = {"Referer": "http://localhost/scorecards?page=2"}
    answer = browser.post("/account/theme", data={"theme": "dark"}, headers=referrer, expect=303)

    assert answer.headers["Location"] == "/scorecards?page=2"
    assert 'data-bs-theme="dark"' in browser.get("/", expect=200).get_data(as_text=True)


@pytest.mark.parametrize(
    "there", ["https://evil.example//evil.example", "https://evil.example", "http://localhost/nowhere", ""]
)
def test_it_leads_nowhere_else(client: Client, iris: Person, there: str) -> None:
    referrer = {"Referer": there}
    answer = client.as_(iris).post("/account/theme", data={"theme": "light"}, headers=referrer, expect=303)
    assert answer.headers["Location"] == "/"


def test_a_theme_that_is_none_changes_nothing(client: Client, iris: Person) -> None:
    client.as_(iris).post("/account/theme", data={"theme": "neon"}, expect=303)
    db.session.refresh(iris)
    assert iris.theme is Theme.DEVICE


def test_it_is_for_people_who_are_signed_in(client: Client) -> None:
    client.post("/account/theme", data={"theme": "dark"}, expect=401)
