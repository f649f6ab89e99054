"""A fact of a disclosure as a plain value: what is said, how it is known, or why it is not said."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum


class FactState(StrEnum):
    """A fact is given, or the page says why it is not; blank does not exist once published."""

    GIVEN = "given"
    NOT_MEASURED = "not measured"
    NOT_APPLICABLE = "not applicable"
    WITHHELD = "withheld"


class Basis(StrEnum):
    """Where a value comes from."""

    MEASURED = "measured"
    ESTIMATED = "estimated"
    POLICY = "policy"
    CONTRACT = "contract"
    LAW = "law"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One field with its whole envelope; the attributes are those of the table's row.

    A source row of a group is a fact without a value: it fills what the group's facts leave empty. Mixes and
    ramps are kept in `text` as they are typed, one part a line.
    """

    state: FactState = FactState.GIVEN
    typical: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    bad_week: Decimal | None = None
    bad_week_reason: str = ""
    text: str = ""
    basis: Basis | None = None
    source: str = ""
    window_weeks: int | None = None
    people: int | None = None
    as_of: date | None = None
    owner: str = ""
    note: str = ""
    reason: str = ""
    shared_with_consent: bool = False

    @property
    def is_given(self) -> bool:
        return self.state is FactState.GIVEN

    @property
    def has_value(self) -> bool:
        """Whether anything is said: a number, both ends of a range, or words."""
        return self.typical is not None or (self.low is not None and self.high is not None) or bool(self.text)

    @property
    def is_blank(self) -> bool:
        """Whether it says neither a value nor why there is none."""
        return self.is_given and not self.has_value

    @property
    def is_stated(self) -> bool:
        """Whether it is given and says something."""
        return self.is_given and self.has_value

    @property
    def worst(self) -> Decimal | None:
        """The value of the bad week, which is the typical one unless said otherwise."""
        return self.typical if self.bad_week is None else self.bad_week

    @property
    def items(self) -> list[str]:
        """The text as a list, one item a line."""
        return [line.strip() for line in self.text.splitlines() if line.strip()]

    def filled_from(self, shared: "Fact") -> "Fact":
        """The same fact with the group's source wherever it names none of its own."""
        return replace(
            self,
            basis=self.basis or shared.basis,
            source=self.source or shared.source,
            window_weeks=self.window_weeks or shared.window_weeks,
            people=self.people or shared.people,
            shared_with_consent=self.shared_with_consent if self.people else shared.shared_with_consent,
            as_of=self.as_of or shared.as_of,
            owner=self.owner or shared.owner,
        )


BLANK = Fact()
