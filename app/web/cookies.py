"""The cookie that carries a sign-in session's token."""

from flask import Response, current_app, request

from app.core.config import Settings


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
