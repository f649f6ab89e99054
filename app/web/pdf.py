"""Documents for paper: a template and the facts that it lays out become a PDF.

Facts go in as JSON, so that nothing a person typed is ever read as markup. Templates read files of the
application only, and equal facts give equal bytes.
"""

import json
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

import structlog
from flask import Response, request

APP = Path(__file__).parent.parent
FONTS = APP / "static" / "vendor" / "printed"

log = structlog.get_logger()


class Paper(StrEnum):
    """What a document is printed on."""

    LETTER = "us-letter"
    A4 = "a4"


def paper() -> Paper:
    """The paper that a request asks for: US letter, unless it says A4."""
    return Paper.A4 if request.args.get("paper") == Paper.A4 else Paper.LETTER


def typeset(template: Path, facts: Mapping[str, object], *, paper: Paper) -> bytes:
    """Set the facts by a template, tagged for screen readers (PDF/UA-1).

    That standard refuses letters that our font lacks. Then fonts of the machine are looked through, and the
    document is tagged as before, but does not claim the standard.
    """
    import typst

    inputs = {"facts": json.dumps(facts, ensure_ascii=False), "paper": paper.value}
    try:
        found = typst.compile(
            template,
            root=APP,
            font_paths=[FONTS],
            ignore_system_fonts=True,
            sys_inputs=inputs,
            pdf_standards="ua-1",
        )
    except typst.TypstError:
        found = typst.compile(template, root=APP, font_paths=[FONTS], sys_inputs=inputs)
        log.info("pdf.without_standard", template=template.name)
    if not isinstance(found, bytes):
        raise TypeError(f"{template.name} gives pages, not one document.")
    return found


def download(document: bytes, name: str) -> Response:
    """Answer with a document that the browser keeps as a file of this name."""
    response = Response(document, mimetype="application/pdf")
    response.headers.set("Content-Disposition", "attachment", filename=f"{name}.pdf")
    return response
