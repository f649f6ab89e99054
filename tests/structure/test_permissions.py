"""Who may do what, asked at every address, by everybody, in every state; and that the policy decides it.

The expectations are written by hand in permissions.csv, and never made from the policy: a table that is made
from what it tests proves nothing. See tests/matrix for the states, and for what each request carries.
"""

import re

import pytest

from app import policy
from app.core.ruling import Line
from app.policy import POLICY
from app.web import guard
from tests.matrix import table
from tests.matrix.asking import addresses, argument_names
from tests.matrix.requests import ARGUMENTS, BODIES, SPECIAL_ARGUMENTS
from tests.matrix.running import CELLS, Matrix, surprises, tell
from tests.matrix.states import STATES
from tests.matrix.table import SAFE, Cell
from tests.structure.project import files

OUTSIDER, FULLEST = "olga", "complete"  # A state in which every address leads to something.

REFUSALS = {table.SIGN_IN, "401", "403", "404", "410"}

# Where how much is shown is part of the answer, so that a wider line shows in what is allowed, too.
SHOWS_MORE_OR_LESS = {"debrief.page"}
# What is answered on the spot instead of by going on to another page, and why.
IN_PLACE = {
    ("candidates.make_link", ""): "the link is shown once",
    ("identity.people", ""): "the invitation is shown once",
    ("overview.person", "invite"): "the invitation is shown once",
    ("disclosures.measure", "measure"): "nothing is changed: a page shows what a file of visits says",
    ("packs.intake", "check"): "nothing is changed: it is the dry run of an import",
    ("practice.autosave", ""): "a script asks, and is told what was kept",
    ("scoring.autosave", ""): "a script asks, and is told what was kept",
}


def test_the_table_names_every_address_and_no_other(matrix):
    written, there = {cell.address for cell in CELLS}, addresses(matrix.app)

    assert not there - written, f"Say in permissions.csv who may use these: {sorted(there - written)}"
    assert not written - there, f"Remove from permissions.csv what is gone: {sorted(written - there)}"


def test_every_address_can_be_asked(matrix):
    arguments = argument_names(matrix.app)
    asked = {(cell.endpoint, cell.verb) for cell in CELLS if cell.method not in SAFE}
    stale = {name for endpoint, name in SPECIAL_ARGUMENTS if name not in arguments[endpoint]}

    assert set().union(*arguments.values()) == set(ARGUMENTS), (
        "In tests/matrix/requests.py: what they stand for."
    )
    assert asked == set(BODIES), "In tests/matrix/requests.py: the least valid data for each form."
    assert not stale


def test_every_verb_that_a_button_sends_is_in_the_table():
    pages = [path.read_text("utf-8") for path in files("*.html", under=("app",))]
    sent = {verb for page in pages for verb in re.findall(r'name="do" value="([a-z-]+)"', page)}

    assert sent == {cell.verb for cell in CELLS} - {""}


@pytest.mark.parametrize("state", STATES)
def test_everybody_is_answered_as_the_table_says(matrix, state, record_property, request):
    seed = request.config.getoption("randomly_seed", 0)
    asked = [cell for cell in table.drawn(CELLS, seed) if cell.state == state]

    wrong = surprises(matrix, asked, record_property)

    assert not wrong, f"{len(wrong)} of {len(asked)} cells:\n" + "\n".join(wrong)


def test_a_write_would_be_noticed(matrix):
    theme = next(cell for cell in CELLS if cell.endpoint == "identity.theme" and cell.writes)

    assert matrix.desk.ask(matrix.scenes[theme.state], theme).has_written


def test_what_is_anothers_is_as_if_it_were_not_there(matrix):
    scene = matrix.scenes[FULLEST]
    refused = [
        cell for cell in CELLS if (cell.person, cell.state) == (OUTSIDER, FULLEST) and not cell.is_allowed
    ]
    different = []
    for cell in refused:
        if scene.arguments[cell.endpoint]:
            there, nowhere = matrix.desk.ask(scene, cell), matrix.desk.ask(scene, cell, of_nothing=True)
            if (there.said, there.words) != (nowhere.said, nowhere.words):
                different.append(f"{cell}: {there.said}, and {nowhere.said} where there is nothing")

    assert not different, "\n".join(different)


def test_everything_can_be_done_by_somebody():
    usable = {cell.address for cell in CELLS if cell.is_allowed}
    unusable = {cell.address for cell in CELLS} - usable

    assert not unusable, f"Nobody ever succeeds here; add a state in which somebody does: {sorted(unusable)}"


def test_whatever_changes_something_goes_on_to_a_page_that_can_be_reloaded():
    stays = {(cell.endpoint, cell.verb) for cell in CELLS if cell.writes and cell.expected != "303"}

    assert stays == set(IN_PLACE), "Answer 303, or say in IN_PLACE why not."


ALLOWED = {cell.place for cell in CELLS if cell.is_allowed}  # Where somebody succeeds.
LINES = [
    pytest.param(act, number, id=f"{act}, line {number + 1}")
    for act, lines in POLICY.items()
    for number in range(len(lines))
]


@pytest.mark.parametrize(("act", "number"), LINES)
def test_a_line_that_lets_everybody_pass_shows_in_the_table(
    matrix, monkeypatch, record_property, act, number
):
    lines: list[Line] = list(POLICY[act])
    lines[number] = []
    monkeypatch.setitem(policy.POLICY, act, lines)
    about = {
        endpoint for endpoint in matrix.app.view_functions if act in guard.declared(matrix.app, endpoint)
    }

    refused = [cell for cell in CELLS if cell.endpoint in about and may_change(cell)]
    refused.sort(key=lambda cell: cell.place not in ALLOWED)  # There everything else is in order.
    red = next((cell for cell in refused if is_let_in(matrix, cell)), None)

    tell(record_property, "Policy lines widened", found=red is not None, seeded=1)
    assert red, f"Nobody is let in at {sorted(about)}: the line is dead, or a state or a person is missing."


def may_change(cell: Cell) -> bool:
    """Whether a wider line could show in a cell: not where everything is allowed and shown already."""
    return not cell.is_allowed or cell.endpoint in SHOWS_MORE_OR_LESS


def is_let_in(matrix: Matrix, cell: Cell) -> bool:
    """Whether somebody gets further than the table says; to be refused in another way is not enough."""
    said = matrix.desk.ask(matrix.scenes[cell.state], cell).said
    return said not in {cell.expected, *REFUSALS}


def test_no_line_lets_everybody_pass():
    assert [act for act, lines in POLICY.items() if [] in lines] == []
