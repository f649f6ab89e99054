"""A job with two loops: what is different, which candidates met which, and that they are not compared."""

import pytest

from app.candidates.models import Application
from app.core.db import db
from app.identity.models import Person
from app.jobs.models import Job
from app.loops import services
from app.loops.models import Loop
from tests.client import Client, count_queries, words
from tests.factories import debrief, scoring
from tests.factories.jobs import job, team
from tests.factories.loops import draft_loop, open_loop
from tests.factories.people import actor
from tests.factories.scoring import NOON

NOT_COMPARED = "Candidates of loop 1 and of loop 2 meet different stages or versions, and are not compared."


@pytest.fixture
def made(hana: Person, rina: Person, iris: Person, ivo: Person) -> Job:
    """Hana's job, for which Rina recruits."""
    return team(job(hana), recruiter=rina, interviewers=[iris, ivo])


def begun(made: Job, name: str, panel: list[Person], loop: Loop) -> Application:
    """Somebody with an interview of this loop."""
    found = scoring.application([], name, made)
    scoring.interview_with(panel, of=found, starts_at=NOON, stage=loop.stages[0].position)
    return found


@pytest.fixture
def first(made: Job, hana: Person, iris: Person, ivo: Person) -> Loop:
    """A first loop, met by Cleo and closed."""
    loop = open_loop(made, panel=[iris, ivo])
    begun(made, "Cleo Marsh", [iris, ivo], loop)
    services.close_loop(actor(hana), loop)
    db.session.commit()
    return loop


@pytest.fixture
def second(made: Job, first: Loop, hana: Person, iris: Person, ivo: Person) -> Loop:
    """A second one with one stage more, met by Noor."""
    loop = open_loop(made, panel=[iris, ivo], besides="cw-irf-ot-senior")
    begun(made, "Noor Haddad", [iris, ivo], loop)
    db.session.commit()
    return loop


def test_the_loop_page_says_what_is_different_from_the_loop_before(
    client: Client, hana: Person, made: Job, second: Loop
) -> None:
    page = words(client.as_(hana).get(f"/jobs/{made.public_id}/loop", expect=200))
    title = second.stages[3].scenario_version.title
    assert f"What is different from loop 1 “{title}” is new, as stage 4. {NOT_COMPARED}" in page
    assert "Which candidates met which loop" in page
    assert "Interview loop 2 The loop is open" in page


def test_the_draft_of_a_second_loop_says_so_before_it_opens(
    client: Client, hana: Person, iris: Person, made: Job, first: Loop
) -> None:
    loop = draft_loop(made, panel=[iris])
    services.remove_stage(actor(hana), loop.stages[0], version=loop.version)
    db.session.commit()
    page = words(client.as_(hana).get(f"/jobs/{made.public_id}/loop", expect=200))
    assert f"“{first.stages[0].scenario_version.title}” is left out." in page


def test_the_first_loop_has_nothing_to_be_different_from(
    client: Client, hana: Person, made: Job, first: Loop
) -> None:
    assert "different from loop" not in words(client.as_(hana).get(f"/jobs/{made.public_id}/loop"))


def test_a_loop_that_is_drafted_anew_as_it_was_is_not_different(
    client: Client, hana: Person, iris: Person, ivo: Person, made: Job, first: Loop
) -> None:
    open_loop(made, panel=[iris, ivo])
    page = words(client.as_(hana).get(f"/jobs/{made.public_id}/loops", expect=200))
    assert "Nothing: the same stages, versions, times, weights and bars." in page


def test_the_loops_of_a_job_say_who_met_which(client: Client, rina: Person, made: Job, second: Loop) -> None:
    browser, path = client.as_(rina), f"/jobs/{made.public_id}/loops"
    page = words(browser.get(path, expect=200))
    assert "Who met loop 2 1 Noor Haddad" in page
    assert "Cleo Marsh" not in page
    page = words(browser.get(f"{path}?loop=1", expect=200))
    assert "Who met loop 1 1 Cleo Marsh" in page
    assert "Noor Haddad" not in page


def test_whoever_is_in_two_loops_is_marked(
    client: Client, rina: Person, iris: Person, ivo: Person, made: Job, first: Loop, second: Loop
) -> None:
    both = scoring.queries.interviews_of(begun(made, "Odile Renard", [iris, ivo], second))
    db.session.add(moved_to_the_first_loop(both[0], first))
    db.session.commit()
    page = words(client.as_(rina).get(f"/jobs/{made.public_id}/loops?loop=2", expect=200))
    assert "Odile Renard" in page
    assert "Also began loop 1" in page


def moved_to_the_first_loop(interview: object, first: Loop) -> object:
    """The same interview once more, of the first loop: as databases of before may have it."""
    kept = ("application_id", "starts_at", "minutes", "time_zone")
    return type(interview)(stage_id=first.stages[0].id, **{name: getattr(interview, name) for name in kept})


def test_the_job_page_warns_when_its_list_holds_candidates_of_both(
    client: Client, hana: Person, made: Job, first: Loop, second: Loop
) -> None:
    page = words(client.as_(hana).get(f"/jobs/{made.public_id}", expect=200))
    assert (
        "Candidates of this list met loops 1 and 2, which put different stages or versions. "
        "They are not compared." in page
    )
    assert page.index("loop 1") < page.index("loop 2")


def test_it_does_not_warn_when_all_of_them_met_the_same(
    client: Client, hana: Person, iris: Person, ivo: Person, made: Job, first: Loop
) -> None:
    begun(made, "Noor Haddad", [iris, ivo], open_loop(made, panel=[iris, ivo]))
    db.session.commit()
    page = words(client.as_(hana).get(f"/jobs/{made.public_id}"))
    assert "They are not compared" not in page
    assert "loop 2" in page


def test_a_job_with_one_loop_speaks_of_no_numbers(
    client: Client, hana: Person, made: Job, first: Loop
) -> None:
    page = words(client.as_(hana).get(f"/jobs/{made.public_id}"))
    assert "loop 1" not in page


def test_each_candidate_stands_in_the_list_with_the_stages_of_their_own_loop(
    client: Client, hana: Person, made: Job, second: Loop
) -> None:
    rows = scoring.queries.board(actor(hana), made, 1).rows
    assert [(row.loop_number, len(row.stages)) for row in rows] == [(1, 3), (2, 4)]


def test_their_page_shows_the_stages_of_the_loop_they_began(
    client: Client, rina: Person, made: Job, first: Loop, second: Loop
) -> None:
    cleo = next(
        row.application for row in scoring.queries.board(actor(rina), made, 1).rows if row.loop_number == 1
    )
    page = words(client.as_(rina).get(f"/applications/{cleo.public_id}", expect=200))
    assert second.stages[3].scenario_version.title not in page


def test_a_debrief_says_that_another_loop_put_something_else(
    client: Client, hana: Person, iris: Person, ivo: Person, made: Job, first: Loop
) -> None:
    open_loop(made, panel=[iris, ivo], besides="cw-irf-ot-senior")
    done = debrief.met([iris, ivo], {}, {}, {}, {}, name="Noor Haddad", job=made)
    page = words(client.as_(hana).get(f"/applications/{done.public_id}/debrief", expect=200))
    assert (
        "This is loop 2. Loop 1 of this job puts other stages or versions: candidates of the two met "
        "different things, and their levels and totals are not compared." in page
    )


def test_a_debrief_says_when_the_candidate_has_interviews_in_another_loop(
    client: Client, hana: Person, iris: Person, ivo: Person, made: Job, first: Loop
) -> None:
    open_loop(made, panel=[iris, ivo], besides="cw-irf-ot-senior")
    done = debrief.met([iris, ivo], {}, {}, {}, {}, name="Noor Haddad", job=made)
    interview = scoring.queries.interviews_of(done)[0]
    db.session.add(moved_to_the_first_loop(interview, first))
    db.session.commit()
    page = words(client.as_(hana).get(f"/applications/{done.public_id}/debrief", expect=200))
    assert (
        "Noor Haddad also has interviews in loop 1. This debrief is on loop 2 alone; "
        "what was scored there is not in it." in page
    )


def test_the_debrief_of_a_job_with_one_loop_speaks_of_no_other(
    client: Client, hana: Person, iris: Person, ivo: Person, made: Job
) -> None:
    open_loop(made, panel=[iris, ivo])
    done = debrief.met([iris, ivo], {}, {}, {}, name="Noor Haddad", job=made)
    page = words(client.as_(hana).get(f"/applications/{done.public_id}/debrief", expect=200))
    assert "not compared" not in page


@pytest.mark.parametrize("who", ["olga", "iris", "ada", "remi"])
def test_to_anybody_else_the_loops_are_not_there(
    client: Client, request: pytest.FixtureRequest, made: Job, first: Loop, who: str
) -> None:
    client.as_(request.getfixturevalue(who)).get(f"/jobs/{made.public_id}/loops", expect=404)


def test_a_job_without_a_loop_says_so(client: Client, hana: Person, made: Job) -> None:
    assert "No loop yet" in words(client.as_(hana).get(f"/jobs/{made.public_id}/loops", expect=200))


def test_the_page_takes_as_many_queries_for_many_candidates_as_for_one(
    client: Client, hana: Person, iris: Person, ivo: Person, made: Job, second: Loop
) -> None:
    browser, path = client.as_(hana), f"/jobs/{made.public_id}/loops"

    def counted() -> int:
        with count_queries() as sent:
            browser.get(path, expect=200)
        return len(sent)

    few = counted()
    for number in range(5):
        begun(made, f"Guest{number} Example", [iris, ivo], second)
    db.session.commit()
    assert counted() == few <= 14
