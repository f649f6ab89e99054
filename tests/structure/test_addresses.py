"""The addresses of the application: few, typed, and named alike."""

import re

import pytest

from app import create_app
from app.core.config import Settings

MOST = 110
WORD = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(\.(json|jsonld|pdf))?")
TYPED = {"UUIDConverter", "IntegerConverter", "NameConverter"}
SECRETS = {"token"}  # Text that only its digest is compared with.
STATIC = "static"


@pytest.fixture(scope="module")
def rules():
    app = create_app(Settings(mode="test", database_url="sqlite://"))
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != STATIC]


def test_there_are_no_more_addresses_than_a_person_can_keep_in_mind(rules, record_property):
    """Reading a thing and changing it is one address."""
    addresses = {rule.rule for rule in rules}
    print(f"{len(addresses)} addresses, answered by {len(rules)} views")
    record_property("figures", {"Addresses": {"addresses": len(addresses), "views": len(rules)}})

    assert len(addresses) <= MOST, "Let one address take several verbs (app/web/verbs.py), or do without one."


def test_every_argument_of_an_address_is_typed(rules):
    loose = [
        (rule.rule, name)
        for rule in rules
        for name, converter in rule._converters.items()
        if type(converter).__name__ not in TYPED and name not in SECRETS
    ]

    assert not loose, f"Write <uuid:...>, <int:...> or <name:...>: {loose}"


def test_addresses_are_made_of_lower_case_words_and_hyphens(rules):
    odd = [
        rule.rule
        for rule in rules
        for part in re.sub(r"<[^>]+>", "x", rule.rule).strip("/").split("/")
        if part and not WORD.fullmatch(part)
    ]

    assert not odd
