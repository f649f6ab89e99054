"""The pages of scoring: an application with its interviews, scorecards and their kits, and red flags."""

from app.scoring.views import applications, flags, history, keeping, kits, moving, scorecards
from app.scoring.views.blueprint import bp

__all__ = ["applications", "bp", "flags", "history", "keeping", "kits", "moving", "scorecards"]
