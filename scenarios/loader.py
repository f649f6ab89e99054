"""Turns the files of a pack into a `Pack`, or into the list of everything that is wrong with them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path, PurePath
from typing import TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from scenarios import rules, strict_yaml, vignettes
from scenarios.explain import explain
from scenarios.problems import Fault, PackError, Problem, spell
from scenarios.schema import Competency, Library, Pack, PackHeader, Scenario, Vignette
from scenarios.strict_yaml import Parsed, Tree

HERE = Path(__file__).parent
HEADER = "pack.yaml"
VIGNETTES = "vignettes"  # The folder of the answers to practice on.
SUFFIXES = {".yaml", ".yml"}
MAX_FILES = 200

Model = TypeVar("Model", bound=BaseModel)

_FIELDS = {
    name: TypeAdapter[object](field.rebuild_annotation()) for name, field in Scenario.model_fields.items()
}


def shipped_packs() -> list[Path]:
    """List the folders of the packs that come with the product."""
    return sorted(header.parent for header in (HERE / "packs").glob(f"*/{HEADER}"))


@cache
def competency_library() -> dict[str, Competency]:
    """Read every competency that a criterion may stand for, by code."""
    file = HERE / "competencies.yaml"
    return read_as(Library, strict_yaml.parse(file.read_bytes(), str(file))).root


def load_pack(path: Path) -> Pack:
    """Read the pack in a folder: `pack.yaml`, one file a scenario, and `vignettes/` with one file each."""
    return read_folder(path).pack()


def read_pack(files: Mapping[str, bytes], folder: str = "") -> Pack:
    """Build a pack from the bytes of its files by name; `PackError` holds every problem of every file."""
    return read_files(files, folder).pack()


@dataclass
class Reading:
    """What was made of the files of a pack: their documents, each with its lines, and their problems."""

    header: PackHeader | None = None
    scenarios: list[tuple[Scenario, Parsed]] = field(default_factory=list)
    vignettes: list[tuple[Vignette, Parsed]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def pack(self) -> Pack:
        """Put the documents together, if none has a problem."""
        if self.problems or self.header is None:
            raise PackError(self.problems)
        scenarios = tuple(scenario for scenario, _ in self.scenarios)
        used = {code for scenario in scenarios for code in scenario.codes}
        competencies = {code: one for code, one in competency_library().items() if code in used}
        return Pack(
            **dict(self.header),
            competencies=competencies,
            scenarios=scenarios,
            vignettes=tuple(vignette for vignette, _ in self.vignettes),
        )


def read_folder(path: Path) -> Reading:
    """Read the files of a folder; one that cannot be opened is a problem like any other."""
    try:
        found = files_in(path)
        if len(found) > MAX_FILES:
            what = f"The pack has more than {MAX_FILES} files"
            return Reading(problems=[Problem(str(path), 1, spell(()), what, "Split it.")])
        files = {file.relative_to(path).as_posix(): _bytes(file) for file in found}
    except OSError as error:
        where, what = str(error.filename), f"This cannot be read: {error.strerror}"
        return Reading(problems=[Problem(where, 1, spell(()), what, "Name the folder of a pack.")])
    return read_files(files, folder=str(path))


def files_in(path: Path) -> list[Path]:
    """The files of the pack in a folder, its vignettes last."""
    folders = [path, path / VIGNETTES] if (path / VIGNETTES).is_dir() else [path]
    return [file for one in folders for file in sorted(one.iterdir()) if file.suffix in SUFFIXES]


def read_files(files: Mapping[str, bytes], folder: str = "") -> Reading:
    """Read the files of a pack by name, and all that can be read of them."""
    reading = Reading(problems=list(_missing_files(files, folder)))
    for name, data in sorted(files.items()):
        try:
            parsed = strict_yaml.parse(data, str(PurePath(folder, name)))
            if name == HEADER:
                reading.header = read_as(PackHeader, parsed)
            elif is_vignette(name):
                reading.vignettes.append((_read_vignette(parsed), parsed))
            else:
                reading.scenarios.append((_read_scenario(parsed), parsed))
        except PackError as error:
            reading.problems += error.problems
    reading.problems += _vignettes_out_of_place(reading, files)
    return reading


def is_vignette(name: str) -> bool:
    """Whether a file, by its place, holds an answer to practice on."""
    return PurePath(name).parent.name == VIGNETTES


def _read_vignette(parsed: Parsed) -> Vignette:
    """Read a vignette as far as it can be judged alone."""
    vignette = read_as(Vignette, parsed)
    problems = locate(vignettes.check(vignette, PurePath(parsed.file).stem), parsed)
    if problems:
        raise PackError(problems)
    return vignette


def _vignettes_out_of_place(reading: Reading, files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Say where vignettes do not fit the scenarios of their pack; one that has faults of its own is there."""
    there = {scenario.id: scenario for scenario, _ in reading.scenarios}
    unread = {PurePath(name).stem for name in files if name != HEADER and not is_vignette(name)} - set(there)
    others = {vignette.id: vignette for vignette, _ in reading.vignettes}
    for vignette, parsed in reading.vignettes:
        if vignette.scenario not in unread:
            yield from locate(vignettes.check_place(vignette, there, others), parsed)


def read_document(data: bytes, file: str) -> tuple[PackHeader | Scenario | Vignette, Parsed]:
    """Read one file of a pack whose shape is right; what the rules say of its content is not asked."""
    parsed = strict_yaml.parse(data, file)
    if PurePath(file).name == HEADER:
        return read_as(PackHeader, parsed), parsed
    if is_vignette(file):
        return read_as(Vignette, parsed), parsed
    return read_as(Scenario, parsed), parsed


def _bytes(file: Path) -> bytes:
    """Read the file, but never more of it than is needed to see that it is too large."""
    with file.open("rb") as stream:
        return stream.read(strict_yaml.MAX_BYTES + 1)


def _missing_files(names: Collection[str], folder: str) -> Iterator[Problem]:
    header = str(PurePath(folder, HEADER))
    if HEADER not in names:
        yield Problem(header, 1, spell(()), "The pack has no such file", "Add it beside the scenarios.")
    if not any(name != HEADER and not is_vignette(name) for name in names):
        yield Problem(header, 1, spell(()), "The pack has no scenario", "Add one file for each beside it.")


def read_as(model: type[Model], parsed: Parsed) -> Model:
    """Give what was parsed its shape, or say everything that is wrong with it."""
    try:
        document = model.model_validate(parsed.tree)
    except ValidationError as error:
        raise PackError([*parsed.problems, *locate(explain(error), parsed)]) from error
    if parsed.problems:
        raise PackError(parsed.problems)
    return document


def examine(tree: Tree, name: str) -> tuple[Scenario | None, list[Fault]]:
    """Read a tree as the scenario of a file of this name: it, if its shape is right, and all that is wrong.

    The rules on its sound fields speak even if others are wrong.
    """
    faults: list[Fault] = []
    scenario: Scenario | None = None
    try:
        scenario = Scenario.model_validate(tree)
        fields = dict(scenario)
    except ValidationError as error:
        faults += explain(error)
        fields = _sound_fields(tree)
    faults += rules.check({**fields, "library": competency_library()})
    if fields.get("id", name) != name:
        faults.append(Fault(("id",), f"The file is called {name}", "Give the file the name of its id."))
    return scenario, faults


def _read_scenario(parsed: Parsed) -> Scenario:
    """Read a scenario; `PackError` holds everything that is wrong with it."""
    scenario, faults = examine(parsed.tree, PurePath(parsed.file).stem)
    problems = [*parsed.problems, *locate(faults, parsed)]
    if scenario is None or problems:
        raise PackError(problems)
    return scenario


def _sound_fields(tree: Tree) -> dict[str, object]:
    """Return the fields that hold a valid value, each in its final type."""
    fields: dict[str, object] = {}
    for name, text in tree.items() if isinstance(tree, dict) else ():
        if name in _FIELDS:
            try:
                fields[name] = _FIELDS[name].validate_python(text)
            except ValidationError:
                continue  # Its faults are known already, from reading the whole.
    return fields


def locate(faults: Iterable[Fault], parsed: Parsed) -> list[Problem]:
    """Give each fault its file and line."""
    return [
        Problem(
            parsed.file,
            parsed.line_of(fault.path),
            spell(fault.path),
            fault.message,
            fault.remedy,
            fault.rule,
        )
        for fault in faults
    ]
