"""Letting criteria count differently, for a reason."""

from decimal import Decimal
from html import unescape

import pytest
from sqlalchemy.exc import IntegrityError

from app.core.db import db
from app.identity.models import Person
from app.loops.models import Loop
from app.loops.rules import weight_key
from tests.client import Client, words
from tests.factories.jobs import job, team
from tests.factories.loops import draft_loop, open_loop

REASON = "Nobody else is on site: safety counts twice."


def typed(loop: Loop, reason: str = "", **more: str) -> dict[str, str]:
    """The form with every weight 1, except those given."""
    ones = {weight_key(stage.position, one.code): "1" for stage in loop.stages for one in stage.criteria}
    return {"version": str(loop.version), "reason": reason, **ones, **more}


def path(loop: Loop) -> str:
    return f"/loops/{loop.public_id}/weights"


def weights(loop: Loop) -> set[Decimal]:
    db.session.refresh(loop)
    return {one.weight for stage in loop.stages for one in stage.criteria}


def test_hana_lets_safety_count_twice_and_says_why(client: Client, hana: Person) -> None:
    loop = draft_loop(job(hana))
    data = typed(loop, REASON, weight_1_SAF="2", weight_2_SAF="1.5")

    client.as_(hana).post(path(loop), data=data, expect=303)

    page = words(client.as_(hana).get(f"/jobs/{loop.job.public_id}/loop"))
    assert "with the weights below" in page
    assert "Stage 1 SAF 2, ESC 1, DOC 1, HND 1 Stage 2 PRI 1, SAF 1.5" in page
    assert REASON in page
    form = client.as_(hana).get(path(loop), expect=200).get_data(as_text=True)
    assert 'name="weight_2_SAF" required type="text" value="1.5"' in form


def test_different_weights_need_a_reason_and_what_was_typed_stays(client: Client, hana: Person) -> None:
    loop = draft_loop(job(hana))
    answer = client.as_(hana).post(path(loop), data=typed(loop, weight_1_SAF="2"), expect=422)
    assert "Say why these weights differ." in words(answer)
    assert 'name="weight_1_SAF" required type="text" value="2"' in answer.get_data(as_text=True)
    assert weights(loop) == {1}


def test_equal_weights_need_none_and_take_an_earlier_reason_away(client: Client, hana: Person) -> None:
    loop = draft_loop(job(hana))
    client.as_(hana).post(path(loop), data=typed(loop, REASON, weight_1_SAF="2"), expect=303)
    client.as_(hana).post(path(loop), data=typed(loop, REASON), expect=303)
    assert (weights(loop), loop.weights_reason) == ({1}, "")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ("", "Type a weight, such as 1."),
        ("0", "A number above 0, 100 at most."),
        ("101", "A number above 0, 100 at most."),
        ("-1", "A number, such as 1 or 1.5."),
        ("NaN", "A number, such as 1 or 1.5."),
        ("1.0001", "A number, such as 1 or 1.5."),
    ],
)
def test_an_impossible_weight_is_refused_at_its_field(
    client: Client, hana: Person, wrong: str, sentence: str
) -> None:
    loop = draft_loop(job(hana))
    answer = client.as_(hana).post(path(loop), data=typed(loop, REASON, weight_3_EDU=wrong), expect=422)
    assert sentence in words(answer)
    assert REASON in unescape(answer.get_data(as_text=True))
    assert weights(loop) == {1}


def test_the_second_tab_is_told_that_the_loop_has_changed(client: Client, hana: Person) -> None:
    loop = draft_loop(job(hana))
    second_tab = typed(loop, REASON, weight_1_SAF="3")
    client.as_(hana).post(path(loop), data=typed(loop, REASON, weight_1_SAF="2"), expect=303)
    client.as_(hana).post(path(loop), data=second_tab, expect=409)
    assert weights(loop) == {1, 2}


def test_an_open_loop_keeps_its_weights(client: Client, hana: Person, iris: Person, ivo: Person) -> None:
    loop = open_loop(job(hana), panel=[iris, ivo])
    reason = "The loop is open: its stages, versions and weights are fixed."
    assert reason in words(client.as_(hana).get(path(loop), expect=403))
    answer = client.as_(hana).post(path(loop), data=typed(loop, REASON, weight_1_SAF="2"), expect=403)
    assert reason in words(answer)
    assert weights(loop) == {1}


def test_its_recruiter_cannot_change_weights(client: Client, hana: Person, rina: Person) -> None:
    loop = draft_loop(team(job(hana), recruiter=rina))
    client.as_(rina).get(path(loop), expect=403)
    answer = client.as_(rina).post(path(loop), data=typed(loop, REASON, weight_1_SAF="2"), expect=403)
    assert "Only the job's hiring manager can do this." in words(answer)


@pytest.mark.parametrize("who", ["olga", "iris", "ada", "remi"])
def test_to_anybody_else_the_weights_are_not_there(
    client: Client, request: pytest.FixtureRequest, hana: Person, iris: Person, who: str
) -> None:
    loop = draft_loop(job(hana), panel=[iris])
    browser = client.as_(request.getfixturevalue(who))
    browser.get(path(loop), expect=404)
    browser.post(path(loop), data=typed(loop), expect=404)


@pytest.mark.parametrize(
    ("column", "value", "constraint"), [("weight", 0, "weight_is_positive"), ("bar", 6, "bar_on_scale")]
)
def test_the_database_itself_refuses_an_impossible_criterion(
    hana: Person, column: str, value: int, constraint: str
) -> None:
    setattr(draft_loop(job(hana)).stages[0].criteria[0], column, value)
    with pytest.raises(IntegrityError, match=constraint):
        db.session.flush()


def test_a_preset_fills_in_the_form_and_is_not_kept_before_it_is_set(client: Client, hana: Person) -> None:
    loop = draft_loop(job(hana))

    page = client.as_(hana).get(f"{path(loop)}?preset=safety", expect=200)

    assert "“Safety first” is filled in below and not kept yet." in words(page)
    assert 'name="weight_1_SAF" required type="text" value="2"' in page.text
    assert 'name="weight_1_DOC" required type="text" value="1"' in page.text
    assert "no strength elsewhere makes up for it" in words(page)
    assert weights(loop) == {1}
    assert "filled in below" not in words(client.as_(hana).get(f"{path(loop)}?preset=none", expect=200))


def test_each_criterion_shows_its_bar_at_every_level_and_the_total_weight(
    client: Client, hana: Person
) -> None:
    page = words(client.as_(hana).get(path(draft_loop(job(hana))), expect=200))

    assert "Criterion Weight Entry bar Mid bar Senior bar Leadership bar" in page
    assert "HND Handoff and team communication 2 3 3 3" in page
    assert "Total weight as kept: 12" in page
