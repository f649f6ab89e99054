"""A pack that leaves in the browser as one zip."""

from pathlib import Path

import pytest
from flask import Flask

from app.identity.models import Person
from scenarios import shipped_packs
from scenarios.archive import unpack
from tests.client import Client, words
from tests.factories.archives import USED, as_text, as_upload, files_of, version


def test_every_pack_is_the_same_bytes_as_on_the_command_line(
    client: Client, app: Flask, rina: Person, tmp_path: Path
) -> None:
    browser = client.as_(rina)
    for path in shipped_packs():
        target = tmp_path / f"{path.name}.zip"
        app.test_cli_runner().invoke(args=["packs", "export", path.name, "--to", str(target)])

        answer = browser.get(f"/packs/{path.name}/zip", expect=200)

        assert answer.data == target.read_bytes()
        assert unpack(answer.data, "") == files_of(path.name)


def test_it_is_a_file_to_keep_that_no_cache_keeps(client: Client, hana: Person) -> None:
    answer = client.as_(hana).get("/packs/outpatient-ot/zip", expect=200)

    assert answer.headers["Content-Type"] == "application/zip"
    assert answer.headers["Content-Disposition"] == "attachment; filename=outpatient-ot.zip"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_what_was_exported_is_here_already_when_it_is_imported(client: Client, hana: Person) -> None:
    browser = client.as_(hana)
    data = browser.get("/packs/pediatrics/zip", expect=200).data

    checked = browser.post("/packs/import", data={"do": "check", "zip": as_upload(data)}, expect=200)
    taken = browser.post("/packs/import", data={"do": "import", "archive": as_text(data)}, expect=200)

    for page in (checked, taken):
        assert "Nothing to import" in words(page)


def test_the_library_and_the_scenario_offer_the_export(client: Client, hana: Person) -> None:
    browser = client.as_(hana)
    library = browser.get("/packs", expect=200).text

    for path in shipped_packs():
        assert f'href="/packs/{path.name}/zip"' in library
    assert 'href="/packs/outpatient-ot/zip"' in browser.get(f"/scenarios/{version(USED).public_id}").text


@pytest.mark.parametrize(
    "name", ["dentistry", "Outpatient-OT", "..", "outpatient-ot%00", "%F0%9F%92%89", "a--b"]
)
def test_a_pack_that_is_not_there_is_not_found(client: Client, hana: Person, name: str) -> None:
    client.as_(hana).get(f"/packs/{name}/zip", expect=404)


@pytest.mark.parametrize("who", ["iris", "ada", "remi"])
def test_whoever_may_not_read_packs_cannot_export_one(
    client: Client, request: pytest.FixtureRequest, who: str
) -> None:
    answer = client.as_(request.getfixturevalue(who)).get("/packs/outpatient-ot/zip", expect=403)

    assert "Only hiring managers and recruiters read packs ahead of an interview." in words(answer)
