"""Each page takes the same few queries with ten candidates and with a thousand."""

from datetime import timedelta

import pytest
from flask import Flask

from app.candidates import services as candidates
from app.core import cache, clock
from app.identity import services as accounts
from app.identity.models import Person
from app.policy import Role
from tests.client import Client, count_queries
from tests.factories import (
    debrief,
    disclosures,
    drafts,
    hires,
    jobs,
    loops,
    people,
    practice,
    questions,
    scoring,
)
from tests.factories.scoring import NOON

MOST = 15


@pytest.fixture
def pages(app: Flask, hana: Person, rina: Person, iris: Person, ivo: Person, ada: Person) -> list:
    """Who opens which page of the story; ten candidates have everything in, and one has nothing in yet."""
    job = jobs.job(hana)
    jobs.approver(jobs.described(jobs.team(job, recruiter=rina, interviewers=[iris, ivo])), ada)
    version = disclosures.published(job, hana)
    waiting = disclosures.to_review(jobs.job(hana), hana, rina)
    loop = loops.open_loop(job, [iris, ivo])
    done = debrief.met([iris, ivo], {}, {}, {}, name="Noor Haddad", job=job)
    cleo = scoring.application([], "Cleo Marsh", job)
    interview = scoring.interview_with([iris, ivo], of=cleo, starts_at=NOON)
    card = scoring.card_of(interview, iris)
    link, token = candidates.make_link(people.actor(rina), cleo, days=900)
    question, request = questions.everything_asked(link)
    frozen = scoring.interview_with([iris, ivo], [ivo], of=cleo, stage=2, starts_at=NOON)
    revision, draft = drafts.published(hana), drafts.draft(hana, key="snm-acute-ot-twin")
    bare, begun = jobs.job(hana), loops.draft_loop(jobs.job(hana), [iris, ivo])
    hire = hires.hired(hires.offered(job, "Sam Whitlow"), starts_on=(NOON - timedelta(days=40)).date())
    check_in = hires.answered(hire, 30, {"mentor": 20})
    mirela = hires.hired(hires.offered(job, "Mirela Gant"), starts_on=(NOON - timedelta(days=40)).date())
    filled, practiced = practice.filled_in(iris), practice.handed_in(ivo)
    debrief.multiplied(done, 9)  # Last, because it counts ids itself.
    return [
        done,
        [
            (hana, "/"),
            (iris, "/"),
            (rina, "/jobs"),
            (hana, "/jobs/new"),
            (hana, f"/jobs/{job.public_id}"),
            (hana, f"/jobs/{job.public_id}?page=2"),
            (hana, f"/jobs/{job.public_id}/team"),
            (hana, "/jobs?words=outpatient&state=open"),
            (hana, f"/jobs/{job.public_id}?words=cleo"),
            (hana, f"/jobs/{job.public_id}/edit"),
            (hana, f"/jobs/{job.public_id}/role"),
            (hana, f"/jobs/{job.public_id}/owners"),
            (iris, f"/jobs/{job.public_id}/brief"),
            (rina, "/candidates"),
            (rina, "/candidates?words=haddad"),
            (hana, f"/jobs/{job.public_id}/loop"),
            (hana, f"/jobs/{job.public_id}/loops"),
            (hana, f"/loops/{loop.public_id}/guide"),
            (hana, f"/jobs/{bare.public_id}/loop"),
            (hana, f"/jobs/{begun.job.public_id}/loop"),
            (hana, f"/loops/{begun.public_id}/panels"),
            (hana, f"/loops/{begun.public_id}/stages"),
            (hana, f"/loops/{begun.public_id}/weights"),
            (hana, f"/stages/{begun.stages[0].public_id}"),
            (hana, f"/jobs/{job.public_id}/disclosure"),
            (hana, f"/jobs/{job.public_id}/disclosure/measure"),
            (hana, f"/jobs/{job.public_id}/disclosure/publication"),
            (hana, f"/jobs/{job.public_id}/disclosure/upkeep"),
            (iris, f"/jobs/{job.public_id}/disclosure/review"),
            (rina, f"/jobs/{waiting.public_id}/disclosure/review"),
            (hana, f"/jobs/{waiting.public_id}/disclosure/publication"),
            (hana, "/packs"),
            (hana, "/packs?setting=outpatient&words=nurse"),
            (hana, "/packs/import"),
            (hana, "/packs/outpatient-ot/zip"),
            (hana, f"/scenarios/{loop.stages[0].scenario_version.public_id}"),
            (hana, f"/scenarios/{loop.stages[0].scenario_version.public_id}/deletion"),
            (hana, f"/scenarios/{revision.public_id}/copy"),
            (hana, f"/scenarios/{revision.public_id}/difference"),
            (hana, f"/drafts/{draft.public_id}"),
            (hana, f"/drafts/{draft.public_id}/preview"),
            (hana, f"/drafts/{draft.public_id}/difference"),
            (hana, f"/drafts/{draft.public_id}/publication"),
            (rina, f"/jobs/{job.public_id}/candidates/new"),
            (rina, f"/applications/{cleo.public_id}"),
            (rina, f"/applications/{done.public_id}"),
            (rina, f"/jobs/{job.public_id}/accuracy"),
            (rina, f"/check-ins/{check_in.public_id}"),
            (hana, f"/applications/{hire.application.public_id}/hire"),
            (None, hires.page_of(mirela)),
            (None, f"/c/{token}"),
            (None, f"/c/{token}/guide"),
            (None, f"/c/{token}/week"),
            (None, f"/c/{token}/changes"),
            (None, f"/c/{token}/questions"),
            (None, f"/c/{token}/you"),
            (None, f"/c/{token}/accommodation"),
            (None, f"/c/{token}/withdrawal"),
            (hana, f"/jobs/{job.public_id}/questions"),
            (rina, f"/jobs/{job.public_id}/questions"),
            (hana, f"/questions/{question.public_id}"),
            (rina, f"/applications/{cleo.public_id}/questions"),
            (rina, f"/accommodations/{request.public_id}"),
            (None, "/interviewers"),
            (None, f"/disclosures/{version.public_id}"),
            (None, f"/disclosures/{version.public_id}/week"),
            (None, f"/disclosures/{version.public_id}/beside"),
            (hana, f"/stages/{loop.stages[0].public_id}/preview"),
            (hana, f"/stages/{loop.stages[0].public_id}/kit"),
            (hana, f"/loops/{loop.public_id}/kit"),
            (iris, f"/scorecards/{card.public_id}/kit"),
            (iris, f"/scorecards/{card.public_id}"),
            (iris, f"/scorecards/{card.public_id}/submission"),
            (iris, f"/scorecards/{card.public_id}/transfer"),
            (ivo, f"/scorecards/{scoring.card_of(frozen, ivo).public_id}/history"),
            (ivo, f"/scorecards/{scoring.card_of(frozen, ivo).public_id}"),
            (iris, "/scorecards"),
            (iris, "/practice"),
            (iris, f"/practice/{filled.public_id}"),
            (iris, f"/practice/{filled.public_id}/submission"),
            (ivo, f"/practice/{practiced.public_id}/outcome"),
            (hana, f"/applications/{done.public_id}/debrief"),
            (rina, f"/loops/{loop.public_id}/agreement"),
            (ada, "/people"),
            (ada, "/people?words=iris&role=interviewer"),
            (ada, f"/people/{iris.public_id}"),
            (ada, "/letters"),
            (ada, "/audit"),
        ],
    ]


def counted(client: Client, visits: list) -> dict[str, int]:
    """How many queries each visit takes, by person and path; the browser signs in before."""
    browsers = {None: client} | {person: client.as_(person) for person, _ in visits if person}
    found = {}
    for person, path in visits:
        with count_queries() as sent:
            browsers[person].get(path, expect=200)
        found[f"{person.first_name if person else 'Cleo'} {path.split('/')[1:2]} {path}"] = len(sent)
    return found


def test_a_page_takes_as_many_queries_with_a_thousand_candidates_as_with_ten(
    client: Client, pages: list, record_property
) -> None:
    done, visits = pages
    with clock.at(NOON + timedelta(hours=2)):
        with_ten = counted(client, visits)
        # Something is done, so that no public page is kept any longer.
        accounts.change_roles(people.actor(people.ada()), people.olga(), [Role.RECRUITER])
        cache.forget()
        debrief.multiplied(done, 990)
        with_a_thousand = counted(client, visits)

    most = max(with_ten.values())
    record_property("figures", {f"Queries a page, at most {most}": {"pages at 10 and 1,000": len(visits)}})
    assert with_a_thousand == with_ten
    assert {page: queries for page, queries in with_ten.items() if queries > MOST} == {}
