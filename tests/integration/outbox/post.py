"""Looking into letters and having them sent, as the worker does."""

from email.headerregistry import Address

import sqlalchemy as sa

from app.core.config import MailServer
from app.core.db import db
from app.outbox import delivery
from app.outbox.delivery import Round
from app.outbox.models import Letter
from tests.infrastructure.smtp import Inbox

SENDER = Address("Riverbend Hiring", addr_spec="hiring@riverbend.example")


def server_of(inbox: Inbox) -> MailServer:
    """How the application reaches a mail server of the tests."""
    return MailServer("127.0.0.1", SENDER, port=inbox.port, tls="none")


def sent(server: MailServer) -> Round:
    """Have every letter sent that is due."""
    db.session.commit()
    done = delivery.deliver(server)
    db.session.expire_all()
    return done


def letters() -> list[Letter]:
    """Every letter there is, the oldest first."""
    return list(db.session.scalars(sa.select(Letter).order_by(Letter.id)))


def only_letter() -> Letter:
    """The one letter there is."""
    (found,) = letters()
    return found
