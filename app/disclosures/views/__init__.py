"""The pages of disclosures: the editor and publication, the public document, and the candidate's own page."""

from app.disclosures.views import (
    comparison,
    editor,
    measure,
    my_week,
    personal,
    public,
    publication,
    review,
    upkeep,
)
from app.disclosures.views.blueprint import bp

__all__ = [
    "bp",
    "comparison",
    "editor",
    "measure",
    "my_week",
    "personal",
    "public",
    "publication",
    "review",
    "upkeep",
]
