"""What YAML can hide or blow up is refused before anyone looks at the content."""

import pytest

from tests.scenarios.files import NEAR_MISS, changed, line_of, refusal_of, replaced

TITLE = "title: Twenty-two minutes"

# name: (what stands in place of the title, text on the line that is named, path, message and remedy)
IN_PLACE_OF_THE_TITLE = {
    "an anchor": (
        "title: &a Twenty-two minutes",
        "title:",
        "title: Anchors are not allowed. Delete the word that begins with &.",
    ),
    "an anchor on a list": (
        f"{TITLE}\nx: &a\n  - 1",
        "x:",
        "x: Anchors are not allowed. Delete the word that begins with &.",
    ),
    "an alias": (
        "title: *a",
        "title:",
        "title: Aliases are not allowed. Write the text out.",
    ),
    "a merge key": (
        f"{TITLE}\n<<: {{kind: screen}}",
        "<<:",
        "<<: Merge keys are not allowed. Write the fields out.",
    ),
    "a tag": (
        "title: !!str Twenty-two minutes",
        "title:",
        "title: Tags are not allowed. Delete the word that begins with !.",
    ),
    "a tag that runs code elsewhere": (
        'title: !!python/object/apply:os.system ["true"]',
        "title:",
        "title: Tags are not allowed. Delete the word that begins with !.",
    ),
    "a key given twice": (
        f"{TITLE}\ntitle: Another",
        "title: Another",
        "title: This key is given twice. Keep one of the two.",
    ),
    "a key given twice inside another": (
        f"{TITLE}\nx: {{a: 1, a: 2}}",
        "x:",
        "x.a: This key is given twice. Keep one of the two.",
    ),
    "a key that is a list": (
        f"{TITLE}\n[a]: b",
        "[a]",
        "file: A key is not plain text. Write a field name.",
    ),
    "an alias for a key": (
        f"{TITLE}\n*a : b",
        "*a",
        "file: A key is not plain text. Write a field name.",
    ),
    "a second document": (
        f"{TITLE}\n---\n",
        "---",
        "file: A second document begins here. Keep one.",
    ),
    "a control character": (
        "title: Twenty\atwo",
        "title:",
        "file: A control character is in the text. Delete it.",
    ),
    "a NUL": (
        "title: Twenty\0two",
        "title:",
        "file: A control character is in the text. Delete it.",
    ),
    "a NUL written as an escape": (
        'title: "Twenty\\0two"',
        "title:",
        "title: An invisible control character is in the text. Delete it.",
    ),
    "a mark that turns the direction of writing": (
        "title: Twenty\u202etwo",
        "title:",
        "title: An invisible control character is in the text. Delete it.",
    ),
    "a NUL in a key": (
        f'{TITLE}\n"a\\0": b',
        '"a',
        "'a\\x00': An invisible control character is in the text. Delete it.",
    ),
    "a wrong indent": (
        f"{TITLE}\n   x: y",
        "   x: y",
        "file: This is not YAML: mapping values are not allowed in this context. "
        "Look at indent, colons and quotes.",
    ),
}

LAUGHS = "\n".join(["a0: &a0 ha", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9))])
MERGES = "\n".join(["m0: &m0 {a: 1}", *(f"m{n}: &m{n} {{<<: [*m{n - 1}, *m{n - 1}]}}" for n in range(1, 30))])

# name: (the whole file, line, path, message and remedy)
WHOLE_FILES = {
    "nothing": (b"", 1, "file: The file is empty. Write the fields that the README lists."),
    "only a remark": (b"# later\n", 1, "file: The file is empty. Write the fields that the README lists."),
    "a text": (b"later", 1, "file: Named fields are expected here. Write `name: value`, one a line."),
    "a list": (b"- later", 1, "file: Named fields are expected here. Write `name: value`, one a line."),
    "bytes that are not UTF-8": (
        b"id: a\ntitle: caf\xe9\n",
        2,
        "file: This is not UTF-8 text. Save it as UTF-8.",
    ),
    "text in UTF-16": (
        "id: a".encode("utf-16"),
        1,
        "file: This is not UTF-8 text. Save it as UTF-8.",
    ),
    "a quote that never ends": (
        b'id: a\ntitle: "Twenty-two\nstatus: pilot\n',
        2,
        "file: This is not YAML: found unexpected end of stream. Look at indent, colons and quotes.",
    ),
    "more than 256 KiB": (
        b"id: a\n#" + b" " * 256 * 1024,
        1,
        "file: The file has more than 256 KiB. Split it or shorten it.",
    ),
    "lists two thousand deep": (
        b"a: " + b"[" * 2_000,
        1,
        "a.1.1: Nested deeper than 20 levels. Flatten it.",
    ),
    "mappings two thousand deep": (
        b"\n".join(b" " * depth + b"a:" for depth in range(700)),
        21,
        "a.a.a: Nested deeper than 20 levels. Flatten it.",
    ),
    "more than 5,000 values": (
        b"a:\n" + b"- b\n" * 5_000,
        4_999,
        "a.4998: The file has more than 5,000 values. Split the file.",
    ),
    "a laughing bomb": (
        LAUGHS.encode(),
        2,
        "a1.1: Aliases are not allowed. Write the text out.",
    ),
    "a merge bomb": (
        MERGES.encode(),
        2,
        "m1.<<: Merge keys are not allowed. Write the fields out.",
    ),
}


@pytest.mark.parametrize(("data", "line", "expected"), WHOLE_FILES.values(), ids=WHOLE_FILES)
def test_a_file_that_is_no_pack_is_refused(data, line, expected):
    assert f"{NEAR_MISS}:{line}: {expected}" in refusal_of(replaced(data))


def test_twenty_levels_are_allowed():
    files = replaced(b"a: " + b"[" * 19 + b"]" * 19)

    assert "Nested" not in "\n".join(refusal_of(files))


@pytest.mark.parametrize(
    ("title", "at", "expected"), IN_PLACE_OF_THE_TITLE.values(), ids=IN_PLACE_OF_THE_TITLE
)
def test_an_author_is_told_the_line(title, at, expected):
    files = changed((TITLE, title))

    assert f"{NEAR_MISS}:{line_of(files, at)}: {expected}" in refusal_of(files)


def test_what_is_refused_does_not_hide_what_is_wrong_besides():
    files = changed((TITLE, f"{TITLE}\nstatus: draft"), ("kind: ", "kind: un"))

    assert [problem.split(": ")[1] for problem in refusal_of(files)] == ["kind", "status"]


def test_what_was_refused_before_the_reading_stopped_is_told_as_well():
    files = replaced(b"id: &a one\ntitle: [\n")

    assert [problem.split(": ")[:3] for problem in refusal_of(files)] == [
        [f"{NEAR_MISS}:1", "id", "Anchors are not allowed. Delete the word that begins with &."],
        [f"{NEAR_MISS}:3", "file", "This is not YAML"],
    ]
