"""Rules about people: what makes a password, an address and a set of roles acceptable."""

from collections.abc import Iterable
from zoneinfo import available_timezones

from app.core.errors import Conflict, Invalid
from app.policy import Role

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 256
TRIES, WINDOW_SECONDS = 10, 15 * 60

# Long enough and still among the first a guesser tries.
COMMON = frozenset(
    {
        "123456789012",
        "1234567890123",
        "password1234",
        "passwordpassword",
        "qwertyuiop12",
        "qwertyuiopas",
        "iloveyou1234",
        "administrator",
        "letmeinletmein",
        "welcome12345",
        "abcdefghijkl",
        "111111111111",
        "000000000000",
    }
)


def check_password(password: str, *, email: str, name: str) -> None:
    """Long, not among the common ones, and not made of the person's or the product's own name."""
    if len(password) < SHORTEST_PASSWORD:
        raise Invalid(password=f"At least {SHORTEST_PASSWORD} characters; a sentence is easy to remember.")
    if len(password) > LONGEST_PASSWORD:
        raise Invalid(password=f"At most {LONGEST_PASSWORD} characters.")
    plain = password.casefold()
    own = {email.casefold(), email.split("@", maxsplit=1)[0].casefold(), name.casefold(), "evenhand"}
    if plain in COMMON or len(set(plain)) < 4:
        raise Invalid(password="This one is among the first that would be guessed. Choose another.")  # noqa: S106 (a sentence)
    if any(len(word) > 3 and plain.replace(word, "").strip("0123456789!. ") == "" for word in own):
        raise Invalid(password="This is your own name or address, which is easy to guess.")  # noqa: S106 (a sentence)


def check_roles(roles: Iterable[Role]) -> frozenset[Role]:
    """At least one role; somebody with none could do nothing at all."""
    chosen = frozenset(roles)
    if not chosen:
        raise Invalid(roles="Choose at least one role.")
    return chosen


def check_keeps_an_administrator(*, others: int) -> None:
    """The last administrator can neither be disabled nor stop being one."""
    if others == 0:
        raise Conflict("This is the last administrator. Make somebody else one first.")


def check_time_zone(name: str) -> str:
    """An IANA time zone, such as America/Chicago."""
    if name not in available_timezones():
        raise Invalid(time_zone="Choose a time zone of the list, such as America/Chicago.")
    return name


def normal_email(address: str) -> str:
    """The address as it is kept and compared: without blanks, in lower case."""
    return address.strip().lower()
