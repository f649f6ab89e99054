"""Every cell of the permission matrix; the suite leaves out most states of a line that stands for many."""

import pytest

from tests.matrix.running import CELLS, surprises
from tests.matrix.states import STATES


@pytest.mark.parametrize("state", STATES)
def test_everybody_is_answered_as_the_table_says(matrix, state, record_property):
    assert surprises(matrix, [cell for cell in CELLS if cell.state == state], record_property) == []
