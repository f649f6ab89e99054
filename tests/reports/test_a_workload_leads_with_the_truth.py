"""The sentence a disclosure leads with is computed from its minutes."""

from dataclasses import replace

import pytest

from reports.workload.budget import Fixed, PayClass, Visits, Week, Workload
from reports.workload.checks import assess
from tests.reports.weeks import CLINIC, clinic_week


def test_the_clinic_leads_with_what_does_not_fit():
    assert assess(CLINIC).lead == (
        "In an ordinary week the work just fits because about one person in eight does not come. "
        "In a full week about four and a half hours do not fit; in our worst, over six."
    )


def lead(
    typical: float, everyone: float | None = None, bad: float | None = None, period: str = "week"
) -> str:
    """The lead of a workload whose balances are these."""

    def week(balance: float) -> Week:
        fixed = Fixed(other=2400 - balance - 40)
        return Week(
            paid=2400, visits=(Visits(kind="visit", completed=40, patient=1, writing=0),), fixed=fixed
        )

    booked = None if everyone is None else 40 + typical - everyone
    base = week(typical)
    visits = (replace(base.visits[0], booked=booked),)
    workload = Workload(
        typical=replace(base, visits=visits),
        bad=None if bad is None else week(bad),
        period=period,
        pay_class=PayClass.SALARIED,
    )
    found = assess(workload)
    assert found.typical.balance == pytest.approx(typical)
    assert everyone is None or found.everyone.balance == pytest.approx(everyone)
    return found.lead


@pytest.mark.parametrize(
    ("balances", "sentence"),
    [
        ((100,), "In an ordinary week the work fits."),
        ((48,), "In an ordinary week the work just fits."),
        ((49,), "In an ordinary week the work fits."),
        ((-40,), "In an ordinary week about 40 minutes do not fit."),
        ((-70,), "In an ordinary week about an hour does not fit."),
        ((-90,), "In an ordinary week about an hour and a half does not fit."),
        ((-110,), "In an ordinary week about two hours do not fit."),
        (
            (20, 10, 5),
            "In an ordinary week the work just fits. "
            "In a full week it still fits; in our worst week it fits.",
        ),
        (
            (20, -20, -30),
            "In an ordinary week the work just fits because about one person in two does not come. "
            "In a full week about 20 minutes do not fit; in our worst week about 30 minutes do not fit.",
        ),
        (
            (20, -90, -200),
            "In an ordinary week the work just fits because about 73% of the people booked do not come. "
            "In a full week about an hour and a half does not fit; "
            "in our worst week over three hours do not fit.",
        ),
        (
            (300, 100, -200),
            "In an ordinary week the work fits. In a full week it still fits; "
            "in our worst week over three hours do not fit.",
        ),
        (
            (20, None, -240),
            "In an ordinary week the work just fits. In our worst week four hours do not fit.",
        ),
    ],
)
def test_the_lead_says_what_the_numbers_say(balances, sentence):
    assert lead(*balances) == sentence


def test_the_lead_of_a_day_speaks_of_days():
    assert lead(2, None, -69, "day") == (
        "On an ordinary day the work just fits. On our worst day about an hour does not fit."
    )


def test_large_numbers_are_written_in_figures():
    many = replace(CLINIC, bad=clinic_week(6, 70, reports=5))

    assert assess(many).lead.endswith("in our worst, over 25.")
