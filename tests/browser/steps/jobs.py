"""Hana starts a job, puts its team together and builds its loop."""

from playwright.sync_api import expect

from tests.browser.desk import Desk
from tests.factories.people import PASSWORD

JOB = "Occupational therapist, outpatient, mid level"
STAGES = ("Twenty-two minutes", "Ten on the book", "Five visits left")


def sign_in(desk: Desk, name: str) -> None:
    desk.open("/sign-in")
    desk.type("E-mail", f"{name.lower()}@riverbend.example")
    desk.type("Password", PASSWORD)
    desk.press("Sign in")
    expect(desk.page.get_by_role("navigation", name="Main")).to_be_visible()


def start_the_job(hana: Desk) -> None:
    """Nothing of what decides about candidates is chosen beforehand, and nothing is taken without it."""
    hana.follow("Jobs")
    hana.follow("Start a job")
    hana.press_unasked("Start the job")
    for label in ("Title", "Setting", "Role", "Level", "Site"):
        expect(hana.page.get_by_label(label, exact=True)).to_have_value("")
        expect(hana.page.get_by_label(label, exact=True)).to_have_attribute("aria-invalid", "true")
    hana.reads("Choose the setting.", "Choose the role.", "Choose the level.")

    hana.type("Title", JOB)
    for label, option in (
        ("Setting", "Outpatient"),
        ("Role", "Occupational therapist"),
        ("Level", "Mid"),
        ("Site", "Riverbend Main"),
    ):
        hana.choose(label, option)
    hana.press("Start the job")
    hana.at(JOB)

    hana.follow("Change the job")
    hana.type("Pay from · optional", "84,000")
    hana.type("Pay to · optional", "101,000")
    hana.press("Change the job")
    hana.at(JOB)


def put_on_the_team(hana: Desk, name: str, part: str) -> None:
    hana.follow("Hiring team")
    hana.choose("Person", name)
    hana.choose("Part", part)
    hana.press("Add to the team")
    expect(hana.page.get_by_role("button", name=f"Remove {name}, {part.lower()}")).to_be_visible()
    hana.follow(JOB)


def build_the_loop(hana: Desk) -> None:
    """From the outpatient pack: three stages, each with a panel of two."""
    hana.follow("Begin the loop")
    hana.tick("Outpatient occupational therapy")
    hana.press("Draft from this pack")
    hana.at("Panels")
    for position, _ in enumerate(STAGES, start=1):
        for number, name in enumerate(("Iris Okafor", "Ivo Lind"), start=1):
            hana.choose(f"Stage {position}, person {number}", name)
    hana.press("Seat these people")
    hana.at("Interview loop")
    for title in STAGES:
        hana.reads(title)
    hana.reads("Panels of two or more")


def open_the_loop(hana: Desk) -> None:
    """What is missing does not stop her, but she has to say why."""
    hana.press("Open the loop")
    hana.reads("Say why the loop opens as it is.")
    hana.type("Open all the same because", "The disclosure follows today; the near miss has a mid bar, too.")
    hana.press("Open the loop")
    hana.reads("The loop is open: its stages, versions and weights are fixed.")
    hana.follow(JOB)
