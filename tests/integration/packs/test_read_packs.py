"""Reading packs ahead of an interview."""

import uuid

import pytest

from app.identity.models import Person
from app.packs import queries
from app.packs.models import ScenarioVersion
from tests.client import Client, count_queries, words


def version(key: str) -> ScenarioVersion:
    return next(one for one in queries.latest_versions() if one.key == key)


def test_hana_reads_the_packs_by_setting(client: Client, hana: Person) -> None:
    page = words(client.as_(hana).get("/packs", expect=200))

    assert "Pilot: not yet reviewed by a licensed practitioner." in page
    home_health = page.index("Home health 3 scenarios")
    assert page.index("Outpatient 6 scenarios") < page.index("Twenty-two minutes") < home_health
    assert "Safety near miss · Occupational therapist · own bar for entry and mid level · 12 min" in page


def test_rina_reads_a_whole_scenario(client: Client, rina: Person) -> None:
    found = version("snm-outpatient-ot-entry")
    scenario = queries.scenario_of(found)
    page = words(client.as_(rina).get(f"/scenarios/{found.public_id}", expect=200))

    assert "Pilot: not yet reviewed by a licensed practitioner." in page
    shown = [
        scenario.prompt,
        *scenario.facts,
        *(probe.text for probe in scenario.probes),
        *(anchor for criterion in scenario.criteria for anchor in criterion.anchors),
        scenario.artifact.accepted,
        scenario.interviewer_notes,
        "No nurse on site",
        "Writing ten minutes",
        "She should have said something",
        "Own burns, diabetes or loss of feeling",
        "Screen for, apply, watch and record a physical agent.",
        "12 min: read 2, answer 6, probes 4",
    ]
    assert [text for text in shown if text not in page] == []


def test_the_bars_of_a_criterion_stand_beside_each_other(client: Client, hana: Person) -> None:
    page = words(client.as_(hana).get(f"/scenarios/{version('snm-outpatient-ot-entry').public_id}"))

    assert "Bar by level Entry Mid Senior Leadership 2 own 3 own 3 standard 3 standard" in page


def test_a_rule_over_several_criteria_is_said_beside_the_bar(client: Client, hana: Person) -> None:
    page = words(client.as_(hana).get(f"/scenarios/{version('cw-irf-ot-senior').public_id}"))

    assert "Senior: at least 2 of ASM, POC, ESC reach 4, too." in page


def test_a_rule_over_the_whole_loop_says_so(client: Client, hana: Person) -> None:
    page = words(client.as_(hana).get(f"/scenarios/{version('hvd-irf-ota-senior').public_id}"))

    assert "Senior: over the whole loop, at least 2 of ASM, POC, ESC, VER reach 4, too." in page


def test_a_screen_shows_its_questions_and_what_decides_them(client: Client, hana: Person) -> None:
    page = words(client.as_(hana).get(f"/scenarios/{version('scr-any-either-all').public_id}", expect=200))

    assert "Q2. Are you allowed to work in this country in this job on the start date? Yes or no." in page
    assert "Pass: yes Hold: not sure, or an answer that the recruiter must look at Fail: no" in page
    assert "What do you say to the coworker? ESC · after Q4" in page
    assert "Looked at for" not in page


def test_a_work_sample_shows_the_sheet_and_how_it_is_held(client: Client, hana: Person) -> None:
    found = version("ws-outpatient-either-entry")
    page = words(client.as_(hana).get(f"/scenarios/{found.public_id}", expect=200))

    assert "How it is held" in page
    assert "No AI drafting for anyone" in page
    assert page.index("Fact sheet") < page.index("Pressure after: blank.") < page.index("Facts on request")


def test_what_is_said_before_reading_stands_above_the_prompt(client: Client, hana: Person) -> None:
    page = words(client.as_(hana).get(f"/scenarios/{version('hvd-peds-ot-mid').public_id}", expect=200))

    assert page.index("Tell the candidate before reading") < page.index("It is 8:10 on a Tuesday")


@pytest.mark.parametrize("who", ["iris", "ada", "remi"])
def test_whoever_does_not_recruit_reads_nothing_ahead(
    client: Client, request: pytest.FixtureRequest, who: str
) -> None:
    browser = client.as_(request.getfixturevalue(who))
    for path in ("/packs", f"/scenarios/{version('snm-outpatient-ot-entry').public_id}"):
        answer = words(browser.get(path, expect=403))
        assert "Only hiring managers and recruiters read packs ahead of an interview." in answer


def test_an_unknown_scenario_is_not_there(client: Client, hana: Person) -> None:
    client.as_(hana).get(f"/scenarios/{uuid.uuid4()}", expect=404)


def test_packs_are_only_read(client: Client, hana: Person) -> None:
    client.as_(hana).post("/packs", expect=405)


def test_the_packs_take_few_queries(client: Client, hana: Person) -> None:
    browser = client.as_(hana)
    with count_queries() as sent:
        browser.get("/packs", expect=200)
    assert len(sent) <= 15
