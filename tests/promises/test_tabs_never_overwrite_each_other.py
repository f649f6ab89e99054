"""P7: whatever two or three tabs do to one scorecard, every text typed is kept and every clash is shown."""

from collections import Counter
from random import Random

import pytest

from app.scoring import rules
from tests.factories.scoring import application, card_of, interview_with
from tests.promises.tabs import Card, Wrong

INTERLEAVINGS, ON_ONE_CARD = 50, 10


def interleaved(client, person, *, times: int, seed: int = 1) -> Counter[str]:
    counts: Counter[str] = Counter()
    browser, panel = client.as_(person), [person]
    first = application(panel)
    for number in range(-(-times // ON_ONE_CARD)):
        other = application([], f"Candidate {number}", first.job)
        card = card_of(interview_with(panel, of=other), person)
        tabs = Card(browser, card, Random(f"{seed} {number}"))
        for _ in range(min(ON_ONE_CARD, times - number * ON_ONE_CARD)):
            tabs.interleave()
        counts += tabs.counts
    return counts


def test_every_text_typed_is_kept_and_every_stale_write_is_answered_with_both(client, iris, record_property):
    found = interleaved(client, iris, times=INTERLEAVINGS)

    record_property("figures", {"Tabs over one scorecard": found})
    assert found["stale writes answered with both texts"] > INTERLEAVINGS


def test_a_server_that_does_not_look_at_the_counts_is_found_out(client, iris, monkeypatch):
    monkeypatch.setattr(rules, "check_fresh", lambda _changes, _saved: None)

    with pytest.raises(Wrong):
        interleaved(client, iris, times=INTERLEAVINGS)
