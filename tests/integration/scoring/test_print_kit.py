"""The interview kit as PDF: what an interviewer prints, hands over, ticks and writes on."""

import io
import time
from typing import Any

import pikepdf
import pytest

from app.core.db import db
from app.identity.models import Person
from app.identity.queries import get_employer
from app.loops import services
from app.loops.models import Loop, Stage
from app.loops.rules import Minutes
from app.loops.services import Content
from app.packs import queries as packs
from app.packs.queries import scenario_of
from app.packs.services import import_pack
from app.policy import NOBODY
from app.scoring import drafts, kit
from app.web.pdf import Paper
from app.web.words import sentence
from scenarios import Scenario, load_pack, shipped_packs
from tests.client import Client
from tests.factories.jobs import job, team
from tests.factories.loops import draft_loop, open_loop
from tests.factories.people import actor, rina
from tests.factories.scoring import application, card_of, interview_with
from tests.integration.scoring.kits import in_order, opened, pages, plain, words


def loop_of(hana: Person, *keys: str, **more: Any) -> Loop:
    """A draft whose stages hold these scenarios, in this order."""
    loop = draft_loop(job(hana, **more))
    versions = {one.key: one for one in packs.latest_versions()}
    for stage in list(loop.stages):
        services.remove_stage(actor(hana), stage, version=loop.version)
    for key in keys:
        services.add_stage(actor(hana), loop, Content(versions[key]), version=loop.version)
    db.session.refresh(loop)
    return loop


def of(stage: Stage, **more: Any) -> bytes:
    return kit.of_stage(stage, stage.loop.job, get_employer(), **more)


def long(word: str, most: int) -> str:
    """A text as long as a field may be, which occurs nowhere else."""
    return " ".join(f"{word}{number}" for number in range(most))[:most].strip()


def script(scenario: Scenario) -> list[str]:
    """What has to be on paper, in the order of the scorecard's page."""
    anchors = [sentence(anchor) for one in scenario.criteria for anchor in one.anchors]
    return [
        scenario.title,
        scenario.prompt,
        *scenario.constraints,
        *(one.text for one in scenario.questions),
        *(probe.text for probe in scenario.probes),
        *scenario.facts,
        *map(sentence, scenario.red_flags),
        scenario.interviewer_notes,
        *anchors,
        *scenario.handout,
    ]


def test_a_kit_holds_the_whole_script_of_every_scenario_in_the_order_of_the_scorecard(hana: Person) -> None:
    keys = [one.key for one in packs.latest_versions()]
    loop = loop_of(hana, *keys)
    started = time.process_time()
    document = kit.of_loop(loop, get_employer())
    seconds = time.process_time() - started

    wanted = [text for stage in loop.stages for text in script(scenario_of(stage.scenario_version))]

    assert len(keys) >= 19
    assert in_order(words(document), wanted) == []
    assert seconds < len(keys)


def test_a_kit_says_how_long_each_part_takes_and_what_each_probe_asks_about(hana: Person) -> None:
    text = words(of(loop_of(hana, "cw-acute-ot-senior").stages[0]))

    assert "2 min to read 9 min to answer 5 min for probes 16 min in all" in text
    assert "What is the plan? POC Tell me of a time you took back a recommendation." in text
    assert "and what happened? ESC past" in text
    assert "Memory trouble in the candidate's family; care of own parents" in text


def test_each_criterion_has_a_choice_of_six_with_reasons_and_lines_for_the_because(hana: Person) -> None:
    text = words(of(loop_of(hana, "cw-acute-ot-senior").stages[0]))
    [_, safety] = text.split("SAF Safety-first judgment")
    [safety, *_] = safety.split("ASM Assessment")

    assert in_order(safety, ["critical", "must-have here", "1", "2", "3", "4", "5", "0 Not observed"]) == []
    assert in_order(safety, [*drafts.REASONS, "Because (levels 1, 4 and 5 ask for it)"]) == []
    assert text.count("0 Not observed") == 4


def test_a_stage_prints_its_own_minutes_and_only_what_it_scores_in_its_own_order(hana: Person) -> None:
    stage = loop_of(hana, "cw-acute-ot-senior").stages[0]
    content = Content(
        stage.scenario_version, minutes=Minutes(read=3, answer=11, probes=6), codes=["SAF", "ESC", "POC"]
    )
    services.change_stage(actor(hana), stage, content, version=stage.loop.version)
    db.session.refresh(stage)
    for place, criterion in enumerate(reversed(stage.criteria), start=1):
        criterion.position = place
    db.session.commit()
    db.session.expire_all()

    text = words(of(stage))

    assert "3 min to read 11 min to answer 6 min for probes 20 min in all" in text
    assert in_order(text, ["POC Plan of care", "ESC Scope and escalation", "SAF Safety-first judgment"]) == []
    assert "Assessment and reasoning" not in text


def test_no_bar_is_printed_because_the_scorecard_shows_none(hana: Person) -> None:
    loop = loop_of(hana, "cw-acute-ot-senior")
    before = of(loop.stages[0])
    for criterion in loop.stages[0].criteria:
        criterion.bar = 5

    assert of(loop.stages[0]) == before


def test_the_questions_of_a_screen_are_decided_on_paper_with_a_reason(hana: Person) -> None:
    text = words(of(loop_of(hana, "scr-any-either-all").stages[0]))

    wanted = [
        "Q1 Do you hold the license",
        "Pass: held, or expected by the start date with the step named",
        "Hold: date inside the posted lead time",
        "Fail: no route to a license by then",
        "Reason, one sentence, about the job fact only",
        "Q2 Are you allowed to work",
        "Q5 Tell me of a day",
    ]
    assert in_order(text, wanted) == []
    assert text.count("Reason, one sentence") == 3


def test_a_fact_sheet_has_a_leaf_of_its_own_to_hand_over(hana: Person) -> None:
    stage = loop_of(hana, "ws-outpatient-either-entry", "scr-any-either-all").stages[0]
    scenario = scenario_of(stage.scenario_version)
    found = pages(kit.of_loop(stage.loop, get_employer()))
    [sheet] = [number for number, text in enumerate(found) if "The shirt: fact sheet" in text]

    assert in_order(found[sheet], list(scenario.handout)) == []
    assert sheet % 2 == 0, "The sheet is on the back of a page that the candidate must not see."
    assert found[sheet + 1] == ""
    assert "Read aloud" not in found[sheet]
    assert f"hand it over: page {sheet + 1}." in words(kit.of_loop(stage.loop, get_employer()))


def test_the_kit_of_a_loop_begins_with_its_stages_and_their_pages(hana: Person) -> None:
    loop = loop_of(hana, "cw-acute-ot-senior", "scr-any-either-all")

    cover, *others = pages(kit.of_loop(loop, get_employer()))

    second = next(number for number, text in enumerate(others, start=2) if "Stage 2 · Screen" in text)
    wanted = ["1 One line by two o'clock Case discussion SAF ASM ESC POC 16 3", f"ESC DOC 13 {second}"]
    assert in_order(cover, wanted) == []
    assert second % 2 == 1, "A stage begins on the back of another, which may go to other interviewers."


def test_each_page_says_of_which_version_it_is(hana: Person) -> None:
    stage = loop_of(hana, "cw-acute-ot-senior").stages[0]
    version = stage.scenario_version
    found = pages(of(stage))

    for number, text in enumerate(found, start=1):
        foot = f"cw-acute-ot-senior · version {version.version} · {version.digest[:12]}"
        assert in_order(text, [foot, f"page {number} of {len(found)}"]) == []


def test_a_kit_is_tagged_for_screen_readers_with_its_title_and_language(hana: Person) -> None:
    with pikepdf.open(io.BytesIO(of(loop_of(hana, "scr-any-either-all").stages[0]))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en-US"
        assert str(pdf.docinfo["/Title"]) == "Interview kit: Five-question screen"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as about:
            assert about["pdfuaid:part"] == "1"


def test_headings_lists_and_their_items_are_known_as_such(hana: Person) -> None:
    stage = loop_of(hana, "cw-acute-ot-senior").stages[0]
    scenario = scenario_of(stage.scenario_version)
    with pikepdf.open(io.BytesIO(of(stage))) as pdf:
        tags = [str(one.S) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/S" in one]

    assert tags.count("/H1") == 1
    assert tags.count("/H3") == len(scenario.criteria)
    assert tags.count("/LI") >= len(scenario.probes) + len(scenario.facts) + 5 * len(scenario.criteria)


def test_a_kit_leads_nowhere_and_brings_its_letters(hana: Person) -> None:
    document = kit.of_loop(loop_of(hana, "ws-outpatient-either-entry"), get_employer())
    with pikepdf.open(io.BytesIO(document)) as pdf:
        found = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary)]
        fonts = [one for one in found if one.get("/Type") == "/FontDescriptor"]

        assert not [one for one in found if {"/URI", "/JS", "/Launch", "/EF"} & set(one.keys())]
        assert fonts
        assert all("/FontFile2" in one or "/FontFile3" in one for one in fonts)


@pytest.mark.parametrize(
    ("paper", "size"), [(Paper.LETTER, (612, 792)), (Paper.A4, (595, 842))], ids=["letter", "a4"]
)
def test_every_page_is_of_the_paper_asked_for(hana: Person, paper: Paper, size: tuple[int, int]) -> None:
    with opened(of(loop_of(hana, "scr-any-either-all").stages[0], paper=paper)) as pdf:
        assert {tuple(map(round, page.get_size())) for page in pdf} == {size}


def test_what_a_person_typed_stays_text(hana: Person) -> None:
    title = '#panic("no") *OT* $x$ [a] <b> @c // d `e` \\f #sys.inputs "g" & {h}'
    stage = loop_of(hana, "cw-acute-ot-senior", title=title).stages[0]

    assert plain(title) in words(of(stage))


def test_letters_that_the_font_lacks_are_no_failure(hana: Person) -> None:
    stage = loop_of(hana, "cw-acute-ot-senior", title="作业治疗师 · أخصائي العلاج الوظيفي").stages[0]

    document = of(stage)

    with pikepdf.open(io.BytesIO(document)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        with pdf.open_metadata() as about:
            assert "pdfuaid:part" not in about
    assert scenario_of(stage.scenario_version).probes[0].text in words(document)


def test_the_longest_texts_are_printed_whole_and_inside_the_page(hana: Person) -> None:
    pack = load_pack(next(path for path in shipped_packs() if path.name == "inpatient-acute-ot"))
    longest = scenario_of(next(one for one in packs.latest_versions() if one.key == "cw-acute-ot-senior"))
    criterion = longest.criteria[0].model_copy(
        update={"anchors": tuple(long(f"{level}a", 4_000) for level in range(1, 6))}
    )
    changed = longest.model_copy(
        update={
            "version": 99,
            "title": long("t", 300),
            "prompt": long("p", 4_000),
            "facts": tuple(long(f"{number}f", 300) for number in range(40)),
            "red_flags": tuple(long(f"{number}r", 300) for number in range(20)),
            "interviewer_notes": long("n", 4_000),
            "criteria": (criterion, *longest.criteria[1:]),
        }
    )
    import_pack(NOBODY, pack.model_copy(update={"version": 99, "scenarios": (changed,), "vignettes": ()}))
    document = of(loop_of(hana, "cw-acute-ot-senior").stages[0])

    assert in_order(words(document), script(changed)) == []
    with opened(document) as pdf:
        for page in pdf:
            text = page.get_textpage()
            boxes = [text.get_charbox(at) for at in range(text.count_chars())]
            assert min(box[1] for box in boxes) > 20
            assert max(box[2] for box in boxes) < 612 - 40


def test_equal_content_gives_equal_bytes_whoever_the_candidate_is(
    client: Client, hana: Person, iris: Person, ivo: Person
) -> None:
    made = team(job(hana), recruiter=rina(), interviewers=[iris, ivo])
    loop = open_loop(made, [iris, ivo])
    cards = [
        card_of(interview_with([iris, ivo], of=application([iris, ivo], name, job=made)), iris)
        for name in ("Cleo Marsh", "Noor Haddad")
    ]
    browser = client.as_(iris)

    first, second = (browser.get(f"/scorecards/{card.public_id}/kit", expect=200) for card in cards)
    managers = client.as_(hana).get(f"/stages/{loop.stages[0].public_id}/kit", expect=200)

    assert first.data == second.data == managers.data
    assert first.mimetype == "application/pdf"
    assert first.headers["Content-Disposition"].startswith("attachment; filename=interview-kit-1-")
    assert "Cleo" not in words(first.data)


def test_an_interviewer_goes_from_the_scorecard_to_its_kit(client: Client, iris: Person, ivo: Person) -> None:
    card = card_of(interview_with([iris, ivo]), iris)
    address = f"/scorecards/{card.public_id}/kit"

    page = client.as_(iris).get(f"/scorecards/{card.public_id}", expect=200)

    assert address in page.get_data(as_text=True)
    client.as_(ivo).get(address, expect=404)
    client.as_(rina()).get(address, expect=404)


def test_nobody_prints_a_kit_before_they_said_whether_anything_ties_them(
    client: Client, iris: Person, ivo: Person
) -> None:
    card = card_of(interview_with([iris, ivo], declared=False), iris)
    browser = client.as_(iris)

    asked = browser.get(f"/scorecards/{card.public_id}/kit", expect=303)
    assert asked.location == f"/scorecards/{card.public_id}"

    browser.post(f"/scorecards/{card.public_id}/tie", data={"do": "open"}, expect=303)
    assert browser.get(f"/scorecards/{card.public_id}/kit", expect=200).data.startswith(b"%PDF")


def test_a_request_chooses_the_paper_and_anything_else_is_letter(client: Client, hana: Person) -> None:
    loop = loop_of(hana, "scr-any-either-all")
    browser = client.as_(hana)

    for asked, width in (("", 612), ("?paper=a4", 595), ("?paper=us-letter", 612), ("?paper=%23a", 612)):
        answer = browser.get(f"/loops/{loop.public_id}/kit{asked}", expect=200)
        with opened(answer.data) as pdf:
            assert round(pdf[0].get_width()) == width
