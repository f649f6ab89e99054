"""The Flask subclass whose every request runs in the same order and ends in one commit or one rollback."""

from collections.abc import Callable
from typing import Any

from flask import Flask, Response, has_request_context, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from app import policy
from app.core import db as database
from app.core.db import db
from app.core.errors import Refusal
from app.web import guard
from app.web.render import Templates

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Evenhand(Flask):
    """Unsafe methods that answer below 400 commit, once; all else is undone, so a GET cannot write."""

    jinja_environment = Templates

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._fixed: dict[str, str] = {}

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func  # Nothing here is asynchronous, and Flask asks it of ten functions a request.

    def url_for(self, /, endpoint: str, **values: Any) -> str:
        # Where nothing is filled in, the address is built once: each page has a dozen such.
        is_filled_in = endpoint.startswith(".") or any(value is not None for value in values.values())
        if is_filled_in or not has_request_context() or request.script_root:
            return super().url_for(endpoint, **values)
        if endpoint not in self._fixed:
            self._fixed[endpoint] = super().url_for(endpoint, **values)
        return self._fixed[endpoint]

    def full_dispatch_request(self) -> Response:
        policy.forget()
        with database.reading(request.method in SAFE_METHODS):
            try:
                return super().full_dispatch_request()
            finally:
                if db.session.registry.has():
                    self._let_go()

    def _let_go(self) -> None:
        session = db.session()
        if database.only_reads() and session.in_transaction() and db.engine.dialect.name == "postgresql":
            # Nothing was written, because PostgreSQL lets nothing be written, and at a ROLLBACK psycopg would
            # forget the statements it has prepared: each page would have its queries planned anew.
            session.expunge_all()
            session.commit()
        session.close()

    def dispatch_request(self) -> ResponseReturnValue:
        response = self.make_response(super().dispatch_request())
        guard.verify(self, response)
        if request.method not in SAFE_METHODS and response.status_code < 400:
            db.session.commit()
        return response

    def handle_user_exception(self, e: Exception) -> Any:
        if isinstance(e, Refusal | HTTPException):
            db.session.expunge_all()  # Whatever was changed is forgotten before a page says so.
        else:
            # Closed, not put back: a result that was half read when it broke keeps SQLite's connection on
            # what it saw then for as long as the traceback lives, and whoever got it next would see it too.
            db.session().invalidate()
        return super().handle_user_exception(e)
