"""Says in plain words what pydantic found wrong with the shape of a document."""

from collections.abc import Iterator
from difflib import get_close_matches

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from scenarios.problems import Fault, Path
from scenarios.schema import Document

_EXPECTED = {
    "tuple_type": ("A list is expected here", "Write one item a line, each after a dash."),
    "dict_type": ("Named fields are expected here", "Write `name: value`, one a line."),
    "model_type": ("Named fields are expected here", "Write `name: value`, one a line."),
    "string_type": ("Text is expected here", "Write one piece of text, no list and no fields."),
    "int_type": ("A whole number is expected here", "Write it in digits."),
    "int_parsing": ("This is not a whole number", "Write it in digits."),
    "int_parsing_size": ("This number is far too long", "Write a small whole number."),
    "bool_type": ("Yes or no is expected here", "Write `true` or `false`."),
    "bool_parsing": ("This is neither yes nor no", "Write `true` or `false`."),
}

_FIELD_NAMES = sorted({name for model in Document.__subclasses__() for name in model.model_fields})

_PATTERNS = "Use lower-case words joined by hyphens for an id, two to five capitals for a competency code."


def explain(error: ValidationError) -> Iterator[Fault]:
    """One fault for each thing that pydantic found."""
    for details in error.errors(include_url=False, include_input=False):
        path: Path = tuple(part for part in details["loc"] if part != "[key]")
        yield Fault(path, *_words(details, path))


def _words(details: ErrorDetails, path: Path) -> tuple[str, str]:
    limits = details.get("ctx", {})
    match details["type"]:
        case "missing":
            return "This field is missing", f"Add `{path[-1]}:` here."
        case "extra_forbidden":
            return "No field has this name here", _likely(str(path[-1]))
        case "enum":
            return "This word is not on the list", f"Write {limits['expected']}."
        case "too_short":
            return f"There are {limits['actual_length']} items", f"Write at least {limits['min_length']}."
        case "too_long":
            return f"There are {limits['actual_length']} items", f"Write at most {limits['max_length']}."
        case "string_too_short":
            return "This is empty", "Write the text."
        case "string_too_long":
            return "This text is too long", f"Keep it to {limits['max_length']} characters."
        case "string_pattern_mismatch":
            return "This is not written as a name of this kind", _PATTERNS
        case "greater_than_equal":
            return "This number is too small", f"Write {limits['ge']} or more."
        case "less_than_equal":
            return "This number is too large", f"Write {limits['le']} or less."
        case kind if kind in _EXPECTED:
            return _EXPECTED[kind]
    return details["msg"], "See the README of the scenarios."


def _likely(name: str) -> str:
    near = get_close_matches(name[:60], _FIELD_NAMES, n=1)
    return f"Did you mean `{near[0]}`? If not, remove it." if near else "Remove it, or correct its spelling."
