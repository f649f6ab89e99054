"""What is found in a draft is what would be found in its file, at its field; and what a copy has to keep."""

import pytest

from scenarios import load_pack, shipped_packs
from scenarios.checking import problems_of
from scenarios.editing import texts_of, with_row, without_row
from scenarios.layout import write_scenario
from scenarios.loader import read_files
from scenarios.reviewing import place_of, review

SHIPPED = {one.id: one for path in shipped_packs() for one in load_pack(path).scenarios}
CHAIR, DESK = SHIPPED["snm-acute-ot-mid"], SHIPPED["snm-frontdesk-coordinator-entry"]
KEY = CHAIR.id


def found(**texts):
    said = {name.replace("__", "."): text for name, text in texts.items()}
    return review({**texts_of(CHAIR), **said}, key=KEY, origin=CHAIR).findings


@pytest.mark.parametrize("scenario", SHIPPED.values(), ids=SHIPPED)
def test_what_is_shipped_passes(scenario):
    assert review(texts_of(scenario), key=scenario.id, origin=scenario).passes


# A fault in a draft: the text that is typed, its field, and what a file of the same words is told.
FAULTS = [
    ("prompt", "Too short.", "The prompt has 2 words. Write 90 to 200 words."),
    ("facts", "One.\nTwo.", "There are 2 facts on request. Write 5 to 12 facts."),
    ("time_box.read", "two", "This is not a whole number. Write it in digits."),
    ("time_box.read", "121", "The number is too large. Write 120 or less."),
    ("kind", "a chat", "This word is not on the list. Write 'safety-near-miss'"),
    ("title", "", "There is no text. Write it."),
    ("title", "x" * 301, "The text is too long. Keep it to 300 characters."),
    ("levels", "", "There are 0 items. Write at least 1."),
    ("criteria.2.anchors.4", "Nothing more", "The anchor of level 4 does not say what it builds on."),
    ("criteria.2.weight", "11", "The number is too large. Write 10 or less."),
    ("criteria.5.code", "HND", "HND is scored twice. Keep one of the two."),
    ("criteria.1.minimum.mid", "6", "The number is too large. Write 5 or less."),
    ("probes.1.criteria", "POC", "POC is not a criterion of this scenario."),
    ("probes.4.after", "2", "There is no question 2. Write the number of a question, or remove `after`."),
    ("artifact.review", "One.", "There are 1 review points. Write 5 of them."),
    ("criteria.3.anchors.1", "Writes very little", 'The anchor says "very"'),
    ("do_not_ask", "fine\x07", "An invisible control character is in the text. Delete it."),
]


@pytest.mark.parametrize(("place", "text", "sentence"), FAULTS, ids=[f"{p}: {s[:25]}" for p, _, s in FAULTS])
def test_a_fault_is_told_at_its_field(place, text, sentence):
    findings = found(**{place: text})

    assert any(sentence.lower() in f"{one.message}. {one.remedy}".lower() for one in findings)
    assert any(one.place == place or place.startswith(one.place) for one in findings)


def test_a_rule_over_criteria_that_is_begun_is_finished():
    places = {one.place for one in found(bars__mid__count__of="SAF")}

    assert places == {"bars.mid.count.at_least", "bars.mid.count.level"}


GATES = [
    ("behavior", {"criteria__3__anchors__1": "Writes very little"}),
    ("no-answer", {"probes__3__text": CHAIR.criteria[2].anchors[2]}),
    ("traits", {"constraints": "ask about pregnancy"}),
    ("workload", {"facts": texts_of(CHAIR)["facts"] + "\nMileage is paid."}),
    ("reading-grade", {"prompt": "Institutionalization necessitates interdisciplinary communication " * 25}),
]


@pytest.mark.parametrize(("rule", "texts"), GATES, ids=[rule for rule, _ in GATES])
def test_each_gate_says_of_a_draft_what_it_says_of_its_file(rule, texts):
    said = {**texts_of(CHAIR), **{name.replace("__", "."): text for name, text in texts.items()}}
    reviewed = review(said, key=KEY, origin=CHAIR)
    assert reviewed.scenario is not None
    written = read_files({f"{KEY}.yaml": write_scenario(reviewed.scenario)})
    in_file = [one for one in problems_of(written) if one.path != "file"]

    def told_of(findings):
        return sorted((one.rule, one.message.split(": ", 1)[-1].lower(), one.remedy) for one in findings)

    assert rule in {one.rule for one in reviewed.findings}
    assert told_of(reviewed.findings) == told_of(in_file)


def test_an_item_of_a_list_is_named_by_its_line():
    [finding] = found(constraints="no aide\nno church\nno time")

    assert (finding.place, finding.label) == ("constraints", "Constraints")
    assert finding.message == 'Line 2: "church" names a protected trait'


def test_findings_stand_in_the_order_of_the_page():
    places = [one.place for one in found(disclosure_fields="", prompt="Short.", title="", red_flags="")]

    assert places == ["title", "prompt", "red_flags", "disclosure_fields"]


def test_the_gates_wait_until_the_shape_is_right():
    reviewed = review({**texts_of(CHAIR), "title": "", "red_flags": "church"}, key=KEY, origin=CHAIR)

    assert reviewed.scenario is None
    assert [one.place for one in reviewed.findings] == ["title"]


@pytest.mark.parametrize("code", ["SAF", "ESC", "DOC"])
def test_a_copy_of_a_clinical_scenario_keeps_what_protects_patients(code):
    number = CHAIR.codes.index(code) + 1
    reviewed = review(without_row(texts_of(CHAIR), "criteria", number), key=KEY, origin=CHAIR)

    assert ("criteria", "safeguards", f"{code} is missing, which the origin scores") in [
        (one.place, one.rule, one.message) for one in reviewed.findings
    ]


@pytest.mark.parametrize("number", [1, 2])
def test_what_is_critical_in_a_clinical_scenario_stays_so(number):
    [finding] = found(**{f"criteria.{number}.critical": ""})

    assert (finding.place, finding.rule) == (f"criteria.{number}.critical", "safeguards")


def test_another_criterion_may_go():
    texts = without_row(texts_of(CHAIR), "criteria", CHAIR.codes.index("HND") + 1)
    texts["probes.2.criteria"] = "ESC"

    assert review(texts, key=KEY, origin=CHAIR).passes


def test_a_scenario_of_no_clinic_may_change_what_is_critical():
    texts = {**texts_of(DESK), "criteria.1.critical": ""}

    assert review(texts, key=DESK.id, origin=DESK).passes


def test_a_row_that_is_still_blank_says_what_it_needs():
    texts = with_row(texts_of(CHAIR), "criteria")
    places = {one.place for one in review(texts, key=KEY, origin=CHAIR).findings}

    assert {"criteria.6.code", "criteria.6.anchors.1"} <= places


@pytest.mark.parametrize(
    ("spelled", "place"),
    [
        ("criteria.2.anchors.4", "criteria.2.anchors.4"),
        ("criteria.2.anchors", "criteria.2"),
        ("bars.mid.minimum.ESC", "criteria.2.minimum.mid"),
        ("bars.mid.minimum.EDU", "bars.mid"),
        ("bars.mid.count.of.1", "bars.mid.count.of"),
        ("facts.3", "facts"),
        ("status", ""),
    ],
)
def test_a_place_in_a_file_is_a_place_on_the_page(spelled, place):
    assert place_of(spelled, texts_of(CHAIR)) == place
