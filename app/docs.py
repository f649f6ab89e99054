"""`python -m app.docs`: writes the pages made from the code; `--check` fails when one lags behind."""

import sys
from pathlib import Path

from app import policy
from app.core.config import VARIABLES
from app.scoring import states

DOCS = Path(__file__).parent.parent / "docs"
MADE = "<!-- Made by `python -m app.docs`; change the code, not this page. -->\n"


def _who(line: policy.Line) -> str:
    return " and ".join(f"`{requirement.name}`" for requirement in line) or "anyone"


def policy_page() -> str:
    """Who may do what, from the table in app/policy.py."""
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


def main(arguments: list[str]) -> int:
    """Write the pages, or with --check compare them."""
    stale = []
    for name, make in PAGES.items():
        path = DOCS / name
        if "--check" in arguments:
            if not path.exists() or path.read_text("utf-8") != make():
                stale.append(name)
        else:
            path.write_text(make(), "utf-8")
    if stale:
        print(f"These pages lag behind the code: {', '.join(stale)}. Run `python -m app.docs`.")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
