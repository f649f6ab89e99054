"""Settings, read once from the environment; every one is in the table of docs/settings.md."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.errors import MessageError
from email.headerregistry import Address, HeaderRegistry
from pathlib import Path
from typing import Any, Literal, get_args

Mode = Literal["development", "test", "demo", "production"]
MODES: tuple[Mode, ...] = ("development", "test", "demo", "production")
Tls = Literal["starttls", "tls", "none"]
PORTS = {"starttls": 587, "tls": 465, "none": 25}
THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
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
    "EVENHAND_PUBLIC_URL": (
        "none",
        "The address people use, for links in letters and on the command line; mail needs it in production.",
    ),
    "EVENHAND_SESSION_IDLE_HOURS": ("12", "A sign-in ends after this many hours without a request, 1 to 72."),
    "EVENHAND_SESSION_DAYS": ("7", "A sign-in ends after this many days whatever happens, 1 to 30."),
    "EVENHAND_LINK_DAYS": ("60", "How long a candidate's link works, 1 to 365 days."),
    "EVENHAND_MAIL_HOST": (
        "none",
        "The mail server that `flask outbox deliver` hands letters to; with none, links are copied by hand.",
    ),
    "EVENHAND_MAIL_PORT": ("587, 465 or 25", "Its port; 465 goes with `tls` and 25 with `none`."),
    "EVENHAND_MAIL_TLS": (
        "`starttls`",
        "`starttls`, `tls` (from the first byte) or `none`; without TLS production sends a password to this "
        "machine only.",
    ),
    "EVENHAND_MAIL_USER": ("none", "Whom to sign in as; with a password."),
    "EVENHAND_MAIL_PASSWORD": ("none", "The password of that user."),
    "EVENHAND_MAIL_SENDER": (
        "none",
        "Who letters are from, such as `Riverbend Hiring <hiring@riverbend.example>`. Required with a host.",
    ),
}


class ConfigError(Exception):
    """The environment holds something Evenhand must not start with."""


@dataclass(frozen=True)
class MailServer:
    """Where letters are handed over, and in whose name."""

    host: str
    sender: Address
    port: int = 587
    tls: Tls = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)


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
    mail: MailServer | None = None

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


def _sender(text: str) -> Address:
    """One address that can stand in a header, with or without a name before it."""
    try:
        header: Any = HeaderRegistry()("From", text)
        found: Address
        (found,) = header.addresses
        if header.defects or not found.domain or not found.addr_spec.isascii():
            raise ValueError(text)
    except (ValueError, IndexError, MessageError):
        raise ConfigError(
            "EVENHAND_MAIL_SENDER must be one address, such as Hiring <hiring@clinic.example>."
        ) from None
    return found


def _mail(environ: Mapping[str, str], *, mode: Mode, public_url: str) -> MailServer | None:
    """Where letters are handed over; None when no host is named."""
    said = {
        name: environ.get(f"EVENHAND_MAIL_{name}", "").strip()
        for name in ("HOST", "TLS", "USER", "PASSWORD", "SENDER")
    }
    host = said["HOST"]
    if not host:
        return None
    tls: Tls | None = next((one for one in get_args(Tls) if one == (said["TLS"] or "starttls")), None)
    if tls is None:
        ways = ", ".join(get_args(Tls))
        raise ConfigError(f"EVENHAND_MAIL_TLS is {said['TLS']!r}; it must be one of {ways}.")
    if bool(said["USER"]) != bool(said["PASSWORD"]):
        raise ConfigError("EVENHAND_MAIL_USER and EVENHAND_MAIL_PASSWORD go together; set both or neither.")
    if mode == "production":
        if tls == "none" and said["USER"] and host not in THIS_MACHINE:
            raise ConfigError("EVENHAND_MAIL_TLS is none, and the password would be sent in the clear.")
        if not public_url:
            raise ConfigError("EVENHAND_PUBLIC_URL is missing; letters carry links that begin with it.")
    return MailServer(
        host=host,
        sender=_sender(said["SENDER"]),
        port=_number(environ, "EVENHAND_MAIL_PORT", PORTS[tls], lowest=1, highest=65_535),
        tls=tls,
        user=said["USER"],
        password=said["PASSWORD"],
    )


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
    public_url = environ.get("EVENHAND_PUBLIC_URL", "").strip().rstrip("/")
    return Settings(
        mode=mode,
        secret_key=secret or DEVELOPMENT_SECRET,
        database_url=url,
        proxies=_number(environ, "EVENHAND_PROXIES", 0, lowest=0, highest=5),
        public_url=public_url,
        session_idle_hours=_number(environ, "EVENHAND_SESSION_IDLE_HOURS", 12, lowest=1, highest=72),
        session_days=_number(environ, "EVENHAND_SESSION_DAYS", 7, lowest=1, highest=30),
        link_days=_number(environ, "EVENHAND_LINK_DAYS", 60, lowest=1, highest=365),
        mail=_mail(environ, mode=mode, public_url=public_url),
    )
