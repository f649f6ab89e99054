"""What pages send besides their words: our own scripts stay small, and nothing is written into the page."""

import gzip
import re
from collections.abc import Callable

from tests.structure.project import ROOT, files, name

STATIC = ROOT / "app" / "static"
MOST, MOST_OF_ALL = 15_000, 150_000
INLINE = re.compile(  # A block of linked data is no script: nothing runs it.
    r"<script(?![^>]*(?:\bsrc=|type=\"application/ld\+json\"))|\son\w+\s*=\s*[\"']|\sstyle\s*=", re.IGNORECASE
)


def test_our_own_scripts_are_together_smaller_than_15_kb(record_property: Callable[[str, object], None]):
    sizes = {path.name: len(gzip.compress(path.read_bytes(), 9)) for path in sorted(STATIC.glob("*.js"))}

    record_property(
        "figures", {"Our own scripts, compressed": {"files": len(sizes), "bytes": sum(sizes.values())}}
    )
    assert sum(sizes.values()) < MOST, f"A page of words needs few scripts: {sizes}"


def test_all_scripts_and_styles_are_together_smaller_than_150_kb(
    record_property: Callable[[str, object], None],
):
    paths = [path for path in sorted(STATIC.rglob("*")) if path.suffix in {".js", ".css"}]
    sizes = {name(path): len(gzip.compress(path.read_bytes(), 9)) for path in paths}

    record_property(
        "figures", {"All scripts and styles, compressed": {"files": len(sizes), "bytes": sum(sizes.values())}}
    )
    assert sum(sizes.values()) < MOST_OF_ALL, f"Leave out what no page needs: {sizes}"


def test_no_page_has_a_script_or_a_style_written_into_it():
    found = {
        name(path): lines
        for path in files("*.html", under=("app",))
        if (lines := INLINE.findall(path.read_text("utf-8")))
    }

    assert not found, f"The policy of every answer forbids these; put them into app/static: {found}"
