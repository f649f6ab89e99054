"""P5: whenever the power goes, SQLite's files hold what was acknowledged; here for a recorded server."""

from tests.infrastructure.powerloss import Disk, Seen
from tests.promises.power import lose_power
from tests.promises.recorded import recorded

EVERY = 32


def test_after_no_power_loss_is_anything_missing(record_property):
    found = lose_power(recorded("sound"), every=EVERY)

    record_property("figures", {"Power losses of a recorded server": found.figures})
    assert found.acknowledged > 250
    assert (found.lost, found.broken) == (0, 0), found.examples


def test_a_server_that_flushes_only_now_and_then_is_found_out():
    found = lose_power(recorded("careless"), every=EVERY)

    assert found.lost > 0


def test_a_recorded_server_moved_its_log_into_the_database_meanwhile():
    assert {one.file for one in recorded("sound").seen if one.kind == "write"} == {
        "work.sqlite3",
        "work.sqlite3-wal",
    }


def test_only_what_was_written_before_a_flush_began_is_flushed():
    disk = Disk({"file": bytearray(b"....")})
    for place, one in enumerate(
        [
            Seen("write", "file", 0, b"a"),
            Seen("write", "file", 1, b"b"),
            Seen("flush", "file", began=1),
            Seen("write", "file", 2, b"c"),
        ]
    ):
        disk.happen(place, one)

    assert disk.after_power_loss() == {"file": b"a..."}
