"""The one blueprint of packs, on which its views are hung."""

from flask import Blueprint

from app.packs import rules

bp = Blueprint("packs", "app.packs", template_folder="templates")


@bp.context_processor
def bars() -> dict[str, object]:
    """What the template of a whole scenario asks, wherever it is shown."""
    return {"bars_of": rules.bars_of}
