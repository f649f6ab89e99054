"""Checks packs and puts their files into the canonical layout: what authors and the build run."""

from collections.abc import Iterator
from pathlib import Path

from scenarios import gates, grid, layout
from scenarios.loader import Reading, files_in, locate, read_document, read_folder, shipped_packs
from scenarios.problems import PackError, Problem, spell
from scenarios.schema import Scenario, Vignette
from scenarios.strict_yaml import Tree


def problems_of(reading: Reading) -> list[Problem]:
    """Everything that reading refused and the gates found, in reading order."""
    found = list(reading.problems)
    for scenario, parsed in reading.scenarios:
        found += locate(gates.check(scenario), parsed)
    return list(PackError(found).problems)


def check_folder(path: Path) -> tuple[Reading, list[Problem]]:
    """Read the pack in a folder and ask the gates."""
    reading = read_folder(path)
    return reading, problems_of(reading)


def problems_of_all(readings: list[Reading]) -> Iterator[Problem]:
    """What only the shipped packs together owe: a scenario in every cell of the grid, and the layout."""
    scenarios = [scenario for reading in readings for scenario, _ in reading.scenarios]
    for setting, kind in grid.empty_cells(scenarios):
        message = f"No scenario is a {kind.label.lower()} in the setting {setting.label.lower()}"
        yield Problem("scenarios/packs", 1, spell(()), message, "Write one.", rule="coverage")
    for file in files_of(shipped_packs()):
        if _can_be_formatted(file) and formatted(file.read_bytes(), str(file)) != file.read_bytes():
            remedy = "Run `python -m scenarios format`."
            yield Problem(str(file), 1, spell(()), "This is not the canonical layout", remedy, rule="layout")


def files_of(paths: list[Path]) -> list[Path]:
    """The files of these packs; a path may also be one file."""
    return [file for path in paths for file in (files_in(path) if path.is_dir() else [path])]


def formatted(data: bytes, file: str) -> bytes:
    """Write a document in the canonical layout; `PackError` if it cannot be read or would lose text."""
    document, parsed = read_document(data, file)
    if data.count(b"#") > _signs(parsed.tree):
        line = next(number for number, text in enumerate(data.splitlines(), 1) if b"#" in text)
        remedy = "Move it into a field, such as `interviewer_notes`, or delete it."
        raise PackError([Problem(file, line, spell(()), "The layout has no place for a remark", remedy)])
    if isinstance(document, Scenario):
        return layout.write_scenario(document)
    if isinstance(document, Vignette):
        return layout.write_vignette(document)
    return layout.write_header(document)


def _signs(tree: Tree) -> int:
    """Count the number signs that belong to the content; any more begin a remark."""
    if isinstance(tree, str):
        return tree.count("#")
    if isinstance(tree, list):
        return sum(map(_signs, tree))
    return sum(_signs(value) for value in tree.values())


def _can_be_formatted(file: Path) -> bool:
    try:
        formatted(file.read_bytes(), str(file))
    except PackError:
        return False
    return True
