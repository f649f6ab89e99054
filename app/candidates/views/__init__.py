"""Pages about candidates: those of the hiring team, and asking for an accommodation."""

from app.candidates.views import team
from app.candidates.views.blueprint import bp

__all__ = ["bp", "team"]
