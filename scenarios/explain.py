"""Says in plain words what pydantic found wrong with the shape of a document."""

from collections.abc import Iterator
from difflib import get_close_matches

from pydantic import ValidationError

from scenarios.problems import Fault
from scenarios.schema import Document

# What pydantic calls a mistake -> message and remedy, filled in with the limits that pydantic reports.
_WORDS = {
    "missing": ("The field `{name}` is missing", "Add it here."),
    "extra_forbidden": ("No field is called so here", "Remove it, or correct its spelling{likely}."),
    "enum": ("This word is not on the list", "Write {expected}."),
    "too_short": ("There are {actual_length} items", "Write at least {min_length}."),
    "too_long": ("There are {actual_length} items", "Write at most {max_length}."),
    "tuple_type": ("A list is expected here", "Write one item a line, each after a dash."),
    "dict_type": ("Named fields are expected here", "Write `name: value`, one a line."),
    "model_type": ("Named fields are expected here", "Write `name: value`, one a line."),
    "string_type": ("Text is expected here", "Write one piece of text, no list and no fields."),
    "string_too_short": ("There is no text", "Write it."),
    "string_too_long": ("The text is too long", "Keep it to {max_length} characters."),
    "string_pattern_mismatch": (
        "A name is not written like this",
        "An id is lower-case words joined by hyphens, a competency code two to five capitals.",
    ),
    "int_type": ("A whole number is expected here", "Write it in digits."),
    "int_parsing": ("This is not a whole number", "Write it in digits."),
    "int_parsing_size": ("This number is far too long", "Write a small whole number."),
    "greater_than_equal": ("The number is too small", "Write {ge} or more."),
    "less_than_equal": ("The number is too large", "Write {le} or less."),
    "bool_type": ("Yes or no is expected here", "Write `true` or `false`."),
    "bool_parsing": ("This is neither yes nor no", "Write `true` or `false`."),
}

# Guessing what was meant costs time, and nobody reads a guess for the thousandth unknown field.
_GUESSES = 50

_FIELD_NAMES = sorted({name for model in Document.__subclasses__() for name in model.model_fields})


def explain(error: ValidationError) -> Iterator[Fault]:
    """Yield one fault for each thing that pydantic found.

    A list whose only item is wrong is also too short for pydantic; only the item is to be mended.
    """
    found = error.errors(include_url=False, include_input=False)
    lists_with_faults = {
        details["loc"][:-depth] for details in found for depth in range(1, len(details["loc"]))
    }
    for number, details in enumerate(found):
        if details["type"] == "too_short" and details["loc"] in lists_with_faults:
            continue
        path = tuple(part for part in details["loc"] if part != "[key]")
        name = str(path[-1])[:60] if path else ""
        limits = {
            **details.get("ctx", {}),
            "name": name,
            "likely": _likely(name) if number < _GUESSES else "",
        }
        message, remedy = _WORDS[details["type"]]
        yield Fault(path, message.format_map(limits), remedy.format_map(limits))


def _likely(name: str) -> str:
    near = get_close_matches(name, _FIELD_NAMES, n=1)
    return f" (perhaps `{near[0]}`)" if near else ""
