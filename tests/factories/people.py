"""The people of the stories; the role is in the initial."""

from app.core.db import db
from app.identity import queries, services
from app.identity.models import Employer, Person
from app.jobs import queries as jobs
from app.policy import NOBODY, Actor, Role

PASSWORD = "a heron by the quiet river"


def actor(person: Person) -> Actor:
    """The person as services take them, with roles and teams as they are now."""
    db.session.refresh(person)
    return Actor(person.id, person.name, person.roles, jobs.teams_of(person.id))


def person(name: str, *roles: Role) -> Person:
    """Somebody with these roles; the same person when called again."""
    email = f"{name.split(maxsplit=1)[0].lower()}@riverbend.example"
    known = queries.find_by_email(email)
    if known is not None:
        return known
    made, _ = services._invite(NOBODY, name=name, email=email, roles=roles)
    db.session.commit()
    return made


def employer() -> Employer:
    """Riverbend, an invented employer, with one site."""
    ada_ = Actor(0, "", frozenset({Role.ADMINISTRATOR}))
    profile = queries.get_employer()
    services.change_employer(
        ada_,
        profile,
        version=profile.version,
        values={
            "name": "Riverbend Hand and Neuro Clinic",
            "time_zone": "America/Chicago",
            "contact_name": "Rina Patel",
            "contact_email": "rina@riverbend.example",
            "contact_phone": "555-0142",
        },
    )
    services.add_site(ada_, name="Riverbend Main", address="1 River Road", time_zone="America/Chicago")
    return profile


def ada() -> Person:
    """Administrator."""
    return person("Ada Quill", Role.ADMINISTRATOR)


def hana() -> Person:
    """Hiring manager, who also interviews."""
    return person("Hana Sato", Role.HIRING_MANAGER, Role.INTERVIEWER)


def rina() -> Person:
    """Recruiter."""
    return person("Rina Patel", Role.RECRUITER)


def iris() -> Person:
    """Interviewer."""
    return person("Iris Okafor", Role.INTERVIEWER)


def ivo() -> Person:
    """Interviewer."""
    return person("Ivo Lind", Role.INTERVIEWER)


def remi() -> Person:
    """Records lead."""
    return person("Remi Falk", Role.RECORDS_LEAD)


def olga() -> Person:
    """Hiring manager of another team."""
    return person("Olga Brandt", Role.HIRING_MANAGER)
