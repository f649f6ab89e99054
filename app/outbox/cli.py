"""`flask outbox`: the worker that sends letters."""

import signal
import threading

import click
from flask import current_app
from flask.cli import AppGroup

from app.core.config import Settings
from app.outbox import delivery
from app.web import logs

outbox = AppGroup("outbox", help="Letters that wait to be sent.")


@outbox.command("deliver")
@click.option(
    "--watch",
    type=click.IntRange(1, 3600),
    metavar="SECONDS",
    help="Go on, and look again after so many seconds; a TERM signal ends it between two letters.",
)
def deliver(watch: int | None) -> None:
    """Send every letter that is due, and print how many; fails when a letter died or mail cannot be sent."""
    settings: Settings = current_app.extensions["settings"]
    if settings.mail is None:
        raise click.ClickException("Mail is not set up: EVENHAND_MAIL_HOST is not set. See docs/settings.md.")
    logs.configure(human=settings.mode == "development")
    over = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: over.set())
    while True:
        done = delivery.deliver(settings.mail, is_over=over.is_set)
        if watch is None or not done.is_empty:
            click.echo(done.words)
        if watch is None:
            raise SystemExit(1 if done.dead or done.fault else 0)
        if over.wait(watch):
            return
