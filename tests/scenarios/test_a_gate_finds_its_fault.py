"""Every gate of `check`: the shipped text passes it, and a fault that only it can see is found."""

import re

import pytest

from scenarios import shipped_packs
from scenarios.checking import check_folder, problems_of, problems_of_all
from scenarios.gates import GATES, anchors, text, traits, workload
from scenarios.gates.probes import MOST_SHARED
from scenarios.gates.prompt import HIGHEST_GRADE
from scenarios.grid import README
from scenarios.loader import read_files
from scenarios.schema import Scenario
from tests.scenarios.files import NEAR_MISS, changed, line_of, outpatient

# name: (text of the sound file, what it is spoilt to, text on the named line, path, message and remedy)
SPOILT = {
    "an adverb of degree": (
        "Goes on with exercise, lets",
        "Goes on with exercise very calmly, lets",
        "      - Goes on",
        'criteria.1.anchors.1: The anchor says "very", which each rater measures differently. '
        "Say what the person says or does that shows it. [behavior]",
    ),
    "a word of merit": (
        "The next therapist finds out by chance",
        "Gives a good handoff",
        "Gives a good",
        'criteria.4.anchors.1: The anchor says "good", which each rater measures differently. '
        "Say what the person says or does that shows it. [behavior]",
    ),
    "a probe that holds the answer": (
        "It is 3:12 and she is reaching for her coat. What now?",
        "Would you stop the heat, cool the hand under running water, or what?",
        "    text: Would",
        "probes.1.text: The probe holds 33 % of the content words of level 3 of SAF "
        "(cool, hand, heat, run, stop, water). "
        "Ask without them; at most 30 % are allowed. [no-answer]",
    ),
    "a trait": (
        "Her husband can collect",
        "Her pregnant daughter can collect",
        "  - Her pregnant",
        'facts.10: "pregnant" names a protected trait. '
        "Write the case without it; `do_not_ask` may name it. [traits]",
    ),
    "a question for the candidate's family": (
        "It is 3:12 and she is reaching for her coat. What now?",
        "Have you any children, and who collects them?",
        "    text: Have you",
        'probes.1.text: "Have you any children" asks for a protected trait of the candidate. '
        "Ask about the work; `do_not_ask` may name it. [traits]",
    ),
    "a question for the candidate's age": (
        "Who hears of this today, and",
        "How would somebody of your age see this, and",
        "    text: How would",
        'probes.2.text: "your age" asks for a protected trait of the candidate. '
        "Ask about the work; `do_not_ask` may name it. [traits]",
    ),
    "a workload that nobody can compare": (
        "She is booked on Thursday with another therapist.",
        "Overtime needs approval before it starts.",
        "  - Overtime",
        'facts.9: "Overtime" speaks of the after-hours work, which `disclosure_fields` does not name. '
        'Name it there, or say "this day" in the fact. [workload]',
    ),
    "two numbers for one measure": (
        "She is booked on Thursday with another therapist.\n  - Her husband",
        "Your paid day is 480 minutes.\n  - Paid time is 450 minutes, and her husband",
        "  - Paid time",
        "facts.10: The paid minutes a day is 480 before and 450 here. "
        'Give one number, or say "this day" with another. [workload]',
    ),
}

# What is close to a fault and is none: (text of the sound file, what it is changed to).
ALLOWED = {
    "a word of degree in somebody's mouth": (
        "Tells nobody, or asks",
        'Says, "It looks very well to me", or asks',
    ),
    "a word of degree with a number": (
        "Goes on with exercise,",
        "Goes on with exercise for fully 20 minutes,",
    ),
    "a phrase that only looks like one": (
        "Goes on with exercise,",
        "Goes on with exercise rather than rest,",
    ),
    "the age and family of a patient": (
        "Her husband can collect",
        "Her husband, whose age is 70, can collect",
    ),
    "a trait that is named to keep clear of it": ("  - Own burns,", "  - Religion\n  - Own burns,"),
    "a child on the list": ("and she is reaching", "and your next child is there, and she is reaching"),
    "a workload of the day": (
        "She is booked on Thursday with another therapist.",
        "This day, overtime needs approval.",
    ),
}


def problems(files):
    return [str(problem) for problem in problems_of(read_files(files))]


def with_prompt(change):
    """The files, with the prompt of the near miss changed as a whole."""
    before, start, rest = outpatient()[NEAR_MISS].decode().partition("prompt: >-\n")
    prompt, end, after = rest.partition("facts:\n")
    return {**outpatient(), NEAR_MISS: (before + start + change(prompt) + end + after).encode()}


@pytest.mark.parametrize(("old", "new", "at", "expected"), SPOILT.values(), ids=SPOILT)
def test_an_author_is_told_line_field_gate_and_how_to_mend(old, new, at, expected):
    files = changed((old, new))

    assert problems(outpatient()) == []
    assert problems(files) == [f"{NEAR_MISS}:{line_of(files, at)}: {expected}"]


@pytest.mark.parametrize(("old", "new"), ALLOWED.values(), ids=ALLOWED)
def test_what_only_looks_like_a_fault_passes(old, new):
    assert problems(changed((old, new))) == []


def test_a_prompt_of_one_endless_sentence_is_hard_to_read():
    files = with_prompt(lambda prompt: prompt.replace(". ", "; ").replace(".\n", ";\n"))

    [problem] = problems(files)

    assert problem.startswith(f"{NEAR_MISS}:{line_of(files, 'prompt:')}: prompt: The prompt reads at grade ")
    assert problem.endswith("Write shorter sentences and shorter words, up to grade 9. [reading-grade]")


def test_an_empty_cell_of_the_grid_is_named():
    readings = [check_folder(path)[0] for path in shipped_packs()]
    without = [reading for reading in readings if reading.header.id != "pediatrics"]

    assert list(problems_of_all(readings)) == []
    assert [str(problem) for problem in problems_of_all(without)] == [
        f"scenarios/packs:1: file: No scenario is a {kind} in the setting pediatrics. Write one. [coverage]"
        for kind in ("safety near miss", "high-volume day", "case walkthrough")
    ]


def test_no_gate_is_without_a_seeded_fault():
    named = {re.search(r"\[(.+)\]$", expected)[1] for *_, expected in SPOILT.values()}

    assert named | {"reading-grade"} == set(GATES)


def test_a_gate_speaks_of_one_file_though_another_is_refused():
    files = changed(("Her husband can", "Her pregnant daughter can"))
    files["cw-outpatient-ot-mid.yaml"] = b"id: no\n"

    said = problems(files)

    assert sum("[traits]" in problem for problem in said) == 1
    assert any("cw-outpatient-ot-mid.yaml:1: prompt: The field" in problem for problem in said)


# Sentences that textbooks count: one of one-syllable words, one of 13 words and 24 syllables.
@pytest.mark.parametrize(
    ("words", "grade"),
    [
        ("The cat sat on the mat.", -1.45),
        (
            "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.",
            0.39 * 13 + 11.8 * 24 / 13 - 15.59,
        ),
        ("Stop. Look! Listen?", 0.39 * 1 + 11.8 * 4 / 3 - 15.59),
    ],
)
def test_the_reading_grade_is_that_of_flesch_and_kincaid(words, grade):
    assert text.reading_grade(words) == pytest.approx(grade)


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("cat", 1), ("mother", 2), ("table", 2), ("whole", 1), ("make", 1), ("stopped", 1), ("waited", 2),
        ("needed", 2), ("takes", 1), ("boxes", 2), ("watches", 2), ("see", 1), ("patient's", 2),
        ("documentation", 5), ("therapist", 3), ("the", 1), ("40", 1), ("they'll", 1), ("aide", 1),
    ],
)  # fmt: skip
def test_syllables_are_counted_as_they_are_spoken(word, count):
    assert text.syllables(word) == count


@pytest.mark.parametrize(
    "family",
    ["stop stops stopped stopping", "note notes noted", "carry carries carried", "call calls called calling"],
)
def test_forms_of_one_word_have_one_stem(family):
    assert len({text.stem(word) for word in family.split()}) == 1


def test_different_words_keep_different_stems():
    assert len({text.stem(word) for word in ["pass", "past", "plan", "plane", "red", "bus"]}) > 4


def test_words_that_carry_no_content_are_not_counted():
    assert text.content_words("What do you say to the nurse's two patients?") == {"nurs", "patient"}


@pytest.mark.parametrize(
    "words",
    [
        anchors.DEGREES,
        anchors.MERITS,
        anchors.PHRASES,
        sorted(text.STOP_WORDS),
        [word.strip() for word in traits.NEVER.split(",")],
        [word.strip() for word in traits.OF_A_PATIENT.split(",")],
        [field.name for field in workload.FIELDS],
        list(workload.MEASURES),
        list(GATES),
    ],
    ids=[
        "degrees",
        "merits",
        "phrases",
        "stop words",
        "never",
        "of a patient",
        "workload",
        "measures",
        "gates",
    ],
)
def test_the_readme_prints_every_list(words):
    readme = " ".join(README.read_text().replace("\\*", "*").split())

    assert [word for word in words if not re.search(rf"(?<!\w){re.escape(word)}(?!\w)", readme)] == []


def test_the_readme_prints_every_bound_and_field():
    readme = README.read_text()

    assert f"{100 * MOST_SHARED:.0f} %" in readme
    assert f"grade {HIGHEST_GRADE}" in readme
    assert set(traits.FIELDS) < set(Scenario.model_fields)
    assert [field for field in traits.FIELDS if f"`{field}`" not in readme] == []
