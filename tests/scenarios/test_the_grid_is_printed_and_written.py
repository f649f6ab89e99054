"""`python -m scenarios grid`: the table that the README shows."""

from scenarios import grid
from scenarios.__main__ import main


def test_the_printed_grid_is_the_one_in_the_readme(capsys):
    assert main(["grid"]) == 0

    printed = capsys.readouterr().out
    assert printed.startswith("| Setting")
    assert printed in grid.README.read_text()


def test_writing_the_grid_renews_the_table_and_nothing_else(tmp_path, monkeypatch):
    shown = grid.README.read_text()
    stale = tmp_path / "README.md"
    stale.write_text(grid.with_table(shown, "| Setting |\n"))
    monkeypatch.setattr(grid, "README", stale)

    assert main(["grid", "--write"]) == 0

    assert stale.read_text() == shown
