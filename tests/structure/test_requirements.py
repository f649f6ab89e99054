"""docs/requirements.csv accounts for every requirement, and points at what is there."""

import csv
import re
from collections import defaultdict

import pytest

from tests.structure.project import ROOT, files, name

STATES = {"done", "later", "context"}
ID = re.compile(r"([A-Z])([1-9]\d*)")


@pytest.fixture(scope="module")
def lines() -> list[dict[str, str]]:
    with (ROOT / "docs/requirements.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        found = list(reader)
    assert reader.fieldnames == ["id", "state", "where", "note"]
    assert [line for line in found if None in line or None in line.values()] == []
    return found


def test_every_requirement_of_a_group_has_one_line_in_order(lines: list[dict[str, str]]) -> None:
    groups: dict[str, list[int]] = defaultdict(list)
    places = []
    for line in lines:
        found = ID.fullmatch(line["id"])
        assert found, f"{line['id']} is no id"
        groups[found[1]].append(int(found[2]))
        places.append((found[1], int(found[2])))

    assert places == sorted(places)
    assert set(groups) >= set("ABCDEHJKM")
    assert {
        group: numbers for group, numbers in groups.items() if numbers != [*range(1, len(numbers) + 1)]
    } == {}


def test_what_is_done_says_where_and_nothing_else_does(lines: list[dict[str, str]]) -> None:
    assert {line["state"] for line in lines} <= STATES
    assert [line["id"] for line in lines if (line["state"] == "done") != bool(line["where"].split())] == []
    assert [line["id"] for line in lines if not line["note"].strip()] == []


def test_every_place_that_is_named_exists(lines: list[dict[str, str]]) -> None:
    there = {name(path) for path in files()}

    assert [
        (line["id"], place) for line in lines for place in line["where"].split() if place not in there
    ] == []
