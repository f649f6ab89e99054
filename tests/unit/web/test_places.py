"""The top bar says where somebody is."""

import pytest

from app import create_app
from app.core.config import Settings
from app.web.components import BELONGS_TO, section


@pytest.mark.parametrize(
    ("endpoint", "place"),
    [
        ("overview.today", "overview"),
        ("overview.job", "jobs"),
        ("loops.page", "jobs"),
        ("scoring.application", "jobs"),
        ("scoring.scorecard", "scoring"),
        ("overview.person", "identity"),
        ("", ""),
    ],
)
def test_a_page_belongs_to_the_place_people_came_from(endpoint, place):
    assert section(endpoint) == place


def test_every_exception_is_about_pages_that_are_there():
    app = create_app(Settings(mode="test", database_url="sqlite://"))

    assert set(BELONGS_TO) - set(app.blueprints) - set(app.view_functions) == set()
