"""What facts of scenarios say of the usual workload, held against a job's published numbers."""

import pytest

from app.disclosures.published import Published
from app.loops.workload import contradictions
from scenarios import Scenario, load_pack, shipped_packs

[NEAR_MISS] = [
    one
    for folder in shipped_packs()
    for one in load_pack(folder).scenarios
    if one.id == "snm-outpatient-ot-entry"
]
WEEK = Published(typical=44, low=40, high=50, bad_week=57)


def scenario(fact: str) -> Scenario:
    return NEAR_MISS.model_copy(update={"facts": (fact,)})


def said(fact: str, **published: Published) -> list[str]:
    return [one.sentence for one in contradictions([scenario(fact)], published)]


@pytest.mark.parametrize(
    ("fact", "field", "published", "sentence"),
    [
        (
            "A session is 45 with 5 of writing after it.",
            "follow_up_minutes",
            Published(typical=30),
            "stage 1 says 45 minutes for a follow-up, the disclosure 30",
        ),
        (
            "Each session takes 60 minutes, then 4 of writing.",
            "follow_up_writing",
            Published(typical=8, low=6, high=12),
            "stage 1 says 4 minutes of writing after a follow-up, the disclosure 6 to 12",
        ),
        (
            "The target is 80%.",
            "target",
            Published(typical=75),
            "stage 1 says 80 % productive, the disclosure 75",
        ),
        (
            "One in five does not arrive.",
            "no_show",
            Published(typical=12, low=7, high=17),
            "stage 1 says 20 % not arriving, the disclosure 7 to 17",
        ),
        (
            "Salaried staff.",
            "pay_class",
            Published(text="hourly"),
            "stage 1 says salaried, the disclosure hourly",
        ),
        (
            "Two minutes between patients.",
            "turnover",
            Published(typical=5),
            "stage 1 says 2 minutes between patients, the disclosure 5",
        ),
    ],
)
def test_a_fact_that_says_otherwise_is_found(
    fact: str, field: str, published: Published, sentence: str
) -> None:
    assert said(fact, **{field: published}) == [sentence]


@pytest.mark.parametrize(
    ("fact", "field", "published"),
    [
        ("Follow-up visit 45.", "follow_up_minutes", Published(typical=40, low=35, high=45)),
        ("About one in ten does not arrive.", "no_show", Published(typical=12, low=7, high=17)),
        ("Your paid day is 480 minutes.", "paid_minutes", Published(typical=2400)),
        ("Hourly staff.", "pay_class", Published(text="hourly")),
        ("The target is 80% this week.", "target", Published(typical=75)),
        ("Session 11 of 12 is today.", "follow_up_minutes", Published(typical=40)),
        ("Follow-up 40.", "evaluation_minutes", Published(typical=60)),
        ("The re-evaluation is 60.", "evaluation_minutes", Published(typical=50)),
        ("Follow-up 40.", "follow_up_minutes", Published()),
    ],
)
def test_a_fact_that_agrees_or_speaks_of_something_else_is_not(
    fact: str, field: str, published: Published
) -> None:
    assert said(fact, **{field: published}) == []


def test_a_number_of_a_day_is_held_against_a_fifth_of_the_week() -> None:
    assert said("Eight visits on a typical day.", visits_completed=WEEK) == []
    assert said("Ten stops on a typical day.", visits_completed=WEEK) == []
    assert said("Twelve visits on a typical day.", visits_completed=WEEK) == [
        "stage 1 says 12 visits a day, the disclosure 8 to 10"
    ]


def test_where_the_disclosure_counts_days_so_does_a_fact_of_a_day() -> None:
    day = Published(typical=7, low=6, high=8, by_day=True)
    assert said("Eight visits on a typical day.", visits_completed=day) == []
    assert said("Ten visits on a typical day.", visits_completed=day) == [
        "stage 1 says 10 visits a day, the disclosure 6 to 8"
    ]
    after = Published(typical=10, by_day=True)
    assert said("Record time is 50 minutes a week.", after_hours=after) == []
    assert said("Record time is 10 minutes a week.", after_hours=after) != []


def test_a_bad_day_may_be_as_bad_as_the_bad_week() -> None:
    assert said("Eight stops on a typical day, twelve on a bad one.", visits_completed=WEEK) == []
    assert said("Eight stops on a typical day, 14 on a bad one.", visits_completed=WEEK) == [
        "stage 1 says 14 visits on a bad day, the disclosure 8 to 11.4"
    ]


def test_the_stage_that_says_it_is_named() -> None:
    found = contradictions(
        [scenario("Nothing of the week."), scenario("Turnover is 9.")], {"turnover": Published(typical=5)}
    )
    assert [one.stage for one in found] == [2]


def test_what_is_not_published_contradicts_nothing() -> None:
    assert said("Follow-up 40, and the target is 80%.") == []
