"""Closing a loop."""

import pytest

from app.core.db import db
from app.identity.models import Person
from app.loops import queries
from app.loops.models import Loop
from tests.client import Client, words
from tests.factories.jobs import job, team
from tests.factories.loops import closed_loop, draft_loop, open_loop


def post(browser: Client, loop: Loop, *, expect: int) -> str:
    return words(browser.post(f"/loops/{loop.public_id}", data={"do": "close"}, expect=expect))


def test_hana_closes_her_loop_and_the_page_stays_to_be_read(
    client: Client, hana: Person, iris: Person, ivo: Person
) -> None:
    loop = open_loop(job(hana), panel=[iris, ivo])

    post(client.as_(hana), loop, expect=303)

    assert loop.is_closed
    assert queries.open_loop(loop.job_id) is None
    page = words(client.as_(hana).get(f"/jobs/{loop.job.public_id}/loop", expect=200))
    assert "The loop is closed: nobody new meets it" in page
    assert "Twenty-two minutes" in page


def test_only_an_open_loop_is_closed(
    client: Client, hana: Person, olga: Person, iris: Person, ivo: Person
) -> None:
    draft, closed = draft_loop(job(hana)), closed_loop(job(hana), panel=[iris, ivo])
    at = closed.closed_at
    for loop in (draft, closed):
        assert "The loop is not open." in post(client.as_(hana), loop, expect=403)
    db.session.refresh(closed)
    assert closed.closed_at == at


def test_its_recruiter_cannot_close_it(
    client: Client, hana: Person, rina: Person, iris: Person, ivo: Person
) -> None:
    loop = open_loop(team(job(hana), recruiter=rina), panel=[iris, ivo])
    reason = "Only the job's hiring manager can do this."
    page = words(client.as_(rina).get(f"/jobs/{loop.job.public_id}/loop"))
    assert f"Close the loop {reason}" in page
    assert reason in post(client.as_(rina), loop, expect=403)


@pytest.mark.parametrize("who", ["olga", "iris", "ada", "remi"])
def test_to_anybody_else_the_loop_is_not_there(
    client: Client, request: pytest.FixtureRequest, hana: Person, iris: Person, ivo: Person, who: str
) -> None:
    loop = open_loop(job(hana), panel=[iris, ivo])
    post(client.as_(request.getfixturevalue(who)), loop, expect=404)
    assert loop.is_open
