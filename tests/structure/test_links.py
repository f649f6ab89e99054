"""Every address that code or a template asks for by name exists."""

import re
from pathlib import Path

from app import create_app
from app.core.config import Settings
from app.demo.__main__ import with_personas

APP = Path(__file__).parents[2] / "app"
NAMED = re.compile(r"""(?:url_for|see_other|pager\([^,()]+,)\s*\(?\s*["']([a-z_]+\.[a-z_]+|static)["']""")


def test_every_address_that_is_named_exists():
    app = with_personas(create_app(Settings(mode="test", database_url="sqlite://")))
    named = {
        (match[1], path.relative_to(APP))
        for path in APP.rglob("*")
        if path.suffix in {".py", ".html"}
        for match in NAMED.finditer(path.read_text("utf-8"))
    }

    assert len(named) > 80
    assert {(name, path) for name, path in named if name not in app.view_functions} == set()


def test_only_the_demo_lets_anybody_in():
    production = Settings(mode="production", secret_key="x" * 40, database_url="sqlite://")
    assert not [name for name in create_app(production).view_functions if name.startswith("demo.")]
