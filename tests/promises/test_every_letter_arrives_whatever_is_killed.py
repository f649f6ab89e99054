"""Every letter arrives, whoever is killed while sending it, and nobody gets one whose right is gone."""

import pytest

from tests.promises import postmen
from tests.promises.letters import Found, Work, under_fire
from tests.world import ENGINES, World

LETTERS, KILLS = 200, 10
FEW, OFTEN = 50, 16


def tried(world: World, letters: int, kills: int, how: Work = postmen.work) -> Found:
    with world.fresh():
        return under_fire(world.url, letters, kills=kills, how=how)


@pytest.mark.parametrize("engine", ENGINES)
def test_every_letter_arrives_and_only_those_cut_off_arrive_twice(engine, worlds, record_property):
    found = tried(worlds(engine), LETTERS, KILLS)

    record_property("figures", {f"Letters whose workers are killed, {engine}": found.figures})
    assert (found.lost, found.to_strangers, found.unknown, found.unnoted) == ((), (), (), 0), found
    assert found.kills >= KILLS
    assert found.doubled <= found.kills
    assert found.rights_lost > 0


def test_a_worker_that_marks_a_letter_before_it_is_sent_is_found_out(worlds):
    assert tried(worlds("sqlite"), FEW, OFTEN, postmen.marks_before_sending).lost


@pytest.mark.parametrize("engine", ENGINES)
def test_workers_that_claim_without_a_lease_are_found_out(engine, worlds):
    found = tried(worlds(engine), FEW, 0, postmen.claims_without_a_lease)

    assert found.doubled > found.kills


def test_a_worker_that_asks_no_rights_is_found_out(worlds):
    assert tried(worlds("sqlite"), FEW, 0, postmen.asks_no_rights).to_strangers
