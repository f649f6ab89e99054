"""Whatever the bytes are, reading them gives a pack or a refusal with lines, and nothing else."""

import time
import tracemalloc

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scenarios import PackError, Scenario, canonical, read_pack
from tests.scenarios.files import NEAR_MISS, changed, outpatient

FILES = outpatient()

# What tends to upset a reader of YAML, put into a sound file at any place.
MARKUP = [
    b"&a ",
    b"*a",
    b"<<: *a",
    b"!!int ",
    b"!!python/object:os.system ",
    b"%YAML 9.9\n",
    b"---\n",
    b"...\n",
]
SIGNS = [b"[", b"]", b"{", b"}", b"? ", b": ", b"- ", b"\n", b"\t", b'"', b"'", b"|2\n", b">-\n", b"#", b"\\"]
LETTERS = [b"\0", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xc2\x85", b'"\\0"', b'"\\ud800"']
VALUES = [b"~", b"null", b"no", b"12:30", b"017", b".inf", b".nan", b"-1", b"1e999", b"1_0", b"9" * 5_000]
DEPTHS = [b"[" * 2_000, b"- " * 2_000, b"{a: " * 2_000]
# As long as a file may be: what takes time is that each of many values has something wrong.
LENGTHS = [
    b"\n  - []" * 4_000,
    b"\n  - *a" * 4_000,
    b"\n  - {}" * 4_000,
    b"entry, " * 4_000,
    b"AAA, " * 4_000,
    b"".join(b"\nk%d: a" % number for number in range(2_000)),
]
FIELDS = [b"title: again\n", b"levels: [senior]\n", b"SAF", b"XYZ"]
NASTY = st.sampled_from([*MARKUP, *SIGNS, *LETTERS, *VALUES, *DEPTHS, *LENGTHS, *FIELDS])


@st.composite
def mutated_files(draw):
    """The outpatient pack with one file cut, doubled, shuffled or mixed with nasty pieces."""
    name = draw(st.sampled_from(sorted(FILES)))
    data = FILES[name]
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 400)))
        piece = draw(st.one_of(NASTY, st.just(b""), st.just(data[start:end] * 2), st.binary(max_size=20)))
        data = data[:start] + piece + data[end:]
    return {**FILES, name: data}


def check(files):
    try:
        pack = read_pack(files)
    except PackError as refusal:
        check_refusal(refusal, files)
    else:
        check_pack(pack)


def check_refusal(refusal, files):
    assert refusal.problems
    for problem in refusal.problems:
        lines = files[problem.file].decode(errors="replace").splitlines()
        assert 1 <= problem.line <= len(lines) + 1
        assert problem.message
        assert problem.remedy.endswith(".")
        assert str(problem).isprintable()


def check_pack(pack):
    for scenario in pack.scenarios:
        assert Scenario.model_validate_json(canonical(scenario)) == scenario


@settings(max_examples=300, deadline=None)
@given(files=mutated_files())
def test_a_mutated_pack_is_a_pack_or_a_refusal(files):
    check(files)


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=300))
@example(data=b"%TAG ! tag:x,2000:\n--- !a b")
@example(data=b"\xef\xbb\xbfid: a")
@example(data=b"? [a, {b: c}]\n: d")
def test_any_bytes_are_no_reason_to_fall_over(data):
    check({**FILES, NEAR_MISS: data})


@settings(max_examples=150, deadline=None)
@given(
    tree=st.recursive(
        st.text(st.characters(codec="utf-8"), max_size=12),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(st.sampled_from([*Scenario.model_fields, "code", "x"]), inner, max_size=4)
        ),
        max_leaves=20,
    ),
    field=st.sampled_from(sorted(Scenario.model_fields)),
)
def test_any_value_in_any_field_is_no_reason_to_fall_over(tree, field):
    near_miss = FILES[NEAR_MISS].decode()
    text = near_miss.replace(f"\n{field}:", f"\n{field}: {flow(tree)}\nother:", 1)
    check({**FILES, NEAR_MISS: text.encode()})


def flow(tree):
    """A tree as YAML in one line; escapes carry what cannot be written as it is."""
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{key}: {flow(value)}" for key, value in tree.items()) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(flow(value) for value in tree) + "]"
    return '"' + "".join(f"\\U{ord(letter):08x}" for letter in tree) + '"'


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_pack_cut_off_anywhere_is_refused_or_read(name):
    data = FILES[name]
    for length in range(0, len(data), 41):
        check({**FILES, name: data[:length]})


def test_the_sound_pack_passes_the_same_check():
    check_pack(read_pack(FILES))


# name: (text of the sound file, the same with as many faults behind it as a file can hold)
LONGEST = {
    "lists for facts": ("facts:", "facts:" + "\n  - []" * 4_500),
    "aliases for facts": ("facts:", "facts:\n  - &a b" + "\n  - *a" * 4_500),
    "probes without a field": ("\nprobes:", "\nprobes:" + "\n  - {}" * 4_500),
    "levels that are no level": ("levels: [", "levels: [" + "entri, " * 4_500),
    "one level again and again": ("levels: [", "levels: [" + "entry, " * 4_500),
    "codes of nothing": ("criteria: [", "criteria: [" + "AAA, " * 4_500),
    "unknown fields": ("title:", "".join(f"{'k' * 90}{number}: a\n" for number in range(2_200)) + "title:"),
}


@pytest.mark.parametrize(("old", "new"), LONGEST.values(), ids=LONGEST)
def test_as_many_faults_as_a_file_can_hold_are_told_in_time(old, new):
    files = changed((old, new))

    assert min(seconds_of(files) for _ in range(3)) < 0.5
    assert memory_of(files) < 64 * 1024 * 1024


def seconds_of(files):
    """CPU time of one reading."""
    started = time.process_time()
    with pytest.raises(PackError):
        read_pack(files)
    return time.process_time() - started


def memory_of(files):
    """Bytes at the peak of one reading."""
    tracemalloc.start()
    try:
        with pytest.raises(PackError) as refusal:
            read_pack(files)
        assert len(refusal.value.problems) > 2_000
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
