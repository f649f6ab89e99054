"""The guard: a route without an act stops the boot, and an answer without a question is a fault."""

import pytest
from flask import Flask

from app.policy import NOBODY, Act, decide
from app.web import guard
from app.web.application import Evenhand
from app.web.guard import Unguarded, acts, public


def small_app() -> Flask:
    from app.core.db import db

    app = Evenhand(__name__, static_folder=None)
    app.config.update(SQLALCHEMY_DATABASE_URI="sqlite://", PROPAGATE_EXCEPTIONS=True)
    db.init_app(app)
    return app


def test_a_route_that_declares_nothing_stops_the_boot() -> None:
    app = small_app()
    app.add_url_rule("/new", "new", lambda: "new")

    with pytest.raises(Unguarded, match=r"/new \(new\)"):
        guard.check_routes(app)


def test_an_answer_without_asking_the_policy_is_a_fault() -> None:
    app = small_app()
    app.add_url_rule("/people", "people", acts(Act.SEE_PEOPLE)(lambda: "everybody"))

    with pytest.raises(Unguarded, match="without asking about people:see"):
        app.test_client().get("/people")


def test_asking_about_another_act_is_a_fault_too() -> None:
    def view() -> str:
        decide(NOBODY, Act.SEE_TODAY)
        return "everybody"

    app = small_app()
    app.add_url_rule("/people", "people", acts(Act.SEE_PEOPLE)(view))

    with pytest.raises(Unguarded):
        app.test_client().get("/people")


def test_a_view_that_asks_answers() -> None:
    def view() -> str:
        decide(NOBODY, Act.SEE_PEOPLE)
        return "asked"

    app = small_app()
    app.add_url_rule("/people", "people", acts(Act.SEE_PEOPLE)(view))
    app.add_url_rule("/open", "open", public(lambda: "open"))
    guard.check_routes(app)

    assert app.test_client().get("/people").text == "asked"
    assert app.test_client().get("/open").text == "open"
