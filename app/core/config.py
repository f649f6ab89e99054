"""Settings, read once from the environment; every one is in the table of docs/settings.md."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Mode = Literal["development", "test", "demo", "production"]
MODES: tuple[Mode, ...] = ("development", "test", "demo", "production")
DEVELOPMENT_SECRET = "development-only-secret-not-for-production"  # noqa: S105 (refused in production below)


# Every variable that is read, its default and what it means; docs/settings.md is made from this.
VARIABLES: dict[str, tuple[str, str]] = {
    "EVENHAND_MODE": (
        "development",
        "`development`, `test`, `demo` or `production`; production refuses unsafe settings.",
    ),
    "EVENHAND_SECRET_KEY": (
        "none",
        "Signs form tokens. Required in production: at least 32 random characters.",
    ),
    "DATABASE_URL": (
        "`sqlite:///` in `instance/`",
        "`postgresql://user@host/name` or `sqlite:////absolute/path.sqlite3`. One employer is one database.",
    ),
    "EVENHAND_PROXIES": ("0", "How many reverse proxies set `X-Forwarded-*` before Evenhand, 0 to 5."),
    "EVENHAND_PUBLIC_URL": ("none", "The address people use, for links made on the command line."),
    "EVENHAND_SESSION_IDLE_HOURS": ("12", "A sign-in ends after this many hours without a request, 1 to 72."),
    "EVENHAND_SESSION_DAYS": ("7", "A sign-in ends after this many days whatever happens, 1 to 30."),
    "EVENHAND_LINK_DAYS": ("60", "How long a candidate's link works, 1 to 365 days."),
}


class ConfigError(Exception):
    """The environment holds something Evenhand must not start with."""


@dataclass(frozen=True)
class Settings:
    """How this process runs."""

    mode: Mode = "development"
    secret_key: str = field(default=DEVELOPMENT_SECRET, repr=False)
    database_url: str = field(default="", repr=False)
    proxies: int = 0
    public_url: str = ""
    session_idle_hours: int = 12
    session_days: int = 7
    link_days: int = 60

    @property
    def is_production(self) -> bool:
        return self.mode == "production"


def _number(environ: Mapping[str, str], name: str, default: int, *, lowest: int, highest: int) -> int:
    text = environ.get(name, "").strip()
    if not text:
        return default
    if not text.isdigit() or not lowest <= int(text) <= highest:
        raise ConfigError(f"{name} is {text!r}; it must be a whole number from {lowest} to {highest}.")
    return int(text)


def load(environ: Mapping[str, str], *, instance: Path) -> Settings:
    """Read the settings, or raise ConfigError with the variable's name and what would be right."""
    mode = environ.get("EVENHAND_MODE", "development").strip()
    if mode not in MODES:
        raise ConfigError(f"EVENHAND_MODE is {mode!r}; it must be one of {', '.join(MODES)}.")
    secret = environ.get("EVENHAND_SECRET_KEY", "")
    if mode == "production":
        if not secret:
            raise ConfigError("EVENHAND_SECRET_KEY is missing; set at least 32 random characters.")
        if secret == DEVELOPMENT_SECRET or len(secret) < 32:
            raise ConfigError("EVENHAND_SECRET_KEY is known or too short; set at least 32 random characters.")
    url = environ.get("DATABASE_URL", "").strip() or f"sqlite:///{instance / 'evenhand.sqlite3'}"
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            url = "postgresql+psycopg://" + url.removeprefix(prefix)
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise ConfigError("DATABASE_URL must begin with sqlite:/// or postgresql://.")
    return Settings(
        mode=mode,
        secret_key=secret or DEVELOPMENT_SECRET,
        database_url=url,
        proxies=_number(environ, "EVENHAND_PROXIES", 0, lowest=0, highest=5),
        public_url=environ.get("EVENHAND_PUBLIC_URL", "").strip().rstrip("/"),
        session_idle_hours=_number(environ, "EVENHAND_SESSION_IDLE_HOURS", 12, lowest=1, highest=72),
        session_days=_number(environ, "EVENHAND_SESSION_DAYS", 7, lowest=1, highest=30),
        link_days=_number(environ, "EVENHAND_LINK_DAYS", 60, lowest=1, highest=365),
    )
