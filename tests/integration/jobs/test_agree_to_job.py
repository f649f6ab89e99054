"""Who agrees to a job, who owns what of it, and its brief."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.audit.models import AuditEvent
from app.core import clock
from app.core.db import db
from app.identity import services as people_services
from app.identity.models import Person
from app.jobs import services
from app.jobs.models import Authority, Job, LevelLock, Matter
from app.jobs.services import RoleFacts
from scenarios import Level
from tests.client import Client, words
from tests.factories.jobs import approver, facts, job, team
from tests.factories.loops import open_loop
from tests.factories.people import actor


def brief(job: Job) -> str:
    return f"/jobs/{job.public_id}/brief"


def owners(job: Job) -> str:
    return f"/jobs/{job.public_id}/owners"


def agrees(job: Job) -> bool:
    db.session.flush()
    db.session.refresh(job)
    return all(one.agreed_at for one in job.approvers)


def events(job: Job) -> list[str]:
    found = db.session.scalars(
        select(AuditEvent).where(AuditEvent.job_id == job.id).order_by(AuditEvent.sequence)
    )
    return [one.event for one in found]


def test_an_approver_finds_the_job_on_today_reads_its_brief_and_agrees(
    client: Client, hana: Person, remi: Person
) -> None:
    made = approver(job(hana, title="Hands"), remi)
    browser = client.as_(remi)

    today = words(browser.get("/", expect=200))
    assert "1 job to agree to." in today
    assert "Waits for your agreement 1 Hands" in today
    assert "Do you agree to this job?" in words(browser.get(brief(made), expect=200))

    browser.post(brief(made), data={"version": made.version}, expect=303)

    assert agrees(made)
    assert "You agreed" in words(browser.get(brief(made)))
    assert "Waits for your agreement" not in words(browser.get("/"))
    assert "Remi Falk Agreed" in words(client.as_(hana).get(brief(made)))
    assert events(made)[-1] == "job:agreed"


def test_agreeing_twice_is_agreeing_once(client: Client, hana: Person, remi: Person) -> None:
    made = approver(job(hana), remi)
    for _ in range(2):
        client.as_(remi).post(brief(made), data={"version": made.version}, expect=303)
    assert events(made).count("job:agreed") == 1


def test_nobody_agrees_to_a_job_that_changed_since_they_read_it(
    client: Client, hana: Person, remi: Person
) -> None:
    made = approver(job(hana, title="Hands"), remi)
    seen = made.version
    services.change_job(actor(hana), made, facts(title="Hands and feet"), version=seen)

    answer = client.as_(remi).post(brief(made), data={"version": seen}, expect=409)

    assert "Somebody else changed this job meanwhile. Read it again below" in words(answer)
    assert "Hands and feet" in words(answer)
    assert not agrees(made)


def test_a_change_of_what_was_agreed_asks_again_and_says_so_beforehand(
    client: Client, hana: Person, remi: Person
) -> None:
    made = approver(job(hana), remi, agrees=True)
    page = words(client.as_(hana).get(f"/jobs/{made.public_id}/edit"))
    assert (
        "Remi Falk agreed to this job as it is. A change of level, role, setting or pay asks Remi again."
        in page
    )

    services.change_job(actor(hana), made, facts(title="New title"), version=made.version)
    assert agrees(made)
    services.change_job(actor(hana), made, facts(title="New title", pay_high=120_000), version=made.version)
    assert not agrees(made)
    assert events(made)[-2:] == ["job:changed", "agreement:ended"]

    services.agree(actor(remi), made, version=made.version)
    rights = RoleFacts(rights=[("Order splints", Authority.ALONE)])
    services.describe_role(actor(hana), made, rights, version=made.version)
    assert not agrees(made)
    assert "Waits for your agreement" in words(client.as_(remi).get("/"))


def test_an_approver_without_a_part_on_the_team_sees_the_brief_and_nothing_else(
    client: Client, hana: Person, remi: Person
) -> None:
    made = approver(job(hana), remi)
    browser = client.as_(remi)
    page = browser.get(brief(made), expect=200).get_data(as_text=True)

    for there in ("", "/edit", "/role", "/owners", "/team", "/loop", "/disclosure", "/candidates/new"):
        browser.get(f"/jobs/{made.public_id}{there}", expect=404)
        assert f'"/jobs/{made.public_id}{there}"' not in page
    assert made.title not in words(browser.get("/jobs"))


@pytest.mark.parametrize(("who", "status"), [("rina", 200), ("iris", 200), ("olga", 404), ("ada", 404)])
def test_the_whole_team_reads_the_brief_and_only_approvers_agree(
    client: Client,
    request: pytest.FixtureRequest,
    hana: Person,
    rina: Person,
    iris: Person,
    who: str,
    status: int,
) -> None:
    made = team(job(hana), recruiter=rina, interviewers=[iris])
    browser = client.as_(request.getfixturevalue(who))
    browser.get(brief(made), expect=status)
    answer = browser.post(brief(made), data={"version": made.version}, expect=403 if status == 200 else 404)
    if status == 200:
        assert "Only somebody who is named as an approver can agree to a job." in words(answer)


def test_a_brief_says_what_is_there_and_what_is_lacking(client: Client, hana: Person, rina: Person) -> None:
    made = team(job(hana, service_line="Owns hands within 9 visits a day."), recruiter=rina)
    services.name_owners(actor(hana), made, {Matter.QUESTIONS: rina}, version=made.version)

    page = words(client.as_(rina).get(brief(made)))

    assert "Owns hands within 9 visits a day." in page
    assert "$84,000 to $101,000 a year" in page
    assert "Candidates' questions Rina Patel" in page
    assert "Nobody answers yet for: supervision, first weeks and workload disclosure." in page
    assert "Nobody has written down yet why the role exists." in page
    assert "Change" not in page


def test_hana_names_owners_and_approvers(client: Client, hana: Person, rina: Person, remi: Person) -> None:
    made, browser = job(hana), client.as_(hana)
    named = {"do": "change-owners", "version": made.version, "supervision": str(hana.public_id)}
    browser.post(owners(made), data=named, expect=303)
    assert {one.matter: one.person for one in made.owners} == {Matter.SUPERVISION: hana}

    named = {
        "do": "change-owners",
        "version": made.version,
        "supervision": "",
        "questions": str(rina.public_id),
    }
    browser.post(owners(made), data=named, expect=303)
    assert {one.matter: one.person for one in made.owners} == {Matter.QUESTIONS: rina}

    due = clock.today("America/Chicago") + timedelta(days=3)
    for day in (due, due + timedelta(days=1)):
        asked = {"do": "name", "person": str(remi.public_id), "due_on": day.isoformat()}
        browser.post(owners(made), data=asked, expect=303)
    assert [(one.person, one.due_on) for one in made.approvers] == [(remi, due + timedelta(days=1))]

    browser.post(owners(made), data={"do": "withdraw", "person": str(remi.public_id)}, expect=303)
    assert made.approvers == []
    browser.post(owners(made), data={"do": "withdraw", "person": str(remi.public_id)}, expect=422)


def test_the_second_tab_of_owners_is_told(client: Client, hana: Person, rina: Person) -> None:
    made = job(hana)
    first = {"do": "change-owners", "version": made.version, "supervision": str(hana.public_id)}
    second = {"do": "change-owners", "version": made.version, "supervision": str(rina.public_id)}
    client.as_(hana).post(owners(made), data=first, expect=303)

    answer = client.as_(hana).post(owners(made), data=second, expect=409)

    assert "Stands now: Hana Sato" in words(answer)
    assert f'selected value="{rina.public_id}"' in answer.get_data(as_text=True)


def test_what_cannot_be_asked_is_refused_at_its_field(
    client: Client, hana: Person, iris: Person, ada: Person
) -> None:
    made = job(hana)

    def ask(**typed: str) -> str:
        return words(client.as_(hana).post(owners(made), data={"do": "name", **typed}, expect=422))

    assert "Choose the person." in ask(due_on="2026-12-01")
    assert "Choose the day." in ask(person=str(iris.public_id))
    assert "This day is past." in ask(person=str(iris.public_id), due_on=str(date(2020, 1, 1)))
    people_services.disable(actor(ada), iris, open_assignments=0)
    db.session.commit()
    assert "Not a valid choice" in ask(person=str(iris.public_id), due_on="2046-01-01")


def test_a_second_manager_may_do_everything_the_first_may(
    client: Client, hana: Person, olga: Person, remi: Person, iris: Person, ivo: Person
) -> None:
    made = job(hana)
    client.as_(hana).post(
        f"/jobs/{made.public_id}/team",
        data={"do": "add", "person": str(olga.public_id), "part": "manager"},
        expect=303,
    )
    browser = client.as_(olga)
    assert made.title in words(browser.get("/jobs"))
    for there in ("", "/edit", "/role", "/owners", "/team", "/loop", "/disclosure", "/brief"):
        browser.get(f"/jobs/{made.public_id}{there}", expect=200)
    approver(made, remi)
    team(made, interviewers=[iris, ivo])
    services.change_job(actor(olga), made, facts(title="Hands"), version=made.version)
    services.remove_from_team(actor(olga), made, hana, made.team[0].part)
    assert made.title == "Hands"


def test_a_level_locked_at_the_offer_moves_after_opening_and_the_loop_keeps_its_bars(
    client: Client, hana: Person, iris: Person, ivo: Person
) -> None:
    made = job(hana, level_lock=LevelLock.OFFER)
    loop = open_loop(made, panel=[iris, ivo])
    before = [one.bar for stage in loop.stages for one in stage.criteria]
    entry = facts(level_lock=LevelLock.OFFER, profile=replace(made.profile, level=Level.ENTRY))

    services.change_job(actor(hana), made, entry, version=made.version)
    db.session.commit()

    assert made.level == "entry"
    assert [one.bar for stage in loop.stages for one in stage.criteria] == before
    page = words(client.as_(hana).get(f"/jobs/{made.public_id}/edit"))
    assert "The open loop keeps the bars it opened with." in page
    page = words(client.as_(hana).get(f"/jobs/{made.public_id}/loop"))
    assert "The bars are those of mid level, as this loop opened. The job is at entry level now" in page
