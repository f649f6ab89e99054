"""The script on a scorecard: what an interviewer says, hands over and asks, in its order."""

import pytest

from app.identity.models import Person
from app.loops import services
from app.packs import queries as packs
from tests.client import Client, words
from tests.factories.jobs import job, team
from tests.factories.loops import GAPS, draft_loop
from tests.factories.people import actor, rina
from tests.factories.scoring import application, card_of, interview_with


@pytest.fixture
def script(client: Client, hana: Person, iris: Person, ivo: Person):
    """The script that Iris reads when her stage holds this scenario."""

    def read(key: str) -> str:
        made = team(job(hana), recruiter=rina(), interviewers=[iris, ivo])
        loop = draft_loop(made, [iris, ivo])
        scenario = next(one for one in packs.latest_versions() if one.key == key)
        services.change_stage(actor(hana), loop.stages[0], services.Content(scenario), version=loop.version)
        services.open_loop(actor(hana), loop, version=loop.version, gaps_reason=GAPS)
        card = card_of(interview_with([iris, ivo], of=application([iris, ivo], job=made)), iris)
        return words(client.as_(iris).get(f"/scorecards/{card.public_id}", expect=200))

    return read


def test_the_sheet_of_a_work_sample_is_there_to_hand_over(script):
    page = script("ws-outpatient-either-entry")

    assert (
        "OT or OTA (same sheet, marks differ where shown); alone, on paper or screen; no AI drafting" in page
    )
    assert page.index("handed over with the prompt") < page.index("Pressure after: blank.")
    assert page.index("Pressure after: blank.") < page.index("Nobody took the second pressure.")


def test_the_questions_of_a_screen_come_before_its_probes(script):
    page = script("scr-any-either-all")

    assert page.index("Q1. Do you hold the license") < page.index("Q5. Tell me of a day")
    assert page.index("Q5. Tell me of a day") < page.index("What do you say to the coworker? ESC after Q4")
    assert "Fail: no route to a license by then." in page


def test_a_candidate_is_warned_before_a_prompt_that_may_hurt(script):
    page = script("hvd-peds-ot-mid")

    assert page.index("a pause is fine.") < page.index("It is 8:10 on a Tuesday in a children's clinic.")
