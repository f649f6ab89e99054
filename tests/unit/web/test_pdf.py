"""Documents for paper: what they look like, and who pays for what sets them."""

import re
import subprocess
import sys

import pytest

from app.web.pdf import APP, FONTS, Paper, typeset

PAPER = (APP / "web" / "paper.typ").read_text("utf-8")
LIGHT = (APP / "static" / "evenhand.css").read_text("utf-8").partition("{")[2].partition("}")[0]


def test_a_worker_that_only_scores_never_loads_what_sets_documents():
    starts = "import sys, app, app.features; app.create_app; sys.exit('typst' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", starts], cwd=APP.parent, check=False).returncode == 0


def test_paper_has_the_colors_of_light_pages():
    tokens = dict(re.findall(r"--eh-([\w-]+): (#[0-9a-f]{6})", LIGHT))
    named = dict(re.findall(r'^#let ([\w-]+) = rgb\("(#[0-9a-f]{6})"\)', PAPER, re.MULTILINE))
    levels, minutes = (
        re.findall(r"#[0-9a-f]{6}", line)
        for line in re.findall(r"^#let (?:levels|minutes-grounds) = .*", PAPER, re.MULTILINE)
    )

    assert named == {name: tokens["line" if name == "hairline" else name] for name in named}
    assert levels == [tokens[f"l{level}"] for level in range(1, 6)]
    assert minutes == [tokens["m1"], tokens["m2"], tokens["m3"]]


def test_every_weight_that_documents_are_set_in_is_there():
    weights = {"regular", "medium", "semibold", "bold"}
    used = set(re.findall(r'weight: "(\w+)"', PAPER))

    assert used <= weights
    assert {file.stem.lstrip("Inter_0123456789").lower() for file in FONTS.glob("*.ttf")} == weights


def test_nothing_outside_the_application_is_read(tmp_path):
    outside = tmp_path / "other.typ"
    outside.write_text("Other", "utf-8")

    with pytest.raises(Exception, match="must be contained in project root"):
        typeset(outside, {}, paper=Paper.LETTER)


def test_a_fault_of_a_template_is_told_and_not_taken_for_missing_letters():
    with pytest.raises(Exception, match="dictionary does not contain key"):
        typeset(APP / "scoring" / "kit.typ", {}, paper=Paper.A4)
