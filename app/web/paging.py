"""Long lists, fifty a page."""

from dataclasses import dataclass

from flask import request

SIZE = 50


@dataclass(frozen=True)
class Page:
    """One page of a list: which rows it shows of how many."""

    number: int
    total: int

    @property
    def offset(self) -> int:
        return (self.number - 1) * SIZE

    @property
    def last(self) -> int:
        return max(1, -(-self.total // SIZE))

    @property
    def words(self) -> str:
        """ "51 to 100 of 132"."""
        return f"{self.offset + 1:,} to {min(self.offset + SIZE, self.total):,} of {self.total:,}"


def page_number() -> int:
    """The page asked for in the address; 1 unless it is a sensible number."""
    text = request.args.get("page", "1")
    return max(1, int(text)) if text.isdigit() and len(text) < 7 else 1
