"""Reads interview kits as PDF: their words in reading order, and what each page holds."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2


@contextmanager
def opened(document: bytes) -> Iterator[pypdfium2.PdfDocument]:
    pdf = pypdfium2.PdfDocument(document)
    try:
        yield pdf
    finally:
        pdf.close()


def plain(text: str) -> str:
    """A text without line breaks, which paper has where a line is full."""
    return re.sub(r"\s+", " ", text).strip()


def pages(document: bytes) -> list[str]:
    """The words of each page."""
    with opened(document) as pdf:
        return [plain(page.get_textpage().get_text_range()) for page in pdf]


def words(document: bytes) -> str:
    """The words of all pages, without what stands at the foot of each."""
    return " ".join(
        re.sub(r"\S+ · version \d+ · \w{12} ?page \d+ of \d+$", "", page) for page in pages(document)
    )


def in_order(text: str, wanted: list[str]) -> list[str]:
    """What of the wanted texts is not there, or not after the one before it."""
    text, missing, at = bare(text), [], 0
    for one in wanted:
        found = text.find(bare(one), at)
        if found < 0:
            missing.append(one)
        else:
            at = found + len(bare(one))
    return missing


def bare(text: str) -> str:
    """A text without spaces and hyphens, which look different where a line is full."""
    return re.sub(r"[\s\-\x02\ufffe]+", "", text)
