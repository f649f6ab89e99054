"""Static files: fingerprinted addresses, and icons put into the page as SVG."""

import hashlib
import re
from functools import cache
from pathlib import Path

from flask import Flask, current_app, request
from markupsafe import Markup

from app.core.config import Settings

STATIC = Path(__file__).parent.parent / "static"
ICONS = STATIC / "vendor" / "icons"


@cache
def _fingerprint(path: Path, _changed: float) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def asset(name: str) -> str:
    """The address of a static file, with a fingerprint of its content: browsers may keep it for good."""
    settings: Settings = current_app.extensions["settings"]
    address = _released(name) if settings.is_production else _address(name)
    return request.script_root + address


def _address(name: str) -> str:
    path = STATIC / name
    try:
        changed = path.stat().st_mtime
    except FileNotFoundError:
        raise FileNotFoundError(
            f"{name} is not there; `python3 run.py demo` or `test` sets up third-party assets."
        ) from None
    return f"{current_app.static_url_path}/{name}?v={_fingerprint(path, changed)}"


_released = cache(_address)  # In production files change with a release alone, which starts anew.


@cache
def _paths(name: str) -> str:
    svg = (ICONS / f"{name}.svg").read_text()
    found = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.DOTALL)
    if found is None:
        raise ValueError(f"{name}.svg holds no SVG.")
    return found[1].strip()


@cache
def icon(name: str, label: str = "") -> Markup:
    """An icon from the icon package; decorative beside a word, or named when it stands alone."""
    role = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    return Markup('<svg class="eh-i" viewBox="0 0 16 16" {}>{}</svg>').format(role, Markup(_paths(name)))  # noqa: S704 (our package's file)


def init(app: Flask) -> None:
    """Offer both to templates."""
    app.jinja_env.globals.update(asset=asset, icon=icon)
