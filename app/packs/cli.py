"""`flask packs`: check packs, and import them."""

import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from app.core.db import db
from app.core.errors import Conflict
from app.packs import services
from app.policy import NOBODY
from scenarios import PackError, load_pack, shipped_packs
from scenarios.__main__ import check as check_packs
from scenarios.__main__ import format_files

packs = AppGroup("packs", help="Scenario packs.")
folders = click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")


@packs.command("check")
@folders
def check(paths: tuple[Path, ...]) -> None:
    """Print every problem of the packs in these folders; of all shipped packs when none is named."""
    sys.exit(check_packs(list(paths)))


@packs.command("format")
@click.option("--check", "only_check", is_flag=True, help="Only name the files that differ.")
@folders
def format_packs(paths: tuple[Path, ...], only_check: bool) -> None:
    """Write the files of these packs, or of all shipped ones, in the canonical layout."""
    sys.exit(format_files(list(paths), only_check=only_check))


@packs.command("import")
@folders
def import_packs(paths: tuple[Path, ...]) -> None:
    """Import the packs in these folders, or all shipped packs; either all of them or none."""
    try:
        loaded = [load_pack(path) for path in paths or shipped_packs()]
        added = [version for pack in loaded for version in services.import_pack(NOBODY, pack)]
    except PackError as error:
        raise click.ClickException(f"Nothing was imported.\n{error}") from error
    except Conflict as error:
        raise click.ClickException(f"Nothing was imported. {error.message}") from error
    db.session.commit()
    for version in added:
        click.echo(f"{version.pack}: added {version.key} version {version.version}, {version.title}")
    if not added:
        click.echo("Nothing new: every version is here already.")
