"""Pairs of worlds drawn at random: what colleagues of a viewer did, each time something else."""

import tempfile
from functools import partial
from pathlib import Path
from random import Random

from app.core.db import db
from app.scoring import services
from app.scoring.models import Assignment, Tie
from tests.blindness.cast import NOW, Cast, amir, hugo
from tests.blindness.happenings import Pair
from tests.blindness.worlds import TwoWorlds
from tests.factories import people, scoring
from tests.world import World

OWE = (people.iris, hugo, amir)  # Each has a scorecard to hand in, and may know nothing of the others'.
OWE_NOTHING = (people.hana, people.rina)  # They may know who is in, and nothing of what is in a draft.
QUOTES = ("“I call him first.”", "“It will fade.”", "“Nobody told me.”", "He drew the plan.")


def differences(seed: int, answers: int) -> tuple[int, list[str]]:
    """Compare drawn pairs until there are so many answers; how many, and those that differ."""
    compared, different, number = 0, list[str](), 0
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder), None)
        with world.fresh() as app:
            two = TwoWorlds(app, world.file, Path(folder))
            while compared < answers:
                found = two.compared(drawn(f"{seed} {number}"), heads=True)
                different += found.different
                compared, number = compared + found.requests, number + 1
    return compared, different


def drawn(seed: str) -> Pair:
    """One viewer and two worlds."""
    draw = Random(seed)
    if draw.random() < 0.25:
        viewer = draw.choice(OWE_NOTHING)
        return Pair(seed, viewer, partial(a_draft, f"{seed} one"), partial(a_draft, f"{seed} other"))
    viewer = draw.choice(OWE)
    mine = viewer().id
    return Pair(
        seed, viewer, partial(colleagues, f"{seed} one", mine), partial(colleagues, f"{seed} other", mine)
    )


def a_draft(seed: str, cast: Cast) -> None:
    """Iris has begun her first, and says something."""
    draw = Random(seed)
    scoring.save(
        scoring.card_of(cast.interviews[0], people.iris()),
        level_SAF=str(draw.randint(1, 5)),
        because_SAF=draw.choice(QUOTES) * draw.randint(1, 3),
        note_1=draw.choice(QUOTES),
    )


def colleagues(seed: str, mine: int, cast: Cast) -> None:
    """Everybody else does something, or nothing."""
    draw = Random(seed)
    for interview in cast.interviews:
        for seat in list(interview.assignments):
            if seat.person_id != mine:
                draw.choice((nothing, begun, handed_in, handed_in, waived, stepped_back))(seat, draw)
    db.session.commit()


def nothing(_seat: Assignment, _draw: Random) -> None:
    """The scorecard is as it was."""


def begun(seat: Assignment, draw: Random) -> None:
    """Something is written."""
    scoring.save(seat.scorecard, retelling=draw.choice(QUOTES), note_1=draw.choice(QUOTES))


def handed_in(seat: Assignment, draw: Random) -> None:
    """All of it is in."""
    levels = {code: draw.randint(1, 5) for code in scoring.codes_of(seat.scorecard)}
    scoring.submit(seat.scorecard, levels, at=NOW)


def waived(seat: Assignment, _draw: Random) -> None:
    """Hana, who owes nothing, excuses them."""
    services.waive(people.actor(people.hana()), seat, reason="Called away.")


def stepped_back(seat: Assignment, draw: Random) -> None:
    """They have recognized the candidate."""
    services.declare(people.actor(seat.person), seat.scorecard, draw.choice(list(Tie)))
