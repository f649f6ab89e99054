"""What is looked at before a loop opens, read from the job, its disclosure and its scenarios as they are."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from app.core import clock
from app.demo import riverbend
from app.disclosures.models import Trigger
from app.disclosures.upkeep import services as upkeep
from app.identity.models import Person
from app.loops import preparation, services
from app.loops.models import Loop
from app.loops.readiness import Check
from app.packs.services import import_pack
from app.policy import NOBODY
from scenarios import Status, load_pack, shipped_packs
from tests.client import Client, words
from tests.factories import disclosures
from tests.factories.jobs import job
from tests.factories.loops import draft_loop, open_loop
from tests.factories.people import actor
from tests.factories.scoring import NOON


def check(loop: Loop, name: str) -> Check:
    return next(one for one in preparation.ready(loop) if one.name == name)


def test_a_disclosure_ages_with_the_days(hana: Person, iris: Person) -> None:
    made = job(hana)
    with clock.at(NOON):
        disclosures.published(made, hana)
    loop = draft_loop(made, panel=[iris])
    with clock.at(NOON + timedelta(days=60)):
        assert check(loop, "disclosure").title == "Workload disclosure version 1 is published and fresh"
    with clock.at(NOON + timedelta(days=100)):
        found = check(loop, "disclosure")
        assert found.holds
        assert "aging; stale after 19 August 2026." in found.detail
    with clock.at(NOON + timedelta(days=200)):
        found = check(loop, "disclosure")
        assert (found.holds, found.blocks) == (False, False)
        assert found.title == "Workload disclosure version 1 is stale since 19 August 2026"


def test_scenarios_that_agree_with_the_disclosure_are_no_gap(hana: Person, iris: Person) -> None:
    made = job(hana)
    disclosures.published(made, hana)
    assert check(draft_loop(made, panel=[iris]), "workload").holds


def test_a_scenario_that_contradicts_the_disclosure_is_named_with_both_numbers(
    client: Client, hana: Person, iris: Person
) -> None:
    made, facts = job(hana), riverbend.facts()
    shorter = replace(facts["follow_up_minutes"], typical=Decimal(30), low=Decimal(25), high=Decimal(35))
    disclosures.published(made, hana, facts | {"follow_up_minutes": shorter})
    draft_loop(made, panel=[iris])
    page = words(client.as_(hana).get(f"/jobs/{made.public_id}/loop", expect=200))
    assert "Stage 2 says 40 minutes for a follow-up, the disclosure 25 to 35" in page
    assert "Change stage 2 Correct the disclosure" in page


def test_an_open_loop_says_which_stages_a_newer_disclosure_left_behind(
    client: Client, hana: Person, iris: Person, ivo: Person
) -> None:
    made, facts = job(hana), riverbend.facts()
    disclosures.published(made, hana, facts)
    open_loop(made, [iris, ivo])
    page, browser = f"/jobs/{made.public_id}/loop", client.as_(hana)
    assert "Facts out of date" not in words(browser.get(page, expect=200))

    shorter = replace(facts["follow_up_minutes"], typical=Decimal(30), low=Decimal(25), high=Decimal(35))
    disclosures.published(made, hana, facts | {"follow_up_minutes": shorter})

    assert (
        "Facts out of date. The scenario says 40 minutes for a follow-up, "
        "version 2 of the disclosure 25 to 35." in words(browser.get(page, expect=200))
    )


def test_a_change_that_nobody_answered_makes_the_disclosure_stale(hana: Person, iris: Person) -> None:
    made = job(hana)
    with clock.at(NOON):
        version = disclosures.published(made, hana)
    loop = draft_loop(made, panel=[iris])
    with clock.at(NOON + timedelta(days=1)):
        upkeep.record_change(actor(hana), version, trigger=Trigger.SUPERVISION, happened_on=NOON.date())
        found = check(loop, "disclosure")
        assert found.holds
        assert "To be looked at again by 24 March 2026." in found.detail
    with clock.at(NOON + timedelta(days=15)):
        found = check(loop, "disclosure")
        assert (found.holds, found.title) == (
            False,
            "Workload disclosure version 1 is stale since 24 March 2026",
        )
        upkeep.attest(actor(hana), version)
        assert check(loop, "disclosure").title == "Workload disclosure version 1 is published and fresh"


def test_a_scenario_that_was_retired_since_is_a_gap(hana: Person, iris: Person) -> None:
    loop = draft_loop(job(hana), panel=[iris])
    pack = next(load_pack(folder) for folder in shipped_packs() if folder.name == "outpatient-ot")
    retired = [
        one.model_copy(update={"version": 2, "status": Status.RETIRED})
        for one in pack.scenarios
        if one.id == loop.stages[1].scenario_version.key
    ]
    import_pack(NOBODY, pack.model_copy(update={"scenarios": tuple(retired)}))
    assert check(loop, "rubrics").title == "Stage 2: its scenario is retired since version 2"


def test_every_gap_leads_its_manager_to_where_it_is_mended(
    client: Client, hana: Person, iris: Person
) -> None:
    loop = draft_loop(job(hana), panel=[iris])
    page = client.as_(hana).get(f"/jobs/{loop.job.public_id}/loop").get_data(as_text=True)
    gaps = [one for one in preparation.ready(loop) if not one.holds]
    assert {"panels", "role", "disclosure", "guide"} <= {one.name for one in gaps}
    for one in gaps:
        assert one.mend
        assert all(mend.words in page for mend in one.mend)


def test_its_guide_is_read_until_the_stages_change(hana: Person, iris: Person) -> None:
    loop = draft_loop(job(hana), panel=[iris])
    services.confirm_guide(actor(hana), loop, version=loop.version)
    assert check(loop, "guide").holds
    services.move_stage(actor(hana), loop.stages[0], version=loop.version, earlier=False)
    assert not check(loop, "guide").holds
