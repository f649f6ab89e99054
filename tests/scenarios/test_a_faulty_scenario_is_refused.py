"""Every rule on the content of a pack: what is wrong, on which line, and how to mend it."""

import pytest

from scenarios import PackError, read_pack
from tests.scenarios.files import HEADER, NEAR_MISS, changed, line_of, refusal_of

# name: (text of the sound file, what it is spoilt to, text on the named line, path, message and remedy)
SPOILT = {
    "an unknown field": (
        "anti_signals:",
        "anti_signal:",
        "anti_signal:",
        "anti_signal: No field is called so here. "
        "Remove it, or correct its spelling (perhaps `anti_signals`).",
    ),
    "an unknown field inside another": (
        "    anchors:",
        "    anchers:",
        "    anchers:",
        "criteria.1.anchers: No field is called so here. "
        "Remove it, or correct its spelling (perhaps `anchors`).",
    ),
    "an unknown field like none": (
        "title: Twenty-two minutes",
        "title: Twenty-two minutes\nqqq: 1",
        "qqq",
        "qqq: No field is called so here. Remove it, or correct its spelling.",
    ),
    "a missing field": (
        "title: Twenty-two minutes\n",
        "",
        "id:",
        "title: The field `title` is missing. Add it here.",
    ),
    "a missing field inside another": (
        "answer: 6, ",
        "",
        "time_box:",
        "time_box.answer: The field `answer` is missing. Add it here.",
    ),
    "an empty text": (
        "title: Twenty-two minutes",
        "title:",
        "title:",
        "title: There is no text. Write it.",
    ),
    "a text that is too long": (
        "title: Twenty-two minutes",
        f"title: {'x' * 301}",
        "title:",
        "title: The text is too long. Keep it to 300 characters.",
    ),
    "a list for a text": (
        "title: Twenty-two minutes",
        "title: [a, b]",
        "title:",
        "title: Text is expected here. Write one piece of text, no list and no fields.",
    ),
    "a text for a list": (
        "levels: [entry, mid]",
        "levels: entry",
        "levels:",
        "levels: A list is expected here. Write one item a line, each after a dash.",
    ),
    "a text for fields": (
        "artifact:\n  accepted: Heat",
        "artifact: Heat\nx:\n  accepted: Heat",
        "artifact:",
        "artifact: Named fields are expected here. Write `name: value`, one a line.",
    ),
    "a text for bars": (
        "bars:\n",
        "bars: high\nx:\n",
        "bars:",
        "bars: Named fields are expected here. Write `name: value`, one a line.",
    ),
    "a word that is not on its list": (
        "status: pilot",
        "status: ready",
        "status:",
        "status: This word is not on the list. Write 'draft', 'pilot', 'published' or 'retired'.",
    ),
    "a level that does not exist": (
        "\n  mid:\n",
        "\n  middle:\n",
        "  middle:",
        "bars.middle: This word is not on the list. Write 'entry', 'mid', 'senior' or 'leadership'.",
    ),
    "an id with capitals": (
        "id: snm-outpatient-ot-entry",
        "id: SNM",
        "id:",
        "id: A name is not written like this. "
        "An id is lower-case words joined by hyphens, a competency code two to five capitals.",
    ),
    "an id that is not the name of its file": (
        "id: snm-outpatient-ot-entry",
        "id: twenty-two-minutes",
        "id:",
        "id: The file is called snm-outpatient-ot-entry. Give the file the name of its id.",
    ),
    "a number in words": (
        "version: 1",
        "version: one",
        "version:",
        "version: This is not a whole number. Write it in digits.",
    ),
    "a number of five thousand digits": (
        "version: 1",
        f"version: {'9' * 5_000}",
        "version:",
        "version: This number is far too long. Write a small whole number.",
    ),
    "a list for a number": (
        "version: 1",
        "version: [1]",
        "version:",
        "version: A whole number is expected here. Write it in digits.",
    ),
    "a number that is too small": (
        "read: 2",
        "read: 0",
        "time_box:",
        "time_box.read: The number is too small. Write 1 or more.",
    ),
    "a number that is too large": (
        "HND: 2",
        "HND: 6",
        "minimum:",
        "bars.entry.minimum.HND: The number is too large. Write 5 or less.",
    ),
    "neither yes nor no": (
        "past: true",
        "past: often",
        "    past:",
        "probes.5.past: This is neither yes nor no. Write `true` or `false`.",
    ),
    "a list for yes or no": (
        "past: true",
        "past: [true]",
        "    past:",
        "probes.5.past: Yes or no is expected here. Write `true` or `false`.",
    ),
    "an empty list": (
        "[entry, mid]",
        "[]",
        "levels:",
        "levels: There are 0 items. Write at least 1.",
    ),
    "four anchors": (
        "      - The next therapist finds out by chance\n",
        "",
        "    anchors:\n      - '\"It''s in the chart\"'",
        "criteria.4.anchors: There are 4 items. Write at least 5.",
    ),
    "six anchors": (
        "      - The next therapist finds out by chance\n",
        "      - The next therapist finds out by chance\n      - Nobody does\n",
        "    anchors:\n      - The next therapist",
        "criteria.4.anchors: There are 6 items. Write at most 5.",
    ),
    "a level 4 that builds on nothing": (
        "as 3, plus puts the precaution where",
        "Puts the precaution where",
        ">-\n        Puts the precaution",
        "criteria.4.anchors.4: The anchor of level 4 does not say what it builds on. "
        'Begin it with "as 3, plus".',
    ),
    "a level 5 that builds on level 3": (
        "as 4, plus tells the desk",
        "as 3, plus tells the desk",
        ">-\n        as 3, plus tells the desk",
        "criteria.4.anchors.5: The anchor of level 5 does not say what it builds on. "
        'Begin it with "as 4, plus".',
    ),
    "a competency that the library does not have": (
        "code: HND",
        "code: XYZ",
        "  - code: XYZ",
        "criteria.4.code: XYZ is not in the competency library. "
        "Use one of SAF, ESC, DOC, HND, PRI, ASM, POC, EDU, VER, RLT, SYS, or add it to competencies.yaml.",
    ),
    "a competency scored twice": (
        "code: HND",
        "code: DOC",
        "  - code: DOC\n    anchors",
        "criteria.4.code: DOC is scored twice. Keep one of the two.",
    ),
    "a probe for a criterion that is not scored": (
        "criteria: [HND]",
        "criteria: [PRI]",
        "  - criteria: [PRI]",
        "probes.4.criteria.1: PRI is not a criterion of this scenario. Use one of SAF, ESC, DOC, HND.",
    ),
    "no probe about the past": (
        "    past: true\n",
        "",
        "probes:\n",
        "probes: No probe asks about past behavior. Add one with `past: true`.",
    ),
    "a prompt that is too short": (
        "prompt: >-",
        "prompt: What do you do?\nx: >-",
        "prompt:",
        "prompt: The prompt has 4 words. Write 90 to 200 words.",
    ),
    "a prompt that is too long": (
        "You are an OT, four months",
        f"{'very ' * 60}You are an OT, four months",
        "prompt:",
        "prompt: The prompt has 218 words. Write 90 to 200 words.",
    ),
    "four facts": (
        "facts:",
        "facts: [One., Two., Three., Four.]\nx:",
        "facts:",
        "facts: There are 4 facts on request. Write 5 to 12 facts.",
    ),
    "thirteen facts": (
        "facts:\n",
        "facts:\n  - Another.\n  - One more.\n  - The last.\n",
        "facts:",
        "facts: There are 13 facts on request. Write 5 to 12 facts.",
    ),
    "six probes": (
        "probes:\n",
        "probes:\n  - criteria: [SAF]\n    text: And then?\n",
        "probes:\n",
        "probes: There are 6 probes. Write 3 to 5 probes.",
    ),
    "two criteria": (
        "criteria:\n  - code: SAF",
        "criteria:\n  - {code: SAF, anchors: [a, b, c, 'as 3, plus d', 'as 4, plus e']}\n"
        "  - {code: ESC, anchors: [a, b, c, 'as 3, plus d', 'as 4, plus e']}\nx:\n  - code: SAF",
        "criteria:\n  - {code",
        "criteria: There are 2 criteria. Write 3 to 5 criteria.",
    ),
    "a level it was written for but may not be used at": (
        "written_for: entry",
        "written_for: senior",
        "levels:",
        "levels: Senior is missing, the level it was written for. Add it.",
    ),
    "a level given twice": (
        "levels: [entry, mid]",
        "levels: [entry, mid, entry]",
        "levels:",
        "levels.3: Entry is given twice. Keep one.",
    ),
    "a level without a bar": (
        "levels: [entry, mid]",
        "levels: [entry, mid, senior]",
        "bars:",
        "bars: There is no bar for senior. Add the minimum of each criterion.",
    ),
    "a bar for another level": (
        "levels: [entry, mid]",
        "levels: [entry]",
        "  mid:",
        "bars.mid: The scenario is not for this level. Remove the bar, or add the level to `levels`.",
    ),
    "a bar that leaves a criterion out": (
        ", HND: 2",
        "",
        "    minimum:",
        "bars.entry.minimum: HND has no minimum. Write `HND:` and a level from 1 to 5.",
    ),
    "a bar on a criterion that is not scored": (
        "HND: 2",
        "HND: 2, PRI: 3",
        "    minimum:",
        "bars.entry.minimum.PRI: This is not a criterion of the scenario. Use one of SAF, ESC, DOC, HND.",
    ),
    "a count of criteria that are not scored": (
        "HND: 2}",
        "HND: 2}\n    count: {at_least: 1, of: [SAF, PRI], level: 4}",
        "    count:",
        "bars.entry.count.of.2: PRI is not a criterion of this scenario. Use one of SAF, ESC, DOC, HND.",
    ),
    "a count that cannot be reached": (
        "HND: 2}",
        "HND: 2}\n    count: {at_least: 2, of: [SAF, SAF], level: 4}",
        "    count:",
        "bars.entry.count.at_least: It asks for more criteria than it names. Lower it.",
    ),
    "a count over the loop of what no scenario scores": (
        "HND: 2}",
        "HND: 2}\n    count: {at_least: 1, of: [ASM, XYZ], level: 4, over_loop: true}",
        "    count:",
        "bars.entry.count.of.2: XYZ is not a criterion of the library. "
        "Use one of SAF, ESC, DOC, HND, PRI, ASM, POC, EDU, VER, RLT, SYS.",
    ),
    "a question that is neither rated nor decided": (
        "facts:\n",
        "questions:\n  - text: Shall we?\nfacts:\n",
        "  - text: Shall we?",
        "questions.1: An answer is either decided or rated. Give it either `verdict` or `criteria`.",
    ),
    "a question that is both": (
        "facts:\n",
        "questions:\n  - text: Shall we?\n    criteria: [SAF]\n"
        "    verdict: {to_pass: a, to_hold: b, to_fail: c}\nfacts:\n",
        "  - text: Shall we?",
        "questions.1: An answer is either decided or rated. Give it either `verdict` or `criteria`.",
    ),
    "a question for a criterion that is not scored": (
        "facts:\n",
        "questions:\n  - text: Shall we?\n    criteria: [PRI]\nfacts:\n",
        "    criteria: [PRI]",
        "questions.1.criteria.1: PRI is not a criterion of this scenario. Use one of SAF, ESC, DOC, HND.",
    ),
    "a probe after a question that is not asked": (
        "  - criteria: [HND]",
        "  - criteria: [HND]\n    after: 1",
        "    after: 1",
        "probes.4.after: There is no question 1. Write the number of a question, or remove `after`.",
    ),
    "no review points where an artifact is accepted": (
        "  review:\n    - the check before heat\n    - layers and time\n    - who looks and when\n"
        "    - stop rule\n    - where it is recorded\n",
        "",
        "artifact:",
        "artifact.review: There are 0 review points. Write 5 of them.",
    ),
    "four review points": (
        "    - stop rule\n",
        "",
        "  review:",
        "artifact.review: There are 4 review points. Write 5 of them.",
    ),
    "an invented incident in a published scenario": (
        "status: pilot",
        "status: published",
        "status:",
        "status: A scenario that stands on an invented incident cannot be published. "
        "Keep it `pilot` until a collected incident replaces it.",
    ),
}


@pytest.mark.parametrize(("old", "new", "at", "expected"), SPOILT.values(), ids=SPOILT)
def test_an_author_is_told_where_and_how_to_mend(old, new, at, expected):
    files = changed((old, new))

    assert f"{NEAR_MISS}:{line_of(files, at)}: {expected}" in refusal_of(files)


def test_an_author_is_told_everything_about_every_file_at_once():
    files = changed(("title:", "titel:"), ("criteria: [HND]", "criteria: [PRI]"), ("HND: 2", "HND: 9"))
    files[HEADER] = files[HEADER].replace(b"version: 2", b"version: 0")

    assert refusal_of(files) == [
        f"{HEADER}:{line_of(files, 'version', HEADER)}: version: The number is too small. Write 1 or more.",
        f"{NEAR_MISS}:1: title: The field `title` is missing. Add it here.",
        f"{NEAR_MISS}:{line_of(files, 'titel')}: titel: No field is called so here. "
        "Remove it, or correct its spelling (perhaps `title`).",
        f"{NEAR_MISS}:{line_of(files, '  - criteria: [PRI]')}: probes.4.criteria.1: "
        "PRI is not a criterion of this scenario. Use one of SAF, ESC, DOC, HND.",
        f"{NEAR_MISS}:{line_of(files, '    minimum:')}: bars.entry.minimum.HND: "
        "The number is too large. Write 5 or less.",
    ]


def test_a_refusal_can_be_read_by_a_program():
    with pytest.raises(PackError) as refusal:
        read_pack(changed(("status: pilot", "status: ready")), folder="mine")

    [problem] = refusal.value.problems
    assert (problem.file, problem.line, problem.path) == (f"mine/{NEAR_MISS}", 3, "status")
    assert problem.message == "This word is not on the list"
    assert problem.remedy == "Write 'draft', 'pilot', 'published' or 'retired'."


def test_a_thousand_unknown_fields_are_all_named():
    unknown = "".join(f"titel{number}: x\n" for number in range(1_000))

    refusal = refusal_of(changed(("title:", f"{unknown}title:")))

    assert len(refusal) == 1_000
    assert (
        "titel0: No field is called so here. Remove it, or correct its spelling (perhaps `title`)."
        in refusal[0]
    )
    assert refusal[-1].endswith("titel999: No field is called so here. Remove it, or correct its spelling.")
