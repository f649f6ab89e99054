"""Publishing freezes a draft as a version of its own; loops go on with what they hold."""

import json

import pytest
import sqlalchemy as sa

from app.audit.models import AuditEvent
from app.core.db import db
from app.packs import queries
from app.packs import services as packs
from app.packs.drafts import services
from app.packs.models import ScenarioVersion
from scenarios import digest, read_pack
from scenarios.loader import HERE, is_vignette
from tests.client import words
from tests.factories import drafts, jobs, loops
from tests.factories.people import actor

CHAIR_FILE = HERE / "packs" / "inpatient-acute-ot" / "snm-acute-ot-mid.yaml"


def publish(client, author, found, **said):
    data = {"do": "publish", "version": found.version, "note": drafts.NOTE, **said}
    return client.as_(author).post(f"/drafts/{found.public_id}/publication", data=data)


def test_a_draft_becomes_the_next_version_a_pilot(client, hana):
    answer = publish(client, hana, drafts.ready(hana))

    made = drafts.version()
    assert answer.status_code == 303
    assert answer.location.endswith(str(made.public_id))
    assert (made.version, made.status, made.title) == ("2", "pilot", "The chair by the door")
    assert made.digest == digest(queries.scenario_of(made))


def test_its_page_says_what_it_is_based_on_by_whom_and_why(client, hana, rina):
    made = drafts.published(hana)
    browser = client.as_(rina)

    page = words(browser.get(f"/scenarios/{made.public_id}", expect=200))
    difference = words(browser.get(f"/scenarios/{made.public_id}/difference", expect=200))

    assert "Based on The chair by the window version 1 , by Hana Sato" in page
    assert drafts.NOTE in page
    assert "removed: window added: door" in difference


def test_a_version_that_was_imported_has_no_difference(client, hana):
    client.as_(hana).get(f"/scenarios/{drafts.version().public_id}/difference", expect=404)


def test_a_change_note_is_required_and_the_page_keeps_its_place(client, hana):
    answer = publish(client, hana, drafts.ready(hana), note="  ")

    assert answer.status_code == 422
    assert "Say what changed and why, for whoever uses it next." in words(answer)
    assert drafts.version().version == "1"


def test_what_a_gate_finds_stops_publishing_and_keeps_the_note(client, hana):
    found = drafts.changed(hana, drafts.draft(hana), criteria__1__anchors__3="Does it very well")

    answer = publish(client, hana, found)

    assert answer.status_code == 422
    assert "which each rater measures differently" in words(answer)
    assert drafts.NOTE in answer.text


def test_what_protects_patients_stays(client, hana):
    found = drafts.draft(hana)
    drafts.changed(hana, found, criteria__1__critical="", criteria__2__code="EDU", criteria__3__code="POC")

    page = words(client.as_(hana).get(f"/drafts/{found.public_id}/publication", expect=200))

    assert "SAF is not critical any more" in page
    assert "ESC is missing, which the origin scores" in page
    assert "DOC is missing, which the origin scores" in page
    assert publish(client, hana, found).status_code == 422


def test_nothing_is_published_twice(client, hana):
    found = drafts.ready(hana)
    first, second = publish(client, hana, found), publish(client, hana, found)

    assert first.location == second.location
    assert len(queries.versions_of(drafts.CHAIR)) == 2


def test_a_draft_that_changed_meanwhile_is_read_again_first(client, hana):
    found = drafts.ready(hana)

    answer = publish(client, hana, found, version=found.version - 1)

    assert answer.status_code == 409
    assert "This draft changed since you looked." in words(answer)


def test_a_published_draft_stays_as_it_is(client, hana):
    drafts.published(hana)
    found = queries.draft_behind(drafts.version())
    sent = {**found.texts, "version": found.version, "title": "Another"}
    browser = client.as_(hana)

    browser.post(f"/drafts/{found.public_id}", data=sent, expect=403)
    browser.post(f"/drafts/{found.public_id}/publication", data={"do": "discard"}, expect=403)
    assert "Open version 2" in words(browser.get(f"/drafts/{found.public_id}", expect=200))


def test_the_database_refuses_to_change_what_was_published(app, hana):
    made = drafts.published(hana)

    with pytest.raises(sa.exc.IntegrityError, match="history"):
        db.session.execute(sa.update(ScenarioVersion).where(ScenarioVersion.id == made.id).values(title="X"))


def test_a_running_loop_keeps_the_version_it_holds(app, hana, iris, ivo):
    job = jobs.job(hana)
    loop = loops.open_loop(job, [iris, ivo])
    [stage] = [one for one in loop.stages if one.position == 1]
    held = stage.scenario_version
    copied = drafts.changed(hana, drafts.draft(hana, held), title="Other words")

    made = services.publish(actor(hana), copied, version=copied.version, note=drafts.NOTE)
    db.session.commit()

    db.session.refresh(stage)
    assert stage.scenario_version_id == held.id != made.id
    assert drafts.version(held.key).id == made.id


def test_it_is_in_the_log_by_its_digest(app, hana):
    made = drafts.published(hana)

    events = db.session.scalars(sa.select(AuditEvent).order_by(AuditEvent.sequence.desc()).limit(2)).all()
    assert [one.event for one in events] == ["scenario:published", "scenario-draft:started"]
    assert json.loads(events[0].facts) == {
        "digest": made.digest,
        "pack": "inpatient-acute-ot",
        "scenario": drafts.CHAIR,
        "version": "2",
    }


def test_the_pack_is_exported_with_the_new_version_in_place_of_the_old(app, hana):
    before = packs.export_pack("inpatient-acute-ot")
    drafts.published(hana)
    after = packs.export_pack("inpatient-acute-ot")

    assert {name for name in after if after[name] != before.get(name)} == {"snm-acute-ot-mid.yaml"}
    assert list(after) == [name for name in before if not is_vignette(name)], "gold is of a version's anchors"
    old, new = CHAIR_FILE.read_text().splitlines(), after["snm-acute-ot-mid.yaml"].decode().splitlines()
    assert [line for line in new if line not in old] == ["version: 2", "title: The chair by the door"]


def twin(author, **texts):
    found = drafts.draft(author, key="snm-skilled-ot-mid")
    said = {"setting": "skilled-nursing", "title": "The chair by the bed", **texts}
    return drafts.changed(author, found, **said)


def test_a_new_scenario_joins_the_pack_that_is_chosen(client, hana):
    found = twin(hana, pack="outpatient-ot")

    assert publish(client, hana, found).status_code == 303
    made = drafts.version("snm-skilled-ot-mid")
    assert (made.version, made.pack, made.setting) == ("1", "outpatient-ot", "skilled-nursing")
    assert "snm-skilled-ot-mid.yaml" in packs.export_pack("outpatient-ot")
    assert "snm-skilled-ot-mid.yaml" not in packs.export_pack("inpatient-acute-ot")


def test_a_new_pack_says_what_it_is(client, hana):
    found = twin(hana, pack="", pack__title="Skilled nursing")

    page = words(client.as_(hana).get(f"/drafts/{found.public_id}", expect=200)).replace(" :", ":")
    assert "Name of the new pack in files: A name is not written like this." in page
    assert "Profession: There is no text. Write it." in page
    assert publish(client, hana, found).status_code == 422

    drafts.changed(
        hana, found, pack__id="nursing", pack__profession="occupational therapy", pack__summary="A start."
    )
    assert publish(client, hana, found).status_code == 303
    assert drafts.version("snm-skilled-ot-mid").pack_title == "Skilled nursing"


def test_a_pack_that_is_not_here_is_named(client, hana):
    answer = publish(client, hana, twin(hana, pack="a-pack-of-long-ago"))

    assert answer.status_code == 422
    assert "There is no pack a-pack-of-long-ago here" in words(answer)


def test_a_name_that_was_taken_meanwhile_is_refused(client, hana, olga):
    mine, theirs = twin(hana), twin(olga)
    assert publish(client, olga, theirs).status_code == 303

    answer = publish(client, hana, mine)

    assert answer.status_code == 422
    assert "snm-skilled-ot-mid is the name of another scenario" in words(answer)


def test_a_scenario_written_in_the_browser_travels_byte_for_byte(client, hana):
    """From the page of a scenario to a pack of its own, exported, deleted here, and imported again."""
    browser = client.as_(hana)
    origin = f"/scenarios/{drafts.version().public_id}"
    started = browser.post(
        f"{origin}/copy", data={"into": "scenario", "key": "snm-skilled-ot-mid"}, expect=303
    )
    page = started.location
    found = queries.open_drafts(actor(hana))[0]
    typed = {
        **found.texts,
        "setting": "skilled-nursing",
        "title": "The chair by the bed: “again”",
        "pack": "",
        "pack.id": "skilled",
        "pack.title": "Skilled",
        "pack.profession": "occupational therapy",
        "pack.summary": "One near miss.",
        "levels": ["mid", "senior"],
        "criteria.1.minimum.senior": "4",
        **{f"criteria.{number}.minimum.senior": "3" for number in range(2, 6)},
        "bars.senior.count.at_least": "1",
        "bars.senior.count.of": "VER, ESC",
        "bars.senior.count.level": "4",
    }
    browser.post(page, data={**typed, "version": found.version, "then": "publish"}, expect=303)
    db.session.refresh(found)
    assert publish(client, hana, found).status_code == 303

    files = packs.export_pack("skilled")
    pack = read_pack(files)
    assert [one.id for one in pack.scenarios] == ["snm-skilled-ot-mid"]
    assert pack.scenarios[0].bars["senior"].count.of == ("VER", "ESC")
    made = drafts.version("snm-skilled-ot-mid")
    assert digest(pack.scenarios[0]) == made.digest

    assert packs.import_pack(actor(hana), pack) == []
    packs.delete_version(actor(hana), made)
    db.session.commit()
    assert queries.versions_of("snm-skilled-ot-mid") == []
    [again] = packs.import_pack(actor(hana), pack)
    assert again.digest == made.digest
    assert packs.export_pack("skilled") == files
