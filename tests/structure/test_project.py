"""What is true of every file of the project, whatever it is about."""

import re

from tests.structure.project import CODE, ROOT, files, name

LONGEST_FILE = 400
LARGEST_FILE = 600_000
FOREIGN = re.compile(
    r"(^|/)(node_modules|vendor|__pycache__)/|\.(min\.\w+|pyc|so|whl|woff2?|ttf|sqlite3|db|br|gz|zip)$"
)

# What is dangerous or unfinished, and the files that have a reason for it.
UNWANTED = {
    r"\|\s*safe\b|autoescape\s+false": set(),
    r"\bMarkup\b": {"app/web/assets.py"},  # draws icons from our own folder into pages
    r"\b(eval|exec)\(": set(),
    r"\b(pickle|marshal|shelve)\b": set(),
    r"\byaml\.(unsafe_|full_)?load\b|\bunsafe_load\b": set(),
    r"\bshell=True\b|\bos\.system\(": set(),
    r"\b(TODO|FIXME|XXX|HACK)\b|[Cc]oming soon|\bNotImplementedError\b": set(),
    r"\bpytest\.(skip|xfail|importorskip)\b|mark\.(skip|skipif|xfail)\b": set(),
    r"\btime\.sleep\(": {
        "app/serving.py",  # a database that is being started again
        "bench/interviewers.py",  # people who type on the clock
        "bench/pages.py",  # they write for a while
        "bench/start.py",  # a server that idles
        "tests/infrastructure/gunicorn.py",  # these wait for a server that starts or ends
        "tests/infrastructure/kept.py",
        "tests/infrastructure/postgres.py",
        "tests/infrastructure/test_postgres.py",
        "tests/promises/autosaves.py",  # a page that tries again
        "tests/promises/defects.py",  # a server that writes late
        "tests/promises/letters.py",  # workers that send letters meanwhile
        "tests/promises/postmen.py",
    },
}
MACHINE_PATH = re.compile(r"(?<![\w./~-])/(home|root|work|Users)/\w|\.\./shared\b")
LINK = re.compile(r"\]\((?!\w+:|#)([^)#\s]+)")


def test_no_python_file_is_too_long_to_be_read_in_one_go():
    long = {
        name(path): lines
        for path in files("*.py")
        if path.parent.name
        != "versions"  # a migration is written once, by a program, and read from top to bottom
        if (lines := len(path.read_text("utf-8").splitlines())) > LONGEST_FILE
    }

    assert not long, f"Split these by what they are about; {LONGEST_FILE} lines are the limit: {long}"


def test_nothing_is_kept_that_was_made_by_others_or_by_a_program():
    foreign = [name(path) for path in files() if FOREIGN.search(name(path))]

    assert not foreign, f"Fetch or build these at set-up (see provision/) instead of keeping them: {foreign}"


def test_no_file_is_too_large_to_be_looked_at():
    large = {name(path): size for path in files() if (size := path.stat().st_size) > LARGEST_FILE}

    assert not large, f"Make these smaller or build them when needed: {large}"


def test_nothing_dangerous_or_unfinished_is_in_the_code():
    here = name(ROOT / "tests/structure/test_project.py")
    found = [
        f"{name(path)}:{number}: {line.strip()}"
        for path in files("*.py", "*.html", "*.js", under=CODE)
        if name(path) != here
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        for pattern, allowed in UNWANTED.items()
        if name(path) not in allowed and re.search(pattern, line)
    ]

    assert not found, "Find another way, or give the reason in UNWANTED:\n" + "\n".join(found)


def test_every_exception_from_that_is_still_needed():
    stale = [
        (pattern, path)
        for pattern, allowed in UNWANTED.items()
        for path in allowed
        if not (ROOT / path).exists() or not re.search(pattern, (ROOT / path).read_text("utf-8"))
    ]

    assert not stale, f"Remove these from UNWANTED: {stale}"


def test_nothing_names_a_place_on_one_machine():
    found = [
        f"{name(path)}:{number}: {line.strip()[:120]}"
        for path in files(
            "*.py", "*.md", "*.html", "*.toml", "*.json", "*.lock", "*.yaml", "*.yml", "run", ".npmrc"
        )
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if MACHINE_PATH.search(line)
    ]

    assert not found, "The project stands alone; say it without the path:\n" + "\n".join(found)


def test_links_between_documents_lead_somewhere():
    broken = [
        f"{name(path)}: {target}"
        for path in files("*.md")
        for target in LINK.findall(path.read_text("utf-8"))
        if not (path.parent / target).exists()
    ]

    assert not broken, "Mend these links:\n" + "\n".join(broken)
