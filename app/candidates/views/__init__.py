"""Pages about candidates: those of the hiring team, and asking for an accommodation."""

from app.candidates.views import accommodation, team
from app.candidates.views.blueprint import bp

__all__ = ["accommodation", "bp", "team"]
