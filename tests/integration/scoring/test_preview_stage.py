"""The scorecard of a stage as its interviewers will have it, before there is any."""

import re

from app.identity.models import Person
from app.packs.queries import scenario_of
from tests.client import Client, words
from tests.factories.jobs import job, team
from tests.factories.loops import draft_loop, open_loop
from tests.factories.scoring import application, card_of, interview_with


def parts(html: str) -> str:
    """What stands in the three zones of a scorecard, but for the link about oneself and the candidate."""
    [zones] = re.findall(r'<div class="eh-zones">(.*?</section>)\s*</div>', html, re.DOTALL)
    zones = re.sub(r'<p[^>]*><a href="[^"]*/tie">.*?</p>', "", zones)
    return re.sub(r'<fieldset class="eh-preview" disabled>|</fieldset>(?=</section>)|\s+', "", zones)


def test_hana_reads_a_stage_of_a_draft_as_its_interviewers_will(client: Client, hana: Person) -> None:
    stage = draft_loop(job(hana)).stages[1]
    scenario = scenario_of(stage.scenario_version)

    page = words(client.as_(hana).get(f"/stages/{stage.public_id}/preview", expect=200))

    at = -1
    for text in ("As an interviewer sees it", scenario.prompt, scenario.probes[0].text, scenario.facts[-1]):
        assert page.index(text) > at
        at = page.index(text)
    for anchor in scenario.criteria[-1].anchors:
        assert anchor[1:] in page


def test_it_is_what_an_interviewer_with_an_empty_scorecard_sees(
    client: Client, hana: Person, rina: Person, iris: Person, ivo: Person
) -> None:
    made = team(job(hana), recruiter=rina, interviewers=[iris, ivo])
    loop = open_loop(made, [iris, ivo])
    card = card_of(interview_with([iris, ivo], of=application([iris, ivo], job=made)), iris)

    theirs = client.as_(iris).get(f"/scorecards/{card.public_id}", expect=200).get_data(as_text=True)
    preview = client.as_(hana).get(f"/stages/{loop.stages[0].public_id}/preview", expect=200)

    assert parts(preview.get_data(as_text=True)).replace("Thecandidate", "Cleo") == parts(theirs)


def test_nothing_can_be_entered_or_sent(client: Client, hana: Person) -> None:
    stage = draft_loop(job(hana)).stages[0]

    html = client.as_(hana).get(f"/stages/{stage.public_id}/preview", expect=200).get_data(as_text=True)
    [main] = re.findall(r"<main.*?</main>", html, re.DOTALL)
    zones = re.findall(r'<fieldset class="eh-preview" disabled>.*?</section>', main, re.DOTALL)
    inert = "".join(zones)

    assert len(zones) == 3
    assert "<form" not in main
    assert "scorecard.js" not in html
    assert main.count("<textarea") == inert.count("<textarea") > 0
    assert main.count("<input") == inert.count("<input") > 0


def test_the_stages_of_the_loop_are_one_step_from_each_other(client: Client, hana: Person) -> None:
    loop = draft_loop(job(hana))
    browser = client.as_(hana)

    html = browser.get(f"/stages/{loop.stages[0].public_id}/preview", expect=200).get_data(as_text=True)

    for stage in loop.stages:
        assert f"/stages/{stage.public_id}/preview" in html
    assert html.count('aria-current="page">Stage 1') == 1
    assert f"/loops/{loop.public_id}/kit" in html
