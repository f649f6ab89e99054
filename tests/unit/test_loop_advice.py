"""What the coverage grid advises: each thing in one sentence, with what to do about it."""

from collections.abc import Sequence

import pytest

from app.core.errors import Conflict
from app.jobs.rules import Profile
from app.loops.advice import advice, minutes_of
from app.loops.rules import Planned, Scored, moved, owed
from scenarios import Level, Role, Setting

IRIS, IVO, HANA, MAX, WREN = 1, 2, 3, 4, 5
NAMES = {IRIS: "Iris Okafor", IVO: "Ivo Lind", HANA: "Hana Sato", MAX: "Max Moreno", WREN: "Wren Abbot"}


def stage(
    position: int, codes: str, raters: Sequence[int] = (IRIS, IVO), *, critical: str = "", minutes: int = 30
) -> Planned:
    scored = tuple(Scored(code, f"The {code}", code in critical.split(), 3) for code in codes.split())
    return Planned(position, scored, frozenset(raters), minutes=minutes)


def said(*stages: Planned) -> list[tuple[str, str]]:
    return [(one.sentence, one.remedy) for one in advice(stages, NAMES)]


def test_a_loop_whose_criteria_are_each_seen_twice_by_two_people_needs_no_advice() -> None:
    assert said(stage(1, "SAF DOC", critical="SAF"), stage(2, "SAF DOC", [HANA, MAX])) == []
    assert said() == []


def test_a_stage_without_a_panel_leaves_its_criteria_to_nobody() -> None:
    assert said(stage(1, "SAF DOC HND", []))[0] == (
        "Stage 1 has no panel, so nobody rates its SAF, DOC and HND",
        "Choose who interviews.",
    )
    assert advice([stage(1, "SAF", [])], NAMES)[0].stage == 1


def test_a_critical_criterion_that_one_person_rates_needs_another() -> None:
    alone = said(stage(1, "SAF", [IRIS], critical="SAF"))
    twice_the_same = said(stage(1, "SAF", [IRIS], critical="SAF"), stage(2, "SAF", [IRIS]))

    assert alone == [
        ("The SAF is critical, and one person alone rates it", "Add somebody to the panel of stage 1.")
    ]
    assert twice_the_same[0][1] == "Add somebody to the panel of stage 1 or 2."


def test_a_criterion_in_one_stage_only_is_named_once_for_all() -> None:
    one = said(stage(1, "SAF DOC"), stage(2, "SAF"))
    two = said(stage(1, "SAF DOC"), stage(2, "SAF PRI"))

    assert [sentence for sentence, _ in one] == ["The DOC is scored in one stage only"]
    assert [sentence for sentence, _ in two] == ["The DOC and The PRI are scored in one stage only"]
    assert said(stage(1, "SAF DOC")) == [], "a loop of one stage has no other"


def test_a_stage_with_more_criteria_than_a_rater_can_follow_is_too_full() -> None:
    found = said(stage(1, "A B C D E F"))

    assert found == [
        (
            "Stage 1 has 6 criteria; raters follow 5",
            "Choose a scenario with fewer, or split it over two stages.",
        )
    ]


def test_more_competencies_than_can_be_kept_apart_are_too_many() -> None:
    found = said(stage(1, "A B C D E"), stage(2, "A B C D E"), stage(3, "F G H I", [HANA, MAX]))

    assert (
        "The loop scores 9 competencies; raters keep 8 apart",
        "Choose scenarios that share competencies.",
    ) in found


def test_a_fifth_person_on_a_panel_adds_hours_and_no_coverage() -> None:
    found = said(stage(1, "SAF", [IRIS, IVO, HANA, MAX, WREN]))

    assert found == [("Stage 1 has a panel of 5: more hours, nothing more seen", "2 to 4 people are enough.")]


@pytest.mark.parametrize(("minutes", "is_said"), [(90, False), (91, True)])
def test_a_day_longer_than_three_hours_is_too_long_for_a_candidate(minutes: int, is_said: bool) -> None:
    found = said(stage(1, "SAF", minutes=90), stage(2, "SAF", minutes=minutes))

    assert any("sits for 181 minutes, more than 3 hours" in sentence for sentence, _ in found) == is_said


def test_somebody_who_sits_in_every_stage_is_named_with_their_minutes() -> None:
    stages = [stage(1, "SAF"), stage(2, "SAF", [IRIS, HANA]), stage(3, "SAF", [IRIS, MAX], minutes=25)]

    assert said(*stages) == [
        (
            "Iris Okafor sits in all 3 stages, 85 minutes a candidate, so one view weighs in everywhere",
            "Give one of the stages to somebody else.",
        )
    ]
    assert minutes_of(stages, IVO) == 30
    assert said(*stages[:2]) == [], "of two stages somebody may sit in both"


def test_a_stage_goes_one_place_earlier_or_later_and_no_further() -> None:
    assert moved(2, 3, earlier=True) == 1
    assert moved(2, 3, earlier=False) == 3
    for number, earlier in ((1, True), (3, False)):
        with pytest.raises(Conflict):
            moved(number, 3, earlier=earlier)


def test_what_the_work_rests_on_and_no_stage_scores_is_named() -> None:
    wanted = {"SAF": "Safety-first judgment", "HND": "Handoff"}
    stages = [stage(1, "SAF DOC"), stage(2, "SAF DOC", [HANA, MAX])]

    assert [(one.sentence, one.remedy) for one in advice(stages, NAMES, wanted)] == [
        (
            "Handoff is scored in no stage, so nobody owns it",
            "Choose a scenario that scores it, or score it where a stage leaves it out.",
        )
    ]
    assert advice([], NAMES, wanted) == [], "an empty loop lacks stages, not criteria"
    assert advice(stages, NAMES) == []


def test_only_clinical_roles_owe_the_four() -> None:
    clinical = Profile(Setting.OUTPATIENT, Role.OTA, Level.MID)
    assert list(owed(clinical)) == ["SAF", "ESC", "DOC", "HND"]
    assert not owed(Profile(Setting.CLINIC_FRONT_DESK, Role.COORDINATOR, Level.MID))
