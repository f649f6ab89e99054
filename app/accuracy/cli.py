"""`flask accuracy`: what is done every day for those who were hired."""

import click
from flask.cli import AppGroup

from app.accuracy import services
from app.core.db import db

accuracy = AppGroup("accuracy", help="Check-ins of people who were hired.")


@accuracy.command("remind")
def remind() -> None:
    """Tell everybody who has a check-in to answer, once a check-in; run it every day."""
    due = services.remind()
    db.session.commit()
    click.echo(f"{due} to answer; whoever was told before is not told again.")
