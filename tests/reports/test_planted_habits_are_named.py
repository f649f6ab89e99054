"""Seven interviewers with one habit each among seventeen clean ones, over twenty seasons and more."""

from collections import Counter

import pytest

from reports.raters.habits import flags
from tests.reports.planted import PLANTED, season

SEASONS = range(20)
NAMED_IN = 19
CLEAN = 17


@pytest.fixture(scope="module")
def named() -> list[dict[str, list[str]]]:
    return [
        {rater: [flag.habit for flag in found] for rater, found in flags(season(seed).ratings()).items()}
        for seed in SEASONS
    ]


@pytest.mark.parametrize("habit", PLANTED)
def test_an_interviewer_is_named_for_what_they_are(habit, named):
    assert sum(habit in found[habit] for found in named) >= NAMED_IN


@pytest.mark.parametrize("habit", PLANTED)
def test_an_interviewer_with_one_habit_is_seldom_given_another_name(habit, named):
    others = Counter(name for found in named for name in found[habit] if name != habit)

    assert others.total() <= 1, f"{habit}: {others}"


def test_clean_interviewers_carry_at_most_one_flag_in_twenty_of_them(named):
    carried = sum(len(names) for found in named for rater, names in found.items() if rater not in PLANTED)

    assert carried / (CLEAN * len(SEASONS)) <= 1 / 20


@pytest.mark.parametrize("mean", [2.8, 3.4])
def test_it_does_not_depend_on_where_candidates_lie_on_the_scale(mean):
    found = [flags(season(seed, mean=mean).ratings()) for seed in range(30, 34)]

    right = sum(habit in {flag.habit for flag in each[habit]} for each in found for habit in PLANTED)

    assert right >= 0.95 * len(found) * len(PLANTED)


def test_a_team_without_habits_is_left_alone():
    found = [flags(season(seed, planted=False).ratings()) for seed in range(4)]

    assert sum(len(named) for each in found for named in each.values()) <= 4 * 24 / 20
