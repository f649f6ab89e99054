"""Who is looking: the signed-in person as the HTTP edge knows them."""

from dataclasses import dataclass

from flask import request
from flask_login import UserMixin, current_user
from werkzeug.exceptions import Unauthorized

from app.policy import NOBODY, Actor


@dataclass(frozen=True)
class Viewer(UserMixin):
    """The signed-in person: what pages need of them, and the actor that services take."""

    actor: Actor
    first_name: str
    theme: str
    time_zone: str

    def get_id(self) -> str:
        return str(self.actor.id)


def viewer() -> Viewer | None:
    """The signed-in person, or None."""
    return current_user._get_current_object() if current_user.is_authenticated else None


def actor() -> Actor:
    """The signed-in actor; raises Unauthorized (which leads to the sign-in page) when there is none."""
    found = viewer()
    if found is None:
        raise Unauthorized
    return found.actor


def actor_or_nobody() -> Actor:
    """The signed-in actor, or the actor that stands for whoever holds a link."""
    found = viewer()
    return found.actor if found else NOBODY


def here() -> str:
    """The path and query of this request, for coming back to it after signing in."""
    return request.full_path.rstrip("?")
