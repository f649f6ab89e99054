"""Whatever people type as a name, a title or an address: a letter has one reader and our headers only."""

from email.message import EmailMessage

import pytest
from flask import Flask

from app.core import clock
from app.outbox.letters import Mail
from app.outbox.mailing import PostOffice, Unsendable, message
from app.web.addresses import outside
from tests.infrastructure.smtp import Inbox
from tests.integration.outbox.post import SENDER, server_of

BREAKS = (
    "\r\n",
    "\n",
    "\r",
    "\r\n ",
    "\n\t",
    "\x0b",
    "\x0c",
    "\x1c",
    "\x85",
    "\u2028",
    "\u2029",
    "\x00",
    "%0d%0a",
)
SLIPPED = ("Bcc: eve@evil.example", "To: eve@evil.example", "\r\n\r\nAnother body", "Content-Type: text/evil")
ENCODED = "=?utf-8?q?=0d=0aBcc=3a_eve=40evil.example?="
NAMES = (
    *(f"Cleo{end}{slipped}" for end in BREAKS for slipped in SLIPPED),
    'Cleo" <eve@evil.example>, "',
    "Cleo <eve@evil.example>",
    "eve@evil.example,",
    ENCODED,
    f"Cleo {ENCODED}",
    f"={ENCODED[1:]}\r\n={ENCODED[1:]}",
    "=\r?utf-8?q?=0d=0aBcc=3a_eve=40evil.example?=",
    "Zoë Łukasiewicz 李",
    "x" * 5_000,
    "",
)
ADDRESSES = (
    *(f"cleo@marsh.example{end}Bcc: eve@evil.example" for end in BREAKS),
    "cleo@marsh.example, eve@evil.example",
    "cleo@marsh.example; eve@evil.example",
    "cleo@marsh.example eve@evil.example",
    "<cleo@marsh.example>",
    "Cleo <cleo@marsh.example>",
    "cleo@marsh.example>",
    "cleo@marsh.example (eve@evil.example)",
    f"{ENCODED}@marsh.example",
    f'"{ENCODED}"@marsh.example',
    "-oQ/tmp -X/tmp/x@marsh.example",
    "cleo@",
    "@marsh.example",
    "cleo",
    "",
)
HEADERS = {
    *("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type"),
}


def made(
    app: Flask, *, name: str = "Cleo", to: str = "cleo@marsh.example", subject: str = "Hello"
) -> EmailMessage:
    """A message whose parts somebody typed."""
    with outside():
        return message(Mail(to, name, subject, [name]), number="1", sender=SENDER, at=clock.now())


@pytest.fixture
def app(worlds) -> Flask:
    """No database is asked, so one engine will do."""
    with worlds("sqlite").app.app_context():
        yield worlds("sqlite").app


def test_a_name_or_a_title_never_makes_a_header_or_a_reader(app: Flask, inbox: Inbox) -> None:
    with PostOffice(server_of(inbox)) as office:
        for typed in NAMES:
            office.hand_in(made(app, name=typed, subject=typed))

    assert len(inbox.arrived) == len(NAMES)
    for arrived in inbox.arrived:
        assert arrived.to == "cleo@marsh.example"
        assert set(arrived.message.keys()) == HEADERS, arrived.message.as_string()[:400]
        assert [one.addr_spec for one in arrived.message["To"].addresses] == ["cleo@marsh.example"]


@pytest.mark.parametrize("typed", ADDRESSES)
def test_what_is_not_one_plain_address_is_refused(app: Flask, typed: str) -> None:
    with pytest.raises(Unsendable, match="not one whole address"):
        made(app, to=typed)


def test_what_people_typed_is_no_markup_in_the_page(app: Flask, inbox: Inbox) -> None:
    with PostOffice(server_of(inbox)) as office:
        office.hand_in(made(app, name="<img src=x> & <b>Cleo</b>"))

    assert "&lt;img src=x&gt; &amp; &lt;b&gt;Cleo" in inbox.arrived[0].page
    assert "<img src=x> & <b>Cleo</b>" in inbox.arrived[0].text
