"""Finding a scenario in the library, for reading or for a stage of a loop."""

import uuid

import pytest
from sqlalchemy import delete

from app.core.db import db
from app.identity.models import Person
from app.packs.models import ScenarioVersion, Vignette
from tests.client import Client, words
from tests.factories import jobs, loops
from tests.factories.archives import USED, version

HTMX = {"HX-Request": "true"}


def test_the_library_says_how_many_scenarios_there_are_and_how_many_a_search_finds(
    client: Client, hana: Person
) -> None:
    browser = client.as_(hana)

    everything = words(browser.get("/packs", expect=200))
    found = words(browser.get("/packs?setting=home-health&role=ota", expect=200))

    total = everything.split(" scenarios. ")[0].split()[-1]
    assert f"3 of {total} scenarios. Show all" in found
    assert "Home health 2 scenarios" in found
    assert "Any setting 1 scenario " in found
    assert "Twenty-two minutes" not in found


def test_what_was_searched_for_stays_in_the_form(client: Client, hana: Person) -> None:
    page = client.as_(hana).get("/packs?kind=screen&criterion=ESC&words=coworker", expect=200).text

    assert 'value="coworker"' in page
    assert '<option selected value="screen">' in page
    assert '<option selected value="ESC">' in page


def test_a_word_that_no_list_has_finds_as_if_it_were_not_there(client: Client, hana: Person) -> None:
    browser = client.as_(hana)

    assert "Show all" not in words(browser.get("/packs?kind=riddle&level=%00&loop=none", expect=200))
    assert "No scenario is all of this" in words(browser.get("/packs?words=%00", expect=200))


def test_a_search_that_finds_nothing_says_what_to_do(client: Client, hana: Person) -> None:
    page = words(client.as_(hana).get("/packs?words=helicopter", expect=200))

    assert "0 of " in page
    assert "No scenario is all of this Leave one of the choices open, or use fewer words." in page
    assert "Show all scenarios" in page


def test_htmx_gets_the_list_and_the_count_and_no_page(client: Client, hana: Person) -> None:
    answer = client.as_(hana).get("/packs?setting=pediatrics", headers=HTMX, expect=200)

    assert "<html" not in answer.text
    assert 'id="count"' in answer.text
    assert "Pediatrics 3 scenarios" in words(answer)
    assert "HX-Request" in answer.headers["Vary"]


def test_opened_for_a_loop_each_scenario_can_be_used_in_it(
    client: Client, hana: Person, iris: Person
) -> None:
    browser = client.as_(hana)
    loop = loops.draft_loop(jobs.job(hana), [iris])
    found = version(USED)
    use = f"/loops/{loop.public_id}/stages?scenario={found.public_id}"

    library = browser.get(f"/packs?loop={loop.public_id}&setting=outpatient", expect=200)
    page = browser.get(f"/scenarios/{found.public_id}?loop={loop.public_id}", expect=200)

    assert use in library.text
    assert f"/scenarios/{found.public_id}?loop={loop.public_id}" in library.text
    assert use in page.text
    assert page.text.count("btn-primary") == 1
    assert f'href="/packs?loop={loop.public_id}"' in page.text
    browser.get(use, expect=200)


def test_opened_for_a_stage_each_scenario_can_take_the_place_of_the_one_it_holds(
    client: Client, hana: Person, iris: Person
) -> None:
    browser = client.as_(hana)
    stage = loops.draft_loop(jobs.job(hana), [iris]).stages[1].public_id
    found = version(USED).public_id
    library = browser.get(f"/packs?stage={stage}", expect=200)
    use = f"/stages/{stage}?scenario={found}"

    assert use in library.text
    assert f'href="/stages/{stage}">Back to the stage' in library.text
    assert "Use in this stage" in browser.get(f"/scenarios/{found}?stage={stage}", expect=200).text
    assert f'<option selected value="{found}">' in browser.get(use, expect=200).text
    assert f"&amp;stage={stage}&amp;setting=outpatient" in browser.get(f"/stages/{stage}", expect=200).text


def test_a_search_for_a_loop_stays_one_for_that_loop(client: Client, hana: Person) -> None:
    loop = uuid.uuid4()
    page = client.as_(hana).get(f"/packs?loop={loop}&words=helicopter", expect=200).text

    assert f'<input type="hidden" name="loop" value="{loop}">' in page
    assert page.count(f'href="/packs?loop={loop}"') == 2  # Show all, and show all scenarios.


def test_opened_for_no_loop_nothing_is_offered_for_one(client: Client, hana: Person) -> None:
    browser = client.as_(hana)
    for path in ("/packs", f"/scenarios/{version(USED).public_id}"):
        assert "Use in this loop" not in browser.get(path, expect=200).text


@pytest.mark.parametrize(("who", "may"), [("hana", True), ("rina", False)])
def test_who_may_import_and_delete_is_said_where_it_would_be_done(
    client: Client, request: pytest.FixtureRequest, who: str, may: bool
) -> None:
    browser = client.as_(request.getfixturevalue(who))
    library = browser.get("/packs", expect=200).text
    page = browser.get(f"/scenarios/{version(USED).public_id}", expect=200).text

    assert ('href="/packs/import"' in library) is may
    assert ("/deletion" in page) is may
    for html in (library, page):
        assert ("Only a hiring manager can do this." in html) is not may


def test_a_library_without_packs_says_how_they_come(client: Client, hana: Person) -> None:
    db.session.execute(delete(Vignette))
    db.session.execute(delete(ScenarioVersion))
    page = words(client.as_(hana).get("/packs", expect=200))

    assert "No packs yet" in page
    assert "flask packs import" in page
    assert "Import a pack" in page
