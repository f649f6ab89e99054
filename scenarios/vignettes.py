"""What a vignette must hold besides its shape: alone, and beside the scenario that it answers."""

from collections import Counter
from collections.abc import Iterator, Mapping

from scenarios.problems import Fault
from scenarios.schema import Gold, Scenario, Vignette


def check(vignette: Vignette, name: str) -> Iterator[Fault]:
    """Yield what is wrong with the vignette of a file of this name."""
    if vignette.id != name:
        yield Fault(("id",), f"The file is called {name}", "Give the file the name of its id.")
    times = Counter(gold.code for gold in vignette.gold)
    for number, gold in enumerate(vignette.gold):
        if times[gold.code] > 1:
            yield Fault(("gold", number, "code"), f"{gold.code} has more than one gold", "Keep one.")
        yield from _of_gold(gold, number)
    for number, flag in enumerate(vignette.red_flags):
        if flag.quote not in vignette.answer:
            at, remedy = ("red_flags", number, "quote"), "Copy it from the answer, word for word."
            yield Fault(at, "The answer does not say this", remedy)


def _of_gold(gold: Gold, number: int) -> Iterator[Fault]:
    if (gold.level is None) is (gold.not_observed is None):
        remedy = "Give it either `level` or `not_observed`."
        yield Fault(("gold", number), "A gold is either a level or not observed", remedy)
    elif gold.accept and gold.level not in gold.accept:
        message = "The accepted levels are without the level itself"
        yield Fault(("gold", number, "accept"), message, "Add the level, or leave `accept` out.")


def check_place(
    vignette: Vignette, scenarios: Mapping[str, Scenario], others: Mapping[str, Vignette]
) -> Iterator[Fault]:
    """Yield where it does not fit the scenario it answers, or the answer it is read after."""
    scenario = scenarios.get(vignette.scenario)
    if scenario is None:
        message = f"The pack has no scenario {vignette.scenario}"
        yield Fault(("scenario",), message, "A vignette stands in the pack of its scenario.")
        return
    yield from _of_criteria(vignette, scenario)
    for number, flag in enumerate(vignette.red_flags):
        if flag.flag not in scenario.red_flags:
            at, remedy = ("red_flags", number, "flag"), f"Use one of: {'; '.join(scenario.red_flags)}."
            yield Fault(at, f"{scenario.id} has no such red flag", remedy)
    before = vignette.read_after
    if before is not None and (before not in others or others[before].scenario != scenario.id):
        message = f"{scenario.id} has no answer {before}"
        yield Fault(("read_after",), message, "Name another answer to the same scenario.")


def _of_criteria(vignette: Vignette, scenario: Scenario) -> Iterator[Fault]:
    """A rater scores every criterion of the scenario, so each needs a gold, and nothing else can have one."""
    given = [gold.code for gold in vignette.gold]
    for number, code in enumerate(given):
        if code not in scenario.codes:
            at, remedy = ("gold", number, "code"), f"Use {', '.join(scenario.codes)}."
            yield Fault(at, f"{code} is not a criterion of {scenario.id}", remedy)
    for code in scenario.codes:
        if code not in given:
            yield Fault(("gold",), f"{code} has no gold", "Say its level, or why it was not observed.")
