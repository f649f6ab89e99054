"""A scenario may say a fact that is told unasked, at its minute of the answer."""

from scenarios import PackError, Scenario, canonical, digest, gates, load_pack, read_pack, shipped_packs
from scenarios.comparing import compare
from scenarios.editing import texts_of, tree_of, with_row
from scenarios.fields import label_of
from scenarios.layout import write_scenario
from scenarios.loader import read_document
from scenarios.reviewing import review
from tests.scenarios.files import changed

CHAIR = next(
    one for path in shipped_packs() for one in load_pack(path).scenarios if one.id == "snm-acute-ot-mid"
)
CALL = "The charge nurse calls about bed four."
TIMED = with_row(texts_of(CHAIR), "timed_facts") | {
    "timed_facts.1.minute": "3",
    "timed_facts.1.text": CALL,
}


def interrupted(texts: dict[str, str] = TIMED) -> Scenario:
    """The scenario that these texts are."""
    tree = tree_of(texts, id=CHAIR.id, version="1", status=CHAIR.status.value)
    return Scenario.model_validate(tree)


def refused(*lines: str) -> list[str]:
    """What is said of a file with these timed facts; its answer has six minutes."""
    files = changed(("constraints:\n", "\n".join(["timed_facts:", *lines, "constraints:\n"])))
    try:
        read_pack(files)
    except PackError as error:
        return [str(problem).split(": ", maxsplit=1)[1] for problem in error.problems]
    return []


def test_it_is_numbered_after_the_facts_on_request():
    scenario = interrupted()

    assert scenario.all_facts == (*CHAIR.facts, CALL)
    assert scenario.timed_facts[0].minute == 3


def test_a_scenario_without_one_keeps_its_digest_and_one_with_it_gets_another():
    assert "timed_facts" not in canonical(CHAIR)
    assert digest(interrupted()) != digest(CHAIR)


def test_it_is_written_in_one_layout_and_read_back():
    data = write_scenario(interrupted())

    assert f"timed_facts:\n  - minute: 3\n    text: {CALL}\nconstraints:\n".encode() in data
    assert read_document(data, f"{CHAIR.id}.yaml")[0] == interrupted()


def test_an_author_fills_it_in_and_takes_it_out_like_any_row():
    assert texts_of(interrupted()) == TIMED
    assert label_of("timed_facts.1.minute", TIMED) == "Timed fact 1, at minute"
    assert digest(interrupted(texts_of(CHAIR))) == digest(CHAIR)


def test_what_changed_is_said_with_its_minute():
    [change] = compare(texts_of(CHAIR), TIMED)

    assert change.label == "Timed facts"
    assert change.items[0][0].text == f"Minute 3: {CALL}"


def test_it_comes_before_the_answer_ends():
    assert refused("  - minute: 5", "    text: The phone rings.") == []
    assert refused("  - minute: 6", "    text: The phone rings.") == [
        "timed_facts.1.minute: The answer has 6 minutes, and minute 6 leaves none. "
        "Give it an earlier minute, or the answer more time."
    ]


def test_two_come_one_after_the_other_and_a_third_is_too_many():
    knock, ring = ("  - minute: 3", "    text: A knock."), ("  - minute: 3", "    text: The phone rings.")
    late = ("  - minute: 5", "    text: The fire bell.")

    assert refused(*knock, *ring) == [
        "timed_facts.2.minute: Minute 3 does not follow minute 3. "
        "Give each a minute of its own, the earlier one first."
    ]
    assert "timed_facts: There are 3 timed facts. Write at most 2." in refused(*knock, *late, *late)


def test_the_gates_read_it_like_every_other_fact():
    trait = interrupted(TIMED | {"timed_facts.1.text": "She says she is pregnant."})
    usual = interrupted(TIMED | {"timed_facts.1.text": "Mileage is paid."})

    assert [fault.path for fault in gates.check(trait)] == [("timed_facts", 0, "text")]
    assert [fault.path for fault in gates.check(usual)] == [("timed_facts", 0, "text")]


def test_what_is_wrong_stands_at_its_field():
    found = review(TIMED | {"timed_facts.1.minute": "soon"}, key=CHAIR.id, origin=CHAIR)

    assert [one.place for one in found.findings] == ["timed_facts.1.minute"]
