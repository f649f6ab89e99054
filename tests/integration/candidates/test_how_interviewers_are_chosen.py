"""Anybody may read how interviewers are chosen, prepared and compared: one page, the same for everybody."""

from app.candidates import services as candidates
from app.core.db import db
from app.identity.models import Person
from app.identity.queries import get_employer
from tests.client import Client, words
from tests.factories import people, scoring


def test_everybody_gets_the_same_page_without_signing_in_and_caches_may_keep_it(
    client: Client, hana: Person, iris: Person
) -> None:
    page = client.get("/interviewers", expect=200)

    for somebody in (hana, iris):
        assert client.as_(somebody).get("/interviewers", expect=200).data == page.data
    assert page.headers["Cache-Control"] == "public, max-age=300"
    assert "Set-Cookie" not in page.headers
    client.get("/interviewers", headers={"If-None-Match": page.headers["ETag"]}, expect=304)


def test_it_says_what_is_not_done_and_whom_to_tell(client: Client) -> None:
    assert "There is none yet." in words(client.get("/interviewers"))
    employer = get_employer()
    employer.contact_name = employer.contact_phone = employer.contact_email = ""
    db.session.commit()
    assert "Tell whoever gave you your link what happened" in words(client.get("/interviewers"))

    employer = get_employer()
    employer.contact_name, employer.contact_phone = "Rina Sorel", "555 0100"
    db.session.commit()

    assert "Tell Rina Sorel, 555 0100 what happened" in words(client.get("/interviewers"))


def test_the_guide_of_a_candidate_leads_there(client: Client, iris: Person, ivo: Person) -> None:
    found = scoring.application([iris, ivo])
    _, token = candidates.make_link(people.actor(people.rina()), found, days=60)
    db.session.commit()

    assert 'href="/interviewers"' in client.get(f"/c/{token}/guide", expect=200).text
