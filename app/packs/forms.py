"""Forms about packs: what is looked for in the library, and the zip of a pack that is to be imported."""

from base64 import b64decode, b64encode
from collections.abc import Iterable
from pathlib import PurePath
from typing import TypeVar

from flask import request
from flask_wtf.file import FileField, FileRequired
from wtforms import SearchField, SelectField, StringField
from wtforms.widgets import HiddenInput

from app.packs.models import ScenarioVersion
from app.packs.rules import Search
from app.web.forms import Form, SelectChoice
from scenarios import Kind, Level, Role, Setting
from scenarios.archive import MAX_ARCHIVE
from scenarios.vocabulary import Word

W = TypeVar("W", bound=Word)

MAX_NAME = 100
ALL = SelectChoice("", "All")


def _any(words: type[Word]) -> list[SelectChoice]:
    return [ALL, *(SelectChoice(word.value, word.label) for word in words)]


class SearchForm(Form):
    """What is looked for in the library; a word that no list has is as good as none."""

    words = SearchField("Words")
    kind = SelectField("Kind", choices=_any(Kind))
    setting = SelectField("Setting", choices=_any(Setting))
    role = SelectField("Role", choices=_any(Role))
    level = SelectField("Level", choices=_any(Level))
    criterion = SelectField("Criterion")

    @classmethod
    def asked(cls, versions: Iterable[ScenarioVersion]) -> "SearchForm":
        """The form as the address fills it, over these versions."""
        names = {code: name for version in versions for code, name in version.names.items()}
        form = cls(request.args)
        form.criterion.choices = [
            ALL,
            *(SelectChoice(code, f"{code} {names[code]}") for code in sorted(names)),
        ]
        return form

    @property
    def search(self) -> Search:
        return Search(
            kind=_word(Kind, self.kind),
            setting=_word(Setting, self.setting),
            role=_word(Role, self.role),
            level=_word(Level, self.level),
            criterion=self.criterion.data or "",
            words=self.words.data or "",
        )


class ZipForm(Form):
    """The zip of one pack."""

    zip = FileField("Zip of a pack", [FileRequired("Choose the zip of a pack.")])

    @property
    def given(self) -> tuple[bytes, str]:
        """The bytes, at most one more than a zip may have, and the name of the file."""
        given = self.zip.data
        return given.read(MAX_ARCHIVE + 1), PurePath(given.filename or "").name[:MAX_NAME] or "the zip"


class CarriedForm(Form):
    """The same zip, as the page that showed the dry run carries it: nothing of it is kept between the two."""

    archive = StringField(widget=HiddenInput())
    name = StringField(widget=HiddenInput())

    @classmethod
    def of(cls, data: bytes, name: str) -> "CarriedForm":
        """The form that carries this zip."""
        return cls(formdata=None, archive=b64encode(data).decode(), name=name)

    @property
    def given(self) -> tuple[bytes, str]:
        """The bytes that were carried; none at all if they were damaged on the way, which is no zip."""
        try:
            data = b64decode(self.archive.data or "", validate=True)
        except ValueError:
            data = b""
        return data, (self.name.data or "")[:MAX_NAME] or "the zip"


def _word(words: type[W], field: SelectField) -> W | None:
    return words(field.data) if field.data in set(words) else None
