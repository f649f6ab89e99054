"""`format` writes each file in one way, which depends on its content alone and loses none of it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios import (
    PackError,
    Scenario,
    Vignette,
    canonical,
    checking,
    load_pack,
    shipped_packs,
    strict_yaml,
)
from scenarios.__main__ import main
from scenarios.checking import formatted
from scenarios.layout import write_header, write_scenario, write_vignette
from scenarios.loader import read_document
from tests.scenarios.files import HEADER, NEAR_MISS, changed, outpatient, write
from tests.scenarios.test_any_bytes_are_a_pack_or_a_refusal import mutated_files

SHIPPED = [(path, load_pack(path)) for path in shipped_packs()]
VIGNETTES = [(path / f"vignettes/{one.id}.yaml", one) for path, pack in SHIPPED for one in pack.vignettes]
DOCUMENTS = [(path / f"{one.id}.yaml", one) for path, pack in SHIPPED for one in pack.scenarios]

# Texts that a careless writer would spoil; the last hold marks that YAML takes for the end of a line.
# Control characters and marks that turn the direction of writing are refused in any pack.
TEXTS = st.one_of(
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=300),
    st.text(st.sampled_from("a b:#-'\"\n[]{},?>|&*!%@`~.=<\\\t"), min_size=1, max_size=200),
    st.sampled_from(
        ["no", "12:30", "017", "null", "~", "1e3", "2020-01-01", "-", "? a", "a: b", "a #b", "---", "=", "<<"]
    ),
    st.sampled_from(
        ["a\n\nb", "a\n  b", "a  b" * 40, "a \nb", "b\u2028c", "a\u00a0b", "\ufffe", "\U0001f600"]
    ),
).filter(lambda text: text.strip() and not strict_yaml._UNSEEN.search(text))
FIELDS = ("title", "prompt", "interviewer_notes")


@pytest.mark.parametrize(("file", "scenario"), DOCUMENTS, ids=lambda value: getattr(value, "stem", None))
def test_a_shipped_scenario_is_written_byte_for_byte(file, scenario):
    assert write_scenario(scenario) == file.read_bytes()
    assert write_scenario(Scenario.model_validate_json(canonical(scenario))) == file.read_bytes()


@pytest.mark.parametrize(("file", "vignette"), VIGNETTES, ids=lambda value: getattr(value, "stem", None))
def test_a_shipped_vignette_is_written_byte_for_byte(file, vignette):
    assert write_vignette(vignette) == file.read_bytes()
    assert write_vignette(Vignette.model_validate_json(canonical(vignette))) == file.read_bytes()


@pytest.mark.parametrize(("path", "pack"), SHIPPED, ids=lambda value: getattr(value, "name", None))
def test_the_head_of_a_shipped_pack_is_written_byte_for_byte(path, pack):
    assert write_header(pack) == (path / HEADER).read_bytes()


@settings(max_examples=200, deadline=None)
@given(files=mutated_files())
def test_a_mutated_file_is_formatted_once_and_for_all(files):
    for name, data in files.items():
        try:
            once = formatted(data, name)
        except PackError:
            continue
        assert read_document(once, name)[0] == read_document(data, name)[0]
        assert formatted(once, name) == once


@settings(max_examples=300, deadline=None)
@given(values=st.lists(TEXTS, min_size=len(FIELDS), max_size=len(FIELDS)), facts=st.lists(TEXTS, max_size=4))
def test_any_text_is_read_back_as_it_was_written(values, facts):
    fields = DOCUMENTS[0][1].model_dump(mode="json", exclude_defaults=True)
    fields |= dict(zip(FIELDS, values, strict=True)) | {"facts": facts}
    scenario = Scenario.model_validate(fields)

    read = read_document(write_scenario(scenario), NEAR_MISS)[0]

    assert read == scenario
    assert write_scenario(read) == write_scenario(scenario)


def test_a_file_in_another_layout_is_named_and_then_mended(tmp_path, capsys):
    files = changed(
        ("levels: [entry, mid]", "levels:\n- entry\n- 'mid'"), ("title: Twenty-two", 'title: "Twenty-two')
    )
    files[NEAR_MISS] = files[NEAR_MISS].replace(b"two minutes\ntime", b'two minutes"\ntime', 1)
    write(files, tmp_path)

    assert main(["format", "--check", str(tmp_path)]) == 1
    assert capsys.readouterr().out == f"{tmp_path / NEAR_MISS}: not in the canonical layout\n"
    assert (tmp_path / NEAR_MISS).read_bytes() == files[NEAR_MISS]
    assert main(["format", str(tmp_path)]) == 0
    assert capsys.readouterr().out == f"{tmp_path / NEAR_MISS}: formatted\n"
    assert (tmp_path / NEAR_MISS).read_bytes() == outpatient()[NEAR_MISS]
    assert main(["format", "--check", str(tmp_path / NEAR_MISS)]) == 0
    assert capsys.readouterr().out == "Every file is in the canonical layout.\n"


def test_a_remark_is_not_lost_without_a_word(tmp_path, capsys):
    file = tmp_path / NEAR_MISS
    file.write_bytes(outpatient()[NEAR_MISS].replace(b"title:", b"# Ask Ida about the title.\ntitle:", 1))
    before = file.read_bytes()

    assert main(["format", str(file)]) == 1
    assert f"{file}:10: file: The layout has no place for a remark." in capsys.readouterr().out
    assert file.read_bytes() == before


def test_a_number_sign_in_a_text_is_no_remark():
    data = changed(("title: Twenty-two minutes", "title: Room#3"))[NEAR_MISS]

    assert b"title: Room#3\n" in formatted(data, NEAR_MISS)


def test_a_file_that_cannot_be_read_is_left_alone(tmp_path, capsys):
    broken = tmp_path / "broken.yaml"
    broken.write_bytes(b"id: [\n")

    assert main(["format", str(broken), str(tmp_path / "missing.yaml")]) == 1

    said = capsys.readouterr().out
    assert f"{broken}:2: file: This is not YAML" in said
    assert f"{tmp_path / 'missing.yaml'}:1: file: This cannot be read: No such file or directory." in said
    assert broken.read_bytes() == b"id: [\n"


def test_paragraphs_stay_paragraphs():
    scenario = DOCUMENTS[0][1].model_copy(update={"interviewer_notes": "One.\n\n  - two\n  - three"})

    assert b"interviewer_notes: |-\n  One.\n\n    - two\n    - three\n" in write_scenario(scenario)


def test_a_shipped_file_in_another_layout_fails_the_check(tmp_path, monkeypatch):
    files = changed(("levels: [entry, mid]", "levels: [ entry, mid ]"))
    write(files, tmp_path)
    monkeypatch.setattr(checking, "shipped_packs", lambda: [tmp_path])

    said = [str(problem) for problem in checking.problems_of_all([])]

    assert said[-1] == (
        f"{tmp_path / NEAR_MISS}:1: file: This is not the canonical layout. "
        "Run `python -m scenarios format`. [layout]"
    )
    assert sum("[layout]" in problem for problem in said) == 1
    assert sum("[coverage]" in problem for problem in said) == 15


def test_a_shipped_file_that_cannot_be_read_is_left_to_those_who_say_why(tmp_path, monkeypatch):
    (tmp_path / NEAR_MISS).write_bytes(b"id: [\n")
    monkeypatch.setattr(checking, "shipped_packs", lambda: [tmp_path])

    assert not [problem for problem in checking.problems_of_all([]) if problem.rule == "layout"]
