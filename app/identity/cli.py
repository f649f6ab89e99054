"""`flask people`: the first administrator, for whom nobody is there yet to invite them."""

import click
from flask import url_for
from flask.cli import AppGroup

from app.core.db import db
from app.core.errors import Conflict
from app.identity import services
from app.web.addresses import outside

people = AppGroup("people", help="People of this employer.")


@people.command("invite-administrator")
@click.argument("email")
@click.option("--name", default="", help="Their name; the part before the @ when left out.")
def invite_administrator(email: str, name: str) -> None:
    """Print a link by which EMAIL sets a password and becomes an administrator."""
    if "@" not in email:
        raise click.UsageError(f"{email!r} is not an e-mail address.")
    try:
        person, token = services.invite_first_administrator(
            name=name or email.split("@", maxsplit=1)[0].title(), email=email
        )
    except Conflict as error:
        raise click.ClickException(error.message) from error
    db.session.commit()
    with outside():
        link = url_for("identity.invitation", token=token, _external=True)
    click.echo(f"{person.name} ({person.email}) can sign in within 7 days by this link, shown once:\n{link}")
