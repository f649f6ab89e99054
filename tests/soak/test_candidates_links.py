"""P19 at full size: a hundred thousand tokens open nothing, whether drawn at random or one character off."""

import pytest

from tests.promises import links

GUESSES = 100_000


@pytest.mark.timeout(3_600)
def test_no_token_of_a_hundred_thousand_opens_a_link(worlds, record_property):
    with worlds("sqlite").fresh() as app:
        found = links.guessed(app.test_client(), GUESSES, links.links().live)

    record_property("figures", {"Candidate links guessed": found})
    assert (found["that opened something"], found["that said a name"]) == (0, 0)
