"""The pages of the application: who sees each, and the way there, as people find it.

The same list is photographed over the demo and checked for barriers over a small world of factories; the
names in it are those of both.
"""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import FilePayload, Page

from tests.factories import archives
from tests.factories.disclosures import visits

OUTPATIENT = "Occupational therapist, outpatient, mid level"
DRAFTED = "Occupational therapist, hand clinic"
BARE = "Occupational therapist, wound clinic"
PUBLISH = ("Workload disclosure", "Review and publish")
THEIR_PAGE = "Works until the hundredth day"
THE_LINK = "The link, shown only here"
A_ZIP = "Zip of a pack"


@dataclass(frozen=True)
class Press:
    """A step that is more than following a link: a button that is pressed."""

    button: str


@dataclass(frozen=True)
class Read:
    """A step to the address that a field of the page shows."""

    field: str


@dataclass(frozen=True)
class Give:
    """A step that gives a file to the field that asks for one."""

    field: str
    file: Callable[[], bytes]


Step = str | Press | Read | Give

MEASURE = (OUTPATIENT, "Workload disclosure", "Measure from a file")

# To the draft of a scenario: found by a word, copied, begun.
CHAIR = "/packs?words=chair"
COPY = ("The chair by the window", "Edit a copy")
BEGIN = Press("Start the draft")

# To the pages of a candidate's link.
CLEOS_LINK = (OUTPATIENT, "Cleo Marsh", Press("Make a new link"), Read(THE_LINK))


@dataclass(frozen=True)
class Way:
    """The way to one page: who goes, from where, by which steps; a step that is only text is a link."""

    name: str
    person: str
    start: str = "/"
    steps: tuple[Step, ...] = ()


WAYS = (
    Way("sign-in", "", "/sign-in"),
    Way("today-iris", "Iris"),
    Way("today-hana", "Hana"),
    Way("my-scorecards", "Iris", "/scorecards"),
    Way("jobs", "Hana", "/jobs"),
    Way("job", "Hana", "/jobs", (OUTPATIENT,)),
    Way("job-new", "Hana", "/jobs/new"),
    Way("job-refused", "Hana", "/jobs/new", (Press("Start the job"),)),
    Way("job-edit", "Hana", "/jobs", (OUTPATIENT, "Change the job")),
    Way("job-empty", "Hana", "/jobs", (DRAFTED,)),
    Way("job-role", "Hana", "/jobs", (OUTPATIENT, "What the role is for")),
    Way("job-role-offered", "Hana", "/jobs", (DRAFTED, "What the role is for")),
    Way("job-owners", "Hana", "/jobs", (OUTPATIENT, "Owners and approvers")),
    Way("brief", "Hana", "/jobs", (OUTPATIENT, "Brief")),
    Way("brief-empty", "Hana", "/jobs", (BARE, "Brief")),
    Way("brief-to-agree", "Remi", "/", (OUTPATIENT,)),
    Way("jobs-none", "Hana", "/jobs?words=nowhere"),
    Way("candidates", "Rina", "/jobs", ("Find a candidate",)),
    Way("candidates-none", "Rina", "/candidates?words=nobody"),
    Way("people-none", "Ada", "/people?words=nobody"),
    Way("today-remi", "Remi"),
    Way("team", "Hana", "/jobs", (OUTPATIENT, "Hiring team")),
    Way("loop-first", "Hana", "/jobs", (BARE, "Begin the loop")),
    Way("loop-draft", "Hana", "/jobs", (DRAFTED, "Open the draft")),
    Way("loop-open", "Hana", "/jobs", (OUTPATIENT, "Interview loop")),
    Way("guide", "Hana", "/jobs", (DRAFTED, "Open the draft", "A candidate: the guide to the interviews")),
    Way("loops", "Hana", "/jobs", (OUTPATIENT, "All loops")),
    Way("stage", "Hana", "/jobs", (DRAFTED, "Open the draft", "Change stage 1")),
    Way("panels", "Hana", "/jobs", (DRAFTED, "Open the draft", "Choose the panels")),
    Way("stage-new", "Hana", "/jobs", (DRAFTED, "Open the draft", "Add a stage")),
    Way("weights", "Hana", "/jobs", (DRAFTED, "Open the draft", "Give a reason for other weights")),
    Way("packs", "Hana", "/packs"),
    Way("packs-none", "Hana", "/packs?words=helicopter"),
    Way("scenario", "Hana", "/packs", ("Twenty-two minutes",)),
    Way("scenario-deletion", "Hana", "/packs", ("The platform swing", "Delete this version")),
    Way("scenario-used", "Hana", "/packs", ("Twenty-two minutes", "Delete this version")),
    Way("pack-import", "Hana", "/packs", ("Import a pack",)),
    Way("pack-unnamed", "Hana", "/packs/import", (Press("Check the zip"),)),
    Way("pack-new", "Hana", "/packs/import", (Give(A_ZIP, archives.newer), Press("Check the zip"))),
    Way("pack-refused", "Hana", "/packs/import", (Give(A_ZIP, archives.spoilt), Press("Check the zip"))),
    Way("pack-other", "Hana", "/packs/import", (Give(A_ZIP, archives.other), Press("Check the zip"))),
    Way("draft-start", "Hana", CHAIR, COPY),
    Way("draft", "Hana", CHAIR, (*COPY, BEGIN)),
    Way("draft-preview", "Hana", CHAIR, (*COPY, BEGIN, Press("Preview the draft"))),
    Way("draft-difference", "Hana", CHAIR, (*COPY, BEGIN, Press("See what changes"))),
    Way("draft-publication", "Hana", CHAIR, (*COPY, BEGIN, Press("Review and publish"))),
    Way("disclosure-editor", "Hana", "/jobs", (OUTPATIENT, "Workload disclosure")),
    Way("measure", "Hana", "/jobs", MEASURE),
    Way(
        "measured", "Hana", "/jobs", (*MEASURE, Give("CSV file of visits", visits), Press("Measure the file"))
    ),
    Way("publication", "Hana", "/jobs", (OUTPATIENT, *PUBLISH)),
    Way("upkeep", "Hana", "/jobs", (OUTPATIENT, "Is it still true")),
    Way("publication-waiting", "Hana", "/jobs", (BARE, *PUBLISH)),
    Way("review", "Rina", "/jobs", (BARE, *PUBLISH, Read("Where it is reviewed"))),
    Way("candidate-new", "Rina", "/jobs", (OUTPATIENT, "Add a candidate")),
    Way("application", "Rina", "/jobs", (OUTPATIENT, "Theo Brandt")),
    Way("arrangement", "Rina", "/jobs", (OUTPATIENT, "Theo Brandt", "Say what interviewers do differently")),
    Way("application-new", "Rina", "/jobs", (OUTPATIENT, "Sam Whitlow")),
    Way("withdrawal", "Rina", "/jobs", (OUTPATIENT, "Sam Whitlow", "Record that Sam withdraws")),
    Way("link", "Rina", "/jobs", (OUTPATIENT, "Cleo Marsh", Press("Make a new link"))),
    Way("personal", "Rina", "/jobs", (OUTPATIENT, "Cleo Marsh", Press("Make a new link"), Read(THE_LINK))),
    Way("stage-preview", "Hana", "/jobs", (OUTPATIENT, "Interview loop", "An interviewer of stage 1")),
    Way("my-week", "Rina", "/jobs", (*CLEOS_LINK, "Your week")),
    Way("what-changed", "Rina", "/jobs", (*CLEOS_LINK, "What changed")),
    Way("guide-personal", "Rina", "/jobs", (*CLEOS_LINK, "Your interviews")),
    Way("disclosure", "Rina", "/jobs", (*CLEOS_LINK, "A page without your name")),
    Way("public-week", "Rina", "/jobs", (*CLEOS_LINK, "A page without your name", "Put your own numbers in")),
    Way("beside", "Rina", "/jobs", (*CLEOS_LINK, "A page without your name", "Compare versions and jobs")),
    Way("interviewers", "", "/interviewers"),
    Way("questions-personal", "Rina", "/jobs", (*CLEOS_LINK, "Questions")),
    Way("your-data", "Rina", "/jobs", (*CLEOS_LINK, "Your data")),
    Way(
        "accommodation", "Rina", "/jobs", (*CLEOS_LINK, "Your data", "If you need something to be different")
    ),
    Way("own-withdrawal", "Rina", "/jobs", (*CLEOS_LINK, "Your data", "Withdraw my application")),
    Way("questions", "Rina", "/jobs", (OUTPATIENT, "Questions")),
    Way("questions-none", "Hana", "/jobs", (DRAFTED, "Questions")),
    Way("question-answer", "Hana", "/jobs", (OUTPATIENT, "Questions", "Answer it")),
    Way("candidate-asked", "Rina", "/jobs", (OUTPATIENT, "Cleo Marsh", "What Cleo asked")),
    Way("request", "Rina", "/jobs", (OUTPATIENT, "Cleo Marsh", "Asked ")),
    Way("scorecard", "Iris", "/", ("Open scorecard",)),
    Way("scorecard-transfer", "Iris", "/", ("Open scorecard", "Move notes to another scorecard")),
    Way("scorecard-review", "Iris", "/", ("Open scorecard", Press("Review and submit"))),
    Way("scorecard-tie", "Iris", "/", ("Open scorecard", "Something ties me to Theo")),
    Way("scorecard-frozen", "Ivo", "/scorecards", ("Noor Haddad",)),
    Way("scorecard-history", "Iris", "/", ("Open scorecard", "What you saved")),
    Way("practice", "Iris", "/practice"),
    Way("practice-card", "Iris", "/practice", ("Go on with",)),
    Way("practice-review", "Iris", "/practice", ("Go on with", Press("Review and hand in"))),
    Way("practice-outcome", "Iris", "/practice", ("Handed in",)),
    Way("debrief", "Hana", "/", ("Open the debrief",)),
    Way("debrief-waiting", "Hana", "/jobs", (OUTPATIENT, "Theo Brandt", "Debrief")),
    Way("accuracy", "Rina", "/jobs", (OUTPATIENT, "What hires found")),
    Way("accuracy-manager", "Hana", "/jobs", (OUTPATIENT, "What hires found")),
    Way("check-in", "Rina", "/jobs", (OUTPATIENT, "What hires found", "Day 30 of Anouk Vale")),
    Way("hire", "Hana", "/jobs", (OUTPATIENT, "What hires found", "Anouk Vale")),
    Way("after-start", "Rina", "/jobs", (OUTPATIENT, "What hires found", "Mirela Gant", Read(THEIR_PAGE))),
    Way("agreement", "Rina", "/jobs", (OUTPATIENT, "Read the report")),
    Way("people", "Ada", "/people"),
    Way(
        "invitation",
        "Ada",
        "/people",
        ("Remi Falk", Press("New invitation"), Read("Invitation for Remi Falk")),
    ),
    Way("retraction", "Hana", "/jobs", (OUTPATIENT, *PUBLISH, "Retract")),
    Way("person", "Ada", "/people", ("Iris Okafor",)),
    Way("letters", "Ada", "/people", ("Letters",)),
    Way("employer", "Ada", "/employer"),
    Way("audit", "Remi", "/audit"),
    Way("error-404", "Iris", "/jobs/00000000-0000-4000-8000-000000000000"),
)


def go(page: Page, way: Way) -> None:
    """Follow a way from its start to its end."""
    page.goto(way.start)
    for step in way.steps:
        match step:
            case Press(button):
                page.get_by_role("button", name=button).first.click()
            case Give(field, file):
                given: FilePayload = {"name": "given.zip", "mimeType": "application/zip", "buffer": file()}
                page.get_by_label(field).set_input_files(given)
            case Read(field):
                page.goto(page.get_by_label(field).input_value())
            case link:
                page.get_by_role("link", name=link).first.click()
    page.wait_for_load_state()
