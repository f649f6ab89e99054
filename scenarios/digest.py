"""The one text of a scenario or a vignette and its fingerprint, by which what uses it pins its version."""

import hashlib
import json

from scenarios.schema import Scenario, Vignette


def canonical(document: Scenario | Vignette) -> str:
    """Write the document as JSON, always in the same way; `model_validate_json` of its class reads it back.

    Defaults are left out: a field that is added later, with a default, changes no digest pinned before.
    """
    facts = document.model_dump(mode="json", exclude_defaults=True)
    return json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest(document: Scenario | Vignette) -> str:
    """Return the SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(document).encode()).hexdigest()
