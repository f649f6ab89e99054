"""What the environment may say, and what Evenhand refuses to start with."""

from pathlib import Path

import pytest

from app.core.config import DEVELOPMENT_SECRET, ConfigError, load

HERE = Path("/srv/evenhand")
SECRET = "an-invented-secret-of-more-than-32-characters"


def test_development_starts_with_nothing_set() -> None:
    settings = load({}, instance=HERE)

    assert settings.mode == "development"
    assert settings.database_url == "sqlite:////srv/evenhand/evenhand.sqlite3"


@pytest.mark.parametrize("secret", ["", DEVELOPMENT_SECRET, "short"])
def test_production_refuses_a_missing_known_or_short_secret(secret: str) -> None:
    with pytest.raises(ConfigError, match="EVENHAND_SECRET_KEY"):
        load({"EVENHAND_MODE": "production", "EVENHAND_SECRET_KEY": secret}, instance=HERE)


def test_production_starts_on_a_secret_of_its_own() -> None:
    settings = load({"EVENHAND_MODE": "production", "EVENHAND_SECRET_KEY": SECRET}, instance=HERE)

    assert settings.is_production
    assert SECRET not in repr(settings)


@pytest.mark.parametrize("url", ["postgres://db/x", "postgresql://db/x", "postgresql+psycopg://db/x"])
def test_every_spelling_of_a_postgresql_address_uses_the_same_driver(url: str) -> None:
    assert load({"DATABASE_URL": url}, instance=HERE).database_url == "postgresql+psycopg://db/x"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("EVENHAND_MODE", "staging"),
        ("DATABASE_URL", "mysql://db/x"),
        ("EVENHAND_PROXIES", "many"),
        ("EVENHAND_PROXIES", "9"),
        ("EVENHAND_SESSION_DAYS", "0"),
        ("EVENHAND_LINK_DAYS", "-1"),
    ],
)
def test_a_setting_that_cannot_be_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=name):
        load({name: value}, instance=HERE)
