"""P7: whatever two or three tabs do to one scorecard, every text typed is kept and every clash is shown."""

import pytest

from app.scoring import rules
from tests.promises.tabs import Wrong, interleaved

INTERLEAVINGS = 30


def test_every_text_typed_is_kept_and_every_stale_write_is_answered_with_both(client, iris, record_property):
    found = interleaved(client, iris, times=INTERLEAVINGS)

    record_property("figures", {"Tabs over one scorecard": dict(found)})
    assert found["stale writes answered with both texts"] > INTERLEAVINGS


def test_a_server_that_does_not_look_at_the_counts_is_found_out(client, iris, monkeypatch):
    monkeypatch.setattr(rules, "check_fresh", lambda _changes, _saved: None)

    with pytest.raises(Wrong):
        interleaved(client, iris, times=INTERLEAVINGS)
