"""Letters: every kind that is posted is written, and every kind that is written is posted."""

import ast
from collections.abc import Iterator

from app import features
from app.outbox import letters
from tests.structure.project import files, name


def posted(*trees: tuple[str, ast.AST]) -> Iterator[tuple[str, str | None]]:
    """The kinds given to `outbox.post`, by where; None where a kind is not simply written there."""
    for where, tree in trees:
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and ast.unparse(node.func) == "outbox.post"):
                continue
            kind = node.args[0] if node.args else None
            is_plain = isinstance(kind, ast.Constant) and isinstance(kind.value, str)
            yield f"{where}:{node.lineno}", kind.value if is_plain else None  # type: ignore[union-attr]


def ours() -> Iterator[tuple[str, ast.AST]]:
    """The application's modules."""
    for path in files("*.py", under=("app",)):
        yield name(path), ast.parse(path.read_text("utf-8"))


def test_every_letter_that_is_posted_is_one_that_is_written():
    unknown = {where: kind for where, kind in posted(*ours()) if kind not in letters.kinds()}

    assert not unknown, f"Say how these are written in the feature's letters.py: {unknown}"


def test_every_letter_that_is_written_is_posted_somewhere():
    silent = letters.kinds() - {kind for _, kind in posted(*ours())}

    assert not silent, f"Nothing posts these: {sorted(silent)}"


def test_every_module_of_letters_is_put_together_with_the_others():
    there = {name(path) for path in files("letters.py", under=("app",))} - {"app/outbox/letters.py"}
    listed = {f"{module.__name__.replace('.', '/')}.py" for module in features.LETTERS}

    assert there == listed, "List it in app/features.py."


def test_that_a_post_is_seen():
    tree = ast.parse('outbox.post("birthday", person=1)\noutbox.post(kind, person=1)')

    assert list(posted(("here", tree))) == [("here:1", "birthday"), ("here:2", None)]
