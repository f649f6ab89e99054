"""The one blueprint of loops, on which its views are hung."""

from flask import Blueprint

bp = Blueprint("loops", "app.loops", template_folder="templates")
