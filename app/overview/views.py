"""Today and the job page: what each person finds first."""

from flask import Blueprint, Response

from app.policy import Act, check
from app.web.guard import acts
from app.web.render import render
from app.web.viewer import actor

bp = Blueprint("overview", __name__, template_folder="templates")


@bp.get("/")
@acts(Act.SEE_TODAY)
def today() -> Response:
    check(actor(), Act.SEE_TODAY)
    return render("overview/today.html")
