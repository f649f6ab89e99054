"""A hundred seasons more than the suite looks at: planted habits are named, clean interviewers left alone."""

from collections import Counter

from tests.reports.planted import PLANTED
from tests.soak.simulated import named

SEASONS = range(100, 200)
CLEAN = 17


def test_habits_are_named_and_clean_interviewers_left_alone(cores, record_property):
    found = list(cores.map(named, SEASONS, chunksize=5))

    right = sum((names for names, _, _ in found), Counter())
    wrong = sum(others for _, others, _ in found)
    flagged = sum(flags for _, _, flags in found) / (CLEAN * len(SEASONS))
    record_property(
        "figures",
        {
            f"Named for what they are, in {len(SEASONS)} seasons": {habit: right[habit] for habit in PLANTED},
            "Planted ones given another name": {"names": wrong, "habits": len(PLANTED) * len(SEASONS)},
            "Clean interviewers": {
                "flags for each": round(flagged, 4),
                "of them": CLEAN * len(SEASONS),
            },
        },
    )
    assert all(right[habit] >= 0.95 * len(SEASONS) for habit in PLANTED), right
    assert flagged <= 1 / 20
    assert wrong <= len(SEASONS) / 20
