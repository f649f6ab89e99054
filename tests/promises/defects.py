"""Servers with a defect, for gunicorn to serve: each breaks a promise in the way it is really broken."""

import io
import time
from collections.abc import Callable, Iterable
from queue import Queue
from threading import Thread, local
from typing import Any

import sqlalchemy as sa
from flask import Flask, Response, request
from sqlalchemy.engine import Engine

from app import create_app
from app.core.db import db

BEHIND = 0.1


def answers_before_it_commits() -> Flask:
    """Savings are answered at once and written a moment later."""
    app, late, here = create_app(), Queue[Callable[[], Any]](), local()
    inner, commit = app.wsgi_app, db.session.commit

    def commit_unless_early() -> None:
        if not getattr(here, "early", False):
            commit()

    def serve(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        if not environ["PATH_INFO"].endswith("/revisions"):
            return inner(environ, start)
        body, asked = environ["wsgi.input"].read(), dict(environ)

        def ask(start: Any) -> bytes:
            return b"".join(inner({**asked, "wsgi.input": io.BytesIO(body)}, start))

        here.early = True
        answer = ask(start)
        here.early = False
        late.put(lambda: ask(lambda *_: None))
        return [answer]

    def write_behind() -> None:
        while True:
            write = late.get()
            time.sleep(BEHIND)
            write()

    db.session.commit = commit_unless_early  # type: ignore[method-assign]  # the defect
    app.wsgi_app = serve  # type: ignore[method-assign,assignment]  # how Flask says to wrap it
    Thread(target=write_behind, daemon=True).start()
    return app


def flushes_now_and_then() -> Flask:
    """SQLite is left to write its log to the disk when it likes."""

    @sa.event.listens_for(Engine, "connect")
    def _(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA synchronous = NORMAL")

    return create_app()


def logs_addresses() -> Flask:
    """Each request is logged with its address."""
    app = create_app()

    @app.after_request
    def tell(response: Response) -> Response:
        print(request.method, request.url, response.status_code, flush=True)
        return response

    return app
