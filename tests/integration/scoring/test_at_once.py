"""Requests about one scorecard that arrive at the same moment are put one after the other."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from app.audit.events import Event
from app.audit.models import AuditEvent
from app.core.db import db
from app.identity import sessions
from app.identity.models import Person
from app.scoring import queries
from app.scoring.models import Rating
from tests.factories.scoring import card_of, complete_fields, interview_with, save


def at_once(app: Flask, person: Person, address: str, *forms: dict[str, object]) -> Counter[int]:
    """Send each form from a browser of its own, all at the same moment; how often which status came back."""
    token = sessions.begin(person.id)
    db.session.commit()

    def send(form: dict[str, object]) -> int:
        browser = FlaskClient(app, use_cookies=True)
        browser.set_cookie("evenhand", token)
        return browser.post(address, data=form).status_code

    with ThreadPoolExecutor(len(forms)) as pool:
        return Counter(pool.map(send, forms))


def test_the_same_submit_sent_four_times_at_once_is_one_submit(app: Flask, iris: Person, ivo: Person):
    card = card_of(interview_with([iris, ivo]), iris)
    save(card, **complete_fields(card))
    sent = {"version": card.version, "key": "one-click-too-many"}

    assert at_once(app, iris, f"/scorecards/{card.public_id}/submission", *[sent] * 4) == {303: 4}
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Rating)) == 4
    events = sa.select(sa.func.count()).where(AuditEvent.event == Event.SCORECARD_SUBMITTED.value)
    assert db.session.scalar(events) == 1


def test_of_four_tabs_that_save_one_field_at_once_one_is_kept_and_the_others_hear_of_it(
    app: Flask, iris: Person, ivo: Person
):
    card = card_of(interview_with([iris, ivo]), iris)
    forms = [
        {"client": f"tab-{n}", "field": "retelling", "body": f"from tab {n}", "base": 0, "sequence": 1}
        for n in range(4)
    ]

    assert at_once(app, iris, f"/scorecards/{card.public_id}/revisions", *forms) == {200: 1, 409: 3}
    assert queries.saved_fields(card)["retelling"].count == 1
