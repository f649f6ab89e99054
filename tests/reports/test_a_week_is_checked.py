"""The checks on a workload: which pass, which are published with a sentence, and which block."""

from dataclasses import replace

import pytest

from reports.workload.budget import Fixed, PayClass, Visits, Week, Workload
from reports.workload.checks import Assessment, Check, Outcome, Scenario, after_hours_to_publish, assess
from tests.reports.weeks import CLINIC, UNIT, clinic_week, unit_day


def checks(found: Assessment, key: str) -> dict[Scenario, Check]:
    return {check.scenario: check for check in found.checks if check.key == key}


def test_the_clinic_passes_and_fails_the_checks_it_should():
    found = assess(CLINIC)

    assert checks(found, "A")[Scenario.TYPICAL].outcome is Outcome.PASSES
    assert checks(found, "A")[Scenario.TYPICAL].sentence == "13 minutes of 2,400 paid are left."
    assert checks(found, "A")[Scenario.BAD] == Check(
        "A",
        Scenario.BAD,
        Outcome.FAILS,
        "About 381 minutes do not fit in paid time in the bad week; they are not paid separately.",
    )
    assert checks(found, "B")[Scenario.TYPICAL].sentence == (
        "A target of 75% leaves 600 minutes beside treatment; 527 are needed."
    )
    assert checks(found, "C")[Scenario.TYPICAL] == Check(
        "C",
        Scenario.TYPICAL,
        Outcome.PASSES,
        "The target is 1,800 minutes and the visits make 1,860: 2.5 points apart.",
    )
    assert checks(found, "D")[Scenario.EVERYONE] == Check(
        "D",
        Scenario.EVERYONE,
        Outcome.FAILS,
        "About 263 minutes a week do not fit in paid time when everyone arrives; "
        "they are not paid separately.",
    )
    assert checks(found, "F")[Scenario.TYPICAL].outcome is Outcome.PASSES
    assert not found.is_blocked


def test_the_unit_pays_for_what_does_not_fit_on_its_bad_day_and_says_so():
    found = assess(UNIT)

    assert checks(found, "A")[Scenario.BAD].sentence == (
        "About 69 minutes do not fit in paid time on the bad day; they are paid."
    )
    assert not found.is_blocked


def test_measured_minutes_after_hours_are_published_where_they_are_more_than_the_sum_gives():
    found = checks(assess(CLINIC), "E")

    assert found[Scenario.TYPICAL].sentence == (
        "Measured after hours: 35 minutes; the sum gives 0. The measured figure is shown."
    )
    assert (found[Scenario.TYPICAL].outcome, found[Scenario.BAD].outcome) == (Outcome.WARNS, Outcome.PASSES)
    assert after_hours_to_publish(CLINIC.typical) == 35
    assert after_hours_to_publish(CLINIC.bad) == 381
    assert after_hours_to_publish(clinic_week(0, 0, reports=0, after_hours=None)) == 0


def test_the_units_fridays_lack_eight_minutes_and_warn():
    found = assess(replace(UNIT, heavy_day_writing=10, heavy_day="Fridays"))

    assert checks(found, "A")[Scenario.TYPICAL].sentence == "2 minutes of 480 paid are left."
    assert checks(found, "A")[Scenario.HEAVY] == Check(
        "A",
        Scenario.HEAVY,
        Outcome.WARNS,
        "About 8 minutes do not fit in paid time on Fridays; they are paid.",
    )
    assert found.typical.balance == 2, "every other day stays as it is"


@pytest.mark.parametrize(
    ("minutes", "outcome"), [(2, "passes"), (3, "warns"), (11.6, "warns"), (11.7, "fails")]
)
def test_the_heaviest_day_of_each_week_has_the_limits_of_any_day(minutes, outcome):
    found = checks(assess(replace(UNIT, heavy_day_writing=minutes)), "A")[Scenario.HEAVY]

    assert found.outcome == outcome
    assert "the heaviest day of each week" in found.sentence


def test_a_week_holds_its_own_heaviest_day():
    assert Scenario.HEAVY not in checks(assess(replace(CLINIC, heavy_day_writing=10)), "A")


@pytest.mark.parametrize(
    ("target", "outcome", "sentence"),
    [
        (
            0.85,
            Outcome.BLOCKS,
            "A target of 85% leaves 72 minutes beside treatment; 118 are needed. "
            "The largest target that fits is 75%.",
        ),
        (
            0.80,
            Outcome.BLOCKS,
            "A target of 80% leaves 96 minutes beside treatment; 118 are needed. "
            "The largest target that fits is 75%.",
        ),
        (0.75, Outcome.PASSES, "A target of 75% leaves 120 minutes beside treatment; 118 are needed."),
    ],
)
def test_a_target_that_leaves_too_little_is_refused_with_the_largest_that_fits(target, outcome, sentence):
    found = assess(replace(UNIT, target=target))

    assert checks(found, "B")[Scenario.TYPICAL] == Check("B", Scenario.TYPICAL, outcome, sentence)
    assert found.is_blocked == (outcome is Outcome.BLOCKS)


def test_a_target_that_is_impossible_only_in_the_full_or_the_bad_week_is_printed_and_does_not_block():
    tight = replace(CLINIC, target=0.77)

    found = assess(tight)

    outcomes = {scenario: check.outcome for scenario, check in checks(found, "B").items()}
    assert outcomes == {
        Scenario.TYPICAL: Outcome.PASSES,
        Scenario.EVERYONE: Outcome.FAILS,
        Scenario.BAD: Outcome.FAILS,
    }
    assert not found.is_blocked


def test_where_nothing_is_left_beside_the_rest_no_target_fits():
    busy = replace(CLINIC, typical=clinic_week(5, 39, reports=4, fixed=Fixed(meetings=2400)))

    assert checks(assess(busy), "B")[Scenario.TYPICAL].sentence.endswith("No target fits.")


def test_a_target_far_from_the_visits_asks_which_one_is_true():
    found = checks(assess(replace(CLINIC, target=0.70)), "C")[Scenario.TYPICAL]

    assert found.outcome is Outcome.FAILS
    assert found.sentence.endswith("7.5 points apart. Say which one is true.")


@pytest.mark.parametrize(("target", "outcome"), [(0.725, "passes"), (0.7249, "fails"), (0.825, "passes")])
def test_the_target_may_be_five_points_from_the_visits(target, outcome):
    assert checks(assess(replace(CLINIC, target=target)), "C")[Scenario.TYPICAL].outcome == outcome


@pytest.mark.parametrize(
    ("paid", "outcome"), [(2387, "passes"), (2386, "warns"), (2340.2, "warns"), (2340.1, "fails")]
)
def test_up_to_two_percent_too_little_warns_and_more_fails(paid, outcome):
    found = assess(replace(CLINIC, typical=clinic_week(5, 39, reports=4, paid=paid)))

    assert checks(found, "A")[Scenario.TYPICAL].outcome == outcome


def test_without_bookings_or_no_shows_the_full_week_is_said_to_be_unknown():
    found = assess(UNIT)

    assert found.everyone is None
    assert checks(found, "D")[Scenario.EVERYONE] == Check(
        "D",
        Scenario.EVERYONE,
        Outcome.WARNS,
        "How many are booked is not known, so a full day cannot be added up.",
    )


def test_time_after_hours_that_nobody_measured_is_said_to_be_unmeasured():
    found = assess(replace(CLINIC, typical=clinic_week(5, 39, reports=4, after_hours=None)))

    assert checks(found, "E")[Scenario.TYPICAL].sentence == "Record time after hours is not measured."


@pytest.mark.parametrize("scenario", ["typical", "bad"])
def test_hourly_staff_who_write_unpaid_after_hours_block_publication(scenario):
    unpaid = replace(UNIT, after_hours_paid=False, bad=unit_day(6), typical=unit_day(5))
    week = replace(getattr(unpaid, scenario), after_hours=10)

    found = assess(replace(unpaid, **{scenario: week}))

    assert found.is_blocked
    blocked = checks(found, "F")[Scenario(scenario)]
    assert blocked.outcome is Outcome.BLOCKS
    assert blocked.sentence.startswith("Hourly staff write 10 minutes after hours unpaid")
    assert blocked.sentence.endswith("This cannot be published; it goes to compliance.")


@pytest.mark.parametrize("change", [{"after_hours_paid": True}, {"pay_class": PayClass.SALARIED}])
def test_minutes_after_hours_block_only_where_hourly_staff_are_not_paid_for_them(change):
    workload = replace(UNIT, after_hours_paid=False, bad=None, typical=replace(UNIT.typical, after_hours=10))

    assert assess(workload).is_blocked
    assert not assess(replace(workload, **change)).is_blocked


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"mixes": {"payer": (48, 34, 12, 5)}}, "The payer mix adds up to 99, not to 100."),
        ({"ramp": (30, 50, 45, 100)}, "The ramp falls from 50% to 45% at step 3."),
        ({"assistants": 4, "assistants_allowed": 3}, "4 OTAs per OT; the state allows 3."),
    ],
)
def test_figures_that_contradict_themselves_or_the_state_are_named(change, sentence):
    found = checks(assess(replace(CLINIC, **change)), "F")[Scenario.TYPICAL]

    assert (found.outcome, found.sentence) == (Outcome.FAILS, sentence)


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({"mixes": {"payer": (60, 40)}}, "passes"),
        ({"mixes": {"payer": (60, 40.001)}}, "fails"),
        ({"ramp": (50, 50)}, "passes"),
        ({"ramp": (50, 49.999)}, "fails"),
        ({"assistants": 3, "assistants_allowed": 3}, "passes"),
        ({"assistants": 3.1, "assistants_allowed": 3}, "fails"),
        ({"assistants": 9}, "passes"),
    ],
)
def test_each_sum_has_a_case_on_either_side_of_its_limit(change, outcome):
    assert checks(assess(replace(CLINIC, **change)), "F")[Scenario.TYPICAL].outcome == outcome


@pytest.mark.parametrize(("paid", "outcome"), [(2663, "passes"), (2662, "warns"), (2610, "fails")])
def test_a_full_week_has_the_limits_of_an_ordinary_one(paid, outcome):
    found = assess(replace(CLINIC, typical=clinic_week(5, 39, reports=4, paid=paid)))

    assert checks(found, "D")[Scenario.EVERYONE].outcome == outcome


@pytest.mark.parametrize(("target", "outcome"), [(1873 / 2400, "passes"), (1874 / 2400, "blocks")])
def test_a_target_may_leave_exactly_what_is_needed_and_not_a_minute_less(target, outcome):
    assert checks(assess(replace(CLINIC, target=target)), "B")[Scenario.TYPICAL].outcome == outcome


@pytest.mark.parametrize(
    ("measured", "outcome"), [(0, "passes"), (381, "passes"), (382, "warns"), (None, "warns")]
)
def test_what_is_measured_after_hours_is_shown_where_it_is_more_than_the_sum(measured, outcome):
    found = assess(replace(CLINIC, bad=replace(CLINIC.bad, after_hours=measured)))

    assert checks(found, "E")[Scenario.BAD].outcome == outcome


def test_sums_that_hold_pass_without_a_word_too_many():
    right = replace(
        CLINIC, mixes={"payer": (48, 34, 12, 6)}, ramp=(30, 50, 50, 100), assistants=2, assistants_allowed=2
    )

    found = checks(assess(right), "F")

    assert found == {Scenario.TYPICAL: Check("F", Scenario.TYPICAL, Outcome.PASSES, "The sums agree.")}


def test_more_evaluations_than_visits_are_named():
    found = assess(replace(CLINIC, bad=clinic_week(50, -6, reports=5)))

    assert checks(found, "F")[Scenario.BAD].sentence == (
        "Visits of the kind 'follow-up' come to −6: the others are too many."
    )


@pytest.mark.parametrize(
    ("points", "outcome", "sentence"),
    [
        (
            24,
            "passes",
            "24 points, at 77 minutes each with travel, "
            "take 1,894 minutes with all the rest; 2,000 are paid.",
        ),
        (
            27,
            "fails",
            "27 points, at 77 minutes each with travel, "
            "take 2,125 minutes with all the rest; 2,000 are paid.",
        ),
    ],
)
def test_a_points_scheme_is_turned_into_minutes_with_travel(points, outcome, sentence):
    week = Week(
        paid=2000,
        visits=(
            Visits(kind="follow-up", completed=18, patient=45, writing=12, points=1),
            Visits(kind="evaluation", completed=2, patient=60, writing=35, points=2),
        ),
        fixed=Fixed(travel=20 * 24, meetings=44),
    )

    found = assess(Workload(typical=week, pay_class=PayClass.PER_VISIT, required_points=points))

    check = checks(found, "G")[Scenario.TYPICAL]
    assert (check.outcome, check.sentence) == (outcome, sentence)


def test_points_that_no_visit_carries_cannot_be_compared():
    found = checks(assess(replace(CLINIC, required_points=30)), "G")[Scenario.TYPICAL]

    assert found.sentence == "No visit carries points, so the scheme cannot be turned into minutes."


def test_checks_without_anything_to_check_are_left_out():
    found = assess(replace(CLINIC, target=None, bad=None))

    assert [(check.key, check.scenario) for check in found.checks] == [
        ("A", "typical"),
        ("D", "everyone"),
        ("E", "typical"),
        ("F", "typical"),
    ]
