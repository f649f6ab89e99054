"""Every refusal as a page in human words; the one place where errors from below become HTTP."""

from flask import Flask, Response, request, url_for
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from app.core.errors import Conflict, Forbidden, Gone, Invalid, NotFound, TooMany
from app.web import logs
from app.web.render import render, see_other
from app.web.viewer import here

UNIQUE_VIOLATION = "23505"  # as PostgreSQL names it

WORDS = {
    400: (
        "This request could not be read",
        "Go back, reload the page and try again; what you typed is still there.",
    ),
    401: ("You are signed out", "Sign in again in another tab, then come back here and repeat what you did."),
    404: ("There is nothing here", "The address may be mistyped, or what it named is not yours to see."),
    405: ("This address does not take that", "Go back and use the buttons of the page."),
    409: ("This has changed since you looked", "Reload the page, then make your change again."),
    413: ("That is too large", "Send less at a time."),
    415: ("This kind of data is not taken here", "Go back and use the form of the page."),
    500: (
        "Something broke on our side",
        "What was saved is safe. Try again; if it happens again, tell whoever runs Evenhand this number.",
    ),
}


def page(status: int, title: str, explanation: str, **more: object) -> Response:
    """The error page, or its fragment for htmx."""
    return render(
        "layout/error.html",
        fragment="layout/_error.html",
        status=status,
        title=title,
        explanation=explanation,
        **more,
    )


def came_second(error: IntegrityError) -> bool:
    """Whether another request, sent at the same time, has stored the very thing this one was to add."""
    is_taken_here = getattr(error.orig, "sqlite_errorname", None) == "SQLITE_CONSTRAINT_UNIQUE"
    return is_taken_here or getattr(error.orig, "sqlstate", None) == UNIQUE_VIOLATION


def init(app: Flask) -> None:
    """Map errors to answers."""

    @app.errorhandler(NotFound)
    def not_found(_: NotFound) -> Response:
        return page(404, *WORDS[404])

    @app.errorhandler(Forbidden)
    def forbidden(error: Forbidden) -> Response:
        logs.refused(error.reason)
        return page(403, "Not for you to do, or not yet", error.reason)

    @app.errorhandler(Conflict)
    def conflict(error: Conflict) -> Response:
        return page(409, WORDS[409][0], error.message)

    @app.errorhandler(StaleDataError)
    def stale(_: StaleDataError) -> Response:
        return page(409, *WORDS[409])

    @app.errorhandler(IntegrityError)
    def refused(error: IntegrityError) -> Response:
        return page(409, *WORDS[409]) if came_second(error) else broken(error)

    @app.errorhandler(Invalid)
    def invalid(error: Invalid) -> Response:
        return page(422, "This cannot be taken as it is", " ".join(error.fields.values()))

    @app.errorhandler(Gone)
    def gone(error: Gone) -> Response:
        return page(410, "This link no longer works", error.reason)

    @app.errorhandler(TooMany)
    def too_many(error: TooMany) -> Response:
        minutes = -(-error.seconds // 60)
        words = "a minute" if minutes == 1 else f"{minutes} minutes"
        response = page(429, "Too many tries", f"Wait {words}, then try again.")
        response.headers["Retry-After"] = str(error.seconds)
        return response

    @app.errorhandler(CSRFError)
    def forged(_: CSRFError) -> Response:
        return page(400, *WORDS[400])

    @app.errorhandler(401)
    def signed_out(_: HTTPException) -> Response:
        if request.method in {"GET", "HEAD"} and "HX-Request" not in request.headers:
            return see_other("identity.sign_in", next=here())
        return page(401, *WORDS[401], link=url_for("identity.sign_in"), link_text="Sign in")

    @app.errorhandler(HTTPException)
    def other(error: HTTPException) -> Response:
        status = error.code or 500
        response = page(status, *WORDS.get(status, WORDS[400]))
        for name, value in error.get_headers():
            if name == "Allow":
                response.headers[name] = value
        return response

    @app.errorhandler(Exception)
    def broken(error: Exception) -> Response:
        if app.config["PROPAGATE_EXCEPTIONS"]:
            raise error
        logs.crashed(error)
        return page(500, *WORDS[500])
