"""The pages of packs: the library of scenarios, one whole scenario, its drafts, packs as zips."""

from app.packs.views import archives, drafts, library
from app.packs.views.blueprint import bp

__all__ = ["archives", "bp", "drafts", "library"]
