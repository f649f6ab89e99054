"""The one blueprint of packs, on which its views are hung."""

from flask import Blueprint

bp = Blueprint("packs", "app.packs", template_folder="templates")
