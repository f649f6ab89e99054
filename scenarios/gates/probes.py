"""A probe asks, and never holds the answer."""

from collections.abc import Iterator

from scenarios.gates.text import content_words
from scenarios.problems import Fault
from scenarios.schema import Scenario

COMPETENT = 3
MOST_SHARED = 0.30


def probes_hold_no_answer(scenario: Scenario) -> Iterator[Fault]:
    """Whoever hears only the probe must not be able to reach level 3 by saying it back."""
    for number, probe in enumerate(scenario.probes):
        said = content_words(probe.text)
        for criterion in scenario.criteria:
            answer = content_words(criterion.anchor(COMPETENT))
            shared = said & answer
            if len(shared) > MOST_SHARED * len(answer):
                percent = round(100 * len(shared) / len(answer))
                message = (
                    f"The probe holds {percent} % of the content words of level {COMPETENT} "
                    f"of {criterion.code} ({', '.join(sorted(shared))})"
                )
                remedy = f"Ask without them; at most {100 * MOST_SHARED:.0f} % are allowed."
                yield Fault(("probes", number, "text"), message, remedy)
