"""The pages of loops: the loop of a job, its stages and its weights."""

from app.loops.views import pages, stages, weights
from app.loops.views.blueprint import bp

__all__ = ["bp", "pages", "stages", "weights"]
