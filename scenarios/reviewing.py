"""Asks of a draft what is asked of a file, and says at which field each finding stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scenarios import gates, layout, strict_yaml
from scenarios.clinical import CORE, is_clinical
from scenarios.editing import Texts, counts_of, tree_of
from scenarios.fields import COUNT, LEVELS, ROWS, SECTIONS, SINGLE, Shape, label_of, minimum_of, of_rows
from scenarios.loader import examine
from scenarios.problems import Fault, PackError, spell
from scenarios.schema import Scenario
from scenarios.vocabulary import Status

KEPT_CRITICAL = ("SAF", "ESC")

_MINIMUM = re.compile(r"bars\.([a-z]+)\.minimum\.([A-Z]+)")


@dataclass(frozen=True)
class Finding:
    """One thing to mend: the field it stands at, what it is called, and what is wrong."""

    place: str
    label: str
    message: str
    remedy: str
    rule: str = ""


@dataclass(frozen=True)
class Review:
    """What was made of a draft: a scenario, if its shape is right, and everything to mend."""

    scenario: Scenario | None
    findings: tuple[Finding, ...]

    @property
    def passes(self) -> bool:
        """Whether it may be published."""
        return self.scenario is not None and not self.findings

    def at(self, place: str) -> list[Finding]:
        """What stands at one field."""
        return [finding for finding in self.findings if finding.place == place]


def review(texts: Texts, *, key: str, origin: Scenario) -> Review:
    """Read a draft as a file of the same words would be read, ask the gates, and compare with its origin."""
    tree = tree_of(texts, id=key, version="1", status=Status.PILOT.value)
    scenario, faults = examine(tree, key)
    if scenario:
        faults += [*_as_file(scenario), *gates.check(scenario)]
    faults += safeguards(texts, origin)
    places = list(places_of(texts))
    found = sorted((_finding(fault, texts) for fault in faults), key=lambda one: places.index(one.place))
    return Review(scenario, tuple(found))


def safeguards(texts: Texts, origin: Scenario) -> Iterator[Fault]:
    """A copy of a clinical scenario keeps what protects patients: safety, escalation, documentation."""
    if not is_clinical(origin.role):
        return
    rows = {
        texts[f"criteria.{number}.code"].strip(): number
        for number in range(counts_of(texts)["criteria"], 0, -1)
        if f"criteria.{number}.code" in texts
    }
    for criterion in origin.criteria:
        code = criterion.code
        if code in CORE and code not in rows:
            message = f"{code} is missing, which the origin scores"
            remedy = "Add it again: a clinical scenario keeps safety, escalation and documentation."
            yield Fault(("criteria",), message, remedy, "safeguards")
        elif code in KEPT_CRITICAL and criterion.critical and not texts[f"criteria.{rows[code]}.critical"]:
            message = f"{code} is not critical any more"
            remedy = "Tick it again: what is critical in a clinical scenario stays so in its copies."
            yield Fault(("criteria", rows[code] - 1, "critical"), message, remedy, "safeguards")


def _as_file(scenario: Scenario) -> Iterator[Fault]:
    """Say what a file of this scenario could not hold: too much, or marks that cannot be seen."""
    try:
        problems = strict_yaml.parse(layout.write_scenario(scenario), "").problems
    except PackError as error:
        problems = list(error.problems)
    for problem in problems:
        yield Fault((problem.path,), problem.message, problem.remedy)


def _finding(fault: Fault, texts: Texts) -> Finding:
    spelled = spell(fault.path)
    place = place_of(spelled, texts)
    item = spelled.removeprefix(f"{place}.")
    shape = SINGLE[place].shape if place in SINGLE else None
    which = f"Line {item}: " if shape is Shape.LINES and item.isdigit() else ""
    message = f"{which}{fault.message[:1].lower()}{fault.message[1:]}" if which else fault.message
    return Finding(place, label_of(place, texts), message, fault.remedy, fault.rule)


def place_of(spelled: str, texts: Texts) -> str:
    """Name the field, the row or the section where something is found, by its place as problems spell it."""
    minimum = _MINIMUM.fullmatch(spelled)
    if minimum:
        level, code = minimum.groups()
        for number in range(1, counts_of(texts)["criteria"] + 1):
            if texts.get(f"criteria.{number}.code", "").strip() == code:
                return f"criteria.{number}.minimum.{level}"
    known = {*places_of(texts)}
    parts = spelled.split(".")
    while parts and ".".join(parts) not in known:
        parts.pop()
    return ".".join(parts)


def places_of(texts: Texts) -> Iterator[str]:
    """Every place where something may be found, in the order in which an author meets them."""
    counts = counts_of(texts)
    rows: dict[str, list[str]] = {group: [] for group in ROWS}
    for name, _ in of_rows(counts):
        if ".minimum." not in name:
            group, number = name.split(".")[:2]
            row = f"{group}.{number}"
            rows[group] += [name] if row in rows[group] else [row, name]
    yield ""
    yield "id"
    for section in SECTIONS:
        yield from (field.name for field in section.fields)
        if section.rows:
            yield from (section.rows, *rows[section.rows])
        if section.key == "bars":
            yield section.key
            yield from _of_bars(counts["criteria"])


def _of_bars(criteria: int) -> Iterator[str]:
    for level in LEVELS:
        yield f"bars.{level.value}"
        yield from (minimum_of(number, level) for number in range(1, criteria + 1))
        yield from (f"bars.{level.value}.{field.name}" for field in COUNT)
