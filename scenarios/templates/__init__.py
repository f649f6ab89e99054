"""Loop templates: for a setting and a role the stages to begin with, and why each is there and in its place.

A template names scenarios and nothing else: the level of a job changes bars only. Templates are files beside
this one, read as strictly as packs.
"""

from scenarios.templates.checking import problems_of, problems_of_shipped
from scenarios.templates.reading import Read, find_template, read_templates, shipped_templates
from scenarios.templates.schema import Place, Template

__all__ = [
    "Place",
    "Read",
    "Template",
    "find_template",
    "problems_of",
    "problems_of_shipped",
    "read_templates",
    "shipped_templates",
]
