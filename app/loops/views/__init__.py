"""The pages of loops: the loop of a job, its stages, its weights and its guide."""

from app.loops.views import guide, pages, panels, stages, weights
from app.loops.views.blueprint import bp

__all__ = ["bp", "guide", "pages", "panels", "stages", "weights"]
