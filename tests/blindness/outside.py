"""What a candidate says from outside: hidden from interviewers, and some of it from managers, too."""

from app.candidates import queries
from app.candidates import services as candidates
from app.candidates.models import CandidateLink
from app.core.db import db
from app.policy import NOBODY
from app.questions import services
from tests.blindness.cast import Cast, amir, hugo
from tests.blindness.happenings import Pair, nothing
from tests.factories import people, questions


def _link(cast: Cast) -> CandidateLink:
    return queries.links_of(cast.cleo)[0]


def cleo_asks(cast: Cast) -> None:
    """Cleo ticks, asks, wants to see the place, and needs something to be different."""
    questions.everything_asked(_link(cast))


def cleo_needs_something(cast: Cast) -> None:
    """Cleo wants to see the place, and needs something to be different; she is answered, too."""
    visit = services.ask_for_visit(NOBODY, _link(cast), wish="Any morning.")
    request = candidates.ask_accommodation(NOBODY, _link(cast), text="Large print; I see badly.")
    rina = people.actor(people.rina())
    services.answer_visit(rina, visit, text="Thursday at 8 am.")
    candidates.answer_accommodation(rina, request, text="You get large print.")
    db.session.commit()


PAIRS = (
    Pair("Amir, who interviews and administers, when a candidate asks", amir, nothing, cleo_asks),
    Pair(
        "Hugo, who manages and interviews, when a candidate needs something",
        hugo,
        nothing,
        cleo_needs_something,
    ),
)
