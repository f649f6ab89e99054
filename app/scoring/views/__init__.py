"""The pages of scoring: an application with its interviews, and scorecards."""

from app.scoring.views import applications, scorecards
from app.scoring.views.blueprint import bp

__all__ = ["applications", "bp", "scorecards"]
