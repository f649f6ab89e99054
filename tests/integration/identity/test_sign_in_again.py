"""Signing in on the page that was open when a sign-in ended, without leaving it."""

from app.identity import queries, services
from app.identity.models import Person
from tests.client import Client, words
from tests.factories import people

HTMX = {"HX-Request": "true"}


def sign_in(client: Client, password: str, **more: str) -> object:
    data = {"email": "iris@riverbend.example", "password": password, **more}
    return client.post("/sign-in", data=data, headers=HTMX)


def welcome(person: Person) -> None:
    token = services.renew_invitation(people.actor(people.ada()), person)
    services.accept_invitation(queries.get_invitation(token), password=people.PASSWORD)


def test_the_form_comes_alone_for_the_page_that_is_open(client: Client):
    form = client.get("/sign-in", headers=HTMX, expect=200)

    assert "<html" not in form.text
    assert 'autocomplete="username"' in form.text
    assert 'autocomplete="current-password"' in form.text
    assert "HX-Request" in form.headers["Vary"]


def test_the_page_that_is_open_stays_and_is_told(client: Client, iris: Person):
    welcome(iris)
    answer = sign_in(client, people.PASSWORD, next="/people")

    assert answer.status_code == 204
    assert answer.headers["HX-Trigger"] == "signed-in"
    assert "Location" not in answer.headers
    client.get("/scorecards", expect=200)


def test_a_wrong_password_is_said_in_the_form_and_the_email_stays(client: Client, iris: Person):
    welcome(iris)
    answer = sign_in(client, "a heron by the loud river")

    assert answer.status_code == 422
    assert "This e-mail and password do not go together." in words(answer)
    assert 'value="iris@riverbend.example"' in answer.text
    client.get("/scorecards", expect=303)
