"""A real mail server for the tests, on a port of this machine: keeps what it is sent, refuses on request."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.infrastructure.gunicorn import free_port

USER, PASSWORD = "evenhand", "a kettle beside the harbor"
TAKEN = "250 2.0.0 Taken"


@dataclass(frozen=True)
class Arrived:
    """One message that the server took over."""

    to: str
    message: EmailMessage

    @property
    def number(self) -> str:
        return str(self.message["Message-ID"])

    @property
    def text(self) -> str:
        part = self.message.get_body(("plain",))
        assert part is not None
        return str(part.get_content())

    @property
    def page(self) -> str:
        part = self.message.get_body(("html",))
        assert part is not None
        return str(part.get_content())


@dataclass
class Inbox:
    """What arrived, in order; `answers` are what is said instead of "taken" to a reader or at a step."""

    port: int = 0
    arrived: list[Arrived] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    at_step: Callable[[str], None] = lambda _step: None

    async def handle_MAIL(  # noqa: N802 (aiosmtpd calls it by this name)
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.at_step("mail")
        if "mail" not in self.answers:
            envelope.mail_from, envelope.mail_options = address, options
        return self.answers.get("mail", TAKEN)

    async def handle_RCPT(  # noqa: N802 (aiosmtpd calls it by this name)
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        self.at_step("reader")
        if address not in self.answers:
            envelope.rcpt_tos.append(address)
        return self.answers.get(address, TAKEN)

    async def handle_DATA(  # noqa: N802 (aiosmtpd calls it by this name)
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        self.at_step("letter")
        if "letter" in self.answers:
            return self.answers["letter"]
        content = envelope.content
        assert isinstance(content, bytes)
        made = message_from_bytes(content, policy=default)
        assert isinstance(made, EmailMessage)
        self.arrived.extend(Arrived(reader, made) for reader in envelope.rcpt_tos)
        self.at_step("taken")
        return TAKEN

    def to(self, reader: str) -> list[Arrived]:
        """What one reader got."""
        return [one for one in self.arrived if one.to == reader]


def _let_in(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
    right = LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=given == right, handled=False)


@contextmanager
def mail_server(*, certificate: ssl.SSLContext | None = None, signs_in: bool = False) -> Iterator[Inbox]:
    """Start a server and stop it again; with a certificate it asks for STARTTLS first."""
    inbox = Inbox(free_port())
    controller = Controller(
        inbox,
        hostname="127.0.0.1",
        port=inbox.port,
        tls_context=certificate,
        require_starttls=certificate is not None,
        auth_required=signs_in,
        auth_require_tls=certificate is not None,
        authenticator=_let_in if signs_in else None,
    )
    controller.start()
    try:
        yield inbox
    finally:
        controller.stop()
