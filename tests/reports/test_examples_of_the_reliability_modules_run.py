"""The examples in the docstrings of the reliability modules do what they say."""

import doctest
import importlib

import pytest


@pytest.mark.parametrize("module", ["blocks", "reml", "generalizability", "severity", "dstudy"])
def test_the_examples_do_what_they_say(module):
    found = doctest.testmod(importlib.import_module(f"reports.{module}"))

    assert found.attempted > 0
    assert found.failed == 0
