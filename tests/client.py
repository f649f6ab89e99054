"""The test client: a browser that signs in as somebody, counts queries and expects an answer."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any

import sqlalchemy as sa
from flask.testing import FlaskClient
from sqlalchemy.engine import Engine
from werkzeug.test import TestResponse

from app.core.db import db
from app.identity import sessions
from app.identity.models import Person


class Client(FlaskClient):
    """`client.as_(iris).get("/scorecards", expect=200)`."""

    def as_(self, person: Person) -> "Client":
        """Another browser, signed in as this person."""
        other = self.application.test_client()
        assert isinstance(other, Client)
        token = sessions.begin(person.id)
        db.session.commit()
        other.set_cookie("evenhand", token)
        return other

    def open(self, *args: Any, expect: int | None = None, **kwargs: Any) -> TestResponse:
        """Send a request in a context of its own, as a server would; check the status if one is expected."""
        db.session.commit()
        with self.application.app_context():
            response = super().open(*args, **{"buffered": True, **kwargs})
        db.session.expire_all()
        if expect is not None:
            assert response.status_code == expect, f"{response.status}: {words(response)[:600]}"
        return response


def words(response: TestResponse) -> str:
    """The words of a page, without its markup."""
    plain = re.sub(
        r"<(script|style|svg)\b.*?</\1>|<[^>]+>", " ", response.get_data(as_text=True), flags=re.DOTALL
    )
    return re.sub(r"\s+", " ", unescape(plain)).strip()


@contextmanager
def count_queries() -> Iterator[list[str]]:
    """The statements that are sent inside the block; opening and closing transactions are not counted."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE")):
            sent.append(statement)

    sa.event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        sa.event.remove(Engine, "before_cursor_execute", note)
