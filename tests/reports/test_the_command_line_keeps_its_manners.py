"""The command line among others: refusals in one line, closed pipes, who watches, and odd files."""

import contextlib
import os
import pty
import runpy
import subprocess
import sys
from collections.abc import Callable

import pandas as pd
import pytest

from reports.commands.progress import Progress
from tests.reports.command_line import interviews, say, write
from tests.reports.tables import DATA

KRIPPENDORFF = DATA / "krippendorff_2011.csv"
COMMANDS = ("agreement", "severity", "dstudy", "fairness", "gold")


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_says_how_it_is_used(capsys, command):
    with pytest.raises(SystemExit) as leaving:
        say(capsys, command, "--help")

    said = " ".join(capsys.readouterr().out.split())
    assert leaving.value.code == 0
    assert f"python -m reports {command}" in said
    assert "--json" in said
    assert "unit" in said


def test_a_reader_who_has_seen_enough_ends_it_quietly():
    command = [sys.executable, "-m", "reports", "agreement", str(KRIPPENDORFF), "--all", "--json"]

    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        first = run.stdout.readline()
        run.stdout.close()
        errors = run.stderr.read()

    assert (first, errors, run.returncode) == ("{\n", "", 0)


def test_a_pipe_that_is_closed_already_is_no_error(monkeypatch):
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as nobody:
        monkeypatch.setattr(sys, "stdout", nobody)
        monkeypatch.setattr(sys, "argv", ["reports", "agreement", str(KRIPPENDORFF), "--bootstrap", "0"])

        with pytest.raises(SystemExit) as leaving:
            runpy.run_module("reports", run_name="__main__")

        assert leaving.value.code == 0


def watched(work: Callable[[], object]) -> list[str]:
    """What a terminal is sent on the error stream: each line that takes the place of the one before."""
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w", encoding="utf-8") as stream, contextlib.redirect_stderr(stream):
        work()
        stream.write("|")
        stream.flush()
        sent = b""
        while not sent.endswith(b"|"):
            sent += os.read(ours, 4096)
    os.close(ours)
    return sent[:-1].decode().split("\r\033[K")


def test_who_watches_sees_what_long_work_is_at_and_in_the_end_nothing(capsys, tmp_path):
    path = write(tmp_path / "season.csv", "unit,rater,score,criterion", interviews(12, criteria=2))

    seen = watched(lambda: say(capsys, "agreement", path, "--by", "criterion", "--bootstrap", 0))

    assert (seen[0], seen[1], seen[-1]) == ("", "Reading", "")
    assert [line.split("]")[1] for line in seen[2:5]] == [" 0 of 3", " 1 of 3", " 2 of 3"]
    assert [line.count("█") for line in seen[2:5]] == [0, 8, 16]


@pytest.mark.parametrize("command", ["severity", "dstudy"])
def test_other_commands_show_what_they_are_at_too(capsys, command):
    nothing, reading, working, end = watched(lambda: say(capsys, command, KRIPPENDORFF))

    assert (nothing, reading, bool(working), end) == ("", "Reading", True, "")


def test_a_refusal_is_not_hidden_by_what_was_shown_before(capsys):
    seen = watched(lambda: say(capsys, "agreement", "nowhere.csv"))

    assert seen[-1] == "nowhere.csv: Cannot be read: No such file or directory.\r\n"


def test_nobody_is_shown_progress_who_does_not_watch(capsys, tmp_path):
    path = write(tmp_path / "season.csv", "unit,rater,score,criterion", interviews(12, criteria=2))

    assert say(capsys, "agreement", path, "--by", "criterion", "--bootstrap", 0).err == ""


def test_work_without_steps_writes_nothing():
    def nothing() -> None:
        with Progress():
            pass

    assert watched(nothing) == [""]


@pytest.mark.parametrize("command", ["agreement", "severity", "dstudy"])
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ": The file is empty."),
        ("unit,rater,score\n", ": There is a header and no ratings below it."),
        ("unit,rater,score\na,b,\n", ", column 'score': Every score is empty."),
        ("unit,score\n1,2\n", ", column 'rater': The column is missing. Columns found: unit, score."),
        ("unit,rater,score\n1,a,3\n1,b,7\n", ", row 3, column 'score': 7 is off the scale."),
        ("unit,rater,score\n1,a,3\n1,b,2.5\n", ", row 3, column 'score': 2.5 lies between two levels."),
        ("unit,rater,score\n1,a,3\n\n1,a,4\n", ", row 4, column 'rater': 'a' already rated '1' in row 2."),
        ("unit,rater,score\n1,a,3\n1,b,good\n", ", row 3, column 'score': "),
        ("unit,rater,score\n1,a,3\n1,,4\n", ", row 3, column 'rater': "),
    ],
)
def test_a_faulty_file_is_one_line_with_file_row_and_column(capsys, tmp_path, command, text, words):
    path = tmp_path / "ratings.csv"
    path.write_text(text)

    said = say(capsys, command, path)

    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert said.err.startswith(f"{path}{words}")


@pytest.mark.parametrize("command", ["fairness", "gold"])
@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.csv", b"", "The file is empty."),
        ("header.csv", b"unit,group,outcome\n,,\n", "There is nothing below the header."),
        (
            "latin.csv",
            b"unit,group,outcome\n1,\xe9,yes\n",
            "Not readable as text. Save the file as CSV in UTF-8.",
        ),
        ("broken.csv", b"unit,group\n1,2\n1,2,3,4\n", "Not readable: Expected 2 fields in line 3, saw 4."),
        ("broken.xlsx", b"no workbook", "Not readable: File is not a zip file."),
        ("broken.parquet", b"no table", "Not readable: "),
        ("old.xls", b"", "Files that end in '.xls' are not read, only .csv, .tsv, .txt, .xlsx, .parquet."),
        ("other.csv", b"a,b\n1,2\n", "column '"),
        (
            "twice.csv",
            b"unit,unit,rater,group,outcome\n1,1,a,b,yes\n",
            "column 'unit': The column appears twice.",
        ),
    ],
)
def test_a_faulty_table_of_decisions_or_answers_is_one_line_too(
    capsys, tmp_path, command, name, content, words
):
    path = tmp_path / name
    path.write_bytes(content)

    said = say(capsys, command, path, *(["--gold", path] if command == "gold" else []))

    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert said.err.startswith(f"{path}")
    assert words in said.err


def test_an_empty_workbook_of_decisions_is_refused(capsys, tmp_path):
    path = tmp_path / "empty.xlsx"
    pd.DataFrame().to_excel(path, index=False, header=False)

    assert say(capsys, "fairness", path).err == f"{path}: The file is empty.\n"


def test_a_file_that_is_not_there_is_said_so(capsys):
    assert (
        say(capsys, "fairness", "nowhere.csv").err
        == "nowhere.csv: Cannot be read: No such file or directory.\n"
    )


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--bootstrap", "-5"], "An interval needs at least"),
        (["--scale", "1:5", "--step", "0.3"], "Steps of 0.3 from 1 do not arrive at 5."),
        (["--step", "half"], "Write a step as a number, or as any for a scale without steps, not 'half'."),
    ],
)
def test_options_that_make_no_sense_are_refused_in_words(capsys, options, words):
    said = say(capsys, "agreement", KRIPPENDORFF, *options)

    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert said.err.startswith(words)
