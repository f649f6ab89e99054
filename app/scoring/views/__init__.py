"""The pages of scoring: an application with its interviews, scorecards, and red flags."""

from app.scoring.views import applications, flags, scorecards
from app.scoring.views.blueprint import bp

__all__ = ["applications", "bp", "flags", "scorecards"]
