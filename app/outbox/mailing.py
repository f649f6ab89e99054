"""Handing mails to a mail server: what a message is made of, and what a server's refusal means."""

import smtplib
import ssl
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from types import TracebackType

from flask import render_template

from app.core.config import MailServer
from app.outbox.letters import Mail

SECONDS = 40  # For each answer of the mail server; a whole conversation seldom takes one.
LONGEST_HEADER = 200  # Characters of a name or a subject; a mail server refuses a line of 1,000.
ENCODED = "=?"  # So begins what the email package decodes when it writes a header, line ends and all.
NO_ADDRESS = "The e-mail address is not one whole address."


class Unsendable(Exception):
    """This letter was not taken; `fault` says why without naming anybody."""

    def __init__(self, fault: str, *, for_good: bool = False) -> None:
        super().__init__(fault)
        self.fault = fault
        self.for_good = for_good


class NoService(Exception):
    """The mail server takes nothing from us at the moment, whatever the letter."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


def message(mail: Mail, *, number: str, sender: Address, at: datetime) -> EmailMessage:
    """The message of a mail: plain text first, then the same as a page; its number stays its own for ever."""
    made = EmailMessage(policy=SMTP)
    made["From"] = sender
    made["To"] = _reader(mail)
    made["Subject"] = _one_line(mail.subject)
    made["Date"] = format_datetime(at)
    made["Message-ID"] = f"<{number}@{sender.domain}>"
    made["Auto-Submitted"] = "auto-generated"  # So that nobody's absence is announced to it.
    said = {"mail": mail, "sender": sender.display_name or sender.addr_spec}
    made.set_content(render_template("outbox/letter.txt", **said))
    made.add_alternative(render_template("outbox/letter.html", **said), subtype="html")
    return made


def _reader(mail: Mail) -> Address:
    """The one reader; what is anything but one plain address is refused."""
    try:
        reader = Address(display_name=_one_line(mail.name), addr_spec=mail.to)
    except (ValueError, IndexError, MessageError):
        raise Unsendable(NO_ADDRESS, for_good=True) from None
    if reader.addr_spec != mail.to or ENCODED in mail.to:
        raise Unsendable(NO_ADDRESS, for_good=True)
    return reader


def _one_line(text: str) -> str:
    """The text without anything that could end a header and begin another, and short enough for one."""
    plain = " ".join("".join(one if one.isprintable() else " " for one in text).split())
    plain = plain.replace(ENCODED, "= ?")
    return plain if len(plain) <= LONGEST_HEADER else f"{plain[: LONGEST_HEADER - 1]}…"


class PostOffice:
    """A conversation with the mail server for as many messages as there are, begun with the first."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._connection: smtplib.SMTP | None = None

    def __enter__(self) -> "PostOffice":
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._hang_up()

    def hand_in(self, made: EmailMessage) -> None:
        """Hand in a message; returns once the server has taken it over."""
        connection = self._connected()
        try:
            connection.send_message(made)
        except smtplib.SMTPRecipientsRefused as error:
            ((code, _),) = error.recipients.values()
            raise _refused("address", code) from error
        except smtplib.SMTPSenderRefused as error:
            self._hang_up()
            raise NoService(f"The mail server refuses the sender ({error.smtp_code}).") from error
        except smtplib.SMTPNotSupportedError as error:
            raise Unsendable("The mail server takes no address of this kind.", for_good=True) from error
        except smtplib.SMTPResponseException as error:
            raise _refused("letter", error.smtp_code) from error
        except (smtplib.SMTPException, OSError) as error:
            self._hang_up()
            raise Unsendable("The mail server broke off.") from error

    def _connected(self) -> smtplib.SMTP:
        """The conversation that is going on, or a new one where the server has ended it."""
        if self._connection is not None:
            try:
                if self._connection.noop()[0] == 250:
                    return self._connection
            except (smtplib.SMTPException, OSError):
                pass
            self._hang_up()
        try:
            self._connection = self._begin()
        except smtplib.SMTPAuthenticationError as error:
            raise NoService(
                f"The mail server refuses the user or the password ({error.smtp_code})."
            ) from error
        except smtplib.SMTPNotSupportedError as error:
            raise NoService("The mail server offers no TLS or no sign-in; see EVENHAND_MAIL_TLS.") from error
        except ssl.SSLError as error:
            raise NoService("The certificate of the mail server is not trusted.") from error
        except (smtplib.SMTPException, OSError) as error:
            raise NoService(f"The mail server {self._server.host} cannot be reached.") from error
        return self._connection

    def _begin(self) -> smtplib.SMTP:
        """A new conversation, with TLS and a sign-in as the settings say."""
        where, trusted = (self._server.host, self._server.port), ssl.create_default_context()
        if self._server.tls == "tls":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(*where, timeout=SECONDS, context=trusted)
        else:
            connection = smtplib.SMTP(*where, timeout=SECONDS)
        try:
            if self._server.tls == "starttls":
                connection.starttls(context=trusted)
            if self._server.user:
                connection.login(self._server.user, self._server.password)
        except BaseException:
            connection.close()
            raise
        return connection

    def _hang_up(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.quit()
            except (smtplib.SMTPException, OSError):
                connection.close()


def _refused(what: str, code: int) -> Unsendable:
    """What an answer of the server means; its own words stay out, because they may name the reader."""
    if code >= 500:
        return Unsendable(f"The mail server refuses the {what} ({code}).", for_good=True)
    return Unsendable(f"The mail server puts the {what} off ({code}).")
