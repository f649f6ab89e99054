"""A live server for the tests of pages: the whole application, form tokens included, on a port of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from app import create_app
from app.core.config import Settings
from app.core.db import db
from app.identity import queries, services, sessions
from app.identity.models import Person
from tests.factories import people


@dataclass(frozen=True)
class Site:
    """Where the application is served, and how its people get in."""

    address: str

    def welcome(self, *persons: Person) -> None:
        """Let these people set their password, by a fresh invitation each."""
        for person in persons:
            token = services.renew_invitation(people.actor(people.ada()), person)
            services.accept_invitation(queries.get_invitation(token), password=people.PASSWORD)
        db.session.commit()

    def ticket(self, person: Person) -> str:
        """The token of a session of theirs, for the browser of a test that is not about signing in."""
        token = sessions.begin(person.id)
        db.session.commit()
        return token


class Quiet(WSGIRequestHandler):
    """A handler that does not write a line for each request."""

    def log_request(self, *_: object) -> None:
        pass


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve the application from threads of this process; answers its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def site(database_url: str) -> Iterator[Site]:
    """The application as it runs in development, over a database that is there."""
    app = create_app(Settings(mode="development", database_url=database_url))
    with served(app) as address:
        yield Site(address)
    with app.app_context():
        db.engine.dispose()
