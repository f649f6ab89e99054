"""Inviting people, changing what they may start, and disabling them."""

from datetime import timedelta

import pytest

from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Invalid
from app.identity import queries, services
from app.identity.models import Person
from app.policy import NOBODY, Role
from tests.client import Client, words
from tests.factories.people import PASSWORD, actor


def link_of(page: str) -> str:
    """The path of the link that a page shows once."""
    start = page.index("/invitations/")
    return page[start : page.index('"', start)]


def test_ada_invites_somebody_who_sets_a_password_and_is_in(client: Client, ada: Person) -> None:
    data = {"name": "Tess Moreau", "email": "Tess@Riverbend.example", "roles": ["interviewer"]}
    page = client.as_(ada).post("/people", data=data, expect=200)
    path = link_of(page.get_data(as_text=True))

    guest = client.application.test_client()
    assert "Welcome, Tess" in words(guest.get(path))
    guest.post(path, data={"password": PASSWORD})
    assert guest.get("/").status_code == 200
    person = queries.find_by_email("tess@riverbend.example")
    assert person is not None
    assert person.roles == {Role.INTERVIEWER}


def test_an_invitation_works_once(client: Client, ada: Person, iris: Person) -> None:
    token = services.renew_invitation(actor(ada), iris)
    client.post(f"/invitations/{token}", data={"password": PASSWORD}, expect=303)

    gone = client.get(f"/invitations/{token}", expect=410)
    assert "Ask Rina Patel for a new one." in words(gone)


def test_a_newer_invitation_ends_the_earlier_one(client: Client, ada: Person, iris: Person) -> None:
    earlier = services.renew_invitation(actor(ada), iris)
    services.renew_invitation(actor(ada), iris)
    client.get(f"/invitations/{earlier}", expect=410)


def test_an_invitation_expires_after_a_week(client: Client, ada: Person, iris: Person) -> None:
    token = services.renew_invitation(actor(ada), iris)
    db.session.commit()
    with clock.at(clock.now() + timedelta(days=7, minutes=1)):
        client.get(f"/invitations/{token}", expect=410)


def test_an_unknown_invitation_is_not_there(client: Client) -> None:
    client.get("/invitations/not-a-token", expect=404)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("short", "At least 12 characters"),
        ("aaaaaaaaaaaa", "among the first that would be guessed"),
        ("password1234", "among the first that would be guessed"),
        ("iris okafor 12", "your own name"),
        ("x" * 257, "At most 256 characters"),
    ],
)
def test_a_weak_password_is_refused_at_its_field(
    client: Client, ada: Person, iris: Person, password: str, why: str
) -> None:
    token = services.renew_invitation(actor(ada), iris)
    answer = client.post(f"/invitations/{token}", data={"password": password}, expect=422)
    assert why in words(answer)


def test_the_same_e_mail_is_not_invited_twice_and_the_form_keeps_what_was_typed(
    client: Client, ada: Person, iris: Person
) -> None:
    data = {"name": "Another Iris", "email": "IRIS@riverbend.example", "roles": ["recruiter"]}
    answer = client.as_(ada).post("/people", data=data, expect=422)
    assert "Somebody with this e-mail is here already." in words(answer)
    assert 'value="Another Iris"' in answer.get_data(as_text=True)


def test_nobody_is_invited_to_do_nothing(ada: Person) -> None:
    with pytest.raises(Invalid, match="Choose at least one role"):
        services.invite(actor(ada), name="Tess Moreau", email="tess@riverbend.example", roles=[])


def test_only_an_administrator_invites(client: Client, hana: Person, remi: Person) -> None:
    for person in (hana, remi):
        assert "Only an administrator can do this." in words(client.as_(person).get("/people", expect=403))


def test_ada_changes_what_iris_may_start(client: Client, ada: Person, iris: Person) -> None:
    change = {"do": "change-roles", "roles": ["recruiter", "interviewer"]}
    client.as_(ada).post(f"/people/{iris.public_id}", data=change, expect=303)
    assert queries.get_person(iris.public_id).roles == {Role.RECRUITER, Role.INTERVIEWER}


def test_the_last_administrator_stays_one(ada: Person) -> None:
    with pytest.raises(Conflict, match="last administrator"):
        services.change_roles(actor(ada), ada, [Role.RECRUITER])
    with pytest.raises(Conflict, match="last administrator"):
        services.disable(actor(ada), ada, open_assignments=0)


def test_a_disabled_person_can_be_let_in_again(ada: Person, iris: Person) -> None:
    services.disable(actor(ada), iris, open_assignments=0)
    with pytest.raises(Conflict, match="Enable them first"):
        services.renew_invitation(actor(ada), iris)
    services.enable(actor(ada), iris)
    services.renew_invitation(actor(ada), iris)


def test_the_command_line_invites_the_first_administrator(client: Client) -> None:
    runner = client.application.test_cli_runner()
    answer = runner.invoke(args=["people", "invite-administrator", "ada@new.example"])
    assert answer.exit_code == 0, answer.output
    path = "/invitations/" + answer.output.strip().rsplit("/", 1)[1]
    client.post(path, data={"password": PASSWORD}, expect=303)
    client.get("/people", expect=200)


def test_the_command_line_makes_nobody_an_administrator_behind_their_back(
    client: Client, iris: Person
) -> None:
    runner = client.application.test_cli_runner()
    answer = runner.invoke(args=["people", "invite-administrator", iris.email])
    assert answer.exit_code != 0
    assert "not an administrator" in answer.output


def test_nobody_at_all_cannot_invite(client: Client) -> None:
    client.post("/people", data={}, expect=401)
    client.get("/people", expect=303)
    assert NOBODY.roles == frozenset()
