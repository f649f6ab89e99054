"""The examples in the docstrings do what they say."""

import doctest
import importlib
import pkgutil

import pytest

import reports

MODULES = [
    found.name
    for found in pkgutil.walk_packages(reports.__path__, "reports.")
    if "__main__" not in found.name
]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_do_what_they_say(name):
    found = doctest.testmod(importlib.import_module(name))

    assert found.failed == 0


def test_formulas_have_examples():
    tried = {name: doctest.testmod(importlib.import_module(name)).attempted for name in MODULES}

    assert sum(number > 0 for number in tried.values()) >= 15
