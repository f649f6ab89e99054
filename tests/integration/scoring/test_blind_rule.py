"""Who sees what of a panel, in every state: one rule, no setting, no exempt role."""

import pytest
from flask import Flask

from app.candidates.models import Application
from app.core.db import db
from app.identity.models import Person
from app.policy import Act, decide
from app.scoring import queries, services
from app.scoring.models import Interview
from app.scoring.results import InterviewScores
from app.scoring.rules import View
from tests.client import Client, words
from tests.factories import people
from tests.factories.people import actor
from tests.factories.scoring import application, card_of, interview_with, save, seat_of, submit

CLOSED, NOT_MINE = View.MINE_OPEN, View.NOT_MINE
IN, OPEN = View.MINE_IN, View.COMPLETE

# Who has handed in, of a panel of Hana (the manager), Iris and Ivo -> what each person sees. Rina is the
# job's recruiter; Tess, Ada (administrator), Remi (records lead) and Olga have no part in it.
STATES: dict[str, tuple[str, dict[str, View]]] = {
    "nobody is in": ("", {"Hana": CLOSED, "Iris": CLOSED, "Ivo": CLOSED, "Rina": IN}),
    "one is in": ("Iris", {"Hana": CLOSED, "Iris": IN, "Ivo": CLOSED, "Rina": IN}),
    "the manager owes hers": ("Iris Ivo", {"Hana": CLOSED, "Iris": IN, "Ivo": IN, "Rina": IN}),
    "the manager waits": ("Hana Iris", {"Hana": IN, "Iris": IN, "Ivo": CLOSED, "Rina": IN}),
    "all are in": ("Hana Iris Ivo", {"Hana": OPEN, "Iris": OPEN, "Ivo": OPEN, "Rina": OPEN}),
}
OUTSIDE = {"Tess": NOT_MINE, "Ada": NOT_MINE, "Remi": NOT_MINE, "Olga": NOT_MINE}


@pytest.fixture
def everyone(
    hana: Person,
    iris: Person,
    ivo: Person,
    rina: Person,
    ada: Person,
    remi: Person,
    olga: Person,
) -> dict[str, Person]:
    """The people of the stories by first name, with Tess, who sits on no panel."""
    tess = people.person("Tess Moor", *iris.roles)
    return {one.first_name: one for one in (hana, iris, ivo, rina, ada, remi, olga, tess)}


def panel_of(everyone: dict[str, Person], *submitted: str) -> Interview:
    panel = [everyone[name] for name in ("Hana", "Iris", "Ivo")]
    return interview_with(panel, submitted=[everyone[name] for name in submitted])


def seen(viewer: Person, found: Application, interview: Interview) -> InterviewScores:
    scores = queries.panel_scores(actor(viewer), found)
    return next(one for one in scores if one.interview.id == interview.id)


@pytest.mark.parametrize("state", STATES)
def test_each_state_shows_each_person_what_the_rule_says(app: Flask, everyone: dict[str, Person], state: str):
    submitted, expected = STATES[state]
    interview = panel_of(everyone, *submitted.split())

    for name, view in (expected | OUTSIDE).items():
        found = seen(everyone[name], interview.application, interview)
        assert found.view is view, name
        assert len(found.cards) == (3 if view is OPEN else 0), f"{name} sees scorecards"
        knows = {member.name.split()[0] for member in found.members if member.is_in}
        assert knows == (set(submitted.split()) if view in {IN, OPEN} else set()), f"{name} knows who is in"
        assert {member.is_past_due for member in found.members} != {True} or view in {IN, OPEN}


@pytest.mark.parametrize("state", STATES)
def test_the_query_says_what_the_policy_says(app: Flask, everyone: dict[str, Person], state: str):
    interview = panel_of(everyone, *STATES[state][0].split())
    for name, person in everyone.items():
        viewer = actor(person)
        may = decide(viewer, Act.SEE_PANEL_SCORES, queries.sight(viewer, interview.application, interview))
        rows = queries.rating_rows(viewer, interview.stage.loop).rows
        assert bool(rows) == bool(may), name


def test_an_open_scorecard_in_another_stage_closes_every_panel(
    app: Flask, iris: Person, ivo: Person, rina: Person
):
    first = interview_with([iris, ivo], submitted=[iris, ivo])
    assert seen(iris, first.application, first).is_open
    second = interview_with([iris, ivo], of=first.application, stage=2)

    assert seen(iris, first.application, first).view is CLOSED
    assert seen(iris, first.application, first).cards == ()
    assert seen(rina, first.application, first).is_open, "Rina owes nothing"
    submit(card_of(second, iris))
    assert seen(iris, first.application, first).is_open


def test_an_open_scorecard_for_another_candidate_closes_nothing(app: Flask, iris: Person, ivo: Person):
    first = interview_with([iris, ivo], submitted=[iris, ivo])
    theo = application([iris, ivo], name="Theo Brandt", job=first.application.job)
    interview_with([iris, ivo], of=theo)

    assert seen(iris, first.application, first).is_open


def test_a_panel_opens_when_the_last_open_scorecard_is_waived(
    app: Flask, iris: Person, ivo: Person, rina: Person
):
    interview = interview_with([iris, ivo], submitted=[iris])
    services.waive(actor(rina), seat_of(interview, ivo), reason="Is ill.")

    found = seen(iris, interview.application, interview)
    assert found.is_open
    assert [card.name for card in found.cards] == ["Iris Okafor"]
    assert seen(ivo, interview.application, interview).view is NOT_MINE, "a waived person has left the panel"


def test_the_panel_of_another_stage_is_not_mine(app: Flask, iris: Person, ivo: Person, hana: Person):
    first = interview_with([iris, ivo], submitted=[iris, ivo])
    second = interview_with([hana, ivo], of=first.application, stage=2, submitted=[hana, ivo])

    assert seen(iris, first.application, first).is_open
    assert seen(iris, first.application, second).view is NOT_MINE
    assert seen(ivo, first.application, second).is_open


def test_what_is_open_holds_levels_reasons_and_evidence(app: Flask, iris: Person, ivo: Person, rina: Person):
    interview = interview_with([iris, ivo])
    submit(card_of(interview, iris), {"ESC": 5, "HND": None})
    submit(card_of(interview, ivo))
    services.amend(actor(iris), card_of(interview, iris), body="Also the lead.", reason="Reread my notes.")

    card = next(one for one in seen(rina, interview.application, interview).cards if one.person_id == iris.id)
    assert card.content.scored["ESC"].level == 5
    assert card.content.scored["ESC"].because == "That is what 5 describes."
    assert card.content.scored["HND"].reason == "ran out of time"
    assert card.content.notes[0].ties == ("SAF",)
    assert card.amendments[0].body == "Also the lead."
    assert card.counts
    assert not card.is_late


def test_an_open_draft_is_seen_by_nobody_else(client: Client, everyone: dict[str, Person]):
    interview = panel_of(everyone, "Hana")
    save(card_of(interview, everyone["Iris"]), note_1="Only mine so far.", retelling="Only mine so far.")

    for name, person in everyone.items():
        browser = client.as_(person)
        for address in (
            "/",
            f"/jobs/{interview.application.job.public_id}",
            f"/applications/{interview.application.public_id}",
            f"/applications/{interview.application.public_id}/debrief",
            f"/loops/{interview.stage.loop.public_id}/agreement",
        ):
            assert "Only mine so far." not in browser.get(address).text, (name, address)


def test_a_manager_who_owes_a_scorecard_reads_who_sits_there_and_no_more(
    client: Client, everyone: dict[str, Person]
):
    interview = panel_of(everyone, "Iris")
    page = words(
        client.as_(everyone["Hana"]).get(f"/applications/{interview.application.public_id}", expect=200)
    )

    assert "Closed until yours is in." in page
    assert "Ivo Lind" in page
    assert "Due" not in page
    assert " In " not in page
    assert "Waive" not in page


def test_the_page_of_a_manager_who_owes_is_the_same_whoever_is_in(
    client: Client, everyone: dict[str, Person]
):
    interview = panel_of(everyone)
    address = f"/applications/{interview.application.public_id}"
    browser = client.as_(everyone["Hana"])
    before = words(browser.get(address))
    for name in ("Iris", "Ivo"):
        submit(card_of(interview, everyone[name]))
        assert words(browser.get(address)) == before


def test_an_informed_scorecard_is_shown_and_does_not_count(
    app: Flask, iris: Person, ivo: Person, rina: Person
):
    interview = interview_with([iris, ivo])
    seat_of(interview, ivo).is_informed = True
    db.session.commit()
    submit(card_of(interview, iris))
    assert seen(rina, interview.application, interview).is_open, (
        "nobody waits for a scorecard that does not count"
    )
    submit(card_of(interview, ivo))

    cards = seen(rina, interview.application, interview).cards
    assert [(card.name, card.counts) for card in cards] == [("Iris Okafor", True), ("Ivo Lind", False)]
    rows = queries.rating_rows(actor(rina), interview.stage.loop).rows
    assert {row.person_id for row in rows} == {iris.id}
