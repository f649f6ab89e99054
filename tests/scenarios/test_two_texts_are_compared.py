"""What changed is told field by field, with the words that went and came."""

from scenarios import load_pack, shipped_packs
from scenarios.comparing import compare, words
from scenarios.editing import texts_of, with_row, without_row

SHIPPED = {one.id: one for path in shipped_packs() for one in load_pack(path).scenarios}
CHAIR = texts_of(SHIPPED["snm-acute-ot-mid"])


def told(after, before=CHAIR):
    """The changes as text: what went in [-…-], what came in {+…+}."""
    signs = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return {
        change.label: [
            " ".join(signs[piece.mark.value].format(piece.text) for piece in item) for item in change.items
        ]
        for change in compare(before, after)
    }


def test_the_same_texts_do_not_differ():
    for scenario in SHIPPED.values():
        assert compare(texts_of(scenario), texts_of(scenario)) == []


def test_words_that_went_stand_before_those_that_came():
    assert told({**CHAIR, "title": "The chair by the door"}) == {
        "Title": ["The chair by the [-window-] {+door+}"]
    }


def test_nothing_is_lost_of_either_text():
    before, after = CHAIR["prompt"], texts_of(SHIPPED["snm-acute-ot-senior"])["prompt"]
    pieces = words(before, after)

    assert " ".join(one.text for one in pieces if one.mark.value != "added") == before
    assert " ".join(one.text for one in pieces if one.mark.value != "removed") == after


def test_of_a_list_only_the_items_that_differ_are_shown():
    facts = CHAIR["facts"].replace("Nurse has five patients", "Nurse has six patients")

    assert told({**CHAIR, "facts": f"{facts}\nA new fact."}) == {
        "Facts on request": ["Nurse has [-five-] {+six+} patients; charge nurse is free.", "{+A new fact.+}"]
    }


def test_items_with_nothing_in_common_are_one_that_went_and_one_that_came():
    flags = CHAIR["red_flags"].splitlines()

    assert told({**CHAIR, "red_flags": "\n".join([*flags[:2], "Sings", "Runs away from it all"])}) == {
        "Red flags": [
            "[-leaving him unchecked to stay on time-]",
            "[-physical restraint without order-]",
            "{+Sings+}",
            "{+Runs away from it all+}",
        ]
    }


def test_a_probe_that_moves_up_has_not_changed():
    assert told(without_row(CHAIR, "probes", 1)) == {
        "Probes": ["[-What has to be settled before you leave the room? (SAF)-]"]
    }


def test_a_criterion_is_found_by_its_code_wherever_it_stands():
    moved = without_row(CHAIR, "criteria", 4)

    assert set(told(moved)) == {"HND", *(f"HND, level {level}" for level in range(1, 6)), "Bar for mid"}


def test_a_choice_is_told_in_words():
    assert told({**CHAIR, "setting": "skilled-nursing", "time_box.paper_allowed": "true"}) == {
        "Setting": ["[-Inpatient acute-] {+Skilled nursing+}"],
        "Paper is allowed": ["[-No-] {+Yes+}"],
    }


def test_a_bar_is_told_by_level():
    after = {**CHAIR, "criteria.1.minimum.mid": "4", "bars.mid.count.at_least": "1"}
    after |= {"bars.mid.count.of": "ESC VER", "bars.mid.count.level": "4"}

    assert told(after) == {
        "Bar for mid": ["SAF [-3-] {+4+}", "{+At least 1 of ESC, VER reach 4+}"],
    }


def test_a_blank_row_is_a_change():
    assert "Probes" in told(with_row(CHAIR, "probes"))


def test_what_no_scenario_could_hold_is_not_taken_apart():
    facts = "\n".join(f"Fact {number}." for number in range(20_000))
    [change] = compare(CHAIR, {**CHAIR, "facts": facts})

    assert [piece.text for piece in change.items[0]] == [CHAIR["facts"], facts]
    assert words("a b", "c " * 9_000)[0].text == "a b"
