"""What may have happened in one world and not in the other, and from whom it is hidden."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from app.accuracy.models import Hire
from app.core.db import db
from app.identity import services as people_services
from app.identity.models import Person, Theme
from app.policy import Role
from app.scoring import queries, services
from app.scoring.models import Tie
from tests.blindness.cast import NOW, Cast, amir, hugo
from tests.factories import hires, people, scoring

Happens = Callable[[Cast], None]


def nothing(_: Cast) -> None:
    """Nobody has done anything."""


def colleagues_handed_in(cast: Cast) -> None:
    """Everybody but Iris handed in: Ivo and Amir all of theirs, Hugo his."""
    first, second, third = cast.interviews
    scoring.submit(scoring.card_of(first, people.ivo()), {"SAF": 1, "ESC": 5}, at=NOW - timedelta(minutes=20))
    scoring.submit(scoring.card_of(second, hugo()), {"PRI": 5}, at=NOW - timedelta(minutes=19))
    scoring.submit(scoring.card_of(third, people.ivo()), {"ASM": 2}, at=NOW - timedelta(minutes=18))
    scoring.submit(scoring.card_of(third, amir()), {"ASM": 4}, at=NOW - timedelta(minutes=17))


def all_but(person: Callable[[], Person]) -> Happens:
    """Everybody handed in but this person, who has handed in nothing."""

    def happens(cast: Cast) -> None:
        for interview in cast.interviews:
            for seat in list(interview.assignments):
                if seat.person_id != person().id:
                    scoring.submit(seat.scorecard, {"DOC": 1}, at=NOW - timedelta(minutes=20))

    return happens


def waived_and_drafted(cast: Cast) -> None:
    """Ivo has begun his, and Hugo's was waived by Hana, who has nothing open."""
    first, second, _ = cast.interviews
    scoring.save(scoring.card_of(first, people.ivo()), level_SAF="1", note_1="“It will fade.”", ties_1="SAF")
    services.waive(people.actor(people.hana()), scoring.seat_of(second, hugo()), reason="Called away.")
    db.session.commit()


def draft_of_iris(level: str) -> Happens:
    """Ivo has handed in his first, and Iris has begun hers with this level."""

    def happens(cast: Cast) -> None:
        first = cast.interviews[0]
        scoring.submit(scoring.card_of(first, people.ivo()), at=NOW - timedelta(minutes=20))
        scoring.submit(scoring.card_of(cast.interviews[2], people.ivo()), at=NOW - timedelta(minutes=18))
        scoring.save(scoring.card_of(first, people.iris()), level_SAF=level, because_SAF=f"It was a {level}.")

    return happens


def colleague_steps_back(cast: Cast) -> None:
    """Iris has recognized the candidate."""
    card = scoring.card_of(cast.interviews[0], people.iris())
    services.declare(people.actor(people.iris()), card, Tie.FRIEND)
    db.session.commit()


def first_panel_hears_a_flag(cast: Cast) -> None:
    """The first panel is complete, and Iris heard a red flag in it."""
    first = cast.interviews[0]
    card = scoring.card_of(first, people.iris())
    scoring.save(card, flag_1="yes", quote_1="“Nobody has to know.”")
    for person in (people.iris(), people.ivo()):
        scoring.submit(scoring.card_of(first, person), at=NOW - timedelta(minutes=20))


def and_confirms_it(cast: Cast) -> None:
    """The same, and the flag is confirmed."""
    first_panel_hears_a_flag(cast)
    [raised] = scoring.card_of(cast.interviews[0], people.iris()).red_flags
    hana = people.actor(people.hana())
    flag, sight = queries.get_flag(hana, raised.public_id)
    services.answer_flag(hana, flag, sight, is_confirmed=True)
    db.session.commit()


def aftermath(_: Cast) -> None:
    """Something that everybody may see, later: numbers counted past what is hidden would show here."""
    person = people.olga()
    people_services.choose_theme(people.actor(person), Theme.DARK)
    people_services.change_roles(people.actor(people.ada()), person, [Role.RECRUITER])
    db.session.commit()


@dataclass(frozen=True)
class Pair:
    """A viewer from whom the difference between two worlds is hidden."""

    name: str
    viewer: Callable[[], Person]
    one: Happens
    other: Happens


def iris_hands_in_one(then: Happens) -> Happens:
    """Iris has handed in her first, and still owes her second; then something happens."""

    def happens(cast: Cast) -> None:
        scoring.submit(scoring.card_of(cast.interviews[0], people.iris()), at=NOW - timedelta(minutes=25))
        then(cast)

    return happens


def ivo_hands_in_his_first(cast: Cast) -> None:
    """The first panel is complete."""
    scoring.submit(
        scoring.card_of(cast.interviews[0], people.ivo()), {"SAF": 1}, at=NOW - timedelta(minutes=20)
    )


ONE_IN, ONE_IN_AND_COMPLETE = iris_hands_in_one(nothing), iris_hands_in_one(ivo_hands_in_his_first)


def a_hire_finds(found: float | str, surprise: str) -> Happens:
    """Whoever began two months ago says on day 60 what they found, to recruiting alone."""

    def happens(cast: Cast) -> None:
        hire = db.session.get_one(Hire, cast.hire.id)
        hires.answered(hire, 60, {"visits_completed": found, "after_hours": found}, surprise=surprise)

    return happens


PAIRS = (
    Pair(
        "Iris, whose own is open, when colleagues have handed in", people.iris, nothing, colleagues_handed_in
    ),
    Pair("Iris, whose own is open, when a colleague has begun", people.iris, nothing, waived_and_drafted),
    Pair("Iris, one of whose own is in, when that panel completes", people.iris, ONE_IN, ONE_IN_AND_COMPLETE),
    Pair("Hugo, a manager, whose own is open", hugo, nothing, all_but(hugo)),
    Pair("Amir, an administrator, whose own is open", amir, nothing, all_but(amir)),
    Pair("Amir, whose own is open, when a colleague steps back", amir, nothing, colleague_steps_back),
    Pair(
        "Amir, whose own is open, when a flag is confirmed", amir, first_panel_hears_a_flag, and_confirms_it
    ),
    Pair(
        "Ivo, whose own are in, when Iris changes her draft",
        people.ivo,
        draft_of_iris("2"),
        draft_of_iris("5"),
    ),
    Pair(
        "Hana, who manages, when Iris changes her draft", people.hana, draft_of_iris("1"), draft_of_iris("4")
    ),
    Pair(
        "Rina, who recruits, when Iris changes her draft", people.rina, draft_of_iris("1"), draft_of_iris("5")
    ),
    Pair(
        "Hana, who manages, when a hire finds what they were told or far more",
        people.hana,
        a_hire_finds("same", "Nothing."),
        a_hire_finds(90, "Nobody told me of the second site."),
    ),
)


HIDDEN_DRAFT = tuple(pair.name for pair in PAIRS if "draft" in pair.name)
OF_A_HIRE = tuple(pair.name for pair in PAIRS if "hire" in pair.name)
OF_A_MANAGER = tuple(pair.name for pair in PAIRS if pair.name.startswith("Hugo"))
OF_AN_ADMINISTRATOR = tuple(pair.name for pair in PAIRS if pair.name.startswith("Amir"))
OF_ONE_HALF_IN = tuple(pair.name for pair in PAIRS if "one of whose own is in" in pair.name)
OPEN_TO_VIEWER = tuple(pair.name for pair in PAIRS if pair.name not in {*HIDDEN_DRAFT, *OF_A_HIRE})
