"""The debrief page: the rule's result, the grid, and what stays closed."""

import re
from datetime import timedelta
from urllib.parse import urljoin

import pytest

from app.core.db import db
from app.identity.models import Person
from app.policy import Role
from app.scoring import queries
from app.scoring import services as scoring_services
from tests.client import count_queries, words
from tests.factories import debrief, jobs, loops, people, scoring
from tests.factories.scoring import NOON

CLOSED = "Closed until yours is in: you have an open scorecard for this candidate."


def address(application, suffix="debrief"):
    return f"/applications/{application.public_id}/{suffix}"


def lines(response):
    """The rows of the grid as words: "SAF Safety-first judgment ... 4 2 3.00 bar 3 Gap of 2"."""
    rows = re.findall(r"<tr.*?</tr>", response.text, re.DOTALL)
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)).strip() for row in rows]


def test_the_largest_gaps_come_first_then_one_apart_then_the_same(client, hana, iris, ivo):
    given = {"SAF": (4, 4), "ESC": (3, 4), "DOC": (2, 5), "HND": (4, 2)}
    application = debrief.met([iris, ivo], given)

    page = client.as_(hana).get(address(application), expect=200)
    grid = [row for row in lines(page) if "Ten on the book" not in row and "Five visits left" not in row]

    titles = ["Talk about these first", "One level apart, or somebody did not observe", "Same level"]
    assert [row for row in grid if row in titles] == titles
    assert [row[:3] for row in grid if row[:3] in given and "no interview" not in row] == [
        "DOC",
        "HND",
        "ESC",
        "SAF",
    ]
    assert "2 5 3.50 bar 3 Gap of 3" in grid[2]


def test_the_total_is_shown_with_coverage_bars_and_critical_minimums(client, hana, iris, ivo):
    application = debrief.met(
        [iris, ivo],
        {"SAF": (4, 4), "HND": (2, 3)},
        {"PRI": (None, 5)},
        {"EDU": (None, None)},
    )

    page = words(client.as_(hana).get(address(application), expect=200))

    assert "3.23 of 5, equal weights" in page
    assert "Observed 11 of 12 criteria; 1 by one person only" in page
    assert "Bars for mid level Not met 1 of 12 criteria below" in page
    assert "Critical minimums Met every critical criterion reaches its bar" in page
    assert "All 6 scorecards were handed in before anyone saw another." in page
    assert "A follow-up is needed" not in page


def test_a_critical_criterion_below_its_minimum_is_not_met_whatever_the_total(client, hana, iris, ivo):
    application = debrief.met([iris, ivo], {"SAF": (2, 3), "ESC": (5, 5), "DOC": (5, 5), "HND": (5, 5)})

    page = words(client.as_(hana).get(address(application), expect=200))

    assert "4.38 of 5" in page
    assert "Critical minimums Not met SAF below the minimum, whatever the total" in page
    assert "2.50 bar 3 below minimum" in page


def test_two_people_who_did_not_observe_a_critical_criterion_call_for_a_follow_up(client, hana, iris, ivo):
    application = debrief.met([iris, ivo], {"SAF": (None, None)})

    page = words(client.as_(hana).get(address(application), expect=200))

    assert "A follow-up is needed before deciding: SAF is critical" in page
    assert "Critical minimums Not known" in page


def test_a_level_opens_its_evidence_side_by_side_without_scripts(client, hana, iris, ivo):
    application = debrief.met([iris, ivo], {"SAF": (4, 2), "ESC": (5, 3)})
    browser = client.as_(hana)
    first = browser.get(address(application), expect=200)
    link = re.search(r'href="([^"]+)#side"[^>]*aria-label="Iris: 5, read the evidence"', first.text)

    chosen = words(browser.get(urljoin(address(application), link[1]), expect=200))

    assert "Safety-first judgment, side by side" in words(first)
    assert "Scope and escalation, side by side" in chosen
    assert "“I call him first.” Said about ESC. Because: That is what 5 describes." in chosen


def test_with_htmx_only_the_side_is_sent(client, hana, iris, ivo):
    application = debrief.met([iris, ivo], {"SAF": (4, 2)})

    side = client.as_(hana).get(address(application), headers={"HX-Request": "true"}, expect=200)

    assert "side by side" in words(side)
    assert "Criterion by interviewer" not in words(side)
    assert "HX-Request" in side.headers["Vary"]


def test_while_the_panel_is_not_complete_only_who_is_in_is_said(client, hana, iris, ivo):
    interview = scoring.interview_with([iris, ivo], submitted=[iris], levels={"SAF": 5})

    page = words(client.as_(hana).get(address(interview.application), expect=200))

    assert "Twenty-two minutes: Iris Okafor is in, Ivo Lind is not in" in page
    assert "Ten on the book: no interview yet" in page
    assert "Weighted total, rule fixed" in page
    assert "None of 5 so far" in page
    assert "That is what 5 describes." not in page


def test_closed_cells_are_the_same_whatever_lies_behind_them(client, hana, rina, iris, ivo):
    job = jobs.team(jobs.job(hana), recruiter=rina, interviewers=[iris, ivo])
    loops.open_loop(job, [iris, ivo])
    pages = []
    for name, level in (("Cleo Marsh", 1), ("Theo Brandt", 5)):
        interview = scoring.interview_with([iris, ivo], of=scoring.application([iris, ivo], name, job))
        scoring.submit(scoring.card_of(interview, iris), {"SAF": level}, at=NOON + timedelta(hours=1))
        page = client.as_(hana).get(address(interview.application), expect=200).text
        pages.append(page.replace(name, "").replace(str(interview.application.public_id), ""))

    assert plain(pages[0]) == plain(pages[1])


def plain(page):
    """A page without the token that differs on every answer."""
    return re.sub(r'("X-CSRFToken": |name="csrf_token" value=)"[^"]+"', "", page)


def test_yours_is_named_as_yours(client, iris, ivo):
    interview = scoring.interview_with([iris, ivo], submitted=[iris])

    page = words(client.as_(iris).get(address(interview.application), expect=200))

    assert "Twenty-two minutes: yours is in, Ivo Lind is not in" in page
    assert "Only the job's hiring manager can do this." in page


@pytest.mark.parametrize("state", ["nothing in", "colleague in", "own other stage open"])
def test_while_the_own_scorecard_is_open_the_page_is_refused_with_one_reason(client, hana, iris, ivo, state):
    panel = [iris, ivo]
    application = scoring.application(panel)
    first = scoring.interview_with(panel, of=application)
    if state != "nothing in":
        scoring.submit(scoring.card_of(first, ivo))
    if state == "own other stage open":
        scoring.submit(scoring.card_of(first, iris))
        scoring.interview_with(panel, of=application, stage=2, starts_at=NOON + timedelta(hours=2))

    page = words(client.as_(iris).get(address(application), expect=403))

    assert CLOSED in page
    assert "SAF" not in page


def test_an_interviewer_sees_the_panels_they_sat_on_and_no_other(client, hana, iris, ivo):
    wren = people.person("Wren Abbot", Role.INTERVIEWER)
    application = debrief.met([iris, ivo], {"SAF": (5, 2)})
    jobs.team(application.job, interviewers=[wren])
    interview = scoring.interview_with([wren], of=application, stage=2, starts_at=NOON + timedelta(hours=2))
    scoring.submit(scoring.card_of(interview, wren), {"PRI": 4})

    theirs = words(client.as_(wren).get(address(application), expect=200))
    all_of_it = words(client.as_(hana).get(address(application), expect=200))

    assert "Twenty-two minutes: you do not sit on this panel" in theirs
    assert "That is what 5 describes." not in theirs
    assert "4.00 bar 3" in theirs
    assert "Twenty-two minutes: " not in all_of_it


def test_somebody_who_opened_it_after_the_panel_was_open_is_shown_and_does_not_count(client, hana, iris, ivo):
    application = debrief.met([iris, ivo], {"SAF": (4, 1)})
    scoring.seat_of(first_interview(application), ivo).is_informed = True
    db.session.commit()

    page = words(client.as_(hana).get(address(application), expect=200))

    assert "4 1 4.00 bar 3 Ivo does not count" in page
    assert "Opened after the panel was open: does not count" in page


def test_an_amendment_stands_beside_and_changes_no_level(client, hana, iris, ivo):
    application = debrief.met([iris, ivo], {"SAF": (4, 2)})
    card = scoring.card_of(first_interview(application), iris)
    scoring_services.amend(
        people.actor(iris), card, body="I would give a 2 now.", reason="I had missed the second call."
    )
    db.session.commit()

    page = words(client.as_(hana).get(address(application), expect=200))

    assert "Iris Okafor Twenty-two minutes" in page
    assert "I would give a 2 now. Reason: I had missed the second call." in page
    assert "4 2 3.00 bar 3 Gap of 2" in page


def first_interview(application):
    return queries.interviews_of(application)[0]


@pytest.mark.parametrize("name", ["olga", "ada", "remi"])
def test_whoever_has_no_part_in_it_finds_nothing(client, request, iris, ivo, name):
    outsider: Person = request.getfixturevalue(name)
    application = debrief.met([iris, ivo], {})

    client.as_(outsider).get(address(application), expect=404)


def test_an_interviewer_of_the_team_who_sits_on_no_panel_finds_nothing(client, iris, ivo):
    application = debrief.met([iris], {})
    jobs.team(application.job, interviewers=[ivo])
    db.session.commit()

    client.as_(ivo).get(address(application), expect=404)


def test_a_debrief_takes_at_most_fifteen_queries(client, hana, iris, ivo):
    application = debrief.met([iris, ivo], {"SAF": (4, 2)}, {}, {})
    browser = client.as_(hana)

    with count_queries() as sent:
        browser.get(address(application), expect=200)

    assert len(sent) <= 15, "\n".join(sent)
