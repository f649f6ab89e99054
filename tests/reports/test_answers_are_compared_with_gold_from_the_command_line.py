"""`python -m reports gold`: how near raters come to agreed scores, without a verdict."""

import pytest

from tests.reports.command_line import say, say_json, write

GOLD = [
    (f"V{unit}", criterion, 1 + (3 * unit + place) % 5)
    for unit in range(1, 5)
    for place, criterion in enumerate("abcde")
]


@pytest.fixture
def gold(tmp_path):
    """Four vignettes; nothing can be observed on the first criterion of the first."""
    rows = [(*row[:2], None if row[:2] == ("V1", "a") else row[2]) for row in GOLD]
    return write(tmp_path / "gold.csv", "unit,criterion,score", rows)


@pytest.fixture
def answers(tmp_path):
    """Iris is right throughout but for one criterion left out; Ivo is a point too high wherever he can be."""
    rows = [
        (unit, "Iris", criterion, None if (unit, criterion) == ("V2", "b") else score)
        for unit, criterion, score in GOLD
    ]
    rows += [(unit, "Ivo", criterion, min(score + 1, 5)) for unit, criterion, score in GOLD]
    return write(tmp_path / "answers.csv", "unit,rater,criterion,score", rows)


def test_each_rater_has_every_measure_with_its_interval_and_answers(capsys, answers, gold):
    said = say(capsys, "gold", answers, "--gold", gold)

    assert said.out.splitlines()[0] == (
        f"{answers}: 40 ratings of 2 raters beside 20 gold scores of {gold}, scale 1 to 5"
    )
    _, iris, ivo = said.out.split("\n\n")
    assert iris.startswith("Iris\n")
    assert "exact                  4 answers: it is the same for every answer" in iris
    assert "coverage errors        2: scored though not observed 1, not observed though scored 1" in iris
    assert "bias                   0.79 (" in ivo
    assert ", 4 answers" in ivo
    for text in (iris, ivo):
        assert [line.split("  ")[1] for line in text.splitlines()[1:]] == [
            *("exact", "adjacent", "bias", "mean absolute error", "halo", "centrality", "coverage errors")
        ]


def test_programs_get_the_same_at_full_precision_and_whether_to_show_it(capsys, answers, gold):
    found = say_json(capsys, "gold", answers, "--gold", gold)["raters"]

    assert list(found) == ["Iris", "Ivo"]
    assert found["Iris"]["exact"]["value"] == 1.0
    assert found["Iris"]["exact"]["display"] == "withhold"
    assert found["Ivo"]["bias"]["display"] == "show"
    assert found["Ivo"]["bias"]["value"] == pytest.approx(15 / 19)
    low, high = found["Ivo"]["exact"]["ci"]
    assert 0 <= low <= found["Ivo"]["exact"]["value"] <= high <= 1
    assert found["Iris"]["coverage"] == {
        "both_scored": 18,
        "both_not_observed": 0,
        "scored_though_not_observed": 1,
        "not_observed_though_scored": 1,
        "errors": 2,
    }


def test_no_verdict_is_passed(capsys, answers, gold):
    text = say(capsys, "gold", answers, "--gold", gold).out.partition("\n")[2].lower()

    assert not any(word in text for word in ("good", "poor", "pass", "fail", "excellent"))


def test_another_scale_is_told(capsys, tmp_path):
    gold = write(tmp_path / "gold.csv", "unit,criterion,score", [("V1", "a", 50), ("V1", "b", 70.5)])
    answers = write(
        tmp_path / "a.csv", "unit,rater,criterion,score", [("V1", "Iris", "a", 52), ("V1", "Iris", "b", 70)]
    )

    found = say_json(capsys, "gold", answers, "--gold", gold, "--scale", "0:100", "--step", "any")

    assert found["raters"]["Iris"]["mean_absolute_error"]["value"] == pytest.approx(1.25)


def test_who_gave_no_score_has_no_measure_and_the_sentence_why(capsys, tmp_path, gold):
    rows = [("V1", "Iris", "b", 3), ("V1", "Ivo", "b", None)]
    path = write(tmp_path / "answers.csv", "unit,rater,criterion,score", rows)

    ivo = say(capsys, "gold", path, "--gold", gold).out.partition("\n\nIvo\n")[2]

    assert (
        "exact                  There is no criterion on which both this rater and the gold have a number."
        in (ivo)
    )
    assert "not observed though scored 1" in ivo


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("V1", "Iris", "a", 9)], "answers.csv, row 3, column 'score': 9 is off the scale."),
        ([("V9", "Iris", "a", 3)], "answers.csv, row 3: There is no gold for 'V9' on 'a'. Add it"),
        (
            [("V1", "Iris", "b", 3)] * 2,
            "answers.csv, row 4: There is a score for 'Iris', 'V1', 'b' in row 3 already.",
        ),
    ],
)
def test_a_faulty_answer_is_refused_by_its_row_in_the_file(capsys, tmp_path, gold, rows, words):
    blank = (None, None, None, None)
    path = write(tmp_path / "answers.csv", "unit,rater,criterion,score", [blank, *rows])

    said = say(capsys, "gold", path, "--gold", gold)

    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert words in said.err


def test_a_faulty_gold_score_is_refused_by_its_row_in_its_file(capsys, tmp_path, answers):
    path = write(tmp_path / "agreed.csv", "unit,criterion,score", [("V1", "a", 3), ("V1", "a", 4)])
    without = write(tmp_path / "without.csv", "unit,score", [("V1", 3)])

    assert "agreed.csv, row 3: There is a score for 'V1', 'a' in row 2 already. Keep one of the two." in (
        say(capsys, "gold", answers, "--gold", path).err
    )
    assert say(capsys, "gold", answers, "--gold", without).err == (
        f"{without}, column 'criterion': The column is missing. Columns found: unit, score.\n"
    )
