"""A document as people read it: its facts as lines with their units, its sections, its sums in words."""

from app.disclosures.reading.lines import Line, amount, line, own_source
from app.disclosures.reading.page import Reading

__all__ = ["Line", "Reading", "amount", "line", "own_source"]
