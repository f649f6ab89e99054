"""The one blueprint of scoring, on which its views are hung."""

from flask import Blueprint

bp = Blueprint("scoring", "app.scoring", template_folder="templates")
