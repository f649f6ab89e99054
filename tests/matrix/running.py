"""The matrix at work: the application in each state, and the cells not answered as the table says."""

import gc
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from structlog.testing import capture_logs

from app import create_app
from app.core.config import Settings
from app.core.db import db
from app.identity import passwords
from tests.infrastructure import scratch
from tests.matrix import table
from tests.matrix.asking import Desk, Scene
from tests.matrix.states import STATES
from tests.matrix.table import Cell

CELLS = table.read(list(STATES))
Record = Callable[[str, object], None]


@dataclass(frozen=True)
class Matrix:
    """The application, where it is asked, and its states."""

    app: Flask
    desk: Desk
    scenes: Mapping[str, Scene]


@pytest.fixture(scope="module")
def matrix(worlds: Callable[[str], Any]) -> Iterator[Matrix]:
    """Every state, made once; passwords are hashed cheaply here, because hundreds are."""
    folder = scratch.new_folder("matrix")
    app = create_app(Settings(mode="test", database_url=f"sqlite:///{folder / 'work.sqlite3'}"))
    app.config["WTF_CSRF_ENABLED"] = False
    desk, often = Desk(app), gc.get_threshold()
    gc.set_threshold(50_000, 50, 50)  # Ten thousand requests are answered a third faster.
    try:
        with pytest.MonkeyPatch.context() as patch, capture_logs():
            patch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
            with worlds("sqlite").fresh():
                empty = shutil.copy(str(db.engine.url.database), folder / "empty.sqlite3")
            yield Matrix(app, desk, {state: desk.make(state, empty) for state in STATES})
    finally:
        gc.set_threshold(*often)
        desk.clear()
        shutil.rmtree(folder)


def tell(record: Record, title: str, **figures: float) -> None:
    """Print figures, and hand them to the summary at the end of the run."""
    print(f"{title}: " + ", ".join(f"{value:g} {name}" for name, value in figures.items()))
    record("figures", {title: figures})


def surprises(matrix: Matrix, cells: Sequence[Cell], record: Record) -> list[str]:
    """The cells that are answered otherwise than they say, unsafely, or with a write that is not theirs."""
    began, wrong = time.process_time(), []
    for cell in cells:
        answer = matrix.desk.ask(matrix.scenes[cell.state], cell)
        if answer.said != cell.expected:
            wrong.append(f"{cell}: {answer.said} instead of {cell.expected}")
        if answer.unsafe:
            wrong.append(f"{cell}: without {', '.join(answer.unsafe)}")
        if answer.has_written and not cell.writes:
            wrong.append(f"{cell}: wrote, although it reads or is refused")
    allowed = sum(cell.is_allowed for cell in cells)
    tell(
        record,
        "Permission matrix",
        cells=len(cells),
        allowed=allowed,
        refused=len(cells) - allowed,
        seconds=round(time.process_time() - began, 1),
    )
    return wrong
