"""Packs that leave as files or as one zip, and come back as they were."""

import re
import zipfile
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from app.core.db import db
from app.core.errors import Conflict, NotFound
from app.packs import services
from app.packs.models import PackEdition, ScenarioVersion
from app.packs.services import State
from app.policy import NOBODY
from scenarios import load_pack, read_pack, shipped_packs
from scenarios.archive import pack_up, unpack
from tests.scenarios.files import files_of

OUTPATIENT = next(path for path in shipped_packs() if path.name == "outpatient-ot")
DIGEST = re.compile(r"\b[0-9a-f]{64}\b")


def run(app: Flask, *arguments: object) -> Result:
    return app.test_cli_runner().invoke(args=["packs", *map(str, arguments)])


def changed(*changes: tuple[str, str]) -> dict[str, bytes]:
    """The files of the outpatient pack with texts replaced, in every file that has them."""
    files = {name: data.decode() for name, data in files_of(OUTPATIENT).items()}
    for old, new in changes:
        assert any(old in text for text in files.values())
        files = {name: text.replace(old, new) for name, text in files.items()}
    return {name: text.encode() for name, text in files.items()}


def as_new(vignette: bytes) -> bytes:
    """The same answer under another id."""
    return vignette.replace(b"id: v20", b"id: v90")


def zip_of(files: dict[str, bytes], folder: Path) -> Path:
    target = folder / "given.zip"
    target.write_bytes(pack_up(files))
    return target


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_every_shipped_pack_is_exported_byte_for_byte(app: Flask) -> None:
    for path in shipped_packs():
        assert services.export_pack(path.name) == files_of(path)


def test_what_was_exported_is_the_pack_that_was_imported(app: Flask) -> None:
    for path in shipped_packs():
        assert read_pack(services.export_pack(path.name)) == load_pack(path)


def test_a_pack_is_exported_as_it_was_imported_last(app: Flask) -> None:
    newer = changed(("title: Ten on the book", "title: Eleven"), ("version: 1\nstatus", "version: 2\nstatus"))
    del newer["cw-outpatient-ot-mid.yaml"]
    services.import_pack(NOBODY, read_pack(newer))

    assert services.export_pack("outpatient-ot") == newer


def test_an_answer_to_practice_on_arrives_with_its_pack_and_never_changes(app: Flask, tmp_path: Path) -> None:
    other = changed(("I triage on risk", "I sort by risk"))
    newer = {**files_of(OUTPATIENT), "vignettes/v90.yaml": as_new(files_of(OUTPATIENT)["vignettes/v20.yaml"])}

    refused = run(app, "import", zip_of(other, tmp_path))
    added = run(app, "import", zip_of(newer, tmp_path))

    assert (
        "hvd-outpatient-ot-mid version 1, vignette v03 is imported already, with other content"
        in refused.output
    )
    assert "outpatient-ot: added hvd-outpatient-ot-mid version 1, vignette v90, Answer 2" in added.output
    assert services.export_pack("outpatient-ot") == newer

    services.import_pack(NOBODY, load_pack(OUTPATIENT))
    assert services.export_pack("outpatient-ot") == files_of(OUTPATIENT), "a pack may leave an answer behind"


def test_importing_what_was_exported_changes_nothing(app: Flask, tmp_path: Path) -> None:
    before = count(ScenarioVersion), count(PackEdition)
    target = tmp_path / "outpatient.zip"

    exported = run(app, "export", "outpatient-ot", "--to", target)
    imported = run(app, "import", target)

    assert exported.output == f"{target}: {len(files_of(OUTPATIENT))} files\n"
    assert (imported.exit_code, imported.output) == (0, "Nothing new: every version is here already.\n")
    assert (count(ScenarioVersion), count(PackEdition)) == before


def test_two_exports_are_the_same_zip_and_hold_the_shipped_files(app: Flask, tmp_path: Path) -> None:
    one, other = tmp_path / "one.zip", tmp_path / "other.zip"
    for target in (one, other):
        assert run(app, "export", "outpatient-ot", "--to", target).exit_code == 0

    assert one.read_bytes() == other.read_bytes()
    assert unpack(one.read_bytes(), "one.zip") == files_of(OUTPATIENT)
    assert zipfile.ZipFile(one).testzip() is None


def test_a_pack_can_be_exported_as_a_folder_that_is_empty(app: Flask, tmp_path: Path) -> None:
    folder = tmp_path / "mine"

    first = run(app, "export", "outpatient-ot", "--to", folder)
    second = run(app, "export", "outpatient-ot", "--to", folder)

    assert first.exit_code == 0
    assert files_of(folder) == files_of(OUTPATIENT)
    assert second.exit_code == 1
    assert "is not empty; nothing was written" in second.output


def test_a_pack_that_is_not_there_is_answered_with_those_that_are(app: Flask) -> None:
    answer = run(app, "export", "dentistry")

    assert answer.exit_code == 1
    assert "There is no pack dentistry. There are: " in answer.output
    assert "outpatient-ot" in answer.output
    with pytest.raises(NotFound):
        services.export_pack("dentistry")


def test_a_place_that_cannot_be_written_is_named(app: Flask, tmp_path: Path) -> None:
    answer = run(app, "export", "outpatient-ot", "--to", tmp_path / "nowhere" / "pack.zip")

    assert answer.exit_code == 1
    assert "cannot be written: No such file or directory." in answer.output


def test_a_dry_run_says_what_is_new_and_what_is_here_and_imports_nothing(app: Flask, tmp_path: Path) -> None:
    before = count(ScenarioVersion), count(PackEdition)
    files = changed((": hvd-outpatient-ot-mid", ": hvd-outpatient-ot-two"))
    files["hvd-outpatient-ot-two.yaml"] = files.pop("hvd-outpatient-ot-mid.yaml")

    answer = run(app, "import", "--dry-run", zip_of(files, tmp_path))

    assert answer.exit_code == 0
    assert "outpatient-ot: hvd-outpatient-ot-two version 1 is new: " in answer.output
    assert "outpatient-ot: snm-outpatient-ot-entry version 1 is here already: " in answer.output
    assert (count(ScenarioVersion), count(PackEdition)) == before


@pytest.mark.parametrize("options", [["--dry-run"], []], ids=["dry run", "import"])
def test_other_content_under_a_known_version_is_refused_with_both_digests(
    app: Flask, tmp_path: Path, options: list[str]
) -> None:
    before = count(ScenarioVersion), count(PackEdition)
    files = changed(("title: Ten on the book", "title: Eleven"))
    changes = services.difference([read_pack(files)])
    [refused] = [change for change in changes if change.state is State.REFUSED]

    answer = run(app, "import", *options, zip_of(files, tmp_path))

    assert answer.exit_code == 1
    assert "hvd-outpatient-ot-mid version 1 is imported already, with other content" in answer.output
    assert {refused.here, refused.digest} <= set(DIGEST.findall(answer.output))
    assert refused.here != refused.digest
    assert (count(ScenarioVersion), count(PackEdition)) == before


def test_every_version_that_is_refused_is_named_at_once(app: Flask) -> None:
    pack = read_pack(
        changed(("title: Ten on the book", "title: Eleven"), ("title: Twenty-two", "title: Twelve"))
    )

    with pytest.raises(Conflict) as refused:
        services.import_pack(NOBODY, pack)

    assert "hvd-outpatient-ot-mid version 1" in refused.value.message
    assert "snm-outpatient-ot-entry version 1" in refused.value.message


def test_two_packs_that_disagree_on_a_new_version_are_refused_together(app: Flask) -> None:
    one, other = (
        read_pack(changed(("version: 1\nstatus", "version: 7\nstatus"), ("title: Ten on the book", title)))
        for title in ("title: Eleven", "title: Twelve")
    )

    with pytest.raises(Conflict, match="hvd-outpatient-ot-mid version 7"):
        services.import_packs(NOBODY, [one, other])


def test_a_zip_with_a_problem_is_refused_as_a_whole_with_its_line(app: Flask, tmp_path: Path) -> None:
    before = count(ScenarioVersion)
    broken = changed(("version: 1\nstatus", "version: 9\nstatus"), ("kind: safety-near-miss", "kind: riddle"))

    answer = run(app, "import", zip_of(broken, tmp_path))

    assert answer.exit_code == 1
    assert "Nothing was imported." in answer.output
    assert "given.zip/snm-outpatient-ot-entry.yaml:4: kind" in answer.output
    assert count(ScenarioVersion) == before


def test_a_zip_that_is_none_or_not_there_is_refused(app: Flask, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.zip"
    damaged.write_bytes(b"PK")

    assert "This is not a sound zip" in run(app, "import", damaged).output
    assert "missing.zip cannot be read" in run(app, "import", tmp_path / "missing.zip").output


def test_the_shipped_packs_are_in_the_layout_that_the_command_writes(app: Flask) -> None:
    answer = run(app, "format", "--check")

    assert (answer.exit_code, answer.output) == (0, "Every file is in the canonical layout.\n")
