"""The prompt is plain to whoever reads it once."""

from collections.abc import Iterator

from scenarios.gates.text import reading_grade
from scenarios.problems import Fault
from scenarios.schema import Scenario

HIGHEST_GRADE = 9


def the_prompt_is_plain(scenario: Scenario) -> Iterator[Fault]:
    """A prompt that is hard to read rates reading instead of the work."""
    grade = reading_grade(scenario.prompt)
    if grade > HIGHEST_GRADE:
        message = f"The prompt reads at grade {grade:.1f}"
        remedy = f"Write shorter sentences and shorter words, up to grade {HIGHEST_GRADE}."
        yield Fault(("prompt",), message, remedy)
