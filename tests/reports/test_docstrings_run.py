"""The examples in the docstrings do what they say."""

import doctest
import importlib

import pytest


@pytest.mark.parametrize("module", ["reports.alpha", "reports.kappa", "reports.percent"])
def test_the_examples_of_a_module_do_what_they_say(module):
    found = doctest.testmod(importlib.import_module(module))

    assert found.attempted > 0
    assert found.failed == 0
