"""Searching by words, alike on both engines."""

from typing import Any

import sqlalchemy as sa

MOST_WORDS = 8


def every_word(text: str, *columns: Any) -> sa.ColumnElement[bool]:
    """Each word of a text stands in one of the columns, whatever its case; nothing typed is a wildcard."""
    words = text.replace("\0", " ").split()[:MOST_WORDS]
    return sa.and_(
        sa.true(),
        *(sa.or_(*(column.icontains(word, autoescape=True) for column in columns)) for word in words),
    )
