"""One-click sign-in as a person of the demo; registered in the demo and nowhere else."""

from flask import Blueprint, Response

from app.core.errors import NotFound
from app.demo.cast import CAST, Player
from app.identity import queries, services
from app.web import cookies
from app.web.guard import public
from app.web.render import see_other

bp = Blueprint("demo", __name__, template_folder="templates")


@bp.app_context_processor
def personas() -> dict[str, tuple[Player, ...]]:
    """The people whom the sign-in page offers."""
    return {"personas": tuple(player for player in CAST if player.about)}


@bp.post("/demo/sign-in/<email>")
@public
def enter(email: str) -> Response:
    if email not in {player.email for player in CAST}:
        raise NotFound
    person = queries.find_by_email(email)
    if person is None:
        raise NotFound
    return cookies.give(see_other("overview.today"), services.begin_session(person))
