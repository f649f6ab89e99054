"""`python -m reports agreement`: what programs are given, what people read, and that the two say the same."""

import json

import pandas as pd
import pytest

from reports.ratings.files import read
from reports.ratings.tables import Scale
from reports.team import report
from tests.reports.command_line import interviews, say, say_json, write
from tests.reports.tables import BRENNAN, DATA, FLEISS, GWET
from tests.reports.test_ratings_are_read_from_scorecards import IRIS, IVO, attribute, card

FIELDS = {
    *("value", "se", "ci", "ci_level", "n_units", "n_candidates", "n_raters", "undefined_because", "display"),
    *("method", "no_interval_because", "statement"),
}
KAPPAS = ["", "_linear", "_quadratic"]
LEVELS = ["nominal", "ordinal", "interval", "ratio"]
ALWAYS = {
    *("percent_agreement", "percent_agreement_adjacent", "conger_kappa", *FLEISS, *GWET, *BRENNAN),
    *(f"mean_pairwise_kappa{weights}" for weights in KAPPAS),
    *(f"krippendorff_alpha_{level}{drawn}" for level in LEVELS for drawn in ("", "_bootstrap")),
    *(f"{key}_observed_categories" for key in (*GWET, *BRENNAN)),
    *(f"icc_{form}" for form in ("1_1", "2_1", "3_1", "1_k", "2_k", "3_k")),
    *(f"reml_{part}" for part in ("var_unit", "var_rater", "var_residual", "mean")),
    *(f"henderson1_var_{part}" for part in ("unit", "rater", "residual")),
    *("k_harmonic", "q", "g_q_k", "icc_a_1_reml", "icc_c_1_reml", "d_study"),
}
OF_TWO = {f"cohen_kappa{weights}" for weights in KAPPAS}
OF_CRITERIA = {
    *(f"var_{part}" for part in ("criterion", "unit", "rater", "residual")),
    *("var_unit_criterion", "var_rater_criterion", "var_unit_rater", "generalizability", "dependability"),
}
OF_EVERY_MODEL = {
    *("mfrm_jmle_severity", "mfrm_jmle_infit", "mfrm_jmle_outfit", "mfrm_mml_severity"),
}
AT_LINE = {"percent_agreement_at_line", "gwet_ac1_at_line"}
BY_RATER = {"rater_blup", *OF_EVERY_MODEL}


@pytest.fixture(scope="module")
def season(tmp_path_factory):
    """Sixty candidates, panels of three out of eight, two criteria."""
    path = tmp_path_factory.mktemp("season") / "season.csv"
    return write(path, "unit,rater,score,criterion", interviews(60, criteria=2))


def test_a_program_gets_every_key_and_of_each_statistic_the_same_fields(capsys, season):
    found = say_json(capsys, "agreement", season, "--all", "--at-line", 3, "--bootstrap", 100)["statistics"]

    assert set(found) == ALWAYS | OF_CRITERIA | AT_LINE | BY_RATER
    for key in BY_RATER:
        assert list(found[key]) == [f"r{rater}" for rater in range(8)]
        assert all(set(one) == FIELDS for one in found[key].values())
    assert all(set(found[key]) == FIELDS for key in set(found) - BY_RATER - {"d_study"})
    different = found["d_study"]["different_panels"]
    assert list(different) == [str(raters) for raters in range(1, 11)]
    assert different["3"]["value"] > different["2"]["value"] > different["2"]["ci"][0]
    assert found["d_study"]["smallest_crossed"]["target"] == 0.8


def test_without_asking_for_all_there_is_no_many_facet_model(capsys, season):
    found = say_json(capsys, "agreement", season, "--bootstrap", 0)["statistics"]

    assert set(found) == ALWAYS | OF_CRITERIA | {"rater_blup"}


def test_two_raters_have_cohens_kappas_and_a_complete_table_its_correlations(capsys, tmp_path):
    path = write(tmp_path / "two.csv", "unit,rater,score", interviews(40, raters=2, panel=2))

    found = say_json(capsys, "agreement", path)["statistics"]

    assert set(found) == ALWAYS | OF_TWO | {"rater_blup"}
    assert found["icc_2_1"]["ci"][0] < found["icc_2_1"]["value"] < found["icc_2_1"]["ci"][1]


@pytest.mark.parametrize("candidates", [6, 20, 60])
def test_a_program_is_told_to_withhold_exactly_what_the_table_does_not_show(capsys, tmp_path, candidates):
    path = write(tmp_path / "some.csv", "unit,rater,score", interviews(candidates))

    found = say_json(capsys, "agreement", path)["statistics"]
    rows = say(capsys, "agreement", path).out.partition("statistic  ")[2].splitlines()[1:8]

    shown = {row.split()[0]: "●" in row for row in rows}
    assert len(shown) == 7
    assert {key: found[key]["display"] == "show" for key in shown} == shown
    assert shown["g_q_k"] == (candidates >= 30)
    for row in rows:
        assert found[row.split()[0]]["statement"] in row


def test_the_page_and_the_command_say_the_same_sentences(capsys, season):
    options = ("--seed", "loop 7", "--at-line", 3, "--least-shared", 20, "--by", "criterion")
    said = say_json(capsys, "agreement", season, *options)
    page = report(read(season, scale=Scale(1, 5)), seed="loop 7", bars=3)

    def of(statistics: dict, *keys: str) -> list[str]:
        return [statistics[key]["statement"] for key in keys]

    keys = ("percent_agreement", "percent_agreement_adjacent", "percent_agreement_at_line")
    keys += ("mean_pairwise_kappa_quadratic", "krippendorff_alpha_ordinal", "gwet_ac2_quadratic")
    for shown, statistics in (
        (page.overall, said["statistics"]),
        (page.criteria[0], said["criteria"]["k0"]["statistics"]),
    ):
        on_page = (shown.exact, shown.adjacent, shown.same_side, shown.kappa, shown.alpha, shown.ac2)
        assert [one.sentence for one in on_page] == of(statistics, *keys)
    assert [page.reliability.sentence, page.consistency.sentence] == of(
        said["statistics"], "g_q_k", "icc_c_1_reml"
    )
    blup = said["statistics"]["rater_blup"]
    assert {str(one.rater): one.said.sentence for one in page.standings} == {
        rater: one["statement"] for rater, one in blup.items()
    }


def test_panel_and_separate_interviews_are_told_apart_and_never_in_one_figure(capsys, tmp_path):
    rows = [(*row, "panel" if int(row[0][1:]) < 32 else "separate") for row in interviews(50)]
    path = write(tmp_path / "both.csv", "unit,rater,score,format", rows)

    found, text = say_json(capsys, "agreement", path), say(capsys, "agreement", path).out

    assert "statistics" not in found
    assert set(found["formats"]) == {"panel", "separate"}
    counts = {
        name: one["statistics"]["percent_agreement"]["n_candidates"] for name, one in found["formats"].items()
    }
    assert counts == {"panel": 32, "separate": 18}
    assert "All ratings, panel interviews" in text
    assert "All ratings, separate interviews" in text
    assert "Early: 18 of 30 candidates" in text
    for command in ("severity", "dstudy"):
        apart = say_json(capsys, command, path)
        assert set(apart["formats"]) == {"panel", "separate"}
        assert "statistics" not in apart
        assert "d_study" not in apart
        words = say(capsys, command, path).out
        assert words.index("Panel interviews") < words.index("Separate interviews")


def test_agreement_at_the_line_is_about_the_decision(capsys, tmp_path):
    rows = [
        (unit, rater, score) for unit in range(40) for rater, score in (("a", 3), ("b", 4 - 3 * (unit < 8)))
    ]
    path = write(tmp_path / "line.csv", "unit,rater,score", rows)

    said = say(capsys, "agreement", path, "--at-line", 3)

    assert " 80% (" in said.line("percent_agreement_at_line")
    assert (
        say_json(capsys, "agreement", path, "--at-line", 3)["statistics"]["gwet_ac1_at_line"]["value"] < 0.8
    )


def test_without_samples_intervals_come_from_formulas_or_not_at_all(capsys, season, tmp_path):
    alone = write(tmp_path / "one.csv", "unit,rater,score", interviews(40))

    on_criteria = say_json(capsys, "agreement", season, "--bootstrap", 0)["statistics"]
    on_one = say_json(capsys, "agreement", alone, "--bootstrap", 0)["statistics"]

    assert on_criteria["krippendorff_alpha_ordinal"]["ci"] is None
    assert on_criteria["krippendorff_alpha_ordinal"]["display"] == "withhold"
    assert on_criteria["g_q_k"]["ci"] is None
    assert "linearized" in on_one["krippendorff_alpha_nominal"]["method"]
    assert on_one["krippendorff_alpha_ordinal_bootstrap"]["ci"] is None


def test_the_seed_decides_the_draws(capsys, season):
    one, again, other = (
        say_json(capsys, "agreement", season, "--bootstrap", 100, "--seed", seed)["statistics"]
        for seed in ("loop 7", "loop 7", "loop 8")
    )

    assert one == again
    assert one["krippendorff_alpha_ordinal"]["ci"] != other["krippendorff_alpha_ordinal"]["ci"]
    assert one["krippendorff_alpha_ordinal"]["value"] == other["krippendorff_alpha_ordinal"]["value"]


def test_ratings_after_the_debrief_are_left_out_and_counted_unless_asked_for(capsys, tmp_path):
    rows = [(*row, "independent") for row in interviews(12)]
    rows += [(unit, rater, 3, "post_debrief") for unit, rater, *_ in rows[:5]]
    path = write(tmp_path / "phases.csv", "unit,rater,score,phase", rows)

    first, text = say_json(capsys, "agreement", path), say(capsys, "agreement", path).out
    later = say_json(capsys, "agreement", path, "--phase", "post_debrief")

    assert (first["ratings"], first["left_out"]) == (36, ["5 rows of phase 'post_debrief'"])
    assert "Left out: 5 rows of phase 'post_debrief'" in text
    assert later["ratings"] == 5
    assert say(capsys, "agreement", path, "--phase", "rehearsal").code == 2


def test_a_pair_of_raters_must_share_as_much_as_is_asked_for(capsys, tmp_path):
    path = write(tmp_path / "few.csv", "unit,rater,score", interviews(30))

    one, many = (
        say_json(capsys, "agreement", path, "--least-shared", shared)["statistics"]["mean_pairwise_kappa"]
        for shared in (1, 40)
    )

    assert one["value"] is not None
    assert many["undefined_because"] == "No two raters share 40 things they both rated."


def test_every_number_is_printed_for_those_who_ask(capsys, season):
    said = say(capsys, "agreement", season, "--all", "--bootstrap", 100)
    found = say_json(capsys, "agreement", season, "--all", "--bootstrap", 100)["statistics"]

    alpha = found["krippendorff_alpha_ordinal"]
    low, high = alpha["ci"]
    row = said.line("krippendorff_alpha_ordinal ")
    assert row.split() == [
        *("krippendorff_alpha_ordinal", f"{alpha['value']:.3f}", f"{alpha['se']:.3f}"),
        *(f"{low:.3f}", "to", f"{high:.3f}"),
    ]
    assert said.line("icc_1_1 ").endswith(found["icc_1_1"]["undefined_because"])
    assert said.line("mfrm_jmle_infit r3").split()[2] == f"{found['mfrm_jmle_infit']['r3']['value']:.3f}"
    values = [line[60:] for line in said.out.splitlines() if line.startswith("rater_blup")]
    assert len(values) == 8


def test_each_file_says_the_same_whatever_its_kind(capsys, tmp_path):
    table = pd.DataFrame(interviews(12), columns=["unit", "rater", "score"])
    table.to_csv(tmp_path / "ratings.csv", index=False)
    table.to_excel(tmp_path / "ratings.xlsx", index=False)
    table.to_parquet(tmp_path / "ratings.parquet", index=False)

    found = [
        say_json(capsys, "agreement", tmp_path / f"ratings.{kind}") for kind in ("csv", "xlsx", "parquet")
    ]

    assert found[0]["ratings"] == 36
    assert found[0]["statistics"] == found[1]["statistics"] == found[2]["statistics"]


def test_an_export_of_scorecards_is_measured_as_it_is(capsys, tmp_path):
    words = ["definitely_not", "no", "mixed", "yes", "strong_yes"]
    cards = [
        card(
            9000 + 2 * candidate + seat,
            candidate_id=candidate,
            interviewer=who,
            attributes=[attribute("Safety", words[(candidate + seat * (candidate % 3 == 0)) % 5])],
        )
        for candidate in range(12)
        for seat, who in enumerate((IRIS, IVO))
    ]
    path = tmp_path / "scorecards.json"
    path.write_text(json.dumps(cards))

    said = say(capsys, "agreement", path)

    assert "24 ratings of 12 units by 2 raters on 1 criterion in 1 stage, scale 1 to 5" in said.out
    assert "12 units with two ratings or more; of 12 pairs of ratings 8 the same" in said.out
    assert say_json(capsys, "agreement", path)["statistics"]["percent_agreement"]["value"] == 8 / 12


def test_what_has_to_be_said_beside_a_number_stands_below_the_table(capsys, tmp_path):
    path = write(tmp_path / "three.csv", "unit,rater,score", interviews(120, raters=3))

    said = say(capsys, "agreement", path)

    assert said.line("With fewer than 5 interviewers")
    words = said.line("Words for krippendorff_alpha_ordinal: Krippendorff (2004)")
    assert words.endswith("tentative.")


def test_columns_line_up_however_long_the_names_are(capsys, season):
    lines = say(capsys, "agreement", season).out.splitlines()
    start = next(place for place, line in enumerate(lines) if line.startswith("statistic "))
    zero, one = lines[start].index("0"), lines[start].index("1")

    assert one - zero == 24
    rows = lines[start + 1 : start + 8]
    assert [row[one + 1 : one + 3] for row in rows] == ["  "] * 7
    assert all(zero <= row.find("●", zero) <= one for row in rows if "●" in row)
    assert sum("●" in row for row in rows) == 6


def test_an_interval_that_goes_on_beyond_an_end_of_the_bar_has_an_arrow_there(capsys, tmp_path):
    rows = [
        (unit, rater, 1 + (unit * (2 + lead)) % 5) for unit in range(20) for lead, rater in enumerate("ab")
    ]
    path = write(tmp_path / "chance.csv", "unit,rater,score", rows)

    alpha = say(capsys, "agreement", path).line("krippendorff_alpha_ordinal")

    assert "◂" in alpha
    assert "├" not in alpha
    assert "Interval only: −" in alpha


def test_a_file_in_which_nobody_was_rated_twice_says_so(capsys, tmp_path):
    path = write(tmp_path / "alone.csv", "unit,rater,score", [(f"C{unit}", "a", 3) for unit in range(3)])

    said = say(capsys, "agreement", path)

    assert said.code == 0
    assert "Nothing has two ratings" in said.out
    assert "No candidate has two independent scorecards yet." in said.line("percent_agreement ")


@pytest.mark.parametrize("line", [1, 0, 6])
def test_a_line_that_everybody_or_nobody_is_above_is_refused(capsys, season, line):
    said = say(capsys, "agreement", season, "--at-line", line)

    assert (said.code, said.out) == (2, "")
    assert said.err == (f"--at-line {line}: no line on a scale of 1 to 5. Give a score above 1, up to 5.\n")


def test_a_folder_is_not_measured_criterion_by_criterion(capsys, tmp_path):
    said = say(capsys, "agreement", tmp_path, "--by", "criterion")

    assert (said.code, said.out) == (2, "")
    assert said.err == "A folder is measured as a whole; --by criterion is for a single file.\n"


def test_other_machines_are_for_folders_only(capsys):
    said = say(capsys, "agreement", DATA / "cohen_1960.csv", "--workers", "tcp://nowhere:8786")

    assert said.code == 2
    assert "--workers counts a folder of Parquet files" in said.err
