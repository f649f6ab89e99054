"""Deleting a scenario version that nobody uses; one that is used stays."""

import pytest
from sqlalchemy import select

from app.audit.models import AuditEvent
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Forbidden
from app.identity.models import Person
from app.loops.models import Stage
from app.packs import queries, services
from app.packs.models import ScenarioDraft, ScenarioVersion
from app.policy import NOBODY
from scenarios import read_pack
from tests.client import Client, words
from tests.factories import jobs, loops, practice
from tests.factories.archives import UNUSED, USED, changed, files_of, version
from tests.factories.people import actor

PEDIATRICS = "pediatrics"


def address(found: ScenarioVersion) -> str:
    return f"/scenarios/{found.public_id}/deletion"


def is_here(key: str, number: str = "1") -> bool:
    return (key, number) in queries.versions_by_name([key])


def draft(author: Person, origin: ScenarioVersion, **more: object) -> ScenarioDraft:
    made = ScenarioDraft(
        author_id=author.id,
        origin_id=origin.id,
        pack=origin.pack,
        key=origin.key,
        content="{}",
        changed_at=clock.now(),
        **more,
    )
    db.session.add(made)
    db.session.commit()
    return made


def second_version() -> ScenarioVersion:
    [added] = services.import_pack(
        NOBODY, read_pack({**files_of(PEDIATRICS), f"{UNUSED}.yaml": second_file()})
    )
    db.session.commit()
    return added


def second_file() -> bytes:
    return changed(("version: 1\nstatus", "version: 2\nstatus"), pack=PEDIATRICS)[f"{UNUSED}.yaml"]


def test_the_page_says_what_will_happen_and_the_button_does_it(client: Client, hana: Person) -> None:
    browser, found = client.as_(hana), version(UNUSED)
    digest, there = found.digest, f"/scenarios/{found.public_id}"
    page = words(browser.get(address(found), expect=200))

    assert "Nothing uses it. This is what will happen." in page
    assert "It leaves the library" in page
    assert "1 answer to practice on goes with it" in page
    assert "goes on without it Its export then holds 2 scenarios." in page
    assert f"With its name and its fingerprint {digest[:12]}." in page

    assert browser.post(f"{there}/deletion", expect=303).headers["Location"] == "/packs"

    assert not is_here(UNUSED)
    assert sorted(services.export_pack(PEDIATRICS)) == sorted(
        files_of(PEDIATRICS).keys() - {f"{UNUSED}.yaml", "vignettes/v02.yaml"}
    )
    event = db.session.scalars(select(AuditEvent).order_by(AuditEvent.sequence.desc())).first()
    assert (event.event, event.actor_id) == ("scenario:deleted", hana.id)
    assert event.facts_by_name == {
        "pack": PEDIATRICS, "scenario": UNUSED, "version": "1", "digest": digest,
    }  # fmt: skip
    browser.get(there, expect=404)


def test_a_look_at_the_page_deletes_nothing(client: Client, hana: Person) -> None:
    client.as_(hana).get(address(version(UNUSED)), expect=200)

    assert is_here(UNUSED)


@pytest.mark.parametrize("make", [loops.draft_loop, loops.open_loop, loops.closed_loop])
def test_a_version_in_a_loop_is_kept_and_the_loop_is_named(
    client: Client, hana: Person, iris: Person, ivo: Person, make
) -> None:
    loop = make(jobs.job(hana, title="OT, evenings"), [iris, ivo])
    browser, found = client.as_(hana), loop.stages[0].scenario_version
    state = "draft" if loop.is_draft else "open" if loop.is_open else "closed"
    there = f"/jobs/{loop.job.public_id}/loop"
    db.session.commit()

    look, refused = browser.get(address(found), expect=200), browser.post(address(found), expect=409)

    for page in (look, refused):
        assert "It is in use, so it stays." in words(page)
        assert f"OT, evenings Loop 1, {state}." in words(page)
        assert f'href="{there}"' in page.text
        assert "disabled" in page.text.split("btn-primary")[1].split(">")[0]
    assert is_here(found.key)


def test_a_version_on_whose_answer_somebody_practiced_is_kept_and_nobody_is_named(
    client: Client, hana: Person, iris: Person
) -> None:
    practice.begun(iris, "v02")
    browser, found = client.as_(hana), version(UNUSED)

    look, refused = browser.get(address(found), expect=200), browser.post(address(found), expect=409)

    for page in (look, refused):
        assert "A practice card Somebody practiced on an answer to it" in words(page)
        assert iris.name not in words(page)
    assert is_here(UNUSED)


def test_every_loop_that_uses_it_is_named_once(
    client: Client, hana: Person, iris: Person, ivo: Person
) -> None:
    for title in ("OT, mornings", "OT, evenings"):
        loops.open_loop(jobs.job(hana, title=title), [iris, ivo])
    page = words(client.as_(hana).post(address(version(USED)), expect=409))

    assert page.count("OT, mornings") == page.count("OT, evenings") == 1


def test_a_loop_of_another_team_is_named_without_a_way_there(
    client: Client, hana: Person, olga: Person, iris: Person
) -> None:
    loop = loops.draft_loop(jobs.job(hana, title="OT, evenings"), [iris])
    there = f"/jobs/{loop.job.public_id}/loop"

    page = client.as_(olga).get(address(version(USED)), expect=200)

    assert "OT, evenings Loop 1, draft." in words(page)
    assert there not in page.text


def test_a_stage_that_gave_it_up_does_not_keep_it(client: Client, hana: Person, iris: Person) -> None:
    loops.draft_loop(jobs.job(hana), [iris])
    for stage in db.session.scalars(select(Stage).where(Stage.scenario_version_id == version(USED).id)):
        stage.scenario_version_id = version("cw-peds-ot-mid").id
    db.session.commit()

    client.as_(hana).post(address(version(USED)), expect=303)

    assert not is_here(USED)


def test_an_open_copy_keeps_it_and_its_author_is_named(client: Client, hana: Person, olga: Person) -> None:
    found = version(UNUSED)
    draft(olga, found)

    page = words(client.as_(hana).post(address(found), expect=409))

    assert f"A copy that {olga.name} is changing" in page
    assert is_here(UNUSED)


def test_a_version_that_was_written_as_its_copy_keeps_it(client: Client, hana: Person) -> None:
    first = version(UNUSED)
    draft(hana, first, published_id=second_version().id, published_at=clock.now())

    page = words(client.as_(hana).post(address(first), expect=409))

    assert "version 2 Was written as a copy of it and is compared with it." in page
    assert is_here(UNUSED)


def test_a_copy_that_was_discarded_does_not_keep_it(client: Client, hana: Person, olga: Person) -> None:
    found = version(UNUSED)
    draft(olga, found, discarded_at=clock.now())

    client.as_(hana).post(address(found), expect=303)

    assert not is_here(UNUSED)
    assert db.session.scalars(select(ScenarioDraft)).all() == []


def test_with_a_version_goes_the_draft_it_was_published_from(client: Client, hana: Person) -> None:
    first, second = version(UNUSED), second_version()
    draft(hana, first, published_id=second.id, published_at=clock.now())
    browser = client.as_(hana)

    browser.post(address(second), expect=303)
    assert version(UNUSED) is first
    browser.post(address(first), expect=303)

    assert not is_here(UNUSED)


def test_an_older_version_goes_without_a_change_to_the_pack(client: Client, hana: Person) -> None:
    first = version(UNUSED)
    second_version()
    exported = services.export_pack(PEDIATRICS)
    edition = queries.latest_edition(PEDIATRICS)
    browser = client.as_(hana)

    page = words(browser.get(address(first), expect=200))
    browser.post(address(first), expect=303)

    assert "goes on without it" not in page
    assert services.export_pack(PEDIATRICS) == exported
    assert queries.latest_edition(PEDIATRICS) is edition


def test_every_pack_that_holds_a_version_goes_on_without_it(client: Client, hana: Person) -> None:
    mine = changed(("id: pediatrics", "id: mine"), ("title: Pediatrics", "title: Mine"), pack=PEDIATRICS)
    services.import_pack(NOBODY, read_pack(mine))
    db.session.commit()
    browser, there = client.as_(hana), address(version(UNUSED))

    page = words(browser.get(there, expect=200))
    browser.post(there, expect=303)

    assert "“Pediatrics” goes on without it" in page
    assert "“Mine” goes on without it" in page
    for name in (PEDIATRICS, "mine"):
        assert f"{UNUSED}.yaml" not in services.export_pack(name)


def test_a_deleted_version_comes_back_with_its_file_and_is_not_the_newest_for_that(
    client: Client, hana: Person
) -> None:
    first, second = version(UNUSED), second_version()
    client.as_(hana).post(address(first), expect=303)

    services.import_pack(NOBODY, read_pack(files_of(PEDIATRICS)))

    assert is_here(UNUSED)
    assert version(UNUSED) is second


def test_a_pack_that_lost_its_last_scenario_is_exported_no_more(client: Client, hana: Person) -> None:
    browser = client.as_(hana)
    keys = [scenario.id for scenario in read_pack(files_of(PEDIATRICS)).scenarios]
    for key in keys[:-1]:
        browser.post(address(version(key)), expect=303)
    last = version(keys[-1])

    assert "is empty then It is not exported any more." in words(browser.get(address(last)))
    browser.post(address(last), expect=303)

    browser.get(f"/packs/{PEDIATRICS}/zip", expect=404)
    assert "/packs/pediatrics/zip" not in browser.get("/packs", expect=200).text


@pytest.mark.parametrize("who", ["rina", "iris", "ada", "remi"])
def test_only_a_hiring_manager_deletes(client: Client, request: pytest.FixtureRequest, who: str) -> None:
    browser, found = client.as_(request.getfixturevalue(who)), version(UNUSED)

    browser.get(address(found), expect=403)
    assert "Only a hiring manager can do this." in words(browser.post(address(found), expect=403))
    with pytest.raises(Forbidden):
        services.delete_version(actor(request.getfixturevalue(who)), found)

    assert is_here(UNUSED)


def test_the_database_itself_keeps_what_is_used_though_nobody_looked(hana: Person, iris: Person) -> None:
    """The page only explains: what holds is the foreign key, so no loop can slip in between."""
    loops.draft_loop(jobs.job(hana), [iris])

    with pytest.raises(Conflict):
        services.delete_version(actor(hana), version(USED))

    assert is_here(USED)
    assert db.session.scalars(select(AuditEvent).where(AuditEvent.event == "scenario:deleted")).all() == []


def test_a_version_that_is_gone_is_not_there(client: Client, hana: Person) -> None:
    browser, found = client.as_(hana), version(UNUSED)
    there = address(found)
    browser.post(there, expect=303)

    browser.get(there, expect=404)
    browser.post(there, expect=404)
