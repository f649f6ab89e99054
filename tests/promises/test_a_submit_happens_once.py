"""P8: however often the button is pressed and answers are lost, a scorecard is handed in once."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from app import create_app
from app.audit import services as audit
from app.audit.events import Event
from app.core.config import Settings
from app.core.db import db
from app.scoring import services
from tests.browser.site import served
from tests.conftest import ENGINES
from tests.promises.site import seats
from tests.promises.submits import Found, pressed_often

SUBMITS = 24
FEW = 4


def pressed(world: Any, submits: int) -> Found:
    """Press at a server of this process, so that a defect can be put into it."""
    with world.fresh():
        filled_in = seats(4, candidates=submits // 4, filled_in=True)
        app = create_app(Settings(mode="development", database_url=world.url))
        with served(app) as address:
            found = pressed_often(int(address.rpartition(":")[2]), world.url, filled_in)
        with app.app_context():
            db.engine.dispose()
    return found


@pytest.mark.parametrize("engine", ENGINES)
def test_a_scorecard_is_handed_in_once_and_every_answer_says_the_same(engine, worlds, record_property):
    found = pressed(worlds(engine), SUBMITS)

    record_property("figures", {f"Submits pressed often, {engine}": found.figures})
    assert found.cut > 0
    assert (found.unlike, found.wrong) == ((), ())


@pytest.mark.parametrize("engine", ENGINES)
def test_a_server_that_forgets_the_key_is_found_out(engine, worlds, monkeypatch):
    submit = services.submit_scorecard

    def forgetful(*given: Any, key: str, **more: Any) -> Any:
        return submit(*given, key=uuid4().hex, **more)

    monkeypatch.setattr(services, "submit_scorecard", forgetful)

    assert pressed(worlds(engine), FEW).unlike


def test_a_server_that_takes_a_repeated_submit_for_another_is_found_out(worlds, monkeypatch):
    monkeypatch.setattr(services, "submit_scorecard", counted_again(services.submit_scorecard))

    found = pressed(worlds("sqlite"), FEW)

    assert not found.unlike
    assert found.wrong


def counted_again(submit: Callable[..., Any]) -> Callable[..., Any]:
    def counted(actor: Any, card: Any, **more: Any) -> Any:
        if card.is_submitted:
            job_id = card.assignment.interview.job_id
            audit.record(actor, Event.SCORECARD_SUBMITTED, card, job_id=job_id, criteria=4)
        return submit(actor, card, **more)

    return counted
