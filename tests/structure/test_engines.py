"""A test of the application runs on one database in the suite, and on the other as well in CI."""

from types import SimpleNamespace
from typing import Any

from tests.conftest import ENGINES, ON_BOTH, is_wanted


def item(name: str, engine: str) -> Any:
    return SimpleNamespace(nodeid=f"{name}[{engine}]", callspec=SimpleNamespace(params={"app": engine}))


def test_the_two_runs_of_ci_are_all_there_is():
    names = [f"tests/integration/jobs/test_jobs.py::test_{number}" for number in range(200)]
    twins = [[item(name, engine) for engine in ENGINES] for name in names]

    here = [one.callspec.params["app"] for pair in twins for one in pair if is_wanted(one, "one")]
    assert len(here) == len(names), "each once"
    assert min(here.count(engine) for engine in ENGINES) > 60, "and on either database many"
    assert all(is_wanted(one, "one") != is_wanted(one, "other") for pair in twins for one in pair)


def test_where_the_database_itself_may_differ_both_run_each_time():
    for place in ON_BOTH:
        pair = [item(f"{place}.py::test_it", engine) for engine in ENGINES]
        assert [is_wanted(one, "one") for one in pair] == [True, True]
        assert [is_wanted(one, "other") for one in pair] == [False, False]


def test_what_has_no_twin_runs_in_the_suite():
    alone = SimpleNamespace(nodeid="tests/reports/test_kappa.py::test_it")

    assert is_wanted(alone, "one")
    assert not is_wanted(alone, "other")
