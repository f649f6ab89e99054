"""The policy table as such: its refusals have words, and it denies by default."""

from types import SimpleNamespace

import pytest

from app import policy
from app.core.errors import Forbidden
from app.policy import NOBODY, POLICY, Act, Actor, Part, Role

HANA = Actor(1, "Hana", frozenset({Role.HIRING_MANAGER}), {7: frozenset({Part.MANAGER})})


def test_every_act_has_its_line() -> None:
    assert set(POLICY) == set(Act)
    assert all(POLICY[act] for act in Act)


def test_every_refusal_is_a_sentence() -> None:
    for line in POLICY.values():
        for requirement in (requirement for rules in line for requirement in rules):
            assert requirement.reason[0].isupper()
            assert requirement.reason.endswith(".")


def test_a_manager_may_edit_their_own_job_and_not_another() -> None:
    assert policy.decide(HANA, Act.EDIT_JOB, SimpleNamespace(job_id=7))
    refused = policy.decide(HANA, Act.EDIT_JOB, SimpleNamespace(job_id=8))
    assert not refused
    assert refused.reason == "Only the job's hiring manager can do this."


def test_the_reason_is_that_of_the_line_that_came_closest() -> None:
    sight = SimpleNamespace(job_id=7, mine_open=True, panel_complete=True, sits_on_panel=False)

    refused = policy.decide(HANA, Act.SEE_PANEL_SCORES, sight)

    assert refused.reason == "Closed until yours is in: you have an open scorecard for this candidate."


def test_check_raises_with_the_reason() -> None:
    with pytest.raises(Forbidden, match="Only an administrator"):
        policy.check(HANA, Act.INVITE_PERSON)


def test_asking_leaves_a_mark_whatever_the_answer() -> None:
    policy.forget()
    policy.decide(NOBODY, Act.SEE_PEOPLE)
    assert policy.asked() == {Act.SEE_PEOPLE}


def test_only_what_candidates_do_needs_no_sign_in() -> None:
    open_acts = {act for act in Act if not policy.needs_sign_in(act)}
    assert open_acts == {
        Act.READ_DISCLOSURE,
        Act.READ_BY_LINK,
        Act.ACKNOWLEDGE,
        Act.READ_GUIDE,
        Act.READ_QUESTIONS,
        Act.ASK_QUESTION,
        Act.READ_OWN_DATA,
        Act.ASK_ACCOMMODATION,
        Act.WITHDRAW_BY_LINK,
        Act.ANSWER_CHECK_IN,
    }
