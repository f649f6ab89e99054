"""`flask outbox deliver`: what it prints, how it ends, and that it tells nobody too much."""

import os
import signal
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from app.core.config import MailServer
from app.core.db import db
from app.identity.models import Person
from app.outbox.cli import outbox
from provision.steps import PYTHON, ROOT
from tests.factories import people
from tests.infrastructure import smtp
from tests.infrastructure.smtp import Inbox, mail_server
from tests.integration.outbox.post import letters, sent, server_of
from tests.world import World

CERTIFICATE = ROOT / "tests/infrastructure/localhost.pem"


@pytest.fixture
def strict() -> Iterator[Inbox]:
    """A mail server that speaks only under TLS, and only to whoever signs in."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(CERTIFICATE)
    with mail_server(certificate=context, signs_in=True) as running:
        yield running


def test_it_prints_what_came_of_the_letters_and_names_nobody(
    app: Flask, iris: Person, ivo: Person, mail: MailServer, inbox: Inbox, capfd: pytest.CaptureFixture[str]
) -> None:
    inbox.answers["ivo@riverbend.example"] = "550 5.1.1 ivo@riverbend.example unknown"
    db.session.commit()
    ended = app.test_cli_runner().invoke(outbox, ["deliver"])

    assert ended.output.endswith("1 sent, 0 dropped, 0 put off, 1 dead.\n")
    assert ended.exit_code == 1, "a letter died"
    said = ended.output + "".join(capfd.readouterr())
    token = inbox.arrived[0].text.rpartition("/invitations/")[2].split()[0]
    assert len(token) == 43
    for secret in (token, "iris@", "ivo@", "Okafor"):
        assert secret not in said

    assert app.test_cli_runner().invoke(outbox, ["deliver"]).exit_code == 0


def test_without_a_mail_server_it_says_what_to_set(app: Flask) -> None:
    ended = app.test_cli_runner().invoke(outbox, ["deliver"])

    assert ended.exit_code == 1
    assert "EVENHAND_MAIL_HOST is not set. See docs/settings.md." in ended.output


def test_it_goes_on_watching_until_it_is_told_to_end(worlds, tmp_path: Path, inbox: Inbox) -> None:
    world: World = worlds("sqlite")
    settings = {
        "DATABASE_URL": world.url,
        "EVENHAND_MAIL_HOST": "127.0.0.1",
        "EVENHAND_MAIL_PORT": str(inbox.port),
        "EVENHAND_MAIL_TLS": "none",
        "EVENHAND_MAIL_SENDER": "Riverbend Hiring <hiring@riverbend.example>",
    }
    command = [PYTHON, "-m", "flask", "--app", "wsgi", "outbox", "deliver", "--watch", "1"]
    with world.fresh():
        people.iris()
        with subprocess.Popen(
            command, cwd=ROOT, env=os.environ | settings, stdout=subprocess.PIPE, text=True
        ) as running:
            assert running.stdout is not None
            assert running.stdout.readline() == "1 sent, 0 dropped, 0 put off, 0 dead.\n"
            people.ivo()
            assert running.stdout.readline() == "1 sent, 0 dropped, 0 put off, 0 dead.\n"
            running.send_signal(signal.SIGTERM)
            assert running.wait(timeout=20) == 0

    assert [one.to for one in inbox.arrived] == ["iris@riverbend.example", "ivo@riverbend.example"]


def test_it_signs_in_under_tls(
    app: Flask, iris: Person, strict: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    server = replace(server_of(strict), tls="starttls", user=smtp.USER, password=smtp.PASSWORD)
    assert sent(replace(server, password="wrong")).fault == (
        "The mail server refuses the user or the password (535)."
    )
    assert sent(server).sent == 1
    assert len(strict.arrived) == 1


def test_it_speaks_to_no_server_whose_certificate_it_does_not_trust(
    app: Flask, iris: Person, strict: Inbox
) -> None:
    server = replace(server_of(strict), tls="starttls", user=smtp.USER, password=smtp.PASSWORD)

    assert sent(server).fault == "The certificate of the mail server is not trusted."
    assert letters()[0].tries == 0


def test_it_sends_nothing_in_the_clear_where_tls_is_asked_for(app: Flask, iris: Person, inbox: Inbox) -> None:
    done = sent(replace(server_of(inbox), tls="starttls"))

    assert done.fault == "The mail server offers no TLS or no sign-in; see EVENHAND_MAIL_TLS."
    assert inbox.arrived == []
