"""What a person has to score, and what they handed in."""

from datetime import timedelta

from flask import Flask

from app.core import clock
from app.identity.models import Person
from app.scoring import queries
from tests.client import Client, count_queries, words
from tests.factories.people import actor
from tests.factories.scoring import NOON, application, card_of, interview_with, save, submit


def names(works: object) -> list[str]:
    return [one.interview.application.candidate.name for one in works]  # type: ignore[attr-defined]


def test_the_interview_of_today_comes_next_then_what_is_to_finish(app: Flask, iris: Person, ivo: Person):
    cleo = interview_with([iris, ivo], starts_at=NOON + timedelta(minutes=18))
    job = cleo.application.job
    for name, away in (("Theo Brandt", -1), ("Odile Fenn", 2)):
        interview_with(
            [iris, ivo],
            of=application([iris, ivo], name=name, job=job),
            starts_at=NOON + timedelta(days=away),
        )
    with clock.at(NOON):
        work = queries.my_work(actor(iris))

    assert work.next is not None
    assert names([work.next]) == ["Cleo Marsh"]
    assert names(work.to_finish) == ["Theo Brandt"]
    assert names(work.coming_up) == ["Odile Fenn"]
    assert work.handed_in_count == 0


def test_my_own_progress_is_counted_and_past_due_is_said(app: Flask, iris: Person, ivo: Person):
    interview = interview_with([iris, ivo])
    save(card_of(interview, iris), level_SAF="3", level_ESC="no")
    save(card_of(interview, ivo), level_SAF="1", level_ESC="2", level_DOC="4")

    with clock.at(NOON + timedelta(days=2)):
        work = queries.my_work(actor(iris))
    assert work.next is not None
    assert (work.next.given, work.next.criteria, work.next.is_past_due) == (2, 4, True)


def test_what_i_handed_in_says_whether_the_panel_is_open_to_me(app: Flask, iris: Person, ivo: Person):
    interview = interview_with([iris, ivo], submitted=[iris])
    (waiting,) = queries.my_work(actor(iris)).handed_in
    assert not waiting.is_open_to_me
    submit(card_of(interview, ivo))
    (complete,) = queries.my_work(actor(iris)).handed_in
    assert complete.is_open_to_me


def test_a_waived_scorecard_is_work_no_more(
    client: Client, app: Flask, rina: Person, iris: Person, ivo: Person
):
    interview = interview_with([iris, ivo])
    seat = card_of(interview, iris).assignment
    client.as_(rina).post(
        f"/assignments/{seat.public_id}",
        data={"do": "waive", f"{seat.public_id}-reason": "Is ill."},
        expect=303,
    )
    assert queries.my_work(actor(iris)).next is None


def test_i_find_my_own_scorecards_again(client: Client, iris: Person, ivo: Person):
    interview = interview_with([iris, ivo], submitted=[iris])
    browser = client.as_(iris)
    page = browser.get("/scorecards", expect=200)

    assert "1 handed in" in words(page)
    assert f"/scorecards/{card_of(interview, iris).public_id}" in page.text
    assert f"/scorecards/{card_of(interview, ivo).public_id}" not in page.text


def test_somebody_without_scorecards_reads_what_will_come_here(client: Client, olga: Person):
    assert "No scorecard yet" in words(client.as_(olga).get("/scorecards", expect=200))


def test_the_lists_take_as_many_queries_for_many_scorecards_as_for_two(
    client: Client, iris: Person, ivo: Person
):
    first = interview_with([iris, ivo], submitted=[iris])
    interview_with([iris, ivo], of=first.application, stage=2)
    browser = client.as_(iris)

    def queries_sent() -> tuple[int, int]:
        with count_queries() as listed:
            browser.get("/scorecards", expect=200)
        with count_queries() as today:
            browser.get("/", expect=200)
        return len(listed), len(today)

    with_two = queries_sent()
    for number in range(8):
        found = application([iris, ivo], name=f"Candidate {number}", job=first.application.job)
        interview_with([iris, ivo], of=found, submitted=[iris])
        interview_with([iris, ivo], of=found, stage=2)
    assert queries_sent() == with_two
    assert max(with_two) <= 15
