"""Gates of good content: what a scenario must satisfy before anyone is interviewed with it.

`rules` refuse a file that could not be used; a gate finds text that can be used and would rate people
unevenly. Drafts may fail gates and still be read, imported and exported. Each gate is a function from a
scenario to its faults, and is named as it is printed; the README defines them all.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from scenarios.gates.anchors import anchors_are_behavior
from scenarios.gates.probes import probes_hold_no_answer
from scenarios.gates.prompt import the_prompt_is_plain
from scenarios.gates.traits import nothing_names_a_protected_trait
from scenarios.gates.workload import facts_agree_with_the_workload
from scenarios.problems import Fault
from scenarios.schema import Scenario

Gate = Callable[[Scenario], Iterator[Fault]]

GATES: dict[str, Gate] = {
    "behavior": anchors_are_behavior,
    "no-answer": probes_hold_no_answer,
    "reading-grade": the_prompt_is_plain,
    "traits": nothing_names_a_protected_trait,
    "workload": facts_agree_with_the_workload,
}


def check(scenario: Scenario) -> Iterator[Fault]:
    """Ask every gate that one scenario can pass by itself; each fault names its gate."""
    for name, gate in GATES.items():
        for fault in gate(scenario):
            yield replace(fault, rule=name)
