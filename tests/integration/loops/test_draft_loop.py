"""Drafting a loop: from a pack, with a template, or as an earlier loop."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from app.core.db import db
from app.core.errors import Forbidden, Invalid
from app.identity import services as people
from app.identity.models import Person
from app.jobs.rules import Profile
from app.loops import beginnings, queries, services
from app.loops.models import Loop
from app.loops.rules import Minutes, weight_key
from app.loops.services import Content
from app.packs import queries as packs
from app.packs.queries import scenario_of
from app.packs.services import import_pack
from app.policy import NOBODY
from scenarios import Level, Role, Setting, Status, load_pack, shipped_packs
from scenarios.templates import shipped_templates
from tests.client import Client, words
from tests.factories.jobs import job, team
from tests.factories.loops import GAPS, closed_loop, draft_loop, open_loop
from tests.factories.people import actor

SENIOR = Profile(Setting.INPATIENT_REHAB, Role.OT, Level.SENIOR)
AT_THE_DESK = Profile(Setting.CLINIC_FRONT_DESK, Role.COORDINATOR, Level.MID)


def test_hana_begins_with_the_pack_that_fits_and_gets_its_three_stages(client: Client, hana: Person) -> None:
    made = job(hana)
    page = words(client.as_(hana).get(f"/jobs/{made.public_id}/loop", expect=200))
    assert page.index("Outpatient occupational therapy Fits this job") < page.index("Home health")
    assert "Safety near miss: Twenty-two minutes, 12 min, written for entry level" in page

    client.as_(hana).post(
        f"/jobs/{made.public_id}/loop", data={"do": "pack", "pack": "outpatient-ot"}, expect=303
    )

    loop = queries.latest_loop(made)
    assert loop is not None
    assert loop.is_draft
    titles = [stage.scenario_version.title for stage in loop.stages]
    assert titles == ["Twenty-two minutes", "Ten on the book", "Five visits left"]


def test_criteria_come_from_the_scenario_with_the_bar_of_the_job(hana: Person) -> None:
    stage = draft_loop(job(hana)).stages[0]

    found = [(one.code, one.name, one.is_critical, one.weight, one.bar) for one in stage.criteria]

    assert found == [
        ("SAF", "Safety-first judgment", True, 1, 3),
        ("ESC", "Scope and escalation", True, 1, 3),
        ("DOC", "Documentation", True, 1, 3),
        ("HND", "Handoff and team communication", False, 1, 3),
    ]
    entry = draft_loop(job(hana, profile=Profile(Setting.OUTPATIENT, Role.OT, Level.ENTRY)))
    assert [one.bar for one in entry.stages[0].criteria] == [3, 3, 3, 2]


def test_packs_of_other_settings_can_be_chosen_and_are_not_said_to_fit(hana: Person) -> None:
    offers = beginnings.offers(job(hana, profile=SENIOR))

    fitting = [offer.pack for offer in offers if offer.fits]
    assert [offer.pack for offer in offers[: len(fitting)]] == fitting == ["inpatient-rehab-ot"]
    [acute] = [offer for offer in offers if offer.pack == "inpatient-acute-ot"]
    assert "One line by two o'clock" in [scenario_of(one).title for one in acute.versions]


def test_a_job_at_the_front_desk_gets_its_loop_as_any_other(
    client: Client, hana: Person, iris: Person, ivo: Person
) -> None:
    made = job(hana, profile=AT_THE_DESK)
    page = words(client.as_(hana).get(f"/jobs/{made.public_id}/loop", expect=200))
    assert "Clinic front desk Fits this job" in page

    loop = draft_loop(made, [iris, ivo], pack="clinic-front-desk")
    titles = [stage.scenario_version.title for stage in loop.stages]
    assert titles == ["Two men, one letter apart", "Monday, one clerk short"]
    services.open_loop(
        actor(hana), loop, version=loop.version, gaps_reason="The near miss is for entry level."
    )
    assert [one.code for one in loop.stages[1].criteria] == ["SAF", "PRI", "HND", "RLT"]


def test_no_pack_chosen_is_said_at_the_choice(client: Client, hana: Person) -> None:
    answer = client.as_(hana).post(f"/jobs/{job(hana).public_id}/loop", data={"do": "pack"}, expect=422)
    assert "Choose a pack." in words(answer)
    assert db.session.scalars(select(Loop)).all() == []


def test_a_job_has_one_loop_at_a_time(client: Client, hana: Person) -> None:
    made = job(hana)
    draft_loop(made)
    answer = client.as_(hana).post(
        f"/jobs/{made.public_id}/loop", data={"do": "pack", "pack": "outpatient-ot"}, expect=409
    )
    assert "This job has a loop already." in words(answer)


def test_after_a_closed_loop_comes_another(client: Client, hana: Person, iris: Person, ivo: Person) -> None:
    made = job(hana)
    closed_loop(made, panel=[iris, ivo])
    assert "Draft another loop" in words(client.as_(hana).get(f"/jobs/{made.public_id}/loop"))

    client.as_(hana).post(
        f"/jobs/{made.public_id}/loop", data={"do": "pack", "pack": "home-health"}, expect=303
    )

    loop = queries.latest_loop(made)
    assert loop is not None
    assert (loop.number, loop.is_draft, len(loop.stages)) == (2, True, 3)


def test_its_recruiter_sees_the_packs_and_cannot_draft(client: Client, hana: Person, rina: Person) -> None:
    made = team(job(hana), recruiter=rina)
    reason = "Only the job's hiring manager can do this."
    assert reason in words(client.as_(rina).get(f"/jobs/{made.public_id}/loop", expect=200))
    answer = client.as_(rina).post(
        f"/jobs/{made.public_id}/loop", data={"do": "pack", "pack": "outpatient-ot"}, expect=403
    )
    assert reason in words(answer)


@pytest.mark.parametrize("who", ["olga", "iris", "ada", "remi"])
def test_to_anybody_else_the_loop_is_not_there(
    client: Client, request: pytest.FixtureRequest, hana: Person, iris: Person, who: str
) -> None:
    path = f"/jobs/{team(job(hana), interviewers=[iris]).public_id}/loop"
    browser = client.as_(request.getfixturevalue(who))
    browser.get(path, expect=404)
    browser.post(path, data={"do": "pack", "pack": "outpatient-ot"}, expect=404)


def test_a_pack_that_is_not_there_is_refused_below_the_form_too(hana: Person) -> None:
    made = job(hana)
    with pytest.raises(Invalid, match="Choose a pack of the list"):
        services.draft_loop(actor(hana), made, pack="riddles")


# With a template --------------------------------------------------------------------------------------------


def test_the_template_of_the_setting_and_role_is_a_loop_in_one_click(client: Client, hana: Person) -> None:
    made = job(hana)
    page = words(client.as_(hana).get(f"/jobs/{made.public_id}/loop", expect=200))
    assert "Begin with the template Outpatient, occupational therapist" in page
    assert "First, because it is the daily work of an outpatient therapist" in page
    assert "Written for pediatrics." in page

    answer = client.as_(hana).post(f"/jobs/{made.public_id}/loop", data={"do": "template"}, expect=303)

    loop = queries.latest_loop(made)
    assert loop is not None
    assert answer.location.endswith(f"/loops/{loop.public_id}/panels")
    assert [stage.scenario_version.key for stage in loop.stages] == [
        "cw-outpatient-ot-mid",
        "cw-peds-ot-mid",
        "snm-outpatient-ot-entry",
        "hvd-outpatient-ot-mid",
    ]
    page = words(client.as_(hana).get(f"/jobs/{made.public_id}/loop", expect=200))
    assert loop.stages[0].reason in page
    assert "8 competencies" in page


def test_what_of_a_template_is_not_here_is_named_and_the_rest_is_offered(
    client: Client, hana: Person
) -> None:
    [gone] = [one for one in packs.latest_versions() if one.key == "cw-peds-ot-mid"]
    db.session.delete(gone)
    db.session.commit()
    made = job(hana)

    page = words(client.as_(hana).get(f"/jobs/{made.public_id}/loop", expect=200))
    client.as_(hana).post(f"/jobs/{made.public_id}/loop", data={"do": "template"}, expect=303)

    assert "The scenario cw-peds-ot-mid is retired or not imported here, so its stage is left out." in page
    loop = queries.latest_loop(made)
    assert loop is not None
    assert len(loop.stages) == 3


def test_every_template_drafts_a_loop_of_four_that_needs_no_other_competency(hana: Person) -> None:
    for template in shipped_templates():
        made = job(hana, profile=Profile(template.setting, template.role, Level.ENTRY))
        loop = services.draft_from_template(actor(hana), made)
        assert len(loop.stages) == 4, template.id
        said = [one.sentence for one in queries.advised(loop)]
        assert not [one for one in said if "competencies" in one or "criteria; raters" in one], template.id
        assert all("Safety" not in one and "Documentation" not in one for one in said if "no stage" in one)


def test_a_job_without_a_template_says_so_and_begins_otherwise(client: Client, hana: Person) -> None:
    made = job(hana, profile=AT_THE_DESK)
    page = client.as_(hana).get(f"/jobs/{made.public_id}/loop", expect=200)
    assert "There is no template for clinic front desk, coordinator." in words(page)
    assert page.text.count("btn-primary") == 1
    client.as_(hana).post(f"/jobs/{made.public_id}/loop", data={"do": "template"}, expect=409)


# As an earlier loop -----------------------------------------------------------------------------------------


def test_hana_copies_last_years_loop_with_its_panels_weights_and_minutes(
    client: Client, hana: Person, iris: Person, ivo: Person, ada: Person
) -> None:
    last = draft_loop(job(hana, title="Last year"), panel=[iris, ivo])
    first = last.stages[0]
    content = Content(first.scenario_version, "Hands first.", Minutes(3, 6, 5), ["SAF", "ESC", "DOC"])
    services.change_stage(actor(hana), first, content, version=last.version)
    ones = {
        weight_key(stage.position, one.code): Decimal(1) for stage in last.stages for one in stage.criteria
    }
    weights = ones | {"weight_1_SAF": Decimal(2)}
    services.set_weights(actor(hana), last, version=last.version, weights=weights, reason="Safety twice.")
    services.open_loop(actor(hana), last, version=last.version, gaps_reason=GAPS)
    people.disable(actor(ada), iris, open_assignments=0)
    made = job(hana)
    page = words(client.as_(hana).get(f"/jobs/{made.public_id}/loop", expect=200))
    assert "Copy an earlier loop" in page
    assert "Last year Loop 1, opened" in page

    data = {"do": "copy", "loop": str(last.public_id)}
    client.as_(hana).post(f"/jobs/{made.public_id}/loop", data=data, expect=303)

    loop = queries.latest_loop(made)
    assert loop is not None
    copy = loop.stages[0]
    assert (copy.reason, copy.time_box.total, copy.has_own_time_box) == ("Hands first.", 14, True)
    assert {one.code: one.weight for one in copy.criteria} == {"SAF": 2, "ESC": 1, "DOC": 1}
    assert loop.weights_reason == "Safety twice."
    assert [(seat.person, seat.part.value) for seat in copy.panel] == [(ivo, "lead")], "Iris cannot sign in"
    page = words(client.as_(hana).get(f"/jobs/{made.public_id}/loop", expect=200))
    assert "Copied from loop 1 of Last year" in page


def test_a_copy_takes_the_latest_versions_and_says_which_are_newer_and_which_are_gone(
    client: Client, hana: Person, iris: Person, ivo: Person
) -> None:
    last = open_loop(job(hana), panel=[iris, ivo])
    pack = load_pack(next(path for path in shipped_packs() if path.name == "outpatient-ot"))
    ends = {"snm-outpatient-ot-entry": Status.RETIRED}
    newer = [
        one.model_copy(update={"version": 2, "status": ends.get(one.id, one.status)})
        for one in pack.scenarios
    ]
    import_pack(NOBODY, pack.model_copy(update={"scenarios": tuple(newer)}))
    made = job(hana)

    page = words(client.as_(hana).get(f"/jobs/{made.public_id}/loop", expect=200))
    loop = services.copy_loop(actor(hana), made, last)

    assert "Newer now: Ten on the book and Five visits left" in page
    assert "Retired or deleted, so left out: Twenty-two minutes" in page
    assert [(one.scenario_version.title, one.scenario_version.version) for one in loop.stages] == [
        ("Ten on the book", "2"),
        ("Five visits left", "2"),
    ]


def test_a_loop_of_another_team_is_neither_offered_nor_copied(
    client: Client, hana: Person, olga: Person, iris: Person, ivo: Person
) -> None:
    theirs = open_loop(job(olga, title="Not hers"), panel=[iris, ivo])
    made = job(hana)
    assert "Not hers" not in words(client.as_(hana).get(f"/jobs/{made.public_id}/loop", expect=200))
    data = {"do": "copy", "loop": str(theirs.public_id)}
    client.as_(hana).post(f"/jobs/{made.public_id}/loop", data=data, expect=404)
    client.as_(hana).post(f"/jobs/{made.public_id}/loop", data={"do": "copy", "loop": "?"}, expect=404)
    with pytest.raises(Forbidden):
        services.copy_loop(actor(hana), made, theirs)
