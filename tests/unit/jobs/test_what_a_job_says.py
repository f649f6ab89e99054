"""The rules about what a job says, read as the rules themselves."""

from datetime import date
from itertools import product

import pytest

from app.core.errors import Conflict, Invalid
from app.jobs import rules
from app.jobs.offered import good_in, rights_for
from app.jobs.rules import Profile
from scenarios import Level, Role, Setting

MID = Profile(Setting.OUTPATIENT, Role.OT, Level.MID)
SENIOR = Profile(Setting.OUTPATIENT, Role.OT, Level.SENIOR)
ELSEWHERE = Profile(Setting.HOME_HEALTH, Role.OT, Level.MID)


@pytest.mark.parametrize(
    "line",
    [
        "Owns hand therapy for 9 visits a day at two sites.",
        "Owns discharge planning on the stroke unit, within two working days of admission.",
        "Owns school visits for Dr. Amara's patients without an aide",
        "Owns splints for St. Mary's, e.g. thumb and wrist, under a hand surgeon.",
        "",
    ],
)
def test_a_service_line_is_one_sentence_with_a_constraint(line: str) -> None:
    rules.check_service_line(line)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Owns hand therapy within 9 visits. Also trains new staff.", "more than one sentence"),
        ("Owns hand therapy within 9 visits\nand trains new staff", "more than one sentence"),
        ("Does hand therapy within reason", "in a whole sentence"),
        ("Owns hand therapy for all the patients of this big clinic.", "Say the constraint, too"),
        ("Owns hand therapy within 9 visits a day " + "and more " * 30, "at most 240"),
    ],
)
def test_anything_else_is_refused_with_the_reason(line: str, why: str) -> None:
    with pytest.raises(Invalid, match=why):
        rules.check_service_line(line)


def test_setting_role_and_level_stay_once_a_loop_has_opened() -> None:
    with pytest.raises(Invalid, match="stays as it was"):
        rules.check_profile_stays(MID, SENIOR)
    with pytest.raises(Invalid, match="stays as it was"):
        rules.check_profile_stays(MID, ELSEWHERE)
    rules.check_profile_stays(MID, MID)


def test_a_level_that_is_locked_at_the_offer_may_still_move() -> None:
    rules.check_profile_stays(MID, SENIOR, level_is_open=True)
    with pytest.raises(Invalid, match="stays as it was"):
        rules.check_profile_stays(MID, ELSEWHERE, level_is_open=True)


def test_when_the_level_is_locked_stays_once_candidates_were_told() -> None:
    rules.check_lock_stays(changed=False)
    with pytest.raises(Invalid, match="stays as it was"):
        rules.check_lock_stays(changed=True)


def test_a_decision_stands_in_the_table_once() -> None:
    rules.check_rights(["Stop a session", "Change a goal"])
    with pytest.raises(Invalid) as refused:
        rules.check_rights(["Stop a session", "Change a goal", "stop a Session"])
    assert list(refused.value.fields) == ["rights-2"]


def test_another_reason_is_said_in_words() -> None:
    rules.check_reason(is_other=False, note="")
    rules.check_reason(is_other=True, note="A grant pays for two years.")
    with pytest.raises(Invalid, match="Say the reason"):
        rules.check_reason(is_other=True, note="")


@pytest.mark.parametrize(
    "field", ["setting", "role", "level", "pay_low", "pay_high", "pay_period", "decision_rights"]
)
def test_a_change_of_what_was_agreed_asks_again(field: str) -> None:
    assert rules.asks_again(["title", field])


@pytest.mark.parametrize("field", ["title", "site_id", "decide_by", "service_line", "reason", "owners"])
def test_a_change_of_anything_else_does_not(field: str) -> None:
    assert not rules.asks_again([field])


def test_nobody_agrees_by_a_day_that_is_past() -> None:
    today = date(2026, 3, 10)
    rules.check_due_on(today, today=today)
    with pytest.raises(Invalid, match="This day is past"):
        rules.check_due_on(date(2026, 3, 9), today=today)


def test_nobody_changes_a_job_they_have_not_seen_as_it_is() -> None:
    rules.check_is_current(3, 3)
    with pytest.raises(Conflict):
        rules.check_is_current(2, 3)


@pytest.mark.parametrize(("setting", "role"), list(product(rules.SETTINGS, rules.ROLES)))
def test_every_setting_and_role_is_offered_words_that_can_be_taken_as_they_are(
    setting: Setting, role: Role
) -> None:
    rights = rights_for(role)
    rules.check_rights([decision for decision, _ in rights])
    assert len({authority for _, authority in rights}) == 3, "each way is shown by an example"
    assert all(len(text) <= 600 and text.endswith(".") for text in good_in(setting))
