"""What is promised of letters, at full size: `docs/promises.md` says what each figure means."""

import pytest

from tests.promises import postmen
from tests.promises.letters import under_fire
from tests.world import ENGINES

LETTERS, KILLS = 5_000, 200

pytestmark = pytest.mark.timeout(3_600)


@pytest.mark.parametrize("engine", ENGINES)
def test_every_letter_arrives_and_only_those_cut_off_arrive_twice(engine, worlds, record_property):
    world = worlds(engine)
    with world.fresh():
        found = under_fire(world.url, LETTERS, kills=KILLS)

    record_property("figures", {f"Letters whose workers are killed, {engine}": found.figures})
    assert (found.lost, found.to_strangers, found.unknown, found.unnoted) == ((), (), (), 0), found
    assert found.kills >= KILLS
    assert found.doubled <= found.kills
    assert found.rights_lost >= LETTERS // 50


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "defect", [postmen.marks_before_sending, postmen.claims_without_a_lease, postmen.asks_no_rights]
)
def test_a_worker_with_a_defect_is_found_out(engine, defect, worlds, record_property):
    world = worlds(engine)
    with world.fresh():
        found = under_fire(world.url, LETTERS // 20, kills=KILLS // 4, how=defect)

    record_property("figures", {"Workers with a defect": {"found": 1, "seeded": 1}})
    assert found.lost or found.to_strangers or found.doubled > found.kills
