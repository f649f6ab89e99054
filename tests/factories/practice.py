"""Practice cards in each of their states, made as whoever practices would make them."""

from collections.abc import Mapping
from uuid import uuid4

import sqlalchemy as sa

from app.core.db import db
from app.identity.models import Person
from app.packs.models import Vignette
from app.scoring.drafts import NOT_OBSERVED, Change
from app.scoring.practice import queries, services
from app.scoring.practice.models import PracticeCard
from tests.factories import people

# The gold of the first answer on the chair by the window.
GOLD = {"SAF": 4, "ESC": 4, "DOC": 1, "HND": 3, "VER": 2}


def vignette(key: str = "v01") -> Vignette:
    """A shipped answer to practice on."""
    return db.session.scalars(sa.select(Vignette).where(Vignette.key == key)).one()


def begun(person: Person, key: str = "v01", **fields: str) -> PracticeCard:
    """A card that somebody began, with these fields; `level_SAF` stands for `level-SAF`."""
    card = services.start(people.actor(person), vignette(key))
    save(card, person, {name.replace("_", "-"): body for name, body in fields.items()})
    return card


def complete_fields(levels: Mapping[str, int | None]) -> dict[str, str]:
    """Fields with nothing left: each criterion has its level, and a note of its own."""
    fields = {}
    for number, (code, level) in enumerate(levels.items(), start=1):
        if level is None:
            fields |= {f"level-{code}": NOT_OBSERVED, f"reason-{code}": "ran out of time"}
        else:
            fields |= {f"level-{code}": str(level), f"note-{number}": f"“I don't leave.” Said about {code}."}
            fields |= {f"ties-{number}": code, f"because-{code}": f"It is what {level} describes."}
    return fields


def save(card: PracticeCard, person: Person, fields: Mapping[str, str]) -> None:
    """Save fields of an open card, as its page does."""
    saved = queries.saved_fields(queries.revisions_of(card))
    changes = [
        Change(name, body, saved[name].count if name in saved else 0, number)
        for number, (name, body) in enumerate(fields.items(), start=1)
    ]
    services.save_fields(people.actor(person), card, changes, client=uuid4().hex)
    db.session.commit()


def filled_in(
    person: Person, key: str = "v01", levels: Mapping[str, int | None] | None = None, **fields: str
) -> PracticeCard:
    """A card on which nothing is left to do; with the levels of the gold unless said otherwise."""
    card = begun(person, key, **fields)
    save(card, person, complete_fields(levels or GOLD))
    return card


def hand_in(card: PracticeCard, person: Person) -> PracticeCard:
    """The same card, handed in."""
    services.submit(people.actor(person), card, version=card.version, key=uuid4().hex)
    db.session.commit()
    return card


def handed_in(
    person: Person, key: str = "v01", levels: Mapping[str, int | None] | None = None, **fields: str
) -> PracticeCard:
    """A card that somebody filled in and handed in."""
    return hand_in(filled_in(person, key, levels, **fields), person)
