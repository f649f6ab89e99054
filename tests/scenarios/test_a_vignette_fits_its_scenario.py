"""A written answer to practice on: read strictly, and scored on exactly what its scenario scores."""

import pytest

from scenarios import load_pack, read_pack, shipped_packs
from tests.scenarios.files import changed, files_of, folder, line_of, outpatient, refusal_of

FIRST, SECOND, AFTER_IT = (f"vignettes/v{number}.yaml" for number in ("03", "20", "22"))
SHIPPED = [one for path in shipped_packs() for one in load_pack(path).vignettes]

# name: (file, text of the sound file, what it is spoilt to, text on the named line, path, message and remedy)
SPOILT = {
    "an unknown field": (
        FIRST,
        "difficulty: medium",
        "difficulty: medium\nvoice: fast",
        "voice: fast",
        "voice: No field is called so here. Remove it, or correct its spelling.",
    ),
    "the key of a test": (
        FIRST,
        "use: practice",
        "use: test",
        "use: test",
        "use: This word is not on the list. Write 'practice'.",
    ),
    "a level beyond the scale": (
        FIRST,
        "level: 4",
        "level: 6",
        "level: 6",
        "gold.1.level: The number is too large. Write 5 or less.",
    ),
    "a level and not observed": (
        FIRST,
        "level: 4",
        "level: 4\n    not_observed: not asked",
        "  - code: PRI",
        "gold.1: A gold is either a level or not observed. Give it either `level` or `not_observed`.",
    ),
    "neither a level nor not observed": (
        FIRST,
        "    level: 4\n",
        "",
        "  - code: PRI",
        "gold.1: A gold is either a level or not observed. Give it either `level` or `not_observed`.",
    ),
    "accepted levels without the level": (
        FIRST,
        "level: 4",
        "level: 4\n    accept: [2, 3]",
        "    accept: [2, 3]",
        "gold.1.accept: The accepted levels are without the level itself. "
        "Add the level, or leave `accept` out.",
    ),
    "a criterion twice": (
        FIRST,
        "code: SAF",
        "code: PRI",
        "  - code: PRI",
        "gold.1.code: PRI has more than one gold. Keep one.",
    ),
    "a red flag that nobody said": (
        FIRST,
        "keep his 3:20.\n    why",
        "keep his 3:30.\n    why",
        "    quote: They'd tell him to loosen the strap a notch and keep his 3:30.",
        "red_flags.1.quote: The answer does not say this. Copy it from the answer, word for word.",
    ),
    "a red flag that the scenario does not know": (
        FIRST,
        "flag: altering dates",
        "flag: altering minutes",
        "  - flag: altering minutes",
        "red_flags.3.flag: hvd-outpatient-ot-mid has no such red flag. Use one of: Ignoring the tingling; "
        "altering dates; billing minutes not given; having the front desk give clinical advice.",
    ),
    "a criterion that the scenario does not score": (
        FIRST,
        "code: PRI",
        "code: RLT",
        "  - code: RLT",
        "gold.1.code: RLT is not a criterion of hvd-outpatient-ot-mid. Use PRI, SAF, DOC, HND.",
    ),
    "a scenario of another pack": (
        FIRST,
        "scenario: hvd-outpatient-ot-mid",
        "scenario: snm-acute-ot-mid",
        "scenario: snm-acute-ot-mid",
        "scenario: The pack has no scenario snm-acute-ot-mid. A vignette stands in the pack of its scenario.",
    ),
    "the name of another file": (
        FIRST,
        "id: v03",
        "id: v04",
        "id: v04",
        "id: The file is called v03. Give the file the name of its id.",
    ),
    "an answer to read before that is not there": (
        AFTER_IT,
        "read_after: v20",
        "read_after: v02",
        "read_after: v02",
        "read_after: hvd-outpatient-ot-mid has no answer v02. Name another answer to the same scenario.",
    ),
}


@pytest.mark.parametrize(("file", "sound", "spoilt", "line", "expected"), SPOILT.values(), ids=SPOILT)
def test_a_fault_is_named_with_its_line_and_how_to_mend_it(file, sound, spoilt, line, expected):
    files = changed((sound, spoilt), file=file)

    assert f"{file}:{line_of(files, line, file)}: {expected}" in refusal_of(files)


def test_a_critical_criterion_without_a_gold_is_refused():
    files = outpatient()
    text = files[FIRST].decode()
    start, end = text.index("  - code: SAF"), text.index("  - code: DOC")
    files[FIRST] = (text[:start] + text[end:]).encode()

    assert refusal_of(files) == [
        f"{FIRST}:{line_of(files, 'gold:', FIRST)}: gold: SAF has no gold. "
        "Say its level, or why it was not observed."
    ]


def test_a_fault_of_its_scenario_is_said_once_and_there():
    files = changed(("kind: high-volume-day", "kind: riddle"), file="hvd-outpatient-ot-mid.yaml")

    [said] = refusal_of(files)

    assert "kind: This word is not on the list." in said


def test_a_pack_needs_a_scenario_besides_its_answers():
    files = {name: data for name, data in outpatient().items() if name in {"pack.yaml", FIRST}}

    assert "pack.yaml:1: file: The pack has no scenario. Add one file for each beside it." in refusal_of(
        files
    )


def test_the_shipped_answers_are_for_practice_and_catch_more_than_one_sort_of_rater():
    golds = [gold for one in SHIPPED for gold in one.gold]

    assert len(SHIPPED) == 15
    assert {one.use.value for one in SHIPPED} == {"practice"}
    assert {gold.level for gold in golds} == {None, 1, 2, 3, 4, 5}
    assert sum(bool(one.red_flags) for one in SHIPPED) == 6
    typed_threes = sum(gold.level == 3 for gold in golds) / len(golds)
    assert typed_threes < 0.4, "Whoever types 3 everywhere would look right."


def test_an_answer_is_read_with_its_pack_from_a_folder_and_from_bytes():
    path = folder("inpatient-acute-ot")

    pack = read_pack(files_of(path))

    assert [one.id for one in pack.vignettes] == ["v01", "v10", "v13", "v14"]
    assert pack == load_pack(path)
