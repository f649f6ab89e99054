"""The cookie that carries a sign-in session's token, and the one with a form's token."""

from typing import Any

from flask import Flask, Request, Response, current_app, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from flask_wtf import CSRFProtect

from app.core.config import Settings


class FormCookie(SecureCookieSessionInterface):
    """Flask's signed cookie, with a signer that is made once and not for each request.

    Only an answer that sets it varies by cookie. Flask says so of every page, because templates are handed
    the session, and no cache could then share the public ones.
    """

    def __init__(self) -> None:
        self._signer: Any = None

    def get_signing_serializer(self, app: Flask) -> Any:
        self._signer = self._signer or super().get_signing_serializer(app)
        return self._signer

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if not request.environ.get("HTTP_COOKIE"):
            return self.session_class()
        return super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if session.modified:
            super().save_session(app, session, response)


class FormTokens(CSRFProtect):
    """Asks every request that may change something for the token of a form, and of others nothing."""

    def protect(self, apply_exemptions: bool = False) -> None:
        if request.method in current_app.config["WTF_CSRF_METHODS"]:
            super().protect(apply_exemptions)


def _settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found


def _name() -> str:
    return "__Host-evenhand" if _settings().is_production else "evenhand"


def token() -> str | None:
    """The token this browser sent."""
    return request.cookies.get(_name())


def give(response: Response, value: str) -> Response:
    """Set the cookie: out of scripts' reach, for this site only, and over HTTPS only in production."""
    settings = _settings()
    response.set_cookie(
        _name(),
        value,
        max_age=settings.session_days * 86400,
        secure=settings.is_production,
        httponly=True,
        samesite="Lax",
        path="/",
    )
    return response


def take_back(response: Response) -> Response:
    """Remove the cookie."""
    response.delete_cookie(_name(), secure=_settings().is_production, httponly=True, samesite="Lax", path="/")
    return response
