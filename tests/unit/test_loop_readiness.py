"""What is looked at before a loop opens, and what a loop covers."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from app.core.errors import Invalid
from app.disclosures.facts import Basis
from app.disclosures.freshness import Dated
from app.disclosures.published import Published
from app.jobs.rules import Profile
from app.loops.readiness import (
    Check,
    Mend,
    Place,
    Preparation,
    Workload,
    blocks,
    check_may_open,
    gaps,
    readiness,
)
from app.loops.rules import Planned, Scored, coverage
from scenarios import JobAnalysis, Level, Role, Scenario, Setting, Status, load_pack, shipped_packs

MID = Profile(Setting.OUTPATIENT, Role.OT, Level.MID)
IRIS, IVO, HANA = 1, 2, 3
TODAY = date(2026, 11, 22)
VISITS = Dated(TODAY - timedelta(days=30), "Visits completed a week", Basis.MEASURED)
[NEAR_MISS] = [
    one
    for folder in shipped_packs()
    for one in load_pack(folder).scenarios
    if one.id == "snm-outpatient-ot-entry"
]


def stage(
    position: int,
    codes: str,
    raters: Sequence[int] = (IRIS, IVO),
    *,
    critical: str = "",
    bar: int = 3,
    **more: Any,
) -> Planned:
    """A stage that scores these codes, some of them critical."""
    scored = tuple(Scored(code, f"The {code}", code in critical.split(), bar) for code in codes.split())
    return Planned(position, scored, frozenset(raters), **more)


def scenario(of: Planned | None = None, **more: Any) -> Scenario:
    """The scenario of a stage, which says nothing of the usual workload; anything can be said otherwise."""
    anchored = NEAR_MISS.criteria[0]
    criteria = tuple(anchored.model_copy(update={"code": one.code}) for one in of.scored) if of else ()
    return NEAR_MISS.model_copy(update={"criteria": criteria, "facts": (), "status": Status.PUBLISHED} | more)


def prepared(stages: Sequence[Planned], **more: Any) -> Preparation:
    """A loop of these stages with everything ready around it; anything can be said otherwise."""
    given = {
        "scenarios": [scenario(one) for one in stages],
        "profile": MID,
        "today": TODAY,
        "has_pay_range": True,
        "workload": Workload(2, (VISITS,), {}),
        "is_guide_read": True,
    }
    return Preparation(stages, **(given | more))


def check(name: str, stages: Sequence[Planned], **more: Any) -> Check:
    return next(one for one in readiness(prepared(stages, **more)) if one.name == name)


SOUND = [stage(1, "SAF ESC DOC", critical="SAF")]


def test_a_sound_loop_has_neither_blocks_nor_gaps() -> None:
    checks = readiness(prepared(SOUND))
    assert [one for one in checks if not one.holds] == []
    check_may_open(checks, "")


def test_coverage_keeps_the_order_of_the_stages_and_counts_ratings_and_raters() -> None:
    rows = coverage([stage(1, "SAF DOC", critical="SAF", bar=2), stage(2, "PRI SAF", [IRIS, IVO, HANA])])

    assert [(row.code, row.ratings, row.raters, row.bars) for row in rows] == [
        ("SAF", 5, 3, [2, 3]),
        ("DOC", 2, 2, [2]),
        ("PRI", 3, 3, [3]),
    ]
    assert [bool(cell) for cell in rows[1].cells] == [True, False]
    assert rows[0].is_critical
    assert not rows[2].is_critical


@pytest.mark.parametrize(
    ("name", "stages", "more", "title"),
    [
        ("stages", [], {}, "No stage yet"),
        ("panels", [stage(1, "SAF"), stage(2, "DOC", [])], {}, "Stage 2: no panel"),
        ("pay-range", [stage(1, "SAF")], {"has_pay_range": False}, "No pay range yet"),
    ],
)
def test_what_blocks_opening(name: str, stages: list[Planned], more: dict[str, Any], title: str) -> None:
    found = check(name, stages, **more)
    assert (found.title, found.holds, found.blocks) == (title, False, True)
    with pytest.raises(Invalid, match=title):
        check_may_open([found], "a reason does not help")


@pytest.mark.parametrize(
    ("name", "stages", "more", "title"),
    [
        ("panels", [stage(1, "DOC", [IRIS]), stage(3, "PRI", [IVO])], {}, "Stages 1 and 3: a panel of one"),
        (
            "critical",
            [stage(1, "SAF", [IRIS], critical="SAF")],
            {},
            "SAF: critical, with fewer than two raters",
        ),
        (
            "critical",
            [stage(n, "SAF", [IRIS], critical="SAF") for n in (1, 2)],
            {},
            "SAF: critical, with fewer than two raters",
        ),
        ("competencies", [stage(1, "A B C D E"), stage(2, "F G H I")], {}, "9 competencies"),
        ("competencies", [stage(1, "A B C D E F")], {}, "6 criteria in one stage"),
        ("core", [stage(1, "SAF PRI")], {}, "ESC, DOC: scored in no stage"),
        ("disclosure", SOUND, {"workload": None}, "No workload disclosure published"),
        ("weights", SOUND, {"has_equal_weights": False}, "Weights differ, and nobody said why"),
        ("guide", SOUND, {"is_guide_read": False}, "Nobody has read the candidate's guide"),
        (
            "scenarios",
            [stage(1, "SAF", differences=("home health", "entry level"))],
            {},
            "Stage 1: written for home health, entry level",
        ),
        (
            "rubrics",
            SOUND,
            {"scenarios": [scenario(SOUND[0], status=Status.RETIRED)]},
            "Stage 1: its scenario is retired",
        ),
        (
            "rubrics",
            SOUND,
            {"scenarios": [scenario(SOUND[0], status=Status.DRAFT)]},
            "Stage 1: its scenario is a draft",
        ),
        ("rubrics", SOUND, {"retired": {1: 3}}, "Stage 1: its scenario is retired since version 3"),
        ("rubrics", SOUND, {"scenarios": [scenario()]}, "Stage 1: no anchors for SAF, ESC, DOC"),
        (
            "job-analysis",
            SOUND,
            {
                "scenarios": [
                    scenario(
                        SOUND[0],
                        job_analysis=JobAnalysis.model_construct(
                            task=" ", incident="A fall.", incident_source="collected"
                        ),
                    )
                ]
            },
            "Stage 1: tied to no task and incident of the job",
        ),
        ("role", SOUND, {"lacking": ["why the role exists"]}, "The role is not described in full"),
        ("role", SOUND, {"unowned": ["Supervision"]}, "The role is not described in full"),
    ],
)
def test_what_needs_a_reason(name: str, stages: list[Planned], more: dict[str, Any], title: str) -> None:
    found = check(name, stages, **more)
    assert (found.title, found.holds, found.blocks) == (title, False, False)
    assert found.mend, "Whatever is missing leads to where it is mended."
    with pytest.raises(Invalid, match="Say why the loop opens as it is"):
        check_may_open([found], "")
    check_may_open([found], "a reason")


def test_a_critical_criterion_may_have_its_two_raters_in_two_stages() -> None:
    stages = [stage(1, "SAF", [IRIS], critical="SAF"), stage(2, "SAF", [IVO], critical="SAF")]
    assert check("critical", stages).holds


def test_eight_competencies_of_five_a_stage_are_not_too_many() -> None:
    assert check("competencies", [stage(1, "A B C D E"), stage(2, "A F G H")]).holds


def test_blocks_and_gaps_are_told_apart() -> None:
    checks = readiness(prepared([stage(1, "SAF ESC DOC", [IRIS])], has_pay_range=False))
    assert [one.name for one in blocks(checks)] == ["pay-range"]
    assert [one.name for one in gaps(checks)] == ["panels"]


def test_core_criteria_may_stand_in_any_stage_and_are_asked_of_clinical_roles_only() -> None:
    assert check("core", [stage(1, "SAF ESC"), stage(2, "DOC")]).holds
    desk = Profile(Setting.CLINIC_FRONT_DESK, Role.COORDINATOR, Level.ENTRY)
    checks = readiness(prepared([stage(1, "PRI")], profile=desk))
    assert "core" not in [one.name for one in checks]


def test_a_pilot_may_be_used_and_is_named() -> None:
    stages = [stage(1, "SAF"), stage(2, "DOC")]
    pilots = [scenario(stages[0], status=Status.PILOT), scenario(stages[1])]
    found = check("rubrics", stages, scenarios=pilots)
    assert found.holds
    assert found.detail == "Stage 1: pilot, not yet reviewed by a licensed practitioner."


def test_weights_may_differ_for_a_reason() -> None:
    assert check("weights", SOUND, has_equal_weights=False, weights_reason="Safety first.").holds


def test_the_role_names_everything_that_nobody_has_said() -> None:
    found = check("role", SOUND, lacking=["why the role exists", "what it decides"], unowned=["First weeks"])
    assert found.detail == "Nobody said why the role exists, what it decides and who answers for first weeks."
    assert found.mend == (Mend("Describe the role", Place.ROLE), Mend("Name the owners", Place.OWNERS))


# How old the disclosure is ----------------------------------------------------------------------------------


def aged(days: int, basis: Basis = Basis.MEASURED) -> Check:
    fact = Dated(TODAY - timedelta(days=days), "Visits completed a week", basis)
    return check("disclosure", SOUND, workload=Workload(2, (fact,), {}))


def test_a_disclosure_is_fresh_for_ninety_days_and_then_aging() -> None:
    assert aged(90).title == "Workload disclosure version 2 is published and fresh"
    found = aged(91)
    assert found.holds
    assert found.detail == "One fact (visits completed a week) is aging; stale after 19 February 2027."


def test_after_a_hundred_and_eighty_days_it_is_stale_which_is_a_gap() -> None:
    assert aged(180).holds
    found = aged(181)
    assert (found.holds, found.blocks) == (False, False)
    assert found.title == "Workload disclosure version 2 is stale since 21 November 2026"
    assert found.mend == (
        Mend("Look at it again", Place.UPKEEP),
        Mend("Bring the disclosure up to date", Place.DISCLOSURE),
    )


def test_rules_of_the_house_are_looked_at_again_after_a_hundred_and_eighty_days() -> None:
    assert aged(91, Basis.POLICY).title == "Workload disclosure version 2 is published and fresh"
    assert not aged(181, Basis.LAW).holds


def test_one_stale_fact_among_fresh_ones_is_named() -> None:
    old = Dated(TODAY - timedelta(days=200), "No-shows", Basis.MEASURED)
    found = check("disclosure", SOUND, workload=Workload(1, (VISITS, old), {}))
    assert (
        found.detail
        == "One fact (no-shows) is too old to be read as true. Confirm what is old and publish again."
    )


# What scenarios say of the workload -------------------------------------------------------------------------


def compared(fact: str, **published: Published) -> Check:
    return check(
        "workload",
        SOUND,
        scenarios=[scenario(SOUND[0], facts=(fact,))],
        workload=Workload(1, (VISITS,), published),
    )


def test_a_stage_that_says_otherwise_than_the_disclosure_is_a_gap() -> None:
    found = compared(
        "The published page says 10 visits on a typical day.", visits_completed=Published(typical=40)
    )
    assert (found.holds, found.blocks) == (False, False)
    assert found.title == "Stage 1 says 10 visits a day, the disclosure 8"
    assert found.mend == (
        Mend("Change stage 1", Place.STAGE, 1),
        Mend("Correct the disclosure", Place.DISCLOSURE),
    )


def test_a_stage_that_agrees_with_the_disclosure_holds() -> None:
    assert compared("Follow-up 40.", follow_up_minutes=Published(typical=45, low=35, high=50)).holds


def test_what_holds_for_this_day_alone_is_not_compared() -> None:
    assert compared("Follow-up is 20 this day.", follow_up_minutes=Published(typical=45)).holds


def test_without_a_disclosure_there_is_nothing_to_compare_with() -> None:
    names = [one.name for one in readiness(prepared(SOUND, workload=None))]
    assert "workload" not in names


def test_only_the_first_contradictions_are_spelled_out() -> None:
    facts = ("Follow-up 40. Evaluation 60. Turnover 5. Driving 95.",)
    published = {
        key: Published(typical=1) for key in ("follow_up_minutes", "evaluation_minutes", "turnover", "travel")
    }
    found = check(
        "workload",
        SOUND,
        scenarios=[scenario(SOUND[0], facts=facts)],
        workload=Workload(1, (), published),
    )
    assert found.title.count("the disclosure") == 3
    assert "1 more like this." in found.detail
