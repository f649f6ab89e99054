"""Importing packs: versions are added once, and never change."""

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from app.audit.models import AuditEvent
from app.core.db import db
from app.core.errors import Conflict
from app.packs import queries, services
from app.packs.models import ScenarioVersion
from app.policy import NOBODY
from scenarios import Pack, Status, canonical, load_pack, shipped_packs
from tests.scenarios.files import files_of, write

OUTPATIENT = next(path for path in shipped_packs() if path.name == "outpatient-ot")


def changed(pack: Pack, **first: object) -> Pack:
    """The pack with something else in its first scenario."""
    scenario = pack.scenarios[0].model_copy(update=first)
    return pack.model_copy(update={"scenarios": (scenario, *pack.scenarios[1:])})


def replaced(old: str, new: str) -> dict[str, bytes]:
    """The files of the pack with a text replaced in each."""
    return {name: data.replace(old.encode(), new.encode()) for name, data in files_of(OUTPATIENT).items()}


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["packs", *arguments])


def versions() -> list[ScenarioVersion]:
    return list(db.session.scalars(select(ScenarioVersion)))


def test_every_shipped_scenario_is_there_and_reads_as_it_was_written(app: Flask) -> None:
    by_key = {version.key: version for version in versions()}
    written = [scenario for path in shipped_packs() for scenario in load_pack(path).scenarios]

    assert len(by_key) == len(written)
    for scenario in written:
        assert canonical(queries.scenario_of(by_key[scenario.id])) == canonical(scenario)


def test_importing_again_adds_nothing_and_records_nothing(app: Flask) -> None:
    before = db.session.query(AuditEvent).count()

    assert services.import_shipped() == []
    assert db.session.query(AuditEvent).count() == before


def test_a_new_version_stands_beside_the_old_one(app: Flask) -> None:
    pack = changed(load_pack(OUTPATIENT), version=2, title="Five visits and a half")

    added = services.import_pack(NOBODY, pack)

    assert [(version.key, version.version) for version in added] == [("cw-outpatient-ot-mid", "2")]
    titles = {one.title for one in versions() if one.key == "cw-outpatient-ot-mid"}
    assert titles == {"Five visits left", "Five visits and a half"}
    newest = {version.key: version.title for version in queries.latest_versions()}
    assert newest["cw-outpatient-ot-mid"] == "Five visits and a half"


def test_other_content_under_an_imported_version_is_refused_by_name(app: Flask) -> None:
    pack = changed(load_pack(OUTPATIENT), title="Five visits and a half")

    with pytest.raises(Conflict) as refused:
        services.import_pack(NOBODY, pack)

    assert "cw-outpatient-ot-mid version 1" in refused.value.message


def test_a_retired_scenario_is_no_longer_offered(app: Flask) -> None:
    services.import_pack(NOBODY, changed(load_pack(OUTPATIENT), version=2, status=Status.RETIRED))

    assert "cw-outpatient-ot-mid" not in {version.key for version in queries.latest_versions()}


def test_the_database_itself_keeps_a_version_as_it_is(app: Flask) -> None:
    versions()[0].title = "Something kinder"

    with pytest.raises(Exception, match="This row is history"):
        db.session.flush()


def test_the_command_says_what_it_added(app: Flask, tmp_path: Path) -> None:
    write(replaced("version: 1\nstatus", "version: 2\nstatus"), tmp_path)

    answer = run(app, "import", str(tmp_path))

    assert answer.exit_code == 0, answer.output
    assert "outpatient-ot: added hvd-outpatient-ot-mid version 2, Ten on the book" in answer.output
    assert "Nothing new" in run(app, "import").output


def test_the_command_imports_nothing_of_a_pack_with_a_problem_and_says_where_it_is(
    app: Flask, tmp_path: Path
) -> None:
    write(replaced("version: 1", "version: 2"), tmp_path)
    broken = tmp_path / "snm-outpatient-ot-entry.yaml"
    broken.write_text(broken.read_text().replace("kind: safety-near-miss", "kind: riddle"))

    answer = run(app, "import", str(tmp_path))

    assert answer.exit_code == 1
    assert "Nothing was imported." in answer.output
    assert "snm-outpatient-ot-entry.yaml:4: kind" in answer.output
    assert {version.version for version in versions()} == {"1"}


def test_the_command_imports_nothing_when_one_of_several_packs_conflicts(app: Flask, tmp_path: Path) -> None:
    good, bad = tmp_path / "good", tmp_path / "bad"
    for folder, old, new in (
        (good, "version: 1", "version: 2"),
        (bad, "title: Ten on the book", "title: Eleven"),
    ):
        write(replaced(old, new), folder)

    answer = run(app, "import", str(good), str(bad))

    assert answer.exit_code == 1
    assert "hvd-outpatient-ot-mid version 1 is imported already" in answer.output
    db.session.rollback()
    assert {version.version for version in versions()} == {"1"}


def test_the_command_checks_without_importing(app: Flask, tmp_path: Path) -> None:
    assert "no problem" in run(app, "check").output
    (tmp_path / "pack.yaml").write_text("id: nothing\n")

    answer = run(app, "check", str(tmp_path))

    assert answer.exit_code == 1
    assert "pack.yaml:1" in answer.output
