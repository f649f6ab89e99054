"""Where all candidates have the same chance, "difference shown" is said in at most 5 of 100 comparisons."""

from functools import partial

import numpy as np
import pytest

from tests.soak.simulated import difference_shown

RUNS = 2000

DESIGNS = {
    "50 and 50 people, rate .3": ((50, 50), 0.3, 0),
    "120 and 40 people, rate .5": ((120, 40), 0.5, 0),
    "four groups of 30 to 100, rate .3": ((100, 60, 40, 30), 0.3, 0),
    "80 and 60 people on four jobs of different rates": ((80, 60), 0.4, 4),
}


@pytest.mark.parametrize("name", DESIGNS)
def test_a_difference_is_seldom_shown_where_there_is_none(name, cores, record_property):
    found = list(cores.map(partial(difference_shown, *DESIGNS[name]), range(RUNS), chunksize=50))

    shown = float(np.mean(found))
    record_property("figures", {f"Equal chances, {name}": {"differences shown": shown, "runs": RUNS}})
    assert 0 < shown <= 0.05
