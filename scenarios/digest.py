"""The one text of a scenario and its fingerprint, by which loops pin the version they use."""

import hashlib
import json

from scenarios.schema import Scenario


def canonical(scenario: Scenario) -> str:
    """The scenario as JSON that is the same wherever it is written; `Scenario.model_validate_json` reads it back.

    Defaults are left out, so that a field added later with a default changes no digest that was pinned before.
    """
    facts = scenario.model_dump(mode="json", exclude_defaults=True)
    return json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest(scenario: Scenario) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(scenario).encode()).hexdigest()
