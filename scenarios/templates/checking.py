"""What a loop template must hold on paper, so that the loop begun with it is a sound one."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath

from scenarios.clinical import CORE, PASSED_ON
from scenarios.grid import SETTINGS_OWED
from scenarios.loader import Reading, locate
from scenarios.problems import Fault, Problem, spell
from scenarios.schema import Scenario
from scenarios.templates.reading import HERE, Read, read_templates, shipped_files
from scenarios.templates.schema import Place, Template
from scenarios.vocabulary import Kind, Role, StageType

STAGES = 4
FEWEST_CRITERIA = 3
MOST_CRITERIA = 5
MOST_COMPETENCIES = 8
LONGEST_DAY = 180
ROLES_OWED = (Role.OT, Role.OTA)
TYPES_OWED = (
    StageType.CASE_DISCUSSION,
    StageType.COMMUNICATION,
    StageType.DOCUMENTATION,
    StageType.SETTING_FIT,
)


def problems_of(read: Sequence[Read], scenarios: Mapping[str, Scenario]) -> list[Problem]:
    """Everything wrong with these templates, given the scenarios they may name; and which are not there."""
    found = [
        problem
        for one in read
        for problem in locate(check(one.template, PurePath(one.parsed.file).stem, scenarios), one.parsed)
    ]
    return [*found, *_missing([one.template for one in read])]


def problems_of_shipped(readings: Iterable[Reading]) -> list[Problem]:
    """Everything wrong with the templates that come with the product, given the packs that do."""
    read, problems = read_templates(shipped_files())
    known = {scenario.id: scenario for reading in readings for scenario, _ in reading.scenarios}
    return [*problems, *problems_of(read, known)]


def check(template: Template, name: str, scenarios: Mapping[str, Scenario]) -> Iterator[Fault]:
    """Everything that one template lacks."""
    if template.id != name:
        yield Fault(("id",), f"The file is called {name}", "Give the file the name of its id.")
    unknown = list(_unknown(template, scenarios))
    yield from unknown
    yield from _stages(template)
    if not unknown:
        yield from _role(template, scenarios)
        yield from _left_out(template, scenarios)
        yield from _types(template, scenarios)
        yield from _covered(template, scenarios)
        yield from _near_miss(template, scenarios)
        yield from _bearable(template, scenarios)


def scored(place: Place, scenario: Scenario) -> tuple[str, ...]:
    """The codes that a place scores, in the order of the rubric."""
    return tuple(code for code in scenario.codes if code not in place.leave_out)


def _unknown(template: Template, scenarios: Mapping[str, Scenario]) -> Iterator[Fault]:
    for number, place in enumerate(template.stages):
        if place.scenario not in scenarios:
            remedy = "Write the id of a scenario of a shipped pack."
            yield Fault(("stages", number, "scenario"), f"There is no scenario {place.scenario}", remedy)


def _stages(template: Template) -> Iterator[Fault]:
    if len(template.stages) != STAGES:
        yield Fault(("stages",), f"There are {len(template.stages)} stages", f"Write {STAGES}.")
    seen: set[str] = set()
    for number, place in enumerate(template.stages):
        if place.scenario in seen:
            yield Fault(("stages", number, "scenario"), "This scenario is put twice", "Keep one of the two.")
        seen.add(place.scenario)


def _role(template: Template, scenarios: Mapping[str, Scenario]) -> Iterator[Fault]:
    """The scope of a role is law: a scenario of another role asks for what this one may not do."""
    for number, place in enumerate(template.stages):
        role = scenarios[place.scenario].role
        if role not in {template.role, Role.EITHER}:
            message = f"It is for the {role.label.lower()}"
            remedy = f"Choose one for the {template.role.label.lower()}."
            yield Fault(("stages", number, "scenario"), message, remedy)


def _left_out(template: Template, scenarios: Mapping[str, Scenario]) -> Iterator[Fault]:
    for number, place in enumerate(template.stages):
        codes = scenarios[place.scenario].codes
        for item, code in enumerate(place.leave_out):
            at = ("stages", number, "leave_out", item)
            if code not in codes:
                yield Fault(at, f"{code} is not a criterion of this scenario", "Remove it.")
            elif code in CORE:
                yield Fault(at, f"{code} is scored wherever it can be", "Leave out another one.")
        if len(scored(place, scenarios[place.scenario])) < FEWEST_CRITERIA:
            message = f"Fewer than {FEWEST_CRITERIA} criteria remain"
            yield Fault(("stages", number, "leave_out"), message, "Leave out fewer.")


def _types(template: Template, scenarios: Mapping[str, Scenario]) -> Iterator[Fault]:
    """Each type of stage is there, or it is said why not; what the setting and role have is taken."""
    there = {scenarios[place.scenario].stage_type for place in template.stages}
    own = {
        one.stage_type
        for one in scenarios.values()
        if one.setting is template.setting and one.role in {template.role, Role.EITHER}
    }
    for kind in TYPES_OWED:
        name = kind.label.lower()
        if kind not in there and kind in own:
            yield Fault(("stages",), f"No stage of {name}", "The setting has a scenario for it: take it.")
        elif kind not in there and kind not in template.without:
            remedy = f"Add one, or say why not as `{kind.value}:` in `without`."
            yield Fault(("stages",), f"No stage of {name}", remedy)
    for kind in template.without:
        if kind in there or kind not in TYPES_OWED:
            yield Fault(("without", kind.value), "This type is not missing", "Remove the line.")


def _covered(template: Template, scenarios: Mapping[str, Scenario]) -> Iterator[Fault]:
    times = Counter(code for place in template.stages for code in scored(place, scenarios[place.scenario]))
    for code in CORE:
        if times[code] < 2:  # Judgment that holds in one place only may be the place's doing.
            message = f"{code} is scored in {times[code]} of the stages"
            yield Fault(("stages",), message, "Choose scenarios so that two score it.")
    if not any(times[code] for code in PASSED_ON):
        yield Fault(("stages",), f"Neither {' nor '.join(PASSED_ON)} is scored", "Add a scenario for one.")
    if len(times) > MOST_COMPETENCIES:
        remedy = f"Leave out as many as go beyond {MOST_COMPETENCIES}."
        yield Fault(("stages",), f"{len(times)} competencies are scored", remedy)


def _near_miss(template: Template, scenarios: Mapping[str, Scenario]) -> Iterator[Fault]:
    """Whoever treats people is asked about safety in a situation of its own."""
    if not any(scenarios[place.scenario].kind is Kind.SAFETY_NEAR_MISS for place in template.stages):
        yield Fault(("stages",), "No safety near miss is among them", "Put one.")


def _bearable(template: Template, scenarios: Mapping[str, Scenario]) -> Iterator[Fault]:
    for number, place in enumerate(template.stages):
        criteria = len(scored(place, scenarios[place.scenario]))
        if criteria > MOST_CRITERIA:
            yield Fault(("stages", number), f"{criteria} criteria in one stage", "Leave some out.")
    minutes = sum(scenarios[place.scenario].time_box.total for place in template.stages)
    if minutes > LONGEST_DAY:
        yield Fault(("stages",), f"{minutes} minutes with a candidate", "Choose shorter scenarios.")


def _missing(templates: Sequence[Template]) -> Iterator[Problem]:
    there = {(one.setting, one.role) for one in templates}
    for setting in SETTINGS_OWED:
        for role in ROLES_OWED:
            if (setting, role) not in there:
                message = f"No template for {setting.label.lower()}, {role.label.lower()}"
                yield Problem(str(HERE), 1, spell(()), message, "Write one.", rule="templates")
