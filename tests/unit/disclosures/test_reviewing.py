"""Which reviews count before a disclosure is published, and what of a dissent is pointed at."""

from datetime import date

import pytest

from app.core.errors import Invalid
from app.disclosures.reviewing.rules import (
    LONGEST_DISSENT,
    Review,
    check_dissent,
    check_new_post,
    counting,
    lacking,
    personal,
)

MAREN, RINA, HANA = 1, 2, 3
PEOPLE = ["Maren Holt", "Rina Patel", "Hana Sato"]


def review(person: int, *, in_role: bool = True, digest: str = "now") -> Review:
    return Review(person, digest, in_role, "", date(2026, 3, 3))


def test_a_review_counts_for_exactly_this_content_and_from_nobody_who_wrote_it() -> None:
    found = [review(MAREN), review(RINA, digest="before"), review(HANA)]
    assert [one.person_id for one in counting(found, "now", {HANA})] == [MAREN]


def test_one_review_by_somebody_in_the_role_is_enough() -> None:
    assert lacking([]) == "Nobody who did not write it has read and signed off exactly this."
    assert lacking([review(RINA, in_role=False)]) == "Nobody who does this job now has read it."
    assert lacking([review(MAREN)]) == ""
    assert lacking([review(RINA, in_role=False), review(MAREN)]) == ""


def test_a_new_post_is_said_with_a_reason() -> None:
    assert check_new_post("The clinic opens in June.") == "The clinic opens in June."
    with pytest.raises(Invalid, match="or you say here why nobody does yet"):
        check_new_post("New.")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Transport takes longer than five minutes when the lift is down.", []),
        ("Ask maren@riverbend.example.", ["an e-mail address, “maren@riverbend.example”"]),
        ("Call 555-0142 first.", ["a phone number or another number that leads to somebody, “555-0142”"]),
        ("Hana’s target was never met.", ["a name, “Hana”"]),
        ("Dr. Wells cancels at noon.", ["a name, “Dr. Wells”"]),
        ("In 12 weeks 263 minutes did not fit; 40 to 60 people came.", []),
        ("We waited, and hana is a flower.", []),
    ],
)
def test_names_and_ways_to_reach_somebody_are_pointed_at(text: str, found: list[str]) -> None:
    assert personal(text, PEOPLE) == found


def test_a_dissent_is_kept_as_it_is_written_or_not_at_all() -> None:
    said = "Rina told us otherwise."
    with pytest.raises(Invalid, match=r"It holds a name, “Rina”\. Take that out, or tick below"):
        check_dissent(said, PEOPLE, is_meant=False)
    assert check_dissent(said, PEOPLE, is_meant=True) == said
    with pytest.raises(Invalid, match="At most 600 characters"):
        check_dissent("x" * (LONGEST_DISSENT + 1), PEOPLE, is_meant=True)
