"""Evenhand: interviews that are fair, that agree, and that tell candidates the truth about the job."""

import os
from pathlib import Path

from flask import Flask
from flask_login import LoginManager
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from app import features
from app.core import config, schema
from app.core.config import Settings
from app.core.db import db
from app.disclosures.kept import KeptFirst
from app.web import (
    addresses,
    assets,
    components,
    cookies,
    edge,
    errors,
    guard,
    headers,
    htmx,
    logs,
    render,
    uploads,
    words,
)
from app.web.application import Evenhand

ROOT = Path(__file__).parent.parent


def create_app(settings: Settings | None = None) -> Flask:
    """The application, ready to serve; with no settings given they come from the environment."""
    instance = ROOT / "instance"
    settings = settings or config.load(os.environ, instance=instance)
    if settings.database_url.startswith(f"sqlite:///{instance}"):
        instance.mkdir(exist_ok=True)

    app = Evenhand(__name__, static_folder="static", static_url_path="/static")
    app.extensions["settings"] = settings
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        TESTING=settings.mode == "test",
        PROPAGATE_EXCEPTIONS=settings.mode == "test",
        MAX_CONTENT_LENGTH=2 * 1024 * 1024,
        WTF_CSRF_TIME_LIMIT=None,
        SESSION_COOKIE_NAME="__Host-form" if settings.is_production else "form",
        SESSION_COOKIE_SECURE=settings.is_production,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PREFERRED_URL_SCHEME="https" if settings.is_production else "http",
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True

    logs.init(app)  # First, so that whatever refuses a request afterwards is logged with its id.
    uploads.init(app)  # Before forms are read, which is what asks for their token.
    db.init_app(app)
    if os.environ.get("FLASK_RUN_FROM_CLI"):  # Set by the flask command, for `flask db upgrade`.
        schema.migratable(app)
    cookies.FormTokens(app)
    htmx.init(app)
    app.session_interface = cookies.FormCookie()
    login = LoginManager()
    login.request_loader(features.load_viewer)
    # Its `init_app` would, besides this, look for a cookie of its own after every request.
    app.login_manager = login  # type: ignore[attr-defined]  # where Flask-Login looks for it

    addresses.init(app)
    edge.init(app)
    errors.init(app)
    assets.init(app)
    components.init(app)
    words.init(app)
    render.init(app)
    features.register(app)
    guard.check_routes(app)

    static = WhiteNoise(
        app.wsgi_app,
        root=str(ROOT / "app" / "static"),
        prefix="/static/",
        max_age=31536000,
        allow_all_origins=False,
        autorefresh=not settings.is_production,
    )
    secure = headers.SecurityHeaders(KeptFirst(static, app), https=settings.is_production)
    trusted = settings.proxies
    outermost = ProxyFix(secure, x_for=trusted, x_proto=trusted, x_host=trusted) if trusted else secure
    app.wsgi_app = outermost  # type: ignore[method-assign]  # how Flask says to wrap it
    return app
