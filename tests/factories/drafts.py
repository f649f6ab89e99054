"""Drafts of scenarios, as their authors begin and change them."""

from app.core.db import db
from app.identity.models import Person
from app.packs import queries
from app.packs.drafts import services as drafts
from app.packs.models import ScenarioDraft, ScenarioVersion
from tests.factories.people import actor

CHAIR = "snm-acute-ot-mid"
NOTE = "The unit has no chair alarms any more."


def version(key: str = CHAIR) -> ScenarioVersion:
    """The newest version of a scenario."""
    return queries.versions_of(key)[0]


def draft(author: Person, of: ScenarioVersion | None = None, *, key: str = "") -> ScenarioDraft:
    """A draft as it is begun, on the first version: nothing differs from its origin yet."""
    made = drafts.start(actor(author), of or queries.versions_of(CHAIR)[-1], key=key)
    db.session.commit()
    return made


def changed(author: Person, found: ScenarioDraft, **texts: str) -> ScenarioDraft:
    """The draft with other texts in these fields; `__` stands for the dots in their names."""
    said = {name.replace("__", "."): text for name, text in texts.items()}
    drafts.save(actor(author), found, version=found.version, texts={**found.texts, **said})
    db.session.commit()
    return found


def ready(author: Person) -> ScenarioDraft:
    """A draft that can be published."""
    return changed(author, draft(author), title="The chair by the door")


def published(author: Person, note: str = NOTE) -> ScenarioVersion:
    """A version that was published from a draft."""
    found = ready(author)
    made = drafts.publish(actor(author), found, version=found.version, note=note)
    db.session.commit()
    return made


def timed(
    author: Person, minute: int = 3, text: str = "The charge nurse calls about bed four."
) -> ScenarioVersion:
    """A published version in which something is told at a minute of the answer."""
    found = changed(author, ready(author), timed_facts__1__minute=str(minute), timed_facts__1__text=text)
    made = drafts.publish(actor(author), found, version=found.version, note=NOTE)
    db.session.commit()
    return made
