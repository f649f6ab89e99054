"""The timer of a scorecard says when something is to be told, and hurries nobody."""

from collections.abc import Callable

from playwright.sync_api import expect

from app.core.db import db
from app.loops import services
from tests.browser.cards import sit_down
from tests.browser.desk import Desk
from tests.browser.site import Site
from tests.factories import drafts, jobs, loops, people
from tests.factories.loops import GAPS
from tests.factories.scoring import application, card_of, interview_with

CALL = "The charge nurse calls about bed four."


def test_what_comes_at_minute_3_of_the_answer_is_said_then_and_until_it_is_ticked(
    site: Site, desk: Callable[..., Desk]
):
    hana, panel = people.hana(), [people.iris(), people.ivo()]
    job = jobs.team(jobs.job(hana), recruiter=people.rina(), interviewers=panel)
    loop = loops.draft_loop(job, panel)
    content = services.Content(drafts.timed(hana, minute=3, text=CALL))
    services.change_stage(people.actor(hana), loop.stages[0], content, version=loop.version)
    services.open_loop(people.actor(hana), loop, version=loop.version, gaps_reason=GAPS)
    db.session.commit()
    page = sit_down(desk, card_of(interview_with(panel, of=application(panel, job=job)), panel[0])).page
    page.clock.install()
    page.reload()
    due, tick = page.locator("[data-due]"), page.get_by_label(CALL)
    timer = page.get_by_role("timer")
    note = page.get_by_label("Note 1")

    timer.get_by_role("button", name="Start the time").click()
    page.clock.run_for("04:00")
    expect(due).to_have_text("")

    timer.get_by_role("button", name="Now: answer").click()
    note.focus()
    page.clock.run_for("02:58")
    expect(due).to_have_text("")
    page.clock.run_for("00:03")
    expect(due).to_have_text(f"Tell now: {CALL}")
    expect(due).to_have_attribute("role", "status")
    expect(note).to_be_focused()

    tick.check()
    expect(due).to_have_text("")
