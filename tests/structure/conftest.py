"""The states of the permission matrix, made once."""

from tests.matrix.running import matrix

__all__ = ["matrix"]
