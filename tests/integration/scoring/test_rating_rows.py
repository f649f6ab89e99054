"""The ratings from which agreement is reported: those of complete panels that the viewer may see."""

from flask import Flask

from app.core.db import db
from app.identity.models import Person
from app.loops.models import Criterion
from app.scoring import queries
from tests.factories.people import actor
from tests.factories.scoring import NOON, application, interview_with


def test_only_complete_panels_are_in(app: Flask, iris: Person, ivo: Person, rina: Person):
    complete = interview_with([iris, ivo], submitted=[iris, ivo], levels={"ESC": 4, "HND": None})
    theo = application([iris, ivo], name="Theo Brandt", job=complete.application.job)
    interview_with([iris, ivo], of=theo, submitted=[iris])

    found = queries.rating_rows(actor(rina), complete.stage.loop)
    assert {row.application_id for row in found.rows} == {complete.application_id}
    assert len(found.rows) == 8, "two people on four criteria"
    codes = {criterion.id: criterion.code for criterion in db.session.query(Criterion)}
    levels = {(codes[row.criterion_id], row.level) for row in found.rows}
    assert levels == {("SAF", 3), ("ESC", 4), ("DOC", 3), ("HND", None)}
    assert {row.submitted_at.date() for row in found.rows} == {NOON.date()}


def test_candidates_whom_the_viewer_has_to_score_are_left_out_and_named(
    app: Flask, iris: Person, ivo: Person, hana: Person
):
    first = interview_with([iris, ivo], submitted=[iris, ivo])
    interview_with([hana, ivo], of=first.application, stage=2)
    theo = application([iris, ivo], name="Theo Brandt", job=first.application.job)
    interview_with([iris, ivo], of=theo, submitted=[iris, ivo])

    found = queries.rating_rows(actor(hana), first.stage.loop)
    assert {row.application_id for row in found.rows} == {theo.id}
    assert found.left_out == ("Cleo Marsh",)


def test_an_outsider_gets_nothing(app: Flask, iris: Person, ivo: Person, olga: Person, ada: Person):
    interview = interview_with([iris, ivo], submitted=[iris, ivo])
    for somebody in (olga, ada):
        found = queries.rating_rows(actor(somebody), interview.stage.loop)
        assert found.rows == ()
        assert found.left_out == ()
