"""Letters to people of the employer."""

from flask import g, url_for

from app.core import tokens
from app.core.db import db
from app.identity import queries
from app.identity.models import Invitation, Person
from app.outbox.letters import Facts, Mail, letter
from app.web.words import day


def to_person(
    person_id: int, subject: str, *paragraphs: str, link: str = "", link_words: str = ""
) -> Mail | None:
    """A mail to somebody who may still sign in; None for anybody else."""
    person = db.session.get(Person, person_id)
    if person is None or person.is_disabled:
        return None
    return Mail(person.email, person.name, subject, paragraphs, link, link_words)


@letter("invitation")
def invitation(facts: Facts) -> Mail | None:
    """The link by which somebody sets a password; none once it was used, replaced or ran out."""
    found = db.session.get(Invitation, facts["invitation"])
    if found is None or not found.is_live:
        return None
    token = tokens.derived(queries.INVITATION, found.public_id)
    if tokens.digest(token) != found.token_digest:
        return None
    employer = queries.get_employer()
    g.time_zone = employer.time_zone
    return to_person(
        found.person_id,
        f"Your way into the hiring team of {employer.name}",
        f"{employer.name} plans and scores its interviews with Evenhand, and invites you to take part.",
        f"Choose a password to begin. The link works once, until {day(found.expires_at)}. "
        "It is yours alone: whoever has it can choose your password.",
        link=url_for("identity.invitation", token=token, _external=True),
        link_words="Choose a password",
    )
