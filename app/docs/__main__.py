"""`python -m app.docs`: writes the pages made from the code; `--check` fails when one lags behind."""

import sys
from pathlib import Path

from app.docs.pages import PAGES

DOCS = Path(__file__).parents[2] / "docs"


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
