"""The employer's profile: one source, changed by administrators, never silently overwritten."""

from app.identity import queries
from app.identity.models import Person
from tests.client import Client, words

PROFILE = {
    "do": "save",
    "name": "Riverbend Clinics",
    "time_zone": "America/New_York",
    "contact_name": "Rina Patel",
    "contact_email": "rina@riverbend.example",
    "contact_phone": "555-0142",
}


def test_ada_changes_the_profile(client: Client, ada: Person) -> None:
    version = queries.get_employer().version
    client.as_(ada).post("/employer", data={**PROFILE, "version": version}, expect=303)
    assert queries.get_employer().name == "Riverbend Clinics"


def test_a_form_opened_before_another_change_is_a_conflict(client: Client, ada: Person) -> None:
    version = queries.get_employer().version
    client.as_(ada).post("/employer", data={**PROFILE, "version": version}, expect=303)
    late = client.as_(ada).post("/employer", data={**PROFILE, "name": "Old", "version": version}, expect=409)
    assert "Somebody else changed the profile" in words(late)
    assert queries.get_employer().name == "Riverbend Clinics"


def test_a_site_needs_a_name_of_its_own(client: Client, ada: Person) -> None:
    site = {"do": "add-site", "name": "riverbend main", "address": "", "time_zone": "America/Chicago"}
    answer = client.as_(ada).post("/employer", data=site, expect=422)
    assert "There is a site of this name already." in words(answer)
    client.as_(ada).post("/employer", data={**site, "name": "Riverbend North"}, expect=303)
    assert [found.name for found in queries.all_sites()] == ["Riverbend Main", "Riverbend North"]


def test_only_an_administrator_sees_it(client: Client, hana: Person) -> None:
    client.as_(hana).get("/employer", expect=403)
