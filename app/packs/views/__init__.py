"""The pages of packs: the library of scenarios, one whole scenario, packs that come and go as zips."""

from app.packs.views import archives, library
from app.packs.views.blueprint import bp

__all__ = ["archives", "bp", "library"]
