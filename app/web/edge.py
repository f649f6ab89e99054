"""The first and last steps of every request that belong to no feature."""

from flask import Flask, Response, jsonify, request
from sqlalchemy import text
from werkzeug.exceptions import Unauthorized

from app.core.db import db
from app.web import guard
from app.web.viewer import viewer


def init(app: Flask) -> None:
    """Ask for a sign-in where an endpoint needs one, and offer the health check."""

    @app.before_request
    def admit() -> None:
        endpoint = request.endpoint
        if endpoint is not None and guard.needs_sign_in(app, endpoint) and viewer() is None:
            raise Unauthorized

    @app.after_request
    def keep_tokens(response: Response) -> Response:
        """Whoever has the address of a link has the link: no request says which page it came from."""
        if "token" in (request.view_args or {}):
            response.headers["Referrer-Policy"] = "strict-origin"
        return response

    @app.get("/healthz")
    @guard.public
    def healthz() -> Response:
        """Whether the process answers and its database does."""
        db.session.execute(text("SELECT 1"))
        return jsonify(status="ok")

    app.view_functions["static"] = guard.public(app.view_functions["static"])
