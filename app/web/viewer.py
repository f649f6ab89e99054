"""Who is looking: the signed-in person as the HTTP edge knows them."""

from dataclasses import dataclass

from flask import request
from flask_login import UserMixin, current_user

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
    found = current_user._get_current_object()
    return found if isinstance(found, Viewer) else None


def actor() -> Actor:
    """Who acts: the signed-in person, or nobody."""
    found = viewer()
    return found.actor if found else NOBODY


def here() -> str:
    """The path and query of this request, for coming back to it after signing in."""
    return request.full_path.rstrip("?")
