"""What is done about people: inviting, signing in, changing roles, disabling; and the employer's profile."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import timedelta

import sqlalchemy as sa

from app import policy
from app.audit import services as audit
from app.audit.events import Event
from app.core import clock, tokens
from app.core.db import db
from app.core.errors import Conflict, Invalid
from app.identity import passwords, queries, rules, sessions
from app.identity.models import AccountRole, Employer, Invitation, Person, Site, Theme
from app.outbox import services as outbox
from app.policy import Act, Actor, Role

INVITATION_DAYS = 7


def invite(actor: Actor, *, name: str, email: str, roles: Iterable[Role]) -> tuple[Person, str]:
    """Add a person and return them with the token of their invitation, which is shown once."""
    policy.check(actor, Act.INVITE_PERSON)
    return _invite(actor, name=name, email=email, roles=roles)


def invite_first_administrator(*, name: str, email: str) -> tuple[Person, str]:
    """From the command line, where the operator is the authority: an administrator to begin with."""
    known = queries.find_by_email(rules.normal_email(email))
    if known is not None:
        if Role.ADMINISTRATOR not in known.roles:
            raise Conflict(f"{known.email} is already a person here, and not an administrator.")
        return known, _new_invitation(policy.NOBODY, known)
    return _invite(policy.NOBODY, name=name, email=email, roles=[Role.ADMINISTRATOR])


def _invite(actor: Actor, *, name: str, email: str, roles: Iterable[Role]) -> tuple[Person, str]:
    chosen = rules.check_roles(roles)
    address = rules.normal_email(email)
    if queries.find_by_email(address) is not None:
        raise Invalid(email="Somebody with this e-mail is here already. Find them in the list below.")
    person = Person(name=name, email=address)
    person.account_roles = [AccountRole(role=role) for role in sorted(chosen)]
    db.session.add(person)
    db.session.flush()
    return person, _new_invitation(actor, person)


def renew_invitation(actor: Actor, person: Person) -> str:
    """A new link for somebody who lost theirs or forgot their password; earlier links stop working."""
    policy.check(actor, Act.INVITE_PERSON)
    if person.is_disabled:
        raise Conflict(f"{person.name} is disabled. Enable them first.")
    return _new_invitation(actor, person)


def _new_invitation(actor: Actor, person: Person) -> str:
    now, public_id = clock.now(), uuid.uuid4()
    token = tokens.derived(queries.INVITATION, public_id)
    db.session.execute(
        sa.update(Invitation)
        .where(
            Invitation.person_id == person.id, Invitation.used_at.is_(None), Invitation.revoked_at.is_(None)
        )
        .values(revoked_at=now)
    )
    invitation = Invitation(
        public_id=public_id,
        person_id=person.id,
        token_digest=tokens.digest(token),
        expires_at=now + timedelta(days=INVITATION_DAYS),
    )
    db.session.add(invitation)
    audit.record(actor, Event.PERSON_INVITED, person, roles=sorted(person.roles))
    db.session.flush()
    outbox.post("invitation", invitation=invitation.id)
    return token


def accept_invitation(invitation: Invitation, *, password: str) -> Person:
    """Set the password by a link; the link names the account, and every earlier session of it ends."""
    person = invitation.person
    if person.is_disabled:
        raise Conflict("This account is disabled. Ask your administrator.")
    rules.check_password(password, email=person.email, name=person.name)
    person.password_hash = passwords.hashed(password)
    invitation.used_at = clock.now()
    sessions.end_all(person.id)
    audit.record(Actor(person.id, person.name), Event.PASSWORD_SET, person)
    db.session.flush()
    return person


def sign_in(*, email: str, password: str) -> str:
    """The token of a new session; one answer for a wrong password and for an unknown e-mail."""
    person = queries.find_by_email(rules.normal_email(email))
    usable = person if person is not None and not person.is_disabled else None
    if not passwords.matches(usable.password_hash if usable else None, password) or usable is None:
        raise Invalid("This e-mail and password do not go together. Check both, or ask for a new invitation.")
    return begin_session(usable)


def begin_session(person: Person) -> str:
    """Start a session for somebody who has just proved who they are."""
    audit.record(Actor(person.id, person.name), Event.SIGNED_IN, person)
    return sessions.begin(person.id)


def sign_out(actor: Actor, token: str) -> None:
    """End this browser's session on the server."""
    policy.check(actor, Act.USE_ACCOUNT)
    sessions.end(token)
    audit.record(actor, Event.SIGNED_OUT)


def choose_theme(actor: Actor, theme: str) -> None:
    """Light, dark, or as the device; anything else changes nothing."""
    policy.check(actor, Act.USE_ACCOUNT)
    if theme in set(Theme):
        db.session.get_one(Person, actor.id).theme = Theme(theme)


def change_roles(actor: Actor, person: Person, roles: Iterable[Role]) -> None:
    """Give exactly these roles; the person's sessions end, so that no page outlives the change."""
    policy.check(actor, Act.CHANGE_ROLES)
    chosen = rules.check_roles(roles)
    if chosen == person.roles:
        return
    if Role.ADMINISTRATOR in person.roles - chosen:
        rules.check_keeps_an_administrator(others=queries.other_administrators(person))
    person.account_roles = [grant for grant in person.account_roles if grant.role in chosen] + [
        AccountRole(role=role) for role in sorted(chosen - person.roles)
    ]
    sessions.end_all(person.id)
    audit.record(actor, Event.ROLES_CHANGED, person, roles=sorted(chosen))
    db.session.flush()


def disable(actor: Actor, person: Person, *, open_assignments: int) -> None:
    """Shut the person out at once; nothing of theirs is deleted, and what they still owe is listed."""
    policy.check(actor, Act.DISABLE_PERSON)
    if person.is_disabled:
        return
    if Role.ADMINISTRATOR in person.roles:
        rules.check_keeps_an_administrator(others=queries.other_administrators(person))
    person.disabled_at = clock.now()
    sessions.end_all(person.id)
    audit.record(actor, Event.PERSON_DISABLED, person, open_assignments=open_assignments)


def enable(actor: Actor, person: Person) -> None:
    """Let the person in again, with the roles they had."""
    policy.check(actor, Act.DISABLE_PERSON)
    if person.is_disabled:
        person.disabled_at = None
        audit.record(actor, Event.PERSON_ENABLED, person)


def change_employer(actor: Actor, employer: Employer, *, version: int, values: Mapping[str, str]) -> None:
    """Change the profile; `version` is the one the form showed, and an older one is a conflict."""
    policy.check(actor, Act.EDIT_EMPLOYER)
    if version != employer.version:
        raise Conflict(
            "Somebody else changed the profile meanwhile. Reload the page and make your change again."
        )
    rules.check_time_zone(values["time_zone"])
    changed = [name for name, value in values.items() if getattr(employer, name) != value]
    for name in changed:
        setattr(employer, name, values[name])
    if changed:
        audit.record(actor, Event.EMPLOYER_CHANGED, employer, fields=sorted(changed))


def add_site(actor: Actor, *, name: str, address: str, time_zone: str) -> Site:
    """Add a place where people work."""
    policy.check(actor, Act.EDIT_EMPLOYER)
    rules.check_time_zone(time_zone)
    if any(site.name.casefold() == name.casefold() for site in queries.all_sites()):
        raise Invalid(name="There is a site of this name already.")
    site = Site(name=name, address=address, time_zone=time_zone)
    db.session.add(site)
    db.session.flush()
    audit.record(actor, Event.SITE_ADDED, site)
    return site
