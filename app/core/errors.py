"""The ways a request can be refused; `app.web.errors` turns each into a page."""

from collections.abc import Mapping


class Refusal(Exception):
    """Somebody asked for what they do not get: an answer like any other, and no fault of the application."""


class NotFound(Refusal):
    """The thing does not exist, or this person may not know that it does."""


class Forbidden(Refusal):
    """The person may know the thing exists, but not do this; carries the sentence they read."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Conflict(Refusal):
    """The thing has moved on since the person looked at it; carries what to do now."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Invalid(Refusal):
    """Input that a rule refuses; `fields` maps form field names to sentences ('' for the whole form)."""

    def __init__(self, message: str = "", **fields: str) -> None:
        self.fields: Mapping[str, str] = {"": message, **fields} if message else fields
        super().__init__("; ".join(self.fields.values()))


class Gone(Refusal):
    """A link that once worked; carries why it no longer does and whom to ask."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TooMany(Refusal):
    """Too many tries; carries how many seconds to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Wait {seconds} seconds.")
        self.seconds = seconds
