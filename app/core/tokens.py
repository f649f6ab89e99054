"""Secrets that travel in links and cookies: 256 bits that nobody can guess, kept only as a digest.

Most are drawn at random and shown once. Those of links that letters carry are derived instead, from the
server's secret and the random id of the link's row: a letter that is sent again has the same link, and the
database alone still opens nothing.
"""

import base64
import hashlib
import hmac
import secrets
import uuid

from flask import current_app

from app.core.config import Settings


def new() -> str:
    """A fresh URL-safe token of 256 random bits."""
    return secrets.token_urlsafe(32)


def derived(use: str, public_id: uuid.UUID) -> str:
    """The URL-safe token of one row for one use, 256 bits; the same each time, until the secret changes."""
    settings: Settings = current_app.extensions["settings"]
    made = hmac.digest(settings.secret_key.encode(), f"{use} {public_id}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()


def digest(token: str) -> str:
    """What the database keeps of a token: its SHA-256 in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()
