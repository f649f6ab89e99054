"""Putting a hiring team together."""

import pytest

from app.core.db import db
from app.core.errors import Invalid, NotFound
from app.identity import services as people_services
from app.identity.models import Person
from app.jobs import services
from app.jobs.models import Job
from app.policy import Part
from tests.client import Client, words
from tests.factories.jobs import job, team
from tests.factories.people import actor


def members(job: Job) -> set[tuple[str, str]]:
    db.session.refresh(job)
    return {(member.person.first_name, member.part.value) for member in job.team}


def change(
    browser: Client, job: Job, person: Person, part: str, *, expect: int, removal: bool = False
) -> str:
    asked = {"do": "remove" if removal else "add", "person": str(person.public_id), "part": part}
    return words(browser.post(f"/jobs/{job.public_id}/team", data=asked, expect=expect))


def test_hana_adds_rina_who_then_sees_the_job(client: Client, hana: Person, rina: Person) -> None:
    made = job(hana)
    assert made.title not in words(client.as_(rina).get("/jobs"))

    change(client.as_(hana), made, rina, "recruiter", expect=303)

    assert members(made) == {("Hana", "manager"), ("Rina", "recruiter")}
    assert made.title in words(client.as_(rina).get("/jobs"))


def test_an_administrator_hands_a_job_to_another_manager(
    client: Client, hana: Person, olga: Person, ada: Person
) -> None:
    made = job(hana)
    page = words(client.as_(ada).get(f"/jobs/{made.public_id}/team", expect=200))
    assert "Hana Sato Manager" in page

    change(client.as_(ada), made, olga, "manager", expect=303)
    change(client.as_(ada), made, hana, "manager", expect=303, removal=True)

    assert members(made) == {("Olga", "manager")}
    client.as_(hana).get(f"/jobs/{made.public_id}/team", expect=404)


def test_adding_somebody_twice_is_adding_them_once(hana: Person, iris: Person) -> None:
    made = team(team(job(hana), interviewers=[iris]), interviewers=[iris])
    assert members(made) == {("Hana", "manager"), ("Iris", "interviewer")}


def test_a_job_keeps_a_manager(client: Client, hana: Person, ada: Person) -> None:
    made = job(hana)
    answer = change(client.as_(ada), made, hana, "manager", expect=409, removal=True)
    assert "This is the job's only hiring manager. Add another one first." in answer


def test_a_manager_does_not_lock_themselves_out(client: Client, hana: Person, olga: Person) -> None:
    made = team(job(hana), manager=olga)
    answer = change(client.as_(hana), made, hana, "manager", expect=409, removal=True)
    assert "You cannot take this part from yourself." in answer
    assert ("Hana", "manager") in members(made)


def test_somebody_who_is_disabled_joins_no_team(hana: Person, iris: Person, ada: Person) -> None:
    made = job(hana)
    people_services.disable(actor(ada), iris, open_assignments=0)
    with pytest.raises(Invalid, match="Iris Okafor is disabled"):
        services.add_to_team(actor(hana), made, iris, Part.INTERVIEWER)


def test_a_part_nobody_has_cannot_be_taken_back(hana: Person, iris: Person) -> None:
    made = job(hana)
    with pytest.raises(NotFound):
        services.remove_from_team(actor(hana), made, iris, Part.INTERVIEWER)


def test_a_missing_person_or_part_is_asked_for(client: Client, hana: Person, iris: Person) -> None:
    made = job(hana)
    path = f"/jobs/{made.public_id}/team"
    answer = client.as_(hana).post(
        path, data={"do": "add", "person": str(iris.public_id), "part": ""}, expect=422
    )
    assert "Choose the part." in words(answer)
    assert f'selected value="{iris.public_id}"' in answer.get_data(as_text=True)
    client.as_(hana).post(path, data={"do": "remove"}, expect=422)
    client.as_(hana).post(path, data={}, expect=400)
    assert members(made) == {("Hana", "manager")}


def test_its_recruiter_cannot_change_the_team(
    client: Client, hana: Person, rina: Person, iris: Person
) -> None:
    made = team(job(hana), recruiter=rina)
    reason = "Only the job's hiring manager can do this."
    assert reason in words(client.as_(rina).get(f"/jobs/{made.public_id}/team", expect=403))
    assert reason in change(client.as_(rina), made, iris, "interviewer", expect=403)
    assert reason in change(client.as_(rina), made, rina, "recruiter", expect=403, removal=True)


@pytest.mark.parametrize("who", ["olga", "iris", "remi"])
def test_to_anybody_else_the_team_is_not_there(
    client: Client, request: pytest.FixtureRequest, hana: Person, iris: Person, who: str
) -> None:
    made = team(job(hana), interviewers=[iris])
    browser = client.as_(request.getfixturevalue(who))
    browser.get(f"/jobs/{made.public_id}/team", expect=404)
    change(browser, made, iris, "manager", expect=404)
    change(browser, made, iris, "interviewer", expect=404, removal=True)
