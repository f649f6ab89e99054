"""A careers page that needs no server: every open job's disclosure as files that open from a folder."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from flask import g, render_template

from app.disclosures import printed
from app.disclosures.document import canonical
from app.disclosures.shown import Shown, linked, shown, zone_of
from app.disclosures.upkeep.queries import standing_versions
from app.identity.queries import get_employer
from app.web.assets import STATIC
from app.web.pdf import Paper

LOOK = ("vendor/tabler.min.css", "vendor/inter.css", "vendor/InterVariable.woff2", "evenhand.css", "mark.svg")


def export(folder: Path) -> Sequence[Shown]:
    """Write an index, and four files for each disclosure, with the style and font they use."""
    found = [shown(version, zone_of(version)) for version in standing_versions()]
    _copy_look(folder)
    for one in found:
        _write(one, folder)
    page = render_template("disclosures/static/index.html", found=found, employer=get_employer(), up="")
    (folder / "index.html").write_text(page, "utf-8")
    return found


def _write(one: Shown, folder: Path) -> None:
    """One disclosure: to read, to print, and for programs, which get the very bytes of its digest."""
    version = one.version
    g.time_zone = zone_of(version)
    place = folder / str(version.public_id)
    place.mkdir(exist_ok=True)
    graph = linked(one)
    page = render_template(
        "disclosures/static/document.html", version=version, reading=one.reading, linked_data=graph, up="../"
    )
    (place / "index.html").write_text(page, "utf-8")
    (place / "disclosure.json").write_bytes(version.document.encode())
    (place / "disclosure.jsonld").write_text(canonical(graph), "utf-8")
    (place / "disclosure.pdf").write_bytes(printed.pdf(version, one.reading, Paper.LETTER))


def _copy_look(folder: Path) -> None:
    for name in LOOK:
        to = folder / "look" / name
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(STATIC / name, to)
