"""The pages of packs: the library of scenarios, and one whole scenario to read."""

from app.packs.views import library
from app.packs.views.blueprint import bp

__all__ = ["bp", "library"]
