"""What clinical work never goes without, whoever writes a scenario or builds a loop."""

from scenarios.vocabulary import Role

CLINICAL_ROLES = frozenset({Role.OT, Role.OTA, Role.EITHER})

# Safety, scope and documentation belong to the work: they cannot be switched off.
CORE = ("SAF", "ESC", "DOC")
# One of these tells what reaches the next person, in the team or at home.
PASSED_ON = ("HND", "EDU")


def is_clinical(role: Role) -> bool:
    """Whether the role treats patients."""
    return role in CLINICAL_ROLES
