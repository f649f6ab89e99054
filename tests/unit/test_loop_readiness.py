"""What is looked at before a loop opens, and what a loop covers."""

from collections.abc import Sequence

import pytest

from app.core.errors import Invalid
from app.jobs.rules import Profile
from app.loops.readiness import Check, blocks, check_may_open, gaps, readiness
from app.loops.rules import Planned, Scored, coverage
from scenarios import Level, Role, Setting

MID = Profile(Setting.OUTPATIENT, Role.OT, Level.MID)
IRIS, IVO, HANA = 1, 2, 3


def stage(
    position: int,
    codes: str,
    raters: Sequence[int] = (IRIS, IVO),
    *,
    critical: str = "",
    bar: int = 3,
    **more: object,
) -> Planned:
    """A stage that scores these codes, some of them critical."""
    scored = tuple(Scored(code, f"The {code}", code in critical.split(), bar) for code in codes.split())
    return Planned(position, scored, frozenset(raters), **more)


def check(name: str, stages: Sequence[Planned], **more: bool) -> Check:
    given = {"has_pay_range": True, "has_disclosure": True} | more
    return next(one for one in readiness(stages, MID, **given) if one.name == name)


def test_a_sound_loop_has_neither_blocks_nor_gaps() -> None:
    checks = readiness([stage(1, "SAF ESC", critical="SAF")], MID, has_pay_range=True, has_disclosure=True)
    assert all(one.holds for one in checks)
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
        ("scenarios", [stage(1, "SAF", has_bar=False)], {}, "Stage 1: no bar for mid level"),
        ("pay-range", [stage(1, "SAF")], {"has_pay_range": False}, "No pay range yet"),
    ],
)
def test_what_blocks_opening(name: str, stages: list[Planned], more: dict[str, bool], title: str) -> None:
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
        ("disclosure", [stage(1, "SAF")], {"has_disclosure": False}, "No workload disclosure published"),
        (
            "scenarios",
            [stage(1, "SAF", differences=("home health", "entry level"))],
            {},
            "Stage 1: written for home health, entry level",
        ),
    ],
)
def test_what_needs_a_reason(name: str, stages: list[Planned], more: dict[str, bool], title: str) -> None:
    found = check(name, stages, **more)
    assert (found.title, found.holds, found.blocks) == (title, False, False)
    with pytest.raises(Invalid, match="Say why the loop opens as it is"):
        check_may_open([found], "")
    check_may_open([found], "a reason")


def test_a_critical_criterion_may_have_its_two_raters_in_two_stages() -> None:
    stages = [stage(1, "SAF", [IRIS], critical="SAF"), stage(2, "SAF", [IVO], critical="SAF")]
    assert check("critical", stages).holds


def test_eight_competencies_of_five_a_stage_are_not_too_many() -> None:
    assert check("competencies", [stage(1, "A B C D E"), stage(2, "A F G H")]).holds


def test_blocks_and_gaps_are_told_apart() -> None:
    checks = readiness([stage(1, "DOC", [IRIS])], MID, has_pay_range=False, has_disclosure=True)
    assert [one.name for one in blocks(checks)] == ["pay-range"]
    assert [one.name for one in gaps(checks)] == ["panels"]
