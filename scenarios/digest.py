"""The one text of a scenario and its fingerprint, by which loops pin the version they use."""

import hashlib
import json

from scenarios.schema import Scenario


def canonical(scenario: Scenario) -> str:
    """Write the scenario as JSON, always in the same way; `Scenario.model_validate_json` reads it back.

    Defaults are left out: a field that is added later, with a default, changes no digest pinned before.
    """
    facts = scenario.model_dump(mode="json", exclude_defaults=True)
    return json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest(scenario: Scenario) -> str:
    """Return the SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(scenario).encode()).hexdigest()
