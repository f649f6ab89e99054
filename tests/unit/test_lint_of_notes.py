"""What is worth a second look in a note: it points, and never blocks."""

from datetime import UTC, datetime

import pytest

from app.scoring.drafts import Written
from app.scoring.lint import remarks


def said(body: str) -> list[str]:
    note = Written(position=2, body=body, ties=(), at=datetime(2026, 3, 10, tzinfo=UTC))
    return [remark.sentence for remark in remarks([note])]


@pytest.mark.parametrize(
    "body",
    [
        "Really strong, confident answer",
        "Nice person. Good attitude!",
        "came across as quite nervous",
        "vague",
    ],
)
def test_a_note_that_only_judges_is_pointed_at(body):
    assert said(body) == ["Note 2 judges. What was said or done?"]


@pytest.mark.parametrize(
    "body",
    [
        "“I would stay and take the pressure again.”",
        "Strong on the order: nurse first, then the form",
        "Checks the hip before he moves",
        "Did not name the alarm",
        "",
    ],
)
def test_a_note_with_something_said_or_done_is_left_alone(body):
    assert said(body) == []


def test_a_note_that_names_a_protected_trait_is_pointed_at():
    assert said("Said she is pregnant and asks about nights") == [
        "Note 2 says “pregnant”. Keep only what the job needs."
    ]
