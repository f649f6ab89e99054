"""Three weeks worked out by hand and typed into the editor: every figure comes out as it was printed."""

from collections.abc import Callable, Mapping

from playwright.sync_api import expect

from app.core.db import db
from app.demo import riverbend
from app.disclosures.catalogue import STEPS
from app.disclosures.facts import Fact
from app.jobs.models import Job
from app.jobs.rules import Profile
from tests.browser.desk import Desk
from tests.factories import examples, jobs, people
from tests.factories.disclosures import typed

# Types a value into each field of the form that is named, as a person would: a change, then an input event.
TYPE = """values => {
  const form = document.getElementById("draft");
  for (const [name, value] of Object.entries(values)) {
    const field = form.elements[name];
    if (!field) throw new Error(`no field ${name}`);
    field.value = value;
    if (field.value !== value) throw new Error(`${name} does not take ${value}`);
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
}"""


def start(desk: Callable[..., Desk], profile: Profile) -> tuple[Desk, Job]:
    """Hana before the empty editor of a job like this."""
    job = jobs.job(people.hana(), profile=profile)
    db.session.commit()
    hana = desk(people.hana())
    hana.open(f"/jobs/{job.public_id}/disclosure")
    return hana, job


def fill_in(hana: Desk, job: Job, facts: Mapping[str, Fact]) -> None:
    """Every step, each saved while it is typed."""
    for step in STEPS:
        hana.open(f"/jobs/{job.public_id}/disclosure?step={step.key}")
        keys = {
            key for group in step.groups for key in (group.source_key, *(one.key for one in group.fields))
        }
        here = typed({key: fact for key, fact in facts.items() if key in keys})
        names = set(hana.page.locator("#draft [name]").evaluate_all("all => all.map(one => one.name)"))
        _type(hana, {name: value for name, value in here.items() if name in names and name != "version"})


def _type(hana: Desk, values: Mapping[str, str]) -> None:
    with hana.page.expect_response(lambda answer: answer.request.method == "POST"):
        hana.page.evaluate(TYPE, dict(values))
    expect(hana.page.locator(".htmx-request")).to_have_count(0)


def _says(hana: Desk, *sentences: str) -> None:
    for sentence in sentences:
        expect(hana.page.get_by_label("The minute budget")).to_contain_text(sentence)


def _marks(hana: Desk, key: str, sentence: str) -> None:
    expect(hana.page.locator(f"#{key}-marks")).to_contain_text(sentence)


def test_the_outpatient_clinic(desk: Callable[..., Desk]) -> None:
    hana, job = start(desk, riverbend.PROFILE)
    fill_in(hana, job, riverbend.facts())

    expect(hana.page.locator("#saved")).to_contain_text("Saved")
    _says(
        hana,
        "In an ordinary week the work just fits because about one person in eight does not come. In a full "
        "week about four and a half hours do not fit; in our worst, over six.",
        "+13 min",
        "−381 min",
        "About 263 minutes a week do not fit in paid time when everyone arrives",
        "Measured after hours: 35 minutes; the sum gives 0. The measured figure is shown.",
    )
    hana.page.get_by_text("What adds up").click()
    _says(
        hana,
        "A target of 75% leaves 600 minutes beside treatment; 527 are needed.",
        "The target is 1,800 minutes and the visits make 1,860: 2.5 points apart.",
        "Measured after hours: 340 minutes; the sum gives 381.",
    )
    hana.page.get_by_text("The same as a table").click()
    assert _table(hana) == {
        "Treatment": ["1,860", "2,100", "2,200"],
        "Writing": ["294", "318", "352"],
        "Between patients": ["88", "100", "104"],
        "Supervision, meetings, travel": ["145", "145", "125"],
        "Together": ["2,387", "2,663", "2,781"],
        "Left of what is paid": ["13", "−263", "−381"],
    }


def test_the_inpatient_day(desk: Callable[..., Desk]) -> None:
    hana, job = start(desk, examples.LAKESHORE)
    facts = examples.lakeshore()
    fill_in(hana, job, facts | {"target": Fact()})
    hana.open(f"/jobs/{job.public_id}/disclosure?step=capacity")
    hana.reads("Paid minutes a day", "Not a task of an OTA.")
    _says(
        hana,
        "+2 min",
        "−69 min",
        "About 8 minutes do not fit in paid time on Fridays; they are paid.",
        "About 69 minutes do not fit in paid time on the bad day; they are paid.",
    )

    _type(hana, {"target-typical": "85"})
    _marks(hana, "target", "A target of 85% leaves 72 minutes beside treatment; 118 are needed.")
    expect(hana.page.locator("#saved")).to_contain_text("apart from 1 marked field")
    _type(hana, {"target-typical": "80"})
    _marks(hana, "target", "A target of 80% leaves 96 minutes beside treatment; 118 are needed.")
    _marks(hana, "target", "The largest target that fits is 75%.")
    _type(hana, {"target-typical": "75"})
    expect(hana.page.locator("#target-marks")).to_be_empty()
    hana.page.get_by_text("What adds up").click()
    _says(hana, "A target of 75% leaves 120 minutes beside treatment; 118 are needed.")

    hana.open(f"/jobs/{job.public_id}/disclosure?step=capacity")
    expect(hana.page.locator("#target-typical")).to_have_value("75")


def test_the_home_health_week(desk: Callable[..., Desk]) -> None:
    hana, job = start(desk, examples.HOME)
    fill_in(hana, job, examples.home_health())

    _says(hana, "+31 min", "Billable: 1,315 of 2,400 paid minutes, 54.8%.")
    hana.page.get_by_text("The same as a table").click()
    assert _table(hana)["Treatment"] == ["1,315"]
    assert _table(hana)["Together"] == ["2,369"]


def _table(hana: Desk) -> dict[str, list[str]]:
    """The minute budget as a table: the minutes of each week, by part."""
    rows = hana.page.locator("#live table tbody tr").all_inner_texts()
    return {cells[0]: cells[1:] for cells in (row.split("\t") for row in rows)}
