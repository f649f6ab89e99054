"""A loop keeps the bars it opened with, whatever level is offered in the end."""

from app.loops.bars import bars_of, level_pinned
from scenarios import Level, load_pack, shipped_packs

ALL = {one.id: one for path in shipped_packs() for one in load_pack(path).scenarios}
STAGES = [ALL[key] for key in ("snm-outpatient-ot-entry", "hvd-outpatient-ot-mid")]


def opened_at(level: Level) -> list:
    return [(scenario, bars_of(scenario, level)) for scenario in STAGES]


def test_it_is_that_of_the_job_while_the_job_stays() -> None:
    for level in Level:
        assert level_pinned(opened_at(level), level) is level


def test_it_stays_when_the_job_moves_to_other_bars() -> None:
    assert level_pinned(opened_at(Level.MID), Level.ENTRY) is Level.MID
    assert level_pinned(opened_at(Level.ENTRY), Level.SENIOR) is Level.ENTRY


def test_bars_that_fit_no_level_are_read_with_the_job() -> None:
    assert level_pinned([(STAGES[0], {"SAF": 5})], Level.MID) is Level.MID
