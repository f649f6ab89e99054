"""The one blueprint of candidates, on which its views are hung."""

from flask import Blueprint

bp = Blueprint("candidates", "app.candidates", template_folder="templates")
