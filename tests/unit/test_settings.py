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


MAIL = {
    "EVENHAND_MAIL_HOST": "mail.riverbend.example",
    "EVENHAND_MAIL_SENDER": "Riverbend Hiring <hiring@riverbend.example>",
}
SIGNS_IN = {"EVENHAND_MAIL_USER": "hiring", "EVENHAND_MAIL_PASSWORD": "a kettle"}
IN_PRODUCTION = {
    "EVENHAND_MODE": "production",
    "EVENHAND_SECRET_KEY": SECRET,
    "EVENHAND_PUBLIC_URL": "https://hiring.riverbend.example/",
}


def test_without_a_host_there_is_no_mail() -> None:
    assert load({"EVENHAND_MAIL_SENDER": "hiring@riverbend.example"}, instance=HERE).mail is None


def test_mail_is_handed_over_under_tls_unless_said_otherwise() -> None:
    mail = load(MAIL | SIGNS_IN, instance=HERE).mail

    assert mail is not None
    assert (mail.tls, mail.port, mail.user) == ("starttls", 587, "hiring")
    assert (mail.sender.display_name, mail.sender.addr_spec) == (
        "Riverbend Hiring",
        "hiring@riverbend.example",
    )
    assert "a kettle" not in repr(mail)


@pytest.mark.parametrize(("tls", "port"), [("starttls", 587), ("tls", 465), ("none", 25)])
def test_each_way_of_speaking_to_a_mail_server_has_its_port(tls: str, port: int) -> None:
    mail = load({**MAIL, "EVENHAND_MAIL_TLS": tls}, instance=HERE).mail

    assert mail is not None
    assert mail.port == port


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("EVENHAND_MAIL_TLS", "maybe"),
        ("EVENHAND_MAIL_PORT", "smtp"),
        ("EVENHAND_MAIL_USER", "hiring"),
        ("EVENHAND_MAIL_PASSWORD", "a kettle"),
        *(
            ("EVENHAND_MAIL_SENDER", sender)
            for sender in (
                "",
                "hiring",
                "hiring@",
                "a@b.example, c@d.example",
                "a@b.example\nBcc: c@d.example",
            )
        ),
    ],
)
def test_a_setting_of_mail_that_cannot_be_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=name.rpartition("_")[0]):
        load({**MAIL, name: value}, instance=HERE)


def test_production_sends_no_password_in_the_clear_but_to_this_machine() -> None:
    plain = {**IN_PRODUCTION, **MAIL, **SIGNS_IN, "EVENHAND_MAIL_TLS": "none"}
    with pytest.raises(ConfigError, match="in the clear"):
        load(plain, instance=HERE)

    assert load({**plain, "EVENHAND_MAIL_HOST": "localhost"}, instance=HERE).mail is not None


def test_letters_of_production_need_an_address_for_their_links() -> None:
    with pytest.raises(ConfigError, match="EVENHAND_PUBLIC_URL"):
        load({**IN_PRODUCTION, **MAIL, "EVENHAND_PUBLIC_URL": ""}, instance=HERE)
