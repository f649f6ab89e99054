"""What full-size simulations share: both cores, and figures that are printed at the end."""

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

import pytest

from tests.browser.conftest import browser_type_launch_args, desk, far, far_iris, site
from tests.matrix.running import matrix

__all__ = ["browser_type_launch_args", "cores", "desk", "far", "far_iris", "matrix", "site"]


@pytest.fixture(scope="session")
def cores() -> Iterator[ProcessPoolExecutor]:
    """A process for each core, started anew so that it holds no thread of this one."""
    with ProcessPoolExecutor(os.cpu_count(), mp_context=multiprocessing.get_context("spawn")) as pool:
        yield pool
