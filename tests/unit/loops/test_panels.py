"""Who sits where: what a panel must be, and how interviews are shared out evenly."""

from itertools import product

import pytest

from app.core.errors import Invalid
from app.loops.models import COUNTING_PARTS, AssignmentPart
from app.loops.panels import (
    MEANS,
    Load,
    Seat,
    Seated,
    check_panels,
    led,
    loads,
    minutes_by_person,
    propose,
    seat_key,
)

IRIS, IVO, HANA, MAX = 1, 2, 3, 4
LEAD, CO, SHADOW = AssignmentPart.LEAD, AssignmentPart.CO_INTERVIEWER, AssignmentPart.SHADOW


def stage(position: int, *seats: Seat, minutes: int = 12) -> Seated:
    return Seated(position, minutes, seats)


def people(seats: tuple[Seat, ...]) -> list[int]:
    return [seat.person for seat in seats]


def test_only_leads_and_co_interviewers_count() -> None:
    assert COUNTING_PARTS == (LEAD, CO)
    assert [part for part in AssignmentPart if Seat(IRIS, part).counts] == [LEAD, CO]


def test_every_part_is_explained() -> None:
    assert set(MEANS) == set(AssignmentPart)
    for part in (SHADOW, AssignmentPart.REVERSE_SHADOW):
        assert MEANS[part].endswith("scores for practice, and never enters a decision")


@pytest.mark.parametrize(
    ("seats", "sentence"),
    [
        ([], ""),
        ([Seat(IRIS, LEAD)], ""),
        ([Seat(IRIS, LEAD), Seat(IVO, CO), Seat(HANA, SHADOW)], ""),
        ([Seat(IRIS, CO)], "Choose who leads."),
        ([Seat(IRIS, SHADOW)], "Choose who leads."),
        ([Seat(IRIS, LEAD), Seat(IVO, LEAD)], "Two people lead. Choose one."),
        ([Seat(IRIS, LEAD), Seat(IRIS, CO)], "Each person sits on a panel once."),
    ],
)
def test_a_panel_has_one_lead_and_nobody_twice(seats: list[Seat], sentence: str) -> None:
    if not sentence:
        check_panels({2: seats})
        return
    with pytest.raises(Invalid) as refused:
        check_panels({1: [], 2: seats})
    assert refused.value.fields == {seat_key(2, 1): sentence}


def test_minutes_are_those_of_every_stage_somebody_sits_in_whatever_they_do_there() -> None:
    stages = [stage(1, Seat(IRIS, LEAD), Seat(IVO, SHADOW)), stage(2, Seat(IRIS, CO), minutes=16)]
    assert minutes_by_person(stages) == {IRIS: 28, IVO: 12}
    assert loads(stages[::-1]) == [Load(IRIS, (2, 1), 28), Load(IVO, (1,), 12)]


def test_empty_stages_get_two_people_each_least_minutes_first() -> None:
    found = propose(
        [stage(1, minutes=10), stage(2, minutes=20), stage(3, minutes=10)], [IRIS, IVO, HANA, MAX]
    )
    assert {position: people(seats) for position, seats in found.items()} == {
        1: [IRIS, IVO],
        2: [HANA, MAX],
        3: [IRIS, IVO] if found[3][0].person == IRIS else [IVO, IRIS],
    }
    assert found[3][0].person == IVO, "whoever has led less leads"
    assert [seat.part for seat in found[1]] == [LEAD, CO]


def test_what_somebody_chose_stays_as_it_is() -> None:
    chosen = (Seat(HANA, LEAD), Seat(IVO, CO))
    found = propose([stage(1, *chosen), stage(2)], [IRIS, IVO, HANA])
    assert list(found) == [2]
    assert IRIS in people(found[2])


@pytest.mark.parametrize(("many", "stages"), list(product([3, 4, 5, 7], [3, 4, 5])))
def test_nobody_sits_in_every_stage_where_that_can_be_avoided(many: int, stages: int) -> None:
    found = propose([stage(n + 1, minutes=10 + 5 * (n % 3)) for n in range(stages)], list(range(many)))
    for person in range(many):
        assert sum(person in people(seats) for seats in found.values()) < stages


def test_minutes_are_shared_out_evenly() -> None:
    stages = [stage(n, minutes=15) for n in range(1, 5)]
    found = propose(stages, [IRIS, IVO, HANA, MAX])
    minutes = minutes_by_person([stage(n, *seats, minutes=15) for n, seats in found.items()])
    assert set(minutes.values()) == {30}


def test_two_people_are_proposed_for_all_stages_where_there_are_no_others() -> None:
    found = propose([stage(1), stage(2), stage(3)], [IRIS, IVO])
    assert all(set(people(seats)) == {IRIS, IVO} for seats in found.values())
    alone = propose([stage(1)], [IRIS])
    assert people(alone[1]) == [IRIS]


def test_without_interviewers_or_empty_stages_nothing_can_be_proposed() -> None:
    with pytest.raises(Invalid, match="Nobody of the hiring team is an interviewer yet"):
        propose([stage(1)], [])
    with pytest.raises(Invalid, match="Every stage has somebody already"):
        propose([stage(1, Seat(IRIS, LEAD))], [IRIS])


def test_a_panel_whose_lead_has_gone_is_led_by_the_next_who_counts() -> None:
    assert led([Seat(HANA, SHADOW), Seat(IVO, CO)]) == (Seat(IVO, LEAD), Seat(HANA, SHADOW))
    assert led([Seat(HANA, SHADOW)]) == ()
    assert led([Seat(IRIS, LEAD)]) == (Seat(IRIS, LEAD),)
