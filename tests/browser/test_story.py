"""One hiring team runs its whole job, each person in a browser of their own."""

from collections.abc import Callable

import pytest

from tests.browser.desk import Desk
from tests.browser.site import Site
from tests.browser.steps import candidates, debriefs, disclosures, jobs, scorecards
from tests.factories import people

IRIS_HEARD = "“I lift the pack and look at the skin before anything else.”"
IVO_HEARD = "“I tell the lead before she has her coat on.”"
IRIS_GAVE: dict[int, dict[str, int | None]] = {
    1: {"SAF": 3, "ESC": 4, "DOC": 2, "HND": 3},
    2: {"PRI": 3, "SAF": 3, "DOC": 4, "HND": 3},
    3: {"ASM": 3, "POC": 3, "DOC": 3, "EDU": 5},
}
IVO_GAVE: dict[int, dict[str, int | None]] = {
    1: {"SAF": 3, "ESC": 4, "DOC": 4, "HND": None},
    2: {"PRI": 4, "SAF": 3, "DOC": 4, "HND": 3},
    3: {"ASM": 3, "POC": 3, "DOC": 3, "EDU": 4},
}
TOTAL = "3.33"  # of the means 3, 4, 3, 3 and 3.5, 3, 4, 3 and 3, 3, 3, 4.5


@pytest.mark.parametrize(
    ("site", "scripts"),
    [("sqlite", True), ("postgresql", False)],
    indirect=["site"],
    ids=["SQLite", "PostgreSQL, without scripts"],
)
def test_a_hiring_team_runs_its_whole_job(site: Site, desk: Callable[..., Desk], scripts: bool):
    site.welcome(people.hana(), people.rina(), people.iris(), people.ivo())
    browser = {"java_script_enabled": scripts, "permissions": ["clipboard-read", "clipboard-write"]}
    hana, rina, cleo, iris, ivo = (desk(**browser) for _ in range(5))

    jobs.sign_in(hana, "Hana")
    jobs.start_the_job(hana)
    jobs.put_on_the_team(hana, "Rina Patel", "Recruiter")
    jobs.put_on_the_team(hana, "Ivo Lind", "Interviewer")
    jobs.build_the_loop(hana)
    jobs.open_the_loop(hana)
    disclosures.fill_in_the_disclosure(hana, scripts=scripts)
    jobs.sign_in(ivo, "Ivo")
    review = disclosures.ask_for_a_review(hana, "Ivo Lind")
    disclosures.review_the_disclosure(ivo, review)
    disclosures.publish_the_disclosure(hana, review)

    jobs.sign_in(rina, "Rina")
    candidates.add_the_candidate(rina)
    candidates.schedule_the_interviews(rina)
    disclosures.read_and_acknowledge(cleo, candidates.make_the_link(rina, scripts=scripts))

    ivo.open("/")
    for stage, levels in IVO_GAVE.items():
        scorecards.score(ivo, stage, levels, IVO_HEARD, scripts=scripts)
    debrief = debriefs.open_the_debrief(hana)
    debriefs.wait_for_the_last_scorecard(hana, IVO_HEARD)

    jobs.sign_in(iris, "Iris")
    for stage, levels in IRIS_GAVE.items():
        scorecards.know_nothing_of(iris, "Ivo", IVO_HEARD)
        scorecards.find_the_debrief_closed(iris, debrief)
        scorecards.score(iris, stage, levels, IRIS_HEARD, scripts=scripts)

    debriefs.open_the_debrief(hana)
    debriefs.read_the_grid(hana, total=TOTAL)
    debriefs.read_the_evidence(hana, "Documentation", IRIS_HEARD, IVO_HEARD)
    debriefs.decide(hana)
    debriefs.read_the_agreement(rina)
