"""What is promised of saved work, at full size: `docs/promises.md` says what each figure means."""

import pytest

from tests.infrastructure import postgres
from tests.promises import broken_rules, lifecycle, model
from tests.promises.killing import on_postgresql, on_sqlite
from tests.promises.power import lose_power, watched
from tests.promises.recorded import FLUSHES_NOW_AND_THEN
from tests.promises.site import DEVELOPMENT, seats, served
from tests.promises.submits import pressed_often
from tests.promises.tabs import interleaved
from tests.world import ENGINES, World

SAVINGS, KILLS = 10_000, 200
POWER_LOSSES = 2_000
INTERLEAVINGS = 1_000
SUBMITS = 1_000
STEPS = 100_000

pytestmark = pytest.mark.timeout(3_600)


def test_ten_thousand_savings_survive_two_hundred_kills_on_sqlite(worlds, tmp_path, record_property):
    kinds = ["worker", "master"] * (KILLS // 2)
    found = on_sqlite(worlds("sqlite"), tmp_path, kinds, least=SAVINGS)

    record_property("figures", {"Killed while saving, SQLite": found.figures})
    record_property("figures", {"Slowest start after a kill, SQLite": {"s": round(found.slowest_restart, 1)}})
    assert (found.lost, found.duplicated, found.outcomes["stale"]) == (0, 0, 0), found


def test_ten_thousand_savings_survive_two_hundred_kills_on_postgresql(tmp_path, record_property):
    kinds = ["worker", "database", "master", "database"] * (KILLS // 4)
    with postgres.server(postgres.DURABLE) as server:
        found = on_postgresql(server, World(tmp_path, server), tmp_path, kinds, least=SAVINGS)

    record_property("figures", {"Killed while saving, PostgreSQL": found.figures})
    record_property(
        "figures", {"Slowest start after a kill, PostgreSQL": {"s": round(found.slowest_restart, 1)}}
    )
    assert (found.lost, found.duplicated, found.outcomes["stale"]) == (0, 0, 0), found


def test_no_power_loss_takes_anything_acknowledged(worlds, tmp_path, record_property):
    found = lose_power(watched(worlds("sqlite"), tmp_path, least=270))

    record_property("figures", {"Power losses": found.figures})
    assert found.points >= POWER_LOSSES
    assert (found.lost, found.broken) == (0, 0), found.examples


def test_power_losses_find_out_a_server_that_flushes_only_now_and_then(worlds, tmp_path, record_property):
    found = lose_power(watched(worlds("sqlite"), tmp_path, least=40, **FLUSHES_NOW_AND_THEN))

    record_property("figures", {"Power losses with synchronous=NORMAL, which must lose": found.figures})
    assert found.lost > 0


def test_tabs_never_overwrite_each_other(client, iris, record_property):
    found = interleaved(client, iris, times=INTERLEAVINGS)

    record_property("figures", {"Tabs over one scorecard": found})
    assert found["interleavings"] == INTERLEAVINGS


@pytest.mark.parametrize("engine", ENGINES)
def test_a_submit_happens_once(engine, worlds, tmp_path, record_property):
    world = worlds(engine)
    with world.fresh():
        filled_in = seats(8, candidates=SUBMITS // 8, filled_in=True)
        with served(world.url, tmp_path, mode=DEVELOPMENT) as running:
            found = pressed_often(running.port, world.url, filled_in)

    record_property("figures", {f"Submits pressed often, {engine}": found.figures})
    assert (found.unlike, found.wrong) == ((), ())


def test_no_step_in_any_order_breaks_a_rule(worlds, record_property):
    with worlds("sqlite").fresh():
        lifecycle.Lifecycle.cast = model.cast()
        steps = lifecycle.run(STEPS)

    record_property("figures", {"The lifecycle in any order": {"steps": steps.total()}})
    assert steps.total() >= STEPS


@pytest.mark.parametrize("name", broken_rules.RARE)
def test_steps_in_any_order_find_a_broken_rule(name, worlds, monkeypatch, record_property):
    broken_rules.RARE[name](monkeypatch)
    with worlds("sqlite").fresh():
        lifecycle.Lifecycle.cast = model.cast()
        with pytest.raises(Exception, match="Failing test case"):
            lifecycle.run(STEPS)

    record_property("figures", {"Rules of the lifecycle broken": {"found": 1, "seeded": 1}})
