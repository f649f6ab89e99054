"""What each kind of file may do, read from the code itself."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from app.audit.events import Event
from tests.structure.project import ROOT, files, name

# What somebody wrote on a scorecard; its author reads it, and a panel once it is open.
EVIDENCE = {
    *("Amendment", "DraftRevision", "FlagAnswer", "Note", "NoteTie", "Rating", "RedFlag", "Scorecard"),
    *("ScriptMark", "Verdict"),
}
PRACTICE = {"PracticeCard", "PracticeRating", "PracticeRevision"}
TABLES = re.compile(
    r"\b(FROM|JOIN|INTO|UPDATE)\s+"
    r"(amendment|draft_revision|flag_answer|note|note_tie|rating|red_flag|scorecard|script_mark|verdict)\b"
)
DOOR = "app/scoring/queries/"
MODELS = "app/scoring/models.py"

# Where a transaction ends: after a request, after a command, and after each step of a letter.
COMMIT = {
    "app/accuracy/cli.py",
    "app/web/application.py",
    "app/disclosures/cli.py",
    "app/identity/cli.py",
    "app/outbox/delivery.py",
    "app/packs/cli.py",
    "app/demo/__main__.py",
    "app/demo/build.py",
}


def modules(*patterns: str) -> Iterator[tuple[Path, ast.Module]]:
    """The application's modules, parsed."""
    for path in files(*(patterns or ("*.py",)), under=("app",)):
        yield path, ast.parse(path.read_text("utf-8"))


def is_kind(path: Path, kind: str) -> bool:
    """Whether a module is a feature's `kind`.py, or in its `kind` folder."""
    return kind in {path.stem, path.parent.name}


def calls(tree: ast.AST, *methods: str) -> list[int]:
    """The lines on which one of these methods is called."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in methods
    ]


def changes(tree: ast.AST) -> list[int]:
    """The lines on which something is changed in the database."""
    session = {("db.session", verb) for verb in ("add", "add_all", "delete", "flush", "merge")}
    statements = {("sa", verb) for verb in ("delete", "insert", "update")}
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and (ast.unparse(node.value), node.attr) in session | statements
    ]


def writes(node: ast.AST) -> bool:
    """Whether an expression is `sa.insert(...)` or `sa.update(...)`, with whatever is chained to it."""
    while isinstance(node, ast.Call | ast.Attribute):
        if isinstance(node, ast.Attribute) and node.attr in {"insert", "update"}:
            return isinstance(node.value, ast.Name) and node.value.id == "sa"
        node = node.func if isinstance(node, ast.Call) else node.value
    return False


def harmless(tree: ast.AST) -> set[ast.AST]:
    """The places where a model's name reads nothing: in a type, where a row is made, in what writes."""
    found: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            types = [node.returns, *(one.annotation for one in arguments)]
            found.update(part for one in types if one for part in ast.walk(one))
        elif isinstance(node, ast.AnnAssign):
            found.update(ast.walk(node.annotation))
        elif isinstance(node, ast.Call):
            found.add(node.func)
            if writes(node):
                found.update(ast.walk(node))
    return found


def reads(tree: ast.Module) -> list[int]:
    """The lines on which evidence could be read from the database."""
    known = harmless(tree)
    named = {node: node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    named |= {node: node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    lines = [node.lineno for node, word in named.items() if word in EVIDENCE and node not in known]
    texts = [
        node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    return sorted(lines + [node.lineno for node in texts if TABLES.search(node.value)])


def test_only_the_queries_of_scoring_read_what_is_written_on_scorecards():
    elsewhere = {
        name(path): lines
        for path, tree in modules()
        if not name(path).startswith(DOOR) and name(path) != MODELS and (lines := reads(tree))
    }

    assert not elsewhere, f"Ask app/scoring/queries, which keeps the blind rule: {elsewhere}"


def test_that_door_would_be_missed():
    assert reads(ast.parse("db.session.scalars(sa.select(Rating).where(Rating.level == 5))"))
    assert reads(ast.parse("db.session.get(models.Scorecard, 1)"))
    assert (
        reads(ast.parse("sa.update(Assignment).where(Assignment.id.in_(sa.select(Scorecard.assignment_id)))"))
        == []
    )
    assert reads(ast.parse("statement = sa.insert(Rating)")) == []
    assert reads(ast.parse("def cards() -> list[Scorecard]: return [Scorecard()]")) == []
    assert reads(ast.parse("db.session.execute(sa.text('SELECT level FROM rating'))"))


def imported(tree: ast.Module) -> set[str]:
    """The names that a module takes from others."""
    return {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}


def test_nobody_outside_scoring_knows_these_models():
    elsewhere = {
        name(path): sorted(words)
        for path, tree in modules()
        if not name(path).startswith("app/scoring/")
        if (words := imported(tree) & EVIDENCE)
    }

    assert not elsewhere, f"Take the plain values of app/scoring/results.py instead: {elsewhere}"


def test_nobody_outside_practice_knows_its_models():
    elsewhere = {
        name(path): sorted(words)
        for path, tree in modules()
        if not name(path).startswith("app/scoring/practice/")
        if (words := imported(tree) & PRACTICE)
    }

    assert not elsewhere, f"What somebody practices is theirs alone: {elsewhere}"


def test_nothing_commits_but_the_end_of_a_request_or_of_a_command():
    elsewhere = {
        name(path): lines
        for path, tree in modules()
        if name(path) not in COMMIT
        if (lines := calls(tree, "commit"))
    }

    assert not elsewhere, f"Flush if an id is needed; the request commits by itself: {elsewhere}"
    assert all(calls(ast.parse((ROOT / path).read_text("utf-8")), "commit") for path in COMMIT)


def test_views_do_not_touch_the_database():
    touching = [
        name(path)
        for path, tree in modules()
        if is_kind(path, "views")
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        if (getattr(node, "module", "") or "").partition(".")[0] == "sqlalchemy"
        or any(alias.name.startswith("sqlalchemy") or alias.name == "db" for alias in node.names)
    ]

    assert not touching, f"Reading belongs to queries, changing to services: {touching}"


def test_queries_change_nothing():
    changing = {
        name(path): lines for path, tree in modules() if is_kind(path, "queries") and (lines := changes(tree))
    }

    assert not changing, f"Changing belongs to services: {changing}"


def test_services_know_no_request_and_no_page():
    knowing = [
        name(path)
        for path, tree in modules()
        if is_kind(path, "services")
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for module in (
            [node.module] if isinstance(node, ast.ImportFrom) else [one.name for one in node.names]
        )
        if (module or "").partition(".")[0] in {"flask", "flask_login"}
        or (module or "").startswith("app.web")
    ]

    assert not knowing, f"Take the actor and plain values as arguments: {knowing}"


def test_every_event_of_the_catalogue_is_recorded_somewhere():
    recorded = {
        node.attr
        for path, tree in modules()
        if is_kind(path, "services")
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Event"
    }
    forgotten = {event.name for event in Event} - recorded

    assert not forgotten, (
        f"Record these in a service, or take them out of app/audit/events.py: {sorted(forgotten)}"
    )
