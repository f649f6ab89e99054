"""A pack that a hiring manager imports in the browser: first a dry run, then everything or nothing."""

import re
import zipfile
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import encode_multipart

from app.audit.models import AuditEvent
from app.core.db import db
from app.identity.models import Person
from app.packs import queries, services
from app.packs.models import PackEdition, ScenarioVersion
from app.policy import NOBODY
from scenarios import read_pack
from scenarios.archive import MAX_ARCHIVE, pack_up, unpack
from tests.client import Client, words
from tests.factories.archives import as_text, as_upload, changed, newer, zipped

ADDRESS = "/packs/import"
SECOND = ("version: 1\nstatus", "version: 2\nstatus")
ELEVEN = ("title: Ten on the book", "title: Eleven on the book")
CARRIED = re.compile(r'name="archive"[^>]* value="([^"]+)"')
DIGEST = re.compile(r"\b[0-9a-f]{64}\b")


def rows() -> tuple[int, int, int]:
    """How many versions, editions and events there are."""
    counted = (ScenarioVersion, PackEdition, AuditEvent)
    return tuple(db.session.scalar(select(func.count()).select_from(one)) or 0 for one in counted)  # type: ignore[return-value]  # one for each


def dry_run(browser: Client, data: bytes, *, expect: int = 200, name: str = "given.zip"):
    # Encoded here, because the test client leaves the temporary file of a large upload open.
    boundary, body = encode_multipart({"do": "check", "zip": as_upload(data, name)})
    content_type = f'multipart/form-data; boundary="{boundary}"'
    return browser.post(ADDRESS, data=body, content_type=content_type, expect=expect)


def take(browser: Client, data: bytes, *, expect: int = 303):
    return browser.post(
        ADDRESS, data={"do": "import", "archive": as_text(data), "name": "given.zip"}, expect=expect
    )


def test_a_dry_run_shows_what_is_new_with_its_digest_and_imports_nothing(
    client: Client, hana: Person
) -> None:
    before = rows()
    page = dry_run(client.as_(hana), newer())
    said = words(page)

    assert "Outpatient occupational therapy outpatient-ot, version 2 · given.zip" in said
    assert "5 scenarios of 5 are new. Nothing else changes." in said
    assert "Import 5 scenarios" in said
    assert {change.digest for change in services.look_into(newer(), "").changes} <= set(DIGEST.findall(said))
    assert page.text.count("btn-primary") == 1
    assert rows() == before


def test_what_the_page_of_the_dry_run_carries_is_imported(client: Client, hana: Person) -> None:
    browser = client.as_(hana)
    [carried] = CARRIED.findall(dry_run(browser, newer()).text)

    answer = browser.post(ADDRESS, data={"do": "import", "archive": carried, "name": "given.zip"}, expect=303)

    assert answer.headers["Location"] == "/packs#pack-outpatient-ot"
    assert services.export_pack("outpatient-ot") == unpack(newer(), "")
    assert {one.version for one in queries.latest_versions() if one.pack == "outpatient-ot"} == {"2"}
    event = db.session.scalars(select(AuditEvent).order_by(AuditEvent.sequence.desc())).first()
    assert (event.event, event.actor_id) == ("pack:imported", hana.id)
    assert len(event.facts_by_name["scenarios"]) == 5


def test_the_largest_zip_there_may_be_comes_through_both_steps(client: Client, hana: Person) -> None:
    browser = client.as_(hana)
    small = newer()
    data = bytes(MAX_ARCHIVE - len(small)) + small  # A zip may stand behind anything.
    assert len(data) == MAX_ARCHIVE

    [carried] = CARRIED.findall(dry_run(browser, data).text)
    browser.post(ADDRESS, data={"do": "import", "archive": carried, "name": "large.zip"}, expect=303)

    assert "2" in {one.version for one in queries.latest_versions()}


def test_a_zip_whose_scenarios_are_all_here_is_no_change_and_says_so(client: Client, hana: Person) -> None:
    browser = client.as_(hana)
    before = rows()

    for page in (dry_run(browser, zipped()), take(browser, zipped(), expect=200)):
        said = words(page)
        assert "Nothing to import: every scenario of this zip is here already, with the same content." in said
        assert said.count("Here already") == 5
        assert 'value="import"' not in page.text
    assert rows() == before


def test_importing_the_same_zip_twice_is_importing_it_once(client: Client, hana: Person) -> None:
    browser = client.as_(hana)
    take(browser, newer())
    after_once = rows()

    take(browser, newer(), expect=200)

    assert rows() == after_once


@pytest.mark.parametrize("step", [dry_run, take])
def test_a_known_version_with_other_content_is_refused_with_both_digests_and_nothing_is_taken(
    client: Client, hana: Person, step
) -> None:
    files = changed(ELEVEN)
    files["cw-outpatient-ot-mid.yaml"] = files["cw-outpatient-ot-mid.yaml"].replace(
        b"version: 1", b"version: 2"
    )
    [refused] = services.look_into(pack_up(files), "").refused
    before = rows()

    page = step(client.as_(hana), pack_up(files), expect=409)
    said = words(page)

    assert "1 scenario is here already with other content, so nothing of this zip is imported." in said
    assert f"Here: {refused.here} In the zip: {refused.digest} Refused" in said
    assert refused.here != refused.digest
    assert 'value="import"' not in page.text
    assert rows() == before


def test_answers_to_practice_on_come_with_their_pack_and_never_change(client: Client, hana: Person) -> None:
    files, browser = changed(), client.as_(hana)
    answer = files["vignettes/v20.yaml"]
    more = pack_up({**files, "vignettes/v90.yaml": answer.replace(b"id: v20", b"id: v90")})
    other = pack_up(
        {**files, "vignettes/v20.yaml": answer.replace(b"So who's shouting?", b"Who is shouting?")}
    )

    assert "5 answers to practice on, 1 new." in words(dry_run(browser, more))
    take(browser, more)
    refused = take(browser, other, expect=409)

    assert "v90" in {row.key for row in queries.vignettes_of(queries.versions_of("hvd-outpatient-ot-mid"))}
    assert "Here already with other content: hvd-outpatient-ot-mid version 1, vignette v20." in words(refused)
    assert 'value="import"' not in refused.text


def test_what_came_between_the_two_steps_is_seen_by_the_second(client: Client, hana: Person) -> None:
    browser = client.as_(hana)
    dry_run(browser, newer())
    services.import_pack(NOBODY, read_pack(changed(SECOND, ELEVEN)))
    db.session.commit()
    before = rows()

    said = words(take(browser, newer(), expect=409))

    assert "1 scenario is here already with other content" in said
    assert rows() == before


def test_a_problem_is_told_with_its_file_its_line_and_how_to_mend_it(client: Client, hana: Person) -> None:
    broken = zipped(
        SECOND, ("kind: safety-near-miss", "kind: riddle"), ("written_for: mid", "written_for: many")
    )
    before = rows()

    page = dry_run(client.as_(hana), broken, expect=422)
    said = words(page)

    assert "given.zip is refused" in said
    assert "given.zip/snm-outpatient-ot-entry.yaml, line 4 · kind" in said
    assert "This word is not on the list. Write 'safety-near-miss'" in said
    assert "written_for" in said
    assert 'value="import"' not in page.text
    assert rows() == before


def test_what_a_gate_finds_is_shown_with_its_name_and_stops_nothing(client: Client, hana: Person) -> None:
    unfair = zipped(SECOND, ("as 3, plus", "as 3, plus adequately"))
    browser = client.as_(hana)

    said = words(dry_run(browser, unfair))
    take(browser, unfair)

    assert "What the gates find" in said
    assert "gate “behavior”" in said
    assert "It stops no import" in said
    assert "2" in {one.version for one in queries.latest_versions()}


def test_a_new_description_of_the_pack_is_imported_though_no_scenario_is_new(
    client: Client, hana: Person
) -> None:
    files = changed(("profession: ", "profession: Licensed "))
    del files["cw-outpatient-ota-mid.yaml"]
    browser = client.as_(hana)

    said = words(dry_run(browser, pack_up(files)))
    take(browser, pack_up(files))

    assert "Only what the pack says of itself, or which of them it holds, is new." in said
    assert "The pack no longer holds cw-outpatient-ota-mid. They stay in the library" in said
    assert "Import the changed pack" in said
    assert services.export_pack("outpatient-ot") == files
    assert "cw-outpatient-ota-mid" in {one.key for one in queries.latest_versions()}


def spoilt(**changes: object) -> bytes:
    """The pack with one more file that a zip must not have."""
    buffer = BytesIO(zipped())
    with zipfile.ZipFile(buffer, "a") as archive:
        entry = zipfile.ZipInfo("extra.yaml")
        for name, value in changes.items():
            setattr(entry, name, value)
        archive.writestr(entry, "a: b")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "This is not a sound zip. Export the pack again."),
        (b"PK", "This is not a sound zip. Export the pack again."),
        (zipped()[:-30], "This is not a sound zip. Export the pack again."),
        (bytes(MAX_ARCHIVE + 1), "The zip has more than 4096 KiB. Export one pack a zip."),
        (spoilt(filename="../extra.yaml"), "This path leads out of the pack."),
        (spoilt(filename="notes.txt"), "This is no file of a pack."),
        (spoilt(filename="PACK.yaml"), "This file is there twice."),
        (spoilt(filename="more/extra.yaml"), "The files lie in more than one folder."),
        (spoilt(external_attr=0o120777 << 16), "This is no ordinary file."),
        (pack_up({"pack.yaml": b"id: nothing\n"}), "The pack has no scenario."),
        (pack_up({"one.yaml": b"id: one\n"}), "The pack has no such file."),
    ],
    ids=[
        "nothing in it", "no zip", "cut off", "too large", "out of the pack", "another file", "twice",
        "two folders", "a link", "no scenario", "no head",
    ],
)  # fmt: skip
def test_a_bad_zip_is_refused_on_the_page_with_the_sentence_that_mends_it(
    client: Client, hana: Person, data: bytes, sentence: str
) -> None:
    before = rows()

    page = dry_run(client.as_(hana), data, expect=422)

    assert sentence in words(page)
    assert "given.zip is refused" in words(page)
    assert "Check the zip" in words(page)
    assert rows() == before


@pytest.mark.parametrize("archive", ["", "no base64", as_text(zipped())[:-8], as_text(b"PK")])
def test_what_was_damaged_on_the_way_is_refused_on_the_page(
    client: Client, hana: Person, archive: str
) -> None:
    before = rows()
    page = client.as_(hana).post(ADDRESS, data={"do": "import", "archive": archive}, expect=422)

    assert "This is not a sound zip. Export the pack again." in words(page)
    assert rows() == before


def test_no_zip_at_all_is_told_at_the_field(client: Client, hana: Person) -> None:
    page = client.as_(hana).post(ADDRESS, data={"do": "check"}, expect=422)

    assert "Choose the zip of a pack." in words(page)
    assert 'aria-invalid="true"' in page.text


def test_the_name_of_the_file_is_only_ever_text(client: Client, hana: Person) -> None:
    page = dry_run(client.as_(hana), b"PK", expect=422, name="<b>me</b>.zip")

    assert "<b>me" not in page.text


@pytest.mark.parametrize("who", ["rina", "iris", "ada", "remi"])
def test_only_a_hiring_manager_imports(client: Client, request: pytest.FixtureRequest, who: str) -> None:
    browser = client.as_(request.getfixturevalue(who))
    before = rows()

    browser.get(ADDRESS, expect=403)
    assert "Only a hiring manager can do this." in words(dry_run(browser, newer(), expect=403))
    take(browser, newer(), expect=403)

    assert rows() == before


def test_only_the_import_may_send_as_much_as_a_zip(client: Client, hana: Person) -> None:
    browser = client.as_(hana)
    much = "a" * (3 * 1024 * 1024)

    browser.post("/jobs/new", data={"title": much}, expect=413)
    browser.post(ADDRESS, data={"do": "import", "archive": much}, expect=422)
    browser.post(ADDRESS, data={"do": "import", "archive": 3 * much}, expect=413)


def test_the_import_may_send_as_much_before_its_token_is_looked_for(
    client: Client, app: Flask, hana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)

    take(client.as_(hana), bytes(MAX_ARCHIVE), expect=400)  # For want of a token, not because it is large.
