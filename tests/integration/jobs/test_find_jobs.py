"""Finding jobs, candidates and people: nothing is found that the list would not show."""

import pytest

from app.identity import services as people_services
from app.identity.models import Person
from app.jobs.rules import Profile
from scenarios import Level, Role, Setting
from tests.client import Client, words
from tests.factories import people
from tests.factories.jobs import job, team
from tests.factories.loops import closed_loop, draft_loop, open_loop
from tests.factories.people import actor
from tests.factories.scoring import application

HOME = Profile(Setting.HOME_HEALTH, Role.OTA, Level.ENTRY)


def found(client: Client, person: Person, asked: str) -> str:
    return words(client.as_(person).get(f"/jobs?{asked}", expect=200))


@pytest.mark.parametrize(
    "asked",
    ["words=wrist+HAND", "words=main+hands", "setting=outpatient", "role=ot", "level=mid", "state=none"],
)
def test_a_job_is_found_by_words_and_by_what_it_is(client: Client, hana: Person, asked: str) -> None:
    job(hana, title="Hands and wrists")
    draft_loop(job(hana, title="Homes", profile=HOME), pack="home-health")

    page = found(client, hana, asked)

    assert "Found 1 job" in page
    assert "Hands and wrists" in page
    assert "Homes" not in page


def test_a_job_is_found_by_how_far_its_loop_has_come(
    client: Client, hana: Person, iris: Person, ivo: Person
) -> None:
    job(hana, title="First")
    draft_loop(job(hana, title="Second"))
    open_loop(job(hana, title="Third"), [iris, ivo])
    closed_loop(job(hana, title="Fourth"), [iris, ivo])
    titles = {"First", "Second", "Third", "Fourth"}

    for state, title in zip(
        ("none", "draft", "open", "closed"), ("First", "Second", "Third", "Fourth"), strict=True
    ):
        page = found(client, hana, f"state={state}")
        assert {one for one in titles if one in page} == {title}
    assert "All jobs 4 jobs" in found(client, hana, "")
    assert "loop is open" in found(client, hana, "")


@pytest.mark.parametrize("typed", ["%25", "_", "%5C", "a%25s", "%00"])
def test_what_is_typed_is_meant_literally(client: Client, hana: Person, typed: str) -> None:
    job(hana, title="Hands")
    page = found(client, hana, f"words={typed}")
    assert ("No such job" in page) is (typed != "%00")


def test_capitals_do_not_matter_whatever_the_language(client: Client, hana: Person) -> None:
    job(hana, title="Ergotherapie ÄRZTEHAUS")
    for typed in ("ärztehaus", "Ärztehaus", "ERGO"):
        assert "Found 1 job" in found(client, hana, f"words={typed}")


def test_a_value_that_is_not_offered_narrows_nothing(client: Client, hana: Person) -> None:
    job(hana, title="Hands")
    assert "All jobs 1 job" in found(client, hana, "setting=moon&state=%27&role=either&level=")


def test_nothing_found_leads_back(client: Client, hana: Person) -> None:
    job(hana)
    page = client.as_(hana).get("/jobs?words=nowhere", expect=200).get_data(as_text=True)
    assert "No job that you may see fits all of this." in page
    assert 'href="/jobs">Show all jobs</a>' in page
    assert 'value="nowhere"' in page


def test_a_search_finds_no_job_of_another_team(client: Client, hana: Person, olga: Person) -> None:
    job(olga, title="Neuro")
    assert "Neuro" not in found(client, hana, "words=neuro").replace('value="neuro"', "")
    assert "No such job" in found(client, hana, "words=neuro")


def test_an_administrator_learns_nothing_of_a_loop_by_searching(
    client: Client, hana: Person, ada: Person, iris: Person, ivo: Person
) -> None:
    open_loop(job(hana, title="Hands"), [iris, ivo])
    assert "Hands" in found(client, ada, "words=hands")
    assert "loop is open" not in found(client, ada, "")
    for state in ("none", "draft", "open", "closed"):
        assert "No such job" in found(client, ada, f"state={state}")


def test_pages_of_what_was_found_keep_what_was_asked(client: Client, hana: Person) -> None:
    for number in range(51):
        job(hana, title=f"Hands {number}")
    page = client.as_(hana).get("/jobs?words=hands&level=mid").get_data(as_text=True)
    assert "1 to 50 of 51" in page
    assert 'href="/jobs?page=2&amp;words=hands&amp;level=mid"' in page


# Candidates -------------------------------------------------------------------------------------------------


def test_rina_finds_a_candidate_over_all_her_jobs(
    client: Client, rina: Person, hana: Person, olga: Person, iris: Person, ivo: Person
) -> None:
    cleo = application([iris, ivo], "Cleo Marsh")
    other = team(job(hana, title="Homes"), recruiter=rina)
    application([], "Cleo Ortiz", other)
    application([], "Theo Brandt", other)

    page = words(client.as_(rina).get("/candidates?words=cleo", expect=200))

    assert "Found 2 applications" in page
    assert "Cleo Ortiz Homes" in page
    assert "Theo" not in page
    assert f"/applications/{cleo.public_id}" in client.as_(rina).get("/candidates").get_data(as_text=True)
    for person in (olga, iris, people.ada()):
        assert "No such candidate" in words(client.as_(person).get("/candidates?words=cleo", expect=200))
        assert "Cleo" not in words(client.as_(person).get("/candidates"))


def test_candidates_are_narrowed_by_what_became_of_them(
    client: Client, rina: Person, iris: Person, ivo: Person
) -> None:
    application([iris, ivo], "Cleo Marsh")
    browser = client.as_(rina)
    assert "Cleo Marsh" in words(browser.get("/candidates?group=active"))
    for group in ("decided", "withdrawn"):
        assert "No such candidate" in words(browser.get(f"/candidates?group={group}"))


def test_the_candidates_of_a_job_are_found_by_name_within_their_group(
    client: Client, rina: Person, iris: Person, ivo: Person
) -> None:
    cleo = application([iris, ivo], "Cleo Marsh")
    application([], "Theo Brandt", cleo.job)
    browser, path = client.as_(rina), f"/jobs/{cleo.job.public_id}"

    page = words(browser.get(f"{path}?words=theo", expect=200))
    assert "Theo Brandt" in page
    assert "Cleo Marsh" not in page
    assert "2 applications." in page
    nobody = browser.get(f"{path}?words=theo&show=decided").get_data(as_text=True)
    assert "Nobody of that name here" in nobody
    assert f'href="{path}?show=active&amp;words=theo"' in nobody


# People -----------------------------------------------------------------------------------------------------


def test_an_administrator_finds_people_by_name_role_and_account(
    client: Client, ada: Person, hana: Person, rina: Person, iris: Person
) -> None:
    people_services.disable(actor(ada), iris, open_assignments=0)
    browser = client.as_(ada)

    def listed(asked: str) -> set[str]:
        page = words(browser.get(f"/people?{asked}", expect=200))
        return {one.first_name for one in (ada, hana, rina, iris) if one.email in page}

    assert listed("") == {"Ada", "Hana", "Rina", "Iris"}
    assert listed("words=SATO") == {"Hana"}
    assert listed("words=rina%40river") == {"Rina"}
    assert listed("role=interviewer") == {"Hana", "Iris"}
    assert listed("role=interviewer&state=disabled") == {"Iris"}
    assert listed("state=invited") == {"Ada", "Hana", "Rina"}
    assert "No such person" in words(browser.get("/people?words=%25"))
