"""What is wrong with a folder rather than with one of its files."""

import pytest

from scenarios import PackError, load_pack
from tests.scenarios.files import HEADER, outpatient, refusal_of, write


def test_a_folder_without_a_header_is_refused():
    files = outpatient()
    del files[HEADER]

    assert refusal_of(files) == ["pack.yaml:1: file: The pack has no such file. Add it beside the scenarios."]


def test_a_pack_without_a_scenario_is_refused():
    files = {HEADER: outpatient()[HEADER]}

    assert refusal_of(files) == [
        "pack.yaml:1: file: The pack has no scenario. Add one file for each beside it."
    ]


def test_a_file_with_the_other_ending_is_not_passed_over(tmp_path):
    write(outpatient(), tmp_path)
    (tmp_path / "extra.yml").write_text("id: extra\n")

    with pytest.raises(PackError, match=r"extra\.yml:1: prompt: The field `prompt` is missing"):
        load_pack(tmp_path)


def test_a_path_that_is_no_folder_is_refused(tmp_path):
    with pytest.raises(PackError, match="This cannot be read: No such file or directory"):
        load_pack(tmp_path / "nowhere")


def test_a_folder_of_more_than_200_files_is_not_read(tmp_path):
    for number in range(201):
        (tmp_path / f"{number}.yaml").write_text("id: many\n")

    with pytest.raises(PackError) as refusal:
        load_pack(tmp_path)

    assert str(refusal.value) == f"{tmp_path}:1: file: The pack has more than 200 files. Split it."
