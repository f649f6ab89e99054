"""The pages describe every statistic there is, and every limit, example and command on them is true."""

import argparse
import doctest
import importlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from reports import bands, showing
from reports.commands import COMMANDS, main
from reports.counting import bootstrap, counts, partitions
from reports.fairness import adverse_impact as impact
from reports.fairness import exact_test, suppression
from reports.fairness.decisions import Decisions
from reports.measure import SAMPLES, measure
from reports.raters import co_raters, drift, habits, mfrm_design, severity
from reports.raters.gold import accuracy
from reports.raters.phases import phase_change
from reports.ratings import checking, files, scale
from reports.ratings.tables import Scale
from reports.reliability import criteria_model, generalizability
from reports.reliability import dstudy as studies
from reports.results import Statistic
from tests.reports.oracles.records import RECORDS, TABLES
from tests.reports.pages import (
    DOCS,
    PAGES,
    PROMPT,
    ROOT,
    blocks,
    commands,
    examples,
    sections,
    spoken,
    text_of,
)
from tests.reports.tables import published

FIELDS = ("**Formula.**", "**Source.**", "**Missing data.**", "**Undefined when**", "**Not for**")
CHECKED = "**Checked against**"
COMMAND_LINE = DOCS / "reports" / "command-line.md"


def statistics_in(found: Any) -> Iterator[Statistic]:
    if isinstance(found, Statistic):
        yield found
    elif isinstance(found, Mapping):
        for one in found.values():
            yield from statistics_in(one)
    elif isinstance(found, tuple):
        for one in found:
            yield from statistics_in(one)
    elif is_dataclass(found):
        for field in fields(found):
            yield from statistics_in(getattr(found, field.name))


@pytest.fixture(scope="module")
def printed() -> set[str]:
    """Every key that the code can print, from tables that between them leave out nothing."""
    loop = files.read(ROOT / "docs" / "reports" / "examples" / "loop.csv")
    gold = [("V1", "SAF", 4), ("V1", "HND", 2)]
    group = ["A"] * 12 + ["B"] * 12
    decisions = Decisions.from_columns(range(24), group, [1, 0] * 12, job=[1, 1, 2, 2] * 6)
    found = [
        measure(published("cohen_1960"), samples=100, at_line=3, every=True).statistics,
        measure(loop, samples=0).statistics,
        habits.habits(loop),
        accuracy([("Iris", *row) for row in gold], gold, scale=Scale(1, 5)),
        phase_change(loop, loop),
        impact.adverse_impact(decisions, seed="x"),
    ]
    projections = {f"d_study_{panels}" for panels in studies.PANELS}
    return {one.key for part in found for one in statistics_in(part)} | projections | {"d_study"}


def test_every_statistic_has_its_section(printed):
    described = {key for section in sections() for key in section.keys}

    assert not printed - described, "Give them a section with **Keys.** under docs/reports/."


def test_no_section_is_about_a_statistic_that_nothing_prints(printed):
    described = [key for section in sections() for key in section.keys]

    assert not set(described) - printed
    assert len(described) == len(set(described)), "A key has two sections."


@pytest.mark.parametrize("section", sections(), ids=lambda section: section.title)
def test_a_section_says_all_that_has_to_be_said(section):
    missing = [field for field in (*FIELDS, CHECKED) if section.text.count(f"- {field}") != 1]

    assert not missing


def words(cuts: tuple[float, ...]) -> str:
    return " ".join(f"{cut:g}".removeprefix("0") or "0" for cut in cuts)


LIMITS = {
    "showing.md": [
        f"under {showing.ENOUGH_FOR_AN_INTERVAL} candidates",
        f"{showing.ENOUGH_FOR_AN_INTERVAL} to {showing.ENOUGH_FOR_A_NUMBER - 1} candidates",
        f"{showing.ENOUGH_FOR_A_NUMBER} and more, interval wider than {showing.WIDEST_FOR_A_WORD:.2f}",
        f"two from {showing.ENOUGH_FOR_TWO_DECIMALS} candidates on",
        f"share under {showing.SHARED_BY_A_PAIR} things",
        f"under {showing.SHARED_BY_A_RATER} shared candidates",
        f"under {showing.ENOUGH_CO_RATERS} co-raters",
        f"under {showing.ENOUGH_RATERS} raters",
        "under .{:.0f} do not rely, to .{:.0f} tentative".format(
            *(1000 * cut for cut in bands.ALPHA_BANDS.cuts)
        ),
        "under 0 poor, to {} slight, to {} fair, to {} moderate, to {} substantial".format(
            *words(bands.KAPPA_BANDS.cuts[1:]).split()
        ),
        "under {} poor, to {} moderate, to {} good".format(*words(bands.RELIABILITY_BANDS.cuts).split()),
    ],
    "intervals.md": [
        f"All intervals are {bootstrap.LEVEL:.0%}".replace("%", " %"),
        f"each of {SAMPLES:,} samples",
        f"at least {bootstrap.FEWEST_SAMPLES} samples",
        f"one sample in {1 / (1 - bootstrap.FEWEST_DEFINED):.0f}",
        f"draw the variances {generalizability.Draws(seed='').number:,} times",
        f"a standard error over {generalizability.LOGNORMAL:g}",
        f"± {severity.REACH} conditional standard deviations",
    ],
    "agreement.md": [f"{showing.SHARED_BY_A_PAIR} on a page"],
    "reliability.md": [
        f"The target is {studies.TARGET:.2f} unless".replace("0.", "."),
        f"the curve goes to {studies.LARGEST_PANEL} raters",
        f"more than {criteria_model.MOST_CELLS:,} combinations",
        f"{generalizability.Draws(seed='').number:,} draws",
        f"With under {showing.ENOUGH_RATERS} raters",
    ],
    "raters.md": [
        f"shares under {showing.SHARED_BY_A_RATER} candidates with others",
        f"has under {showing.ENOUGH_CO_RATERS} co-raters",
        f"Only raters with {co_raters.LEAST_CANDIDATES} shared candidates",
        f"shared candidates and {co_raters.LEAST_CO_RATERS} co-raters are tested",
        f"over {habits.SEVERITY_MATTERS} points below or above",
        f"comes to {habits.DRIFT_MATTERS} points or more",
        f"over {habits.MIDDLE_MATTERS} more of the scores",
        f"under {habits.LITTLE_SPREAD} of the typical SD",
        f"under {habits.LITTLE_DISCRIMINATION} of the differences",
        f"over {habits.MUCH_NOISE} times the typical",
        f"within {habits.NEAR_THE_MIDDLE} points of it",
        f"at most {habits.FALSE_DISCOVERIES:.0%} is expected".replace("%", " %"),
        f"in points per {drift.PER:g} days",
        f"± {drift.LIMITS:g} standard errors",
        f"± {severity.REACH} of it",
        f"more than {mfrm_design.MOST_LEVELS} levels",
    ],
    "fairness.md": [
        f"among groups of {impact.FEWEST_TO_COMPARE} or more",
        f"has under {impact.FEWEST_TO_COMPARE} people",
        f"is at most {impact.SIGNIFICANT:.2f}".replace("0.", "."),
        f"lies above {impact.FOUR_FIFTHS:g}".replace("0.", "."),
        f"A group of 1 to {suppression.FEWEST - 1} people",
        f"at least two groups and {suppression.FEWEST} people",
        f"{exact_test.SAMPLES:,} draws",
    ],
    "input.md": [
        f"at most {scale.MOST_POINTS} points",
        f"Up to {counts.MOST_POINTS_IN_A_PATTERN} points",
        *(f"| `{name}` |" for name in (*checking.REQUIRED, *checking.OPTIONAL)),
        *(f"`{ending}`" for ending in files.READABLE),
    ],
    "scale.md": [
        f"at most {counts.MOST_POINTS_IN_A_PATTERN} points",
        f"{partitions.MERGED_AT_ONCE} at a time",
    ],
}


@pytest.mark.parametrize(
    ("name", "limit"), [(name, limit) for name, all_of in LIMITS.items() for limit in all_of]
)
def test_the_limits_in_the_text_are_those_in_the_code(name, limit):
    assert limit in spoken(DOCS / "reports" / name)


@pytest.mark.parametrize("doc", PAGES, ids=lambda doc: doc.name)
def test_the_examples_do_what_they_say(doc, monkeypatch):
    monkeypatch.chdir(ROOT)
    said: list[str] = []
    session = doctest.DocTestParser().get_doctest(examples(doc), {}, doc.name, str(doc), 0)

    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(session, out=said.append)

    assert not said, "".join(said)
    assert len(session.examples) == examples(doc).count(">>> ")


def test_code_on_a_page_is_a_session_that_is_tried():
    languages = {(page.name, language) for page in PAGES for language, _ in blocks(page)}

    assert {language for _, language in languages} <= {"", "pycon", "console"}
    assert all(command.line.startswith(f"{PROMPT}reports ") for command in commands())


@pytest.mark.parametrize("command", commands(), ids=lambda command: command.line.removeprefix(PROMPT))
def test_a_command_prints_what_the_page_shows(command):
    printed = command.printed()

    assert doctest.OutputChecker().check_output(command.output, printed, doctest.ELLIPSIS), (
        f"Run `python -m tests.reports.pages`. It prints now:\n{printed}"
    )


@pytest.mark.parametrize("add", COMMANDS, ids=lambda add: add.__module__.rpartition(".")[2])
def test_every_option_of_a_command_is_described(add):
    parsers = argparse.ArgumentParser().add_subparsers()
    add(parsers)
    [(name, parser)] = parsers.choices.items()
    options = {option for option in re.findall(r"--[\w-]+", parser.format_help()) if option != "--help"}

    general, *parts = re.split(r"^## ", text_of(COMMAND_LINE), flags=re.MULTILINE)[1:]
    [own] = [part for part in parts if part.startswith(f"{name}\n")]
    described = set(re.findall(r"^\| `(--[\w-]+)", general + own, re.MULTILINE))

    assert not options - described


def test_every_option_on_the_page_exists(capsys):
    helped = ""
    for name in ("agreement", "severity", "dstudy", "fairness", "gold"):
        with pytest.raises(SystemExit):
            main([name, "--help"])
        helped += capsys.readouterr().out

    described = set(re.findall(r"^\| `(--[\w-]+)", text_of(COMMAND_LINE), re.MULTILINE))

    assert not {option for option in described if option not in helped}


@pytest.mark.parametrize("doc", PAGES, ids=lambda doc: doc.name)
def test_files_and_functions_that_are_named_exist(doc):
    spans = re.findall(r"`([^`\n]+)`", text_of(doc))
    paths = [span for span in spans if re.fullmatch(r"(reports|tests|docs|bench)/[\w./-]*", span)]
    names = [found for span in spans for found in re.findall(r"^reports(?:\.\w+)+", span)]

    assert not [path for path in paths if not (ROOT / path).exists()]
    assert not [name for name in names if not is_there(name)]


def is_there(name: str) -> bool:
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for part in parts[length:]:
            found = getattr(found, part, None)
        return found is not None
    return False


@pytest.mark.parametrize("doc", [*PAGES, DOCS / "glossary.md"], ids=lambda doc: doc.name)
def test_links_lead_somewhere(doc):
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", text_of(doc))

    assert not [target for target in targets if "://" not in target and not (doc.parent / target).exists()]


def test_every_page_is_on_the_map():
    assert set(re.findall(r"\]\(reports/([\w-]+\.md)\)", text_of(PAGES[0]))) == {
        page.name for page in PAGES[1:]
    }


def test_what_other_programs_were_asked_is_counted_as_it_is():
    page = spoken(DOCS / "reports" / "other-programs.md")
    numbers = {
        (record["program"], record["version"]): sum(map(len, record["tables"].values())) for record in RECORDS
    }

    assert f"{sum(numbers.values())} statistics on {len(TABLES)} tables" in page
    for (program, version), number in numbers.items():
        assert re.search(rf"\| {program}(?: \(\w+\))? \| {re.escape(version)} \| {number} \|", page), program


def test_every_defect_of_others_is_on_the_page_with_its_numbers():
    tests = Path(__file__).with_name("test_defects_of_others_are_not_ours.py").read_text("utf-8")
    page = spoken(DOCS / "reports" / "other-programs.md")
    asserted = {number.lstrip("0") for number in re.findall(r"\d*\.\d{3,}", tests)}

    assert not {number for number in asserted if number not in page}


def test_the_invented_interviews_are_as_they_are_said_to_be():
    loop = files.read(ROOT / "docs" / "reports" / "examples" / "loop.csv")
    said = (
        f"({len(loop.units)} candidates in two stages, each seen by two of six interviewers on two criteria"
    )

    assert (len(loop.stages), len(loop.raters), len(loop.criteria)) == (2, 6, 2)
    assert said in spoken(COMMAND_LINE)
