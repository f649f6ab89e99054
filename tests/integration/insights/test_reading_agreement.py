"""The Agreement page: what it shows at which number of candidates, to whom, and whom it leaves out."""

import re

import pytest

from app.loops import queries as loop_queries
from tests.client import count_queries, words
from tests.factories import debrief, jobs, loops, scoring

EARLY = "Early: 10 of 30 candidates. Interval only"


@pytest.fixture
def job(hana, rina, iris, ivo):
    """A job with an open loop of three stages, on whose panels Iris and Ivo sit."""
    made = jobs.team(jobs.job(hana), recruiter=rina, interviewers=[iris, ivo])
    loops.open_loop(made, [iris, ivo])
    return made


def address(job):
    loop = loop_queries.latest_loop(job)
    assert loop is not None
    return f"/loops/{loop.public_id}/agreement"


def plot(page, code="SAF", title="Twenty-two minutes"):
    """The drawing and the words of one criterion in the forest plot."""
    rows = re.split(r'(?=<span class="eh-code">)', page.text.partition("The same as a table")[0])
    return next(row for row in rows if row.startswith(f'<span class="eh-code">{code}<') and title in row)


def met(job, panel, number):
    """A candidate of the near miss: safety differs by one for every third, the rest never varies."""
    level = 1 + number % 5
    other = min(5, level + 1) if number % 3 == 0 else level
    return debrief.met(panel, {"SAF": (level, other)}, name=f"Candidate {number}", job=job)


def test_the_page_says_more_as_more_candidates_have_two_independent_scorecards(client, job, hana, iris, ivo):
    browser, met_so_far = client.as_(hana), 0

    def page_at(candidates):
        nonlocal met_so_far
        for number in range(met_so_far, candidates):
            met(job, [iris, ivo], number)
        met_so_far = candidates
        return browser.get(address(job), expect=200)

    none = words(page_at(0))
    assert "No candidate has two independent scorecards yet." in none
    assert "Criterion by criterion" not in none

    one = page_at(1)
    assert "1 candidate has two independent scorecards" in words(one)
    assert "3 of 4 pairs gave the same level 4 of 4 pairs were within one level" in words(one)
    assert "Too early: both observed it for 1. Same level in 0 of 1 pair" in plot(one)

    nine = page_at(9)
    assert "33 of 36 pairs gave the same level" in words(nine)
    assert "<rect" not in plot(nine)
    assert "<circle" not in plot(nine)
    assert "0.9" not in words(nine)

    ten = page_at(10)
    assert EARLY in plot(ten)
    assert "<rect" in plot(ten)
    assert "<circle" not in plot(ten)
    assert re.search(r"\d+% to \d+% gave the same level", words(ten))
    assert "pairs gave the same level" not in words(ten)

    twenty_nine = plot(page_at(29))
    assert "Early: 29 of 30 candidates. Interval only" in twenty_nine
    assert "<circle" not in twenty_nine

    thirty = page_at(30)
    assert "<circle" in plot(thirty)
    assert re.search(r"0\.9 \(0\.[789] to 1\.0\), n 30\. (Rely on it|Tentative or better)", plot(thirty))
    assert re.search(r"9\d% gave the same level 1\d\d of 120 pairs", words(thirty))
    assert "All 30 pairs gave a 3: nothing to correct for chance" in plot(thirty, "DOC")
    assert "No candidate has two independent scores on it yet." in plot(thirty, "PRI", "Ten on the book")

    assert browser.get(address(job)).text.partition("<main")[2] == thirty.text.partition("<main")[2]


def test_every_figure_stands_in_a_table_too_with_its_number_of_candidates(client, job, hana, iris, ivo):
    for number in range(10):
        met(job, [iris, ivo], number)

    page = client.as_(hana).get(address(job), expect=200)

    table = words(page).partition("The same as a table")[2]
    assert "All criteria together 10 candidates, 2 interviewers, 40 pairs" in table
    assert re.search(rf"Safety-first judgment Twenty-two minutes( {EARLY}: \S+ to \S+){{1,2}}", table)
    assert "Krippendorff’s alpha for ordered levels" in table


def test_the_page_says_who_scores_lower_than_the_people_they_sat_with(client, job, hana, iris, ivo, rina):
    for number in range(36):
        level = 3 + number % 3
        given = (level - (number % 5 == 1), level - (number % 4 == 0), level - 1 - (number % 7 == 2))
        debrief.met([iris, ivo, rina], {"SAF": given}, name=f"Candidate {number}", job=job)

    page = words(client.as_(hana).get(address(job), expect=200))
    who = page.partition("Who scores higher or lower on the same answers")[2].partition(
        "The same as a table"
    )[0]

    assert re.search(rf"{iris.name} 36 shared (no clear difference|about 0\.1 of a level higher)", who)
    assert re.search(rf"{rina.name} 36 shared about 0\.[12] of a level lower", who)
    assert "Not a fault, and never used to change a score." in who
    assert (
        "reliability of the mean score is about 0." in page
        or "reliability of the mean score is about 1.0" in page
    )
    assert "With fewer than 5 interviewers" in page


def test_the_share_on_the_same_side_of_the_bar_is_counted_by_each_criterions_own_bar(
    client, job, hana, iris, ivo
):
    for number in range(30):
        met(job, [iris, ivo], number)

    page = words(client.as_(hana).get(address(job), expect=200))

    stood = re.search(r"(\d+)% stood on the same side of the bar (\d+) of 120 pairs", page)
    assert stood, page
    bars = {criterion.code: criterion.bar for criterion in loop_queries.latest_loop(job).stages[0].criteria}
    levels = [(1 + n % 5, min(5, 2 + n % 5) if n % 3 == 0 else 1 + n % 5) for n in range(30)]
    apart = sum((one >= bars["SAF"]) != (other >= bars["SAF"]) for one, other in levels)
    assert int(stood[2]) == 120 - apart


def test_the_page_has_nothing_to_do_and_says_so(client, job, rina):
    page = client.as_(rina).get(address(job), expect=200)

    assert words(page).endswith(
        "This page has nothing to do but read. Changing anchors is done in the pack, for the next loop."
    )
    assert "btn-primary" not in page.text


def test_an_incomplete_panel_is_in_no_figure(client, job, hana, iris, ivo):
    met(job, [iris, ivo], 1)
    application = scoring.application([iris, ivo], "Theo Brandt", job)
    scoring.interview_with([iris, ivo], submitted=[iris], of=application)

    page = words(client.as_(hana).get(address(job), expect=200))

    assert "1 candidate has two independent scorecards" in page
    assert "4 of 4 pairs gave the same level" in page


def test_candidates_for_whom_the_viewer_owes_a_scorecard_are_left_out_and_named(client, hana, rina, iris):
    job = jobs.team(jobs.job(hana), recruiter=rina, interviewers=[iris])
    loops.open_loop(job, [iris, hana])
    for name in ("Cleo Marsh", "Sam Whitlow"):
        application = debrief.met([iris, hana], {"SAF": (5, 2)}, name=name, job=job)
        if name == "Cleo Marsh":
            scoring.interview_with([hana], of=application, stage=2)

    hanas = words(client.as_(hana).get(address(job), expect=200))
    rinas = words(client.as_(rina).get(address(job), expect=200))

    assert "Cleo Marsh is left out while your own scorecard for them is open." in hanas
    assert "1 candidate has two independent scorecards" in hanas
    assert "2 candidates have two independent scorecards" in rinas
    assert "left out" not in rinas


def test_not_observed_makes_no_pair(client, job, hana, iris, ivo):
    debrief.met([iris, ivo], {"SAF": (None, 3)}, job=job)

    page = client.as_(hana).get(address(job), expect=200)

    assert "No candidate has two independent scores on it yet." in plot(page)
    assert "3 of 3 pairs gave the same level" in words(page)


@pytest.mark.parametrize("name", ["iris", "olga", "ada", "remi"])
def test_only_the_jobs_manager_and_recruiter_find_it(client, job, request, name):
    client.as_(request.getfixturevalue(name)).get(address(job), expect=404)


def test_it_takes_no_more_queries_for_a_thousand_candidates_than_for_ten(client, job, hana, iris, ivo):
    browser, page_address = client.as_(hana), address(job)
    first = met(job, [iris, ivo], 1)
    debrief.multiplied(first, 9)
    with count_queries() as for_ten:
        browser.get(page_address, expect=200)
    debrief.multiplied(first, 990)
    with count_queries() as for_a_thousand:
        page = browser.get(page_address, expect=200)

    assert "1,000 candidates have two independent scorecards" in words(page)
    assert len(for_ten) == len(for_a_thousand) <= 15
