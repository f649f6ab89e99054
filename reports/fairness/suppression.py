"""Which cells of a table of people may not be shown, because somebody in them could be recognized."""

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

FEWEST = 5


def hidden_cells(people: Ints, passed: Ints) -> Mask:
    """Mark the cells to hide in a table of comparisons x groups whose first row is over all comparisons.

    Hidden are groups of one to four people, and as many of the other groups of the comparison, the smallest
    first, as are needed so that at least two groups and five people are hidden together, of whom some passed
    and some did not. Otherwise the hidden numbers followed from the comparison's totals, which are on other
    pages. The same along each group, whose numbers over all comparisons are shown in the first row, or hidden
    there where its comparisons do not suffice. The last column holds the people who stated no group: it goes
    first, because it costs no comparison.
    """
    hide = (people > 0) & (people < FEWEST)
    columns = people.shape[1]
    while True:
        before = int(hide.sum())
        for row in range(len(people)):
            _complete(people[row], passed[row], hide[row], gone_first=columns - 1)
        for column in range(columns):
            if not hide[0, column]:
                hide[0, column] = not _complete(people[1:, column], passed[1:, column], hide[1:, column])
        if int(hide.sum()) == before:
            return hide


def _complete(people: Ints, passed: Ints, hide: Mask, *, gone_first: int | None = None) -> bool:
    """Hide more of one line, in place, until what is hidden does not follow from its sum; say whether."""
    is_mixed = 0 < passed.sum() < people.sum()
    while hide.any():
        unknown, passes = int(people[hide].sum()), int(passed[hide].sum())
        if hide.sum() >= 2 and unknown >= FEWEST and (0 < passes < unknown or not is_mixed):
            return True
        visible = np.flatnonzero((people > 0) & ~hide)
        if not len(visible):
            return False
        hide[gone_first if gone_first in visible else visible[np.argmin(people[visible])]] = True
    return True
