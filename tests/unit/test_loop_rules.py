"""Which scenarios a loop begins with, and in which ways one was written for something else."""

import pytest

from app.jobs.rules import Profile
from app.loops import rules
from scenarios import Level, Role, Scenario, Setting, load_pack, shipped_packs

ALL = {one.id: one for path in shipped_packs() for one in load_pack(path).scenarios}
MID = Profile(Setting.OUTPATIENT, Role.OT, Level.MID)


def first(profile: Profile) -> list[str]:
    return [scenario.id for scenario in rules.first_stages(ALL.values(), profile)]


def test_the_first_stages_play_where_the_job_is() -> None:
    assert first(MID) == ["snm-outpatient-ot-entry", "hvd-outpatient-ot-mid", "cw-outpatient-ot-mid"]
    home = Profile(Setting.HOME_HEALTH, Role.OTA, Level.MID)
    assert first(home)[-1] == "cw-homehealth-ota-mid"


def test_the_first_stages_were_rather_written_for_the_level() -> None:
    near_miss = ALL["snm-outpatient-ot-entry"]
    at_mid = near_miss.model_copy(update={"id": "snm-other", "written_for": Level.MID})
    assert rules.first_stages([near_miss, at_mid], MID) == [at_mid]


def test_one_with_a_bar_of_its_own_for_the_level_comes_before_one_without() -> None:
    senior = Profile(Setting.INPATIENT_ACUTE, Role.OT, Level.SENIOR)
    near_miss = ALL["snm-acute-ot-mid"]
    own = near_miss.model_copy(update={"id": "snm-own", "bars": {Level.SENIOR: near_miss.bars[Level.MID]}})
    assert rules.first_stages([near_miss, own], senior) == [own]
    assert "cw-irf-ot-senior" in first(Profile(Setting.INPATIENT_REHAB, Role.OT, Level.SENIOR))


def test_a_day_written_for_the_other_role_is_not_among_them_where_the_own_role_has_scenarios() -> None:
    senior = Profile(Setting.INPATIENT_REHAB, Role.OT, Level.SENIOR)
    rehab = [ALL["hvd-irf-ota-senior"], ALL["cw-irf-ot-senior"]]

    assert rules.first_stages(rehab, senior) == [ALL["cw-irf-ot-senior"]]
    assert rules.first_stages(rehab[:1], senior) == rehab[:1], (
        "better than none, and said to be written for others"
    )


@pytest.mark.parametrize(
    ("key", "found"),
    [
        ("hvd-outpatient-ot-mid", []),
        ("snm-outpatient-ot-entry", ["entry level"]),
        ("snm-peds-ota-entry", ["pediatrics", "occupational therapy assistants", "entry level"]),
    ],
)
def test_differences_are_named(key: str, found: list[str]) -> None:
    assert rules.differences(ALL[key], MID) == found


def test_a_scenario_for_any_setting_and_either_role_plays_everywhere() -> None:
    anywhere: Scenario = ALL["hvd-outpatient-ot-mid"].model_copy(
        update={"setting": Setting.ANY, "role": Role.EITHER}
    )
    assert rules.plays_here(anywhere, Profile(Setting.PEDIATRICS, Role.OTA, Level.MID))
    assert rules.differences(anywhere, Profile(Setting.PEDIATRICS, Role.OTA, Level.MID)) == []
