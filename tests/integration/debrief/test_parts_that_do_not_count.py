"""A shadow's and a reverse-shadow's scorecards are practice: no total, decision or report has them."""

from collections.abc import Sequence

import pytest
import sqlalchemy as sa

from app.candidates.models import Application
from app.core.db import db
from app.debrief import queries as debriefs
from app.debrief.rules import Result
from app.identity.models import Person
from app.loops import queries as loop_queries
from app.loops import services
from app.loops.models import COUNTING_PARTS, AssignmentPart
from app.scoring import queries as scoring_queries
from app.scoring.models import Assignment
from app.scoring.queries import panel as panel_queries
from tests.client import Client, words
from tests.factories import debrief, jobs, loops, people, scoring
from tests.factories.people import actor

PRACTICE = [AssignmentPart.SHADOW, AssignmentPart.REVERSE_SHADOW]
LEVELS = {"SAF": (3, 4, 1), "ESC": (4, 4, 1), "DOC": (None, 3, 5), "HND": (None, None, 5)}


@pytest.fixture(params=PRACTICE)
def part(request: pytest.FixtureRequest) -> AssignmentPart:
    return request.param


def met(panel: Sequence[Person], part: AssignmentPart, *stages: debrief.Levels) -> Application:
    """A candidate who met Iris, Ivo and somebody who is there in this part."""
    job = jobs.team(jobs.job(people.hana()), recruiter=people.rina(), interviewers=panel)
    loop = loops.draft_loop(job)
    by = actor(people.hana())
    seats = [*loops.parts(panel[:2]), (panel[2], part)]
    services.set_panels(
        by, loop, version=loop.version, seats={stage.position: seats for stage in loop.stages}
    )
    services.open_loop(by, loop, version=loop.version, gaps_reason=loops.GAPS)
    return debrief.met(panel, *stages, job=job)


def result(application: Application) -> Result:
    db.session.expire_all()
    return debriefs.debrief_of(actor(people.hana()), application).result


def raters(application: Application) -> set[int]:
    loop = loop_queries.latest_loop(application.job)
    assert loop is not None
    return {row.person_id for row in scoring_queries.rating_rows(actor(people.hana()), loop).rows}


def test_the_part_that_is_planned_is_the_part_of_the_assignment(
    part: AssignmentPart, iris: Person, ivo: Person, rina: Person
) -> None:
    met([iris, ivo, rina], part, {})
    found = db.session.execute(sa.select(Assignment.person_id, Assignment.part)).all()
    assert {(one.person_id, one.part) for one in found} == {
        (iris.id, AssignmentPart.LEAD),
        (ivo.id, AssignmentPart.CO_INTERVIEWER),
        (rina.id, part),
    }


def test_practice_never_enters_total_coverage_outcome_or_agreement(
    client: Client, part: AssignmentPart, hana: Person, iris: Person, ivo: Person, rina: Person
) -> None:
    application = met([iris, ivo, rina], part, LEVELS)

    found = result(application)

    assert float(found.total or 0) == pytest.approx((3.5 + 4 + 3) / 3)
    assert (found.observed, found.below_minimum) == (3, [])
    assert raters(application) == {iris.id, ivo.id}
    page = words(client.as_(hana).get(f"/applications/{application.public_id}/debrief", expect=200))
    assert "3.50 of 5" in page
    assert "Rina does not count" in page


def test_it_would_show_if_practice_counted(
    monkeypatch: pytest.MonkeyPatch, part: AssignmentPart, iris: Person, ivo: Person, rina: Person
) -> None:
    application = met([iris, ivo, rina], part, LEVELS)
    honest, honest_raters = result(application), raters(application)

    monkeypatch.setattr("app.scoring.models.COUNTING_PARTS", (*COUNTING_PARTS, part))
    monkeypatch.setattr(panel_queries, "COUNTING_PARTS", (*COUNTING_PARTS, part))

    assert result(application).total != honest.total
    assert result(application).observed != honest.observed
    assert raters(application) != honest_raters


def test_the_panel_is_complete_without_the_scorecard_of_a_shadow(
    part: AssignmentPart, iris: Person, ivo: Person, rina: Person
) -> None:
    application = met([iris, ivo, rina], part)
    interview = scoring.interview_with([iris, ivo, rina], [iris, ivo], of=application)

    [panel] = scoring_queries.panel_scores(actor(people.hana()), application)

    assert panel.is_open, "nobody waits for practice"
    assert scoring_queries.sight(actor(rina), application, interview).mine_open
    [hers] = scoring_queries.panel_scores(actor(rina), application)
    assert not hers.is_open, "whoever practices scores before reading, too"


@pytest.mark.parametrize("watching", [AssignmentPart.OBSERVER, AssignmentPart.NOTE_TAKER])
def test_who_gives_no_levels_owes_no_scorecard_and_nobody_waits_for_one(
    client: Client, watching: AssignmentPart, iris: Person, ivo: Person, rina: Person
) -> None:
    application = met([iris, ivo, rina], watching)
    interview = scoring.interview_with([iris, ivo, rina], of=application, declared=False)

    seat = scoring.seat_of(interview, rina)

    assert (seat.part, seat.is_open) == (watching, False)
    waited_for = {one.person_id for one in interview.assignments if one.is_open}
    assert waited_for == {iris.id, ivo.id}
    page = words(client.as_(rina).get(f"/applications/{application.public_id}", expect=200))
    assert f"Gives no levels as {watching.value}." in page
