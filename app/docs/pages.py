"""The pages of docs/ that are made from the code."""

from app import policy
from app.core.config import VARIABLES
from app.core.ruling import Line
from app.docs import states

MADE = "<!-- Made by `python -m app.docs`; change the code, not this page. -->\n"


def _who(line: Line) -> str:
    return " and ".join(f"`{requirement.name}`" for requirement in line) or "anyone"


def policy_page() -> str:
    """Who may do what, from the table in app/policy."""
    rows = [
        f"| `{act.value}` | {'<br>or '.join(_who(line) for line in lines)} |"
        for act, lines in policy.POLICY.items()
    ]
    rules = {
        requirement.name: requirement.reason
        for lines in policy.POLICY.values()
        for line in lines
        for requirement in line
    }
    reasons = [f"| `{name}` | {reason} |" for name, reason in sorted(rules.items())]
    return "\n".join(
        [
            "# Who may do what",
            "",
            MADE,
            "Any line grants; every rule on it must hold. What a person may not know of is 404.",
            "",
            "| act | allowed when |",
            "| --- | --- |",
            *rows,
            "",
            "## The rules, and what a refused person reads",
            "",
            "| rule | reason |",
            "| --- | --- |",
            *reasons,
            "",
        ]
    )


def settings_page() -> str:
    """Every environment variable."""
    rows = [f"| `{name}` | {default} | {meaning} |" for name, (default, meaning) in VARIABLES.items()]
    return "\n".join(
        ["# Settings", "", MADE, "| variable | default | meaning |", "| --- | --- | --- |", *rows, ""]
    )


def states_page() -> str:
    """The states of what changes, with their arrows."""
    parts = ["# States", "", MADE]
    for title, (explanation, arrows) in states.DIAGRAMS.items():
        lines = [f"    {start} --> {end}: {verb}" for start, end, verb in arrows]
        parts += [f"## {title}", "", explanation, "", "```mermaid", "stateDiagram-v2", *lines, "```", ""]
    return "\n".join(parts)


PAGES = {"policy.md": policy_page, "settings.md": settings_page, "states.md": states_page}
