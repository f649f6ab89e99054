"""Values that cannot be true, each with the sentence that explains it, and words that say too little."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from app.demo import riverbend
from app.disclosures import lint, rules
from app.disclosures.catalogue import catalogue
from app.disclosures.facts import Basis, Fact, FactState
from app.disclosures.values import NUMBERS, impossible
from tests.factories import examples

TODAY = date(2026, 3, 9)
COUNTS = ("people", "window_weeks")


def changed(name: str, text: str) -> dict[str, Fact]:
    """Riverbend's facts with one part of one of them typed otherwise."""
    key, _, attribute = name.partition("-")
    value: object = text
    if attribute in NUMBERS:
        value = Decimal(text.replace(",", ""))
    elif attribute in COUNTS:
        value = int(text) if text else None
    facts = riverbend.facts()
    return facts | {key: replace(facts[key], **{attribute: value})}  # type: ignore[arg-type]  # one of its fields


def test_the_worked_examples_hold_nothing_impossible() -> None:
    for facts in (riverbend.facts(), examples.lakeshore(), examples.home_health()):
        assert impossible(facts, today=date(2026, 4, 14)) == {}


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("target-typical", "120", "At most 99%."),
        ("notes_on_time-typical", "101", "At most 100%."),
        ("caseload-low", "60", "The low end is above the high one; at most 55."),
        ("caseload-typical", "70", "Above the high end of the range; at most 55."),
        ("caseload-typical", "3", "Below the low end of the range; at least 38."),
        ("meetings-bad_week", "-5", "0 or more."),
        ("paid_minutes-typical", "0", "1 or more."),
        ("paid_minutes-typical", "10,081", "At most 10,080."),
        ("co_sign-high", "72.0001", "At most 3 digits after the point."),
        ("evaluations_completed-typical", "45", "At most the 5 evaluations booked."),
        ("evaluations_completed-bad_week", "7", "At most the 6 evaluations booked."),
        ("evaluations_booked-typical", "51", "At most the 50 visits booked."),
        ("visits_completed-bad_week", "58", "At most the 57 visits booked."),
        ("visits_source-window_weeks", "0", "From 1 to 104 weeks."),
        ("visits_source-window_weeks", "105", "From 1 to 104 weeks."),
        ("caseload-people", "0", "From 1 to 10,000 people."),
        ("caseload-people", "1", "One person's record: tick that it is shared with consent"),
        ("visits_source-people", "2", "Two people's records: tick that it is shared with consent"),
        ("visits_source-people", "", "Measured on how many people? Say the number."),
        ("case_mix-text", "Hand 55\nNeuro 30\nOther 14", "The shares make 99; together they are 100."),
        ("payer_mix-text", "Medicare", "Line 1 is not a name and its share, such as “Hand 55”."),
        ("ramp-text", "week 1: 30\nweek 3: 50\nweek 6: 45", "A ramp never falls; this goes from 50%"),
        ("ramp-text", "week 3: 30\nweek 1: 50", "Week 1 stands after week 3; put them in their order."),
        ("ramp-text", "week 1: 130", "At most 100% of a full load; week 1 says 130%."),
        ("ramp-text", "all of it at once", "Line 1 is not a week and the percent of a full load"),
        ("scope_owned-text", "\n".join("abcdefghi"), "At most 8 lines; this has 9."),
        ("lost_slot-text", "x" * 1001, "At most 1,000 characters."),
    ],
)
def test_what_cannot_be_true_is_named_at_its_field(name: str, text: str, sentence: str) -> None:
    found = impossible(changed(name, text), today=TODAY)
    assert list(found) == [name]
    assert found[name].startswith(sentence)


def test_a_field_that_is_not_given_holds_no_value_and_says_why_it_is_withheld() -> None:
    held = {"caseload": replace(riverbend.facts()["caseload"], state=FactState.NOT_MEASURED)}
    assert impossible(held, today=TODAY) == {
        "caseload-state": "Here is a value; take it out, or say “given”."
    }
    withheld = {"travel": Fact(state=FactState.WITHHELD)}
    assert impossible(withheld, today=TODAY) == {
        "travel-reason": "Say why it is withheld; candidates read the reason."
    }


def test_a_day_that_is_still_to_come_is_no_as_of_date() -> None:
    tomorrow = {"caseload": replace(riverbend.facts()["caseload"], as_of=TODAY + timedelta(days=1))}
    assert impossible(tomorrow, today=TODAY) == {
        "caseload-as_of": "This day is still to come; at the latest 9 March 2026."
    }


@pytest.mark.parametrize(
    ("people", "consent", "fits"), [(1, False, False), (2, False, False), (2, True, True), (3, False, True)]
)
def test_fewer_than_three_people_share_their_record_or_it_is_not_said(
    people: int, consent: bool, fits: bool
) -> None:
    fact = replace(riverbend.facts()["caseload"], people=people, shared_with_consent=consent)
    assert bool(impossible({"caseload": fact}, today=TODAY)) != fits


def test_the_consent_belongs_to_whoever_the_number_of_people_is_from() -> None:
    of_one = Fact(basis=Basis.MEASURED, people=1, shared_with_consent=True)
    assert Fact(typical=Decimal(4)).filled_from(of_one).shared_with_consent
    assert not Fact(typical=Decimal(4), people=5).filled_from(of_one).shared_with_consent


def test_where_the_sums_are_of_a_day_labels_and_limits_are_a_days() -> None:
    week, day = catalogue("week").by_key, catalogue("day").by_key
    assert (week["paid_minutes"].label, week["paid_minutes"].highest) == ("Paid minutes a week", 10_080)
    assert (day["paid_minutes"].label, day["paid_minutes"].highest) == ("Paid minutes a day", 1440)
    assert day["visits_completed"].label == "Visits completed a day"
    assert day["protected_writing"].label == "Protected writing time a week", "what is weekly stays so"
    facts = {"period": Fact(text="day"), "paid_minutes": Fact(typical=Decimal(1441))}
    assert impossible(facts, today=TODAY) == {"paid_minutes-typical": "At most 1,440."}


def test_what_goes_with_something_that_does_not_apply_does_not_apply_either() -> None:
    known = rules.effective({"travel": riverbend.NOT_APPLICABLE}, riverbend.PROFILE)
    assert {known[key].state for key in ("miles", "travel_pay", "territory")} == {FactState.NOT_APPLICABLE}
    assert known["no_show"].is_blank


# Words ------------------------------------------------------------------------------------------------------


def said(key: str, text: str, **more: object) -> list[str]:
    facts = rules.effective({key: Fact(text=text, **more)}, riverbend.PROFILE)  # type: ignore[arg-type]  # its fields by name
    return [one.sentence for one in lint.findings(facts) if one.key == key]


@pytest.mark.parametrize(
    "word", ["fast-paced", "Flexible", "family", "manageable", "competitive", "rock star", "many hats"]
)
def test_words_that_cannot_be_checked_are_pointed_out(word: str) -> None:
    assert said("hours", f"8 hours a day; {word}.") == [
        f"“{word}” cannot be checked: say how many, how long or how often."
    ]


@pytest.mark.parametrize(
    "text", ["Monday to Friday, 8 to 5.", "Family training 2 times a week.", "The patient's family decides."]
)
def test_plain_words_and_the_families_of_patients_are_left_alone(text: str) -> None:
    assert said("hours", text) == []


def test_an_adjective_does_not_stand_in_place_of_a_number() -> None:
    assert said("lost_slot", "Often used for notes.") == [
        "“Often” stands where a number could: say how many or how often."
    ]
    assert said("lost_slot", "Often used for notes: 3 of 5.") == []


def test_an_estimate_is_not_called_measured() -> None:
    measured = {"basis": Basis.MEASURED, "people": 4, "window_weeks": 12}
    assert said("lost_slot", "Notes.", source="rough guess", **measured) == [
        "It is called measured, and its source says “rough”: choose the basis it has."
    ]
    assert said("lost_slot", "Notes.", source="EHR timestamps", **measured) == []
    assert said("lost_slot", "Notes.", source="rough guess", basis=Basis.ESTIMATED) == []


@pytest.mark.parametrize(
    "text",
    [
        "80% regardless of the caseload.",
        "Each patient gets 4 units.",
        "It must be met each week: 40 units.",
    ],
)
def test_a_target_may_not_override_judgment(text: str) -> None:
    assert any("a target may not decide what a patient needs" in one for one in said("target_missed", text))


def test_the_worked_examples_say_nothing_vague() -> None:
    assert lint.findings(rules.effective(riverbend.facts(), riverbend.PROFILE)) == []
    assert lint.findings(rules.effective(examples.lakeshore(), examples.LAKESHORE)) == []


# How much is told -------------------------------------------------------------------------------------------


def test_completeness_is_counted_on_what_tells_whether_a_job_can_be_kept_up() -> None:
    told = rules.predictors(rules.effective(riverbend.facts(), riverbend.PROFILE))
    assert told["Overload"] == (6, 6)
    assert told["Support"] == (3, 5), "the desk and billing are not measured, which is no answer"
    nothing = rules.predictors(rules.effective({}, riverbend.PROFILE))
    assert {answered for answered, _ in nothing.values()} == {0}
    assert [*nothing] == [
        "Target",
        "Documentation time",
        "Patient mix",
        "Mentoring",
        "Overload",
        "Support",
        "Supervision",
    ]
