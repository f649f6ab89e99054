"""`--workers tcp://...`: a cluster of real processes counts a folder, and gives the very same statistics."""

import json
import logging
import operator
import socket
import sys
from contextlib import closing

import pytest

from reports.commands import main
from reports.counting import partitions
from tests.reports.folders import columns_of, interviews, write

SHORT = ("--json", "--bootstrap", "100")


def run(capsys, place, *options: str) -> tuple[int, str, str]:
    code = main(["agreement", str(place), *SHORT, *options])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


@pytest.fixture
def cluster(monkeypatch):
    """Two workers, each a process of its own that is gone when the test is."""
    import distributed

    monkeypatch.setattr(logging.getLogger("distributed"), "level", logging.CRITICAL)
    with distributed.LocalCluster(
        n_workers=2, processes=True, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
    ) as running:
        yield running


@pytest.mark.filterwarnings("default:::distributed", "default::ResourceWarning")
@pytest.mark.timeout(60)
def test_a_cluster_gives_the_same_json_and_the_same_refusals(capsys, tmp_path, cluster, monkeypatch):
    """All in one test: to start two processes takes longer than everything they do."""
    monkeypatch.setattr(partitions, "MERGED_AT_ONCE", 2)
    for seed, employer in enumerate(("Acme", "Beta", "Gamma")):
        write(tmp_path / "good", employer, columns_of(interviews(seed)))
    place = write(tmp_path / "bad", "Acme", {"unit": ["Ann"], "rater": ["Iris"], "score": [9.0]})
    workers = ("--workers", cluster.scheduler_address)

    here, there = run(capsys, tmp_path / "good"), run(capsys, tmp_path / "good", *workers)
    assert there == here
    assert json.loads(there[1])["partitions"] == 3

    assert run(capsys, tmp_path / "bad", *workers) == (
        *(2, ""),
        f"{place}/part-0.parquet, row 1, column 'score': 9 is off the scale. Scores run from 1 to 5.\n",
    )

    for task in ("merged", "count_partition"):
        monkeypatch.setattr(partitions, task, operator.attrgetter("missing_on_the_worker"))
        code, out, said = run(capsys, tmp_path / "good", *workers)
        assert (code, out) == (2, "")
        assert said.startswith(f"The workers of {workers[1]} could not count: ")
        assert said.count("\n") == 1


@pytest.fixture
def folder(tmp_path):
    write(tmp_path, "Acme", {"unit": ["Ann"], "rater": ["Iris"], "score": [3.0]})
    return tmp_path


def test_a_scheduler_that_does_not_answer_is_one_clear_line(capsys, folder, monkeypatch):
    monkeypatch.setattr(partitions, "SECONDS_TO_ANSWER", 0.2)
    with closing(socket.socket()) as unheard:
        unheard.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{unheard.getsockname()[1]}"

        code, out, said = run(capsys, folder, "--workers", address)

    assert (code, out) == (2, "")
    assert said.startswith(f"No scheduler answers at {address}: ")
    assert said.count("\n") == 1


@pytest.mark.parametrize("address", ["scheduler", "tcp://scheduler", "scheduler:8786"])
def test_an_address_that_is_none_is_one_clear_line(capsys, folder, address):
    assert run(capsys, folder, "--workers", address) == (
        *(2, ""),
        f"Write the address of the scheduler as tcp://host:8786, not '{address}'.\n",
    )


def test_without_distributed_it_says_what_to_install(capsys, folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)

    assert run(capsys, folder, "--workers", "tcp://127.0.0.1:8786") == (
        *(2, ""),
        "Counting on other machines needs the package distributed. "
        "Install the packages of the `scale` extra: pip install 'evenhand[scale]'.\n",
    )
