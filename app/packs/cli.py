"""`flask packs`: check packs, put them into the canonical layout, import and export them."""

import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from app.core.db import db
from app.core.errors import Conflict, NotFound
from app.packs import queries, services
from app.policy import NOBODY
from scenarios import Pack, PackError, load_pack, read_pack, shipped_packs
from scenarios.__main__ import check as check_packs
from scenarios.__main__ import format_files
from scenarios.archive import MAX_ARCHIVE, pack_up, unpack

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
@click.option("--dry-run", is_flag=True, help="Only say what is new, what is here already, what is refused.")
@folders
def import_packs(paths: tuple[Path, ...], dry_run: bool) -> None:
    """Import the packs in these folders or zips, or all shipped packs; either all of them or none."""
    try:
        loaded = [_load(path) for path in paths or shipped_packs()]
        if dry_run:
            _show_difference(loaded)
            return
        new = [change for change in services.difference(loaded) if change.state is services.State.NEW]
        services.import_packs(NOBODY, loaded)
    except PackError as error:
        raise click.ClickException(f"Nothing was imported.\n{error}") from error
    except Conflict as error:
        raise click.ClickException(f"Nothing was imported. {error.message}") from error
    db.session.commit()
    for change in new:
        click.echo(f"{change.pack.id}: added {change.name}, {change.title}")
    if not new:
        click.echo("Nothing new: every version is here already.")


@packs.command("export")
@click.argument("name", metavar="PACK")
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    help="A file that ends with .zip, or a folder that is empty or new; else PACK.zip.",
)
def export_pack(name: str, to: Path | None) -> None:
    """Write a pack as it was imported last: one zip, or its files."""
    try:
        files = services.export_pack(name)
    except NotFound as error:
        there = ", ".join(edition.pack for edition in queries.latest_editions()) or "none"
        raise click.ClickException(f"There is no pack {name}. There are: {there}.") from error
    target = to or Path(f"{name}.zip")
    try:
        if target.suffix == ".zip":
            target.write_bytes(pack_up(files))
        else:
            _write_folder(target, files)
    except OSError as error:
        raise click.ClickException(f"{target} cannot be written: {error.strerror}.") from error
    click.echo(f"{target}: {len(files)} files")


def _load(path: Path) -> Pack:
    """Read a zip or a folder."""
    if path.suffix != ".zip":
        return load_pack(path)
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_ARCHIVE + 1)
    except OSError as error:
        raise click.ClickException(f"{path} cannot be read: {error.strerror}.") from error
    return read_pack(unpack(data, str(path)), folder=str(path))


def _show_difference(loaded: list[Pack]) -> None:
    changes = services.difference(loaded)
    for change in changes:
        click.echo(f"{change.pack.id}: {change}")
    if any(change.state is services.State.REFUSED for change in changes):
        raise click.ClickException("Nothing of this would be imported.")


def _write_folder(folder: Path, files: dict[str, bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise click.ClickException(f"{folder} is not empty; nothing was written.")
    for name, data in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
