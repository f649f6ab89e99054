"""Seating everybody on one page, and having panels proposed."""

from typing import Any

import pytest
from sqlalchemy import select

from app.audit.models import AuditEvent
from app.core.db import db
from app.identity import services as people
from app.identity.models import Person
from app.loops.forms import EMPTY_ROWS
from app.loops.models import Loop
from app.policy import Part
from tests.client import Client, words
from tests.factories.jobs import job, team
from tests.factories.loops import draft_loop, open_loop
from tests.factories.people import actor


def typed(loop: Loop, *panels: list[tuple[Person, str]], do: str = "seat", **more: str) -> dict[str, str]:
    """The form of the panels with these people, stage by stage; whoever is not named is nobody."""
    data = {"do": do, "version": str(loop.version)}
    for position in range(1, len(loop.stages) + 1):
        seats = panels[position - 1] if position <= len(panels) else []
        for row in range(1, max(len(seats), len(loop.stages[position - 1].panel)) + EMPTY_ROWS + 1):
            person, part = seats[row - 1] if row <= len(seats) else (None, "co-interviewer")
            data |= {
                f"person_{position}_{row}": str(person.public_id) if person else "",
                f"part_{position}_{row}": part,
            }
    return data | more


def seated(loop: Loop) -> list[dict[str, str]]:
    db.session.expire_all()
    return [{seat.person.first_name: seat.part.value for seat in stage.panel} for stage in loop.stages]


def page(loop: Loop) -> str:
    return f"/loops/{loop.public_id}/panels"


def test_hana_seats_everybody_at_once_and_they_join_the_team(
    client: Client, hana: Person, iris: Person, ivo: Person
) -> None:
    loop = draft_loop(job(hana))
    pair = [(iris, "lead"), (ivo, "co-interviewer")]

    client.as_(hana).post(page(loop), data=typed(loop, pair, pair[::-1], [(hana, "lead")]), expect=303)

    assert seated(loop) == [
        {"Iris": "lead", "Ivo": "co-interviewer"},
        {"Ivo": "co-interviewer", "Iris": "lead"},
        {"Hana": "lead"},
    ]
    interviewers = {one.person.first_name for one in loop.job.team if one.part is Part.INTERVIEWER}
    assert interviewers == {"Iris", "Ivo", "Hana"}
    found = words(client.as_(hana).get(f"/jobs/{loop.job.public_id}/loop"))
    assert "Panel Iris leads, Ivo" in found


def test_a_shadow_and_an_observer_are_seated_beside_those_who_count(
    client: Client, hana: Person, iris: Person, ivo: Person, rina: Person
) -> None:
    loop = draft_loop(job(hana))
    first = [(iris, "lead"), (ivo, "shadow")]
    client.as_(hana).post(page(loop), data=typed(loop, first), expect=303)

    second = [*first, (rina, "observer"), (hana, "note-taker")]
    client.as_(hana).post(page(loop), data=typed(loop, second), expect=303)

    assert seated(loop)[0] == {"Iris": "lead", "Ivo": "shadow", "Rina": "observer", "Hana": "note-taker"}
    found = words(client.as_(hana).get(f"/jobs/{loop.job.public_id}/loop"))
    assert "Iris leads, Ivo (shadow), Rina (observer), Hana (note-taker)" in found
    assert "is critical, and one person alone rates it" in found, "a shadow is no second rater"


def test_the_page_has_the_seats_there_are_and_two_more_and_says_what_each_part_does(
    client: Client, hana: Person, iris: Person, ivo: Person
) -> None:
    loop = draft_loop(job(hana), panel=[iris, ivo])

    answer = client.as_(hana).get(page(loop), expect=200)

    assert answer.text.count('name="person_1_') == 4
    assert "Iris Okafor, 43 min" in words(answer)
    assert "Shadow Learns by watching: scores for practice, and never enters a decision." in words(answer)
    assert answer.text.count("btn-primary") == 1


def test_the_lead_is_offered_first_where_nobody_sits(client: Client, hana: Person) -> None:
    answer = client.as_(hana).get(page(draft_loop(job(hana))), expect=200)
    assert answer.text.count('selected value="lead"') == 3


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        (["co-interviewer", "co-interviewer"], "Choose who leads."),
        (["lead", "lead"], "Two people lead. Choose one."),
    ],
)
def test_an_impossible_panel_is_refused_at_its_stage_and_nothing_is_lost(
    client: Client, hana: Person, iris: Person, ivo: Person, parts: list[str], sentence: str
) -> None:
    loop = draft_loop(job(hana))
    data = typed(loop, [], list(zip([iris, ivo], parts, strict=True)), [(hana, "lead")])

    answer = client.as_(hana).post(page(loop), data=data, expect=422)

    assert sentence in words(answer)
    assert 'id="person_2_1-error"' in answer.text
    assert answer.text.count(f'selected value="{ivo.public_id}"') == 1
    assert answer.text.count(f'selected value="{hana.public_id}"') == 1
    assert seated(loop) == [{}, {}, {}]


def test_nobody_sits_on_a_panel_twice(client: Client, hana: Person, iris: Person) -> None:
    loop = draft_loop(job(hana))
    data = typed(loop, [(iris, "lead"), (iris, "shadow")])
    assert "Each person sits on a panel once." in words(
        client.as_(hana).post(page(loop), data=data, expect=422)
    )


def test_somebody_who_is_disabled_is_not_offered(
    client: Client, hana: Person, iris: Person, ada: Person
) -> None:
    loop = draft_loop(job(hana))
    people.disable(actor(ada), iris, open_assignments=0)
    client.as_(hana).post(page(loop), data=typed(loop, [(iris, "lead")]), expect=422)
    assert seated(loop)[0] == {}


def test_panels_are_proposed_for_empty_stages_from_the_interviewers_of_the_team(
    client: Client, hana: Person, iris: Person, ivo: Person, rina: Person
) -> None:
    loop = draft_loop(team(job(hana), interviewers=[iris, ivo, rina]))
    browser = client.as_(hana)
    data = typed(loop, [(hana, "lead")], do="propose")

    answer = browser.post(page(loop), data=data, expect=303)

    first, *others = seated(loop)
    assert first == {"Hana": "lead"}
    assert all(sorted(one.values()) == ["co-interviewer", "lead"] for one in others)
    assert set().union(*others) == {"Iris", "Ivo", "Rina"}
    found = words(browser.get(answer.location, expect=200))
    assert "Stages 2 and 3 had nobody and have a panel now" in found


def test_without_interviewers_nothing_is_proposed_and_what_was_chosen_stays(
    client: Client, hana: Person
) -> None:
    loop = draft_loop(job(hana))
    data = typed(loop, [(hana, "lead")], do="propose")
    answer = client.as_(hana).post(page(loop), data=data, expect=422)
    assert "Nobody of the hiring team is an interviewer yet." in words(answer)
    assert answer.text.count(f'selected value="{hana.public_id}"') == 1


def test_who_was_seated_is_recorded_stage_by_stage(hana: Person, iris: Person) -> None:
    loop = draft_loop(job(hana), panel=[iris])
    events = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "stage:changed")).all()
    assert [event.subject_id for event in events] == [stage.public_id for stage in loop.stages]


def test_the_second_tab_is_told_that_the_loop_has_changed(client: Client, hana: Person, iris: Person) -> None:
    loop = draft_loop(job(hana))
    second_tab = typed(loop, [(hana, "lead")])
    client.as_(hana).post(page(loop), data=typed(loop, [(iris, "lead")]), expect=303)
    answer = client.as_(hana).post(page(loop), data=second_tab, expect=409)
    assert "Somebody else changed this loop meanwhile." in words(answer)
    assert seated(loop)[0] == {"Iris": "lead"}


def test_an_open_loop_keeps_its_panels(client: Client, hana: Person, iris: Person, ivo: Person) -> None:
    loop = open_loop(job(hana), panel=[iris, ivo])
    client.as_(hana).get(page(loop), expect=403)
    client.as_(hana).post(page(loop), data=typed(loop), expect=403)
    assert seated(loop)[0] == {"Iris": "lead", "Ivo": "co-interviewer"}


@pytest.mark.parametrize("who", ["olga", "iris", "ada", "remi"])
def test_to_anybody_else_the_panels_are_not_there(
    client: Client, request: pytest.FixtureRequest, hana: Person, iris: Person, who: str
) -> None:
    loop = draft_loop(job(hana), panel=[iris])
    browser: Any = client.as_(request.getfixturevalue(who))
    browser.get(page(loop), expect=404)
    browser.post(page(loop), data=typed(loop), expect=404)
