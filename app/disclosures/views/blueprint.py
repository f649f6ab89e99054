"""The one blueprint of disclosures, on which its views are hung."""

from flask import Blueprint

from app.disclosures.reading import own_source

bp = Blueprint("disclosures", "app.disclosures", template_folder="templates")
bp.add_app_template_filter(own_source)
