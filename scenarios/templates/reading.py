"""Reads loop templates from their files, with every problem at its line."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from scenarios import strict_yaml
from scenarios.loader import read_as
from scenarios.problems import PackError, Problem
from scenarios.strict_yaml import Parsed
from scenarios.templates.schema import Template
from scenarios.vocabulary import Role, Setting

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Read:
    """A template with the lines of its file."""

    template: Template
    parsed: Parsed


def read_templates(files: Mapping[str, bytes]) -> tuple[list[Read], list[Problem]]:
    """Read template files by name, and all that is wrong with those that have no right shape."""
    found: list[Read] = []
    problems: list[Problem] = []
    for name, data in sorted(files.items()):
        try:
            parsed = strict_yaml.parse(data, name)
            found.append(Read(read_as(Template, parsed), parsed))
        except PackError as error:
            problems += error.problems
    return found, problems


def shipped_files() -> dict[str, bytes]:
    """The template files that come with the product."""
    return {str(file): file.read_bytes() for file in HERE.glob("*.yaml")}


@cache
def shipped_templates() -> tuple[Template, ...]:
    """The templates that come with the product."""
    found, problems = read_templates(shipped_files())
    if problems:
        raise PackError(problems)
    return tuple(one.template for one in found)


def find_template(setting: Setting, role: Role) -> Template | None:
    """The template of a setting and a role; None where none was written."""
    return next((one for one in shipped_templates() if (one.setting, one.role) == (setting, role)), None)
