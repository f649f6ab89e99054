"""Values from a file of visits: looked at beside the draft and taken once confirmed; the file is not kept."""

import json
import re
from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import encode_multipart

from app.audit.events import Event
from app.audit.models import AuditEvent
from app.core.db import db
from app.disclosures import queries
from app.disclosures.facts import Basis, Fact
from app.disclosures.models import DisclosureFact
from app.identity.models import Person
from app.jobs.models import Job
from tests.client import Client, words
from tests.factories.archives import as_upload
from tests.factories.disclosures import saved
from tests.reports.visit_files import PUBLISHED, row, text

HIDDEN = re.compile(r'name="([^"]+)"(?=[^>]*type="hidden")[^>]*value="([^"]*)"')
TICKED = re.compile(r'name="take" value="(\w+)" checked')


def path(job: Job) -> str:
    return f"/jobs/{job.public_id}/disclosure/measure"


def send(browser: Client, job: Job, content: str | bytes, *, expect: int = 200, **fields: str):
    data = content if isinstance(content, bytes) else content.encode()
    # Encoded here, because the test client leaves the temporary file of a large upload open.
    boundary, body = encode_multipart(
        {"do": "measure", "file": as_upload(data, "visits.csv")}
        | ({"paid_from": "08:00", "paid_until": "16:30"} | fields)
    )
    content_type = f'multipart/form-data; boundary="{boundary}"'
    return browser.post(path(job), data=body, content_type=content_type, expect=expect)


def carried(page) -> dict[str, str | list[str]]:
    """What the page's form would send back as it is."""
    html = page.get_data(as_text=True)
    return {name: value for name, value in HIDDEN.findall(html) if name != "csrf_token"} | {
        "take": TICKED.findall(html),
        "do": "take",
    }


def facts(job: Job) -> dict[str, Fact]:
    return queries.facts_of(queries.draft_of(job))


def test_hana_sees_what_the_file_says_beside_the_draft_and_nothing_is_kept(
    client: Client, hana: Person, job: Job
) -> None:
    saved(job, hana)
    before, events = facts(job), db.session.scalar(sa.select(sa.func.count()).select_from(AuditEvent))

    page = send(client.as_(hana), job, PUBLISHED.read_bytes())

    said = words(page)
    assert "14 visits of 3 clinicians, in 5 clinician-weeks. The bad week is that of 2 March 2026." in said
    assert "2 of 16 could not be read" in re.sub(r"rows ", "", said)
    assert "Row 16: The same visit as row 15." in said
    assert "Row 17: '3/10/2026' is no date; write it as 2026-03-02." in said
    assert "Visits completed a week 3 (1 to 3) 3 3 44 (40 to 50) bad week 52" in said
    assert "at least that: 1 note of 12 stayed open too long to tell." in said
    assert facts(job) == before
    assert db.session.scalar(sa.select(sa.func.count()).select_from(AuditEvent)) == events
    assert page.text.count("btn-primary") == 1


def test_what_she_confirms_is_in_the_draft_with_where_it_comes_from(
    client: Client, hana: Person, job: Job
) -> None:
    saved(job, hana)
    owner = facts(job)["visits_completed"].owner
    browser = client.as_(hana)
    sent = carried(send(browser, job, PUBLISHED.read_bytes()))

    browser.post(path(job), data=sent | {"why": "A colleague on leave"}, expect=303)

    assert facts(job)["visits_completed"] == Fact(
        typical=Decimal(3),
        low=Decimal(1),
        high=Decimal(3),
        bad_week=Decimal(3),
        bad_week_reason="Week of 2 March 2026: A colleague on leave",
        basis=Basis.MEASURED,
        source="Visit records, 2 March 2026 on, 5 clinician-weeks",
        window_weeks=2,
        people=3,
        as_of=date(2026, 3, 10),
        owner=owner,
        note=facts(job)["visits_completed"].note,
    )
    assert facts(job)["after_hours"].note.startswith("At least that")
    changes = sa.select(AuditEvent).where(AuditEvent.event == Event.DISCLOSURE_SAVED)
    event = db.session.scalars(changes.order_by(AuditEvent.sequence.desc())).first()
    assert set(event.facts_by_name["fields"]) <= set(sent["take"])


def test_only_what_is_ticked_is_taken(client: Client, hana: Person, job: Job) -> None:
    browser = client.as_(hana)
    sent = carried(send(browser, job, PUBLISHED.read_bytes()))

    browser.post(path(job), data=sent | {"take": ["no_show", "follow_up_minutes"]}, expect=303)

    assert set(facts(job)) == {"no_show", "follow_up_minutes"}


def test_the_record_of_fewer_than_three_is_taken_only_if_they_agreed(
    client: Client, hana: Person, job: Job
) -> None:
    browser = client.as_(hana)
    page = send(browser, job, PUBLISHED.read_bytes())
    sent = carried(page)

    assert words(page).count("Needs consent") == 2
    assert "evaluation_minutes" not in sent["take"]
    refused = browser.post(path(job), data=sent | {"take": ["evaluation_minutes"]}, expect=422)
    assert "Two people's records: tick that it is shared with consent" in words(refused)
    assert not facts(job)

    again = carried(refused)
    assert again["evaluation_minutes-typical"] == "60", "nothing that was measured is lost"
    browser.post(path(job), data=again | {"take": ["evaluation_minutes"], "agreed": "y"}, expect=303)
    row = db.session.scalars(sa.select(DisclosureFact)).one()
    assert (row.people, row.shared_with_consent) == (2, True)


def test_a_draft_that_somebody_saved_meanwhile_is_shown_anew(client: Client, hana: Person, job: Job) -> None:
    browser = client.as_(hana)
    sent = carried(send(browser, job, PUBLISHED.read_bytes()))
    saved(job, hana)
    before = facts(job)

    page = browser.post(path(job), data=sent, expect=409)

    assert "Somebody saved this draft meanwhile. Below is what it says now." in words(page)
    assert "Visits completed a week 3 (1 to 3) 3 3 44 (40 to 50)" in words(page)
    assert facts(job) == before
    browser.post(path(job), data=carried(page), expect=303)
    assert facts(job)["visits_completed"].typical == 3


def test_what_contradicts_the_rest_of_the_draft_is_refused_at_its_field(
    client: Client, hana: Person, job: Job
) -> None:
    saved(job, hana)
    many = text(*[row(f"2026-03-{day:02}", "ABC"[day % 3]) for day in range(2, 7) for _ in range(60)])
    browser = client.as_(hana)
    sent = carried(send(browser, job, many))

    page = browser.post(path(job), data=sent | {"take": ["visits_completed"]}, expect=422)

    assert "visits booked." in words(page)
    assert facts(job)["visits_completed"].typical == 44


def test_only_the_first_unreadable_rows_are_listed(client: Client, hana: Person, job: Job) -> None:
    page = words(send(client.as_(hana), job, PUBLISHED.read_text("utf-8") + "x\n" * 1234))

    assert "1,236 rows of 1,250 could not be read" in page
    assert "And 1,186 more." in page


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"date,name\n", "These columns are missing: clinician, kind"),
        (b"PK\x03\x04\0\0\0", "The file is no text."),
        (text("2026-03-04,A,follow-up,yes,yes,45,,", "2026-03-09,A,follow-up,yes,yes,45,,"), "no whole week"),
        (text("x"), "no whole week"),
    ],
)
def test_a_file_that_says_nothing_is_refused_at_the_field(
    client: Client, hana: Person, job: Job, content: str | bytes, sentence: str
) -> None:
    page = send(client.as_(hana), job, content, expect=422)
    assert sentence in words(page)


def test_a_paid_day_that_ends_before_it_begins_is_refused(client: Client, hana: Person, job: Job) -> None:
    page = send(client.as_(hana), job, PUBLISHED.read_bytes(), paid_until="07:00", expect=422)
    assert "The paid day ends after it begins." in words(page)


def test_ten_megabytes_are_taken_and_more_are_not(client: Client, hana: Person, job: Job) -> None:
    line = row("2026-03-02") + "\n"
    whole = PUBLISHED.read_text("utf-8") + line * ((10 * 1024 * 1024 - 4000) // len(line))

    assert "could not be read" in words(send(client.as_(hana), job, whole))
    send(client.as_(hana), job, whole + "x" * 100_000, expect=413)


def test_a_ward_that_counts_by_the_day_gets_values_of_a_day(client: Client, hana: Person, job: Job) -> None:
    saved(job, hana, {"period": Fact(text="day", source="Policy", as_of=date(2026, 3, 2))})

    page = words(send(client.as_(hana), job, PUBLISHED.read_bytes()))

    assert "in 10 clinician-days. The bad day is 2 March 2026." in page
    assert "Visits booked a day 1 (1 to 2)" in page


def test_rina_may_look_at_the_draft_and_not_change_it(client: Client, rina: Person, job: Job) -> None:
    client.as_(rina).get(path(job), expect=403)
    send(client.as_(rina), job, PUBLISHED.read_bytes(), expect=403)


def test_no_id_of_a_clinician_is_on_the_page(client: Client, hana: Person, job: Job) -> None:
    named = re.sub(r",([ABC]),", r",Ximena \1,", PUBLISHED.read_text("utf-8"))

    page = send(client.as_(hana), job, named.replace("2026-03-10,Ximena B", "2026-03-33,Ximena B"))

    assert "no date" in words(page)
    assert "Ximena" not in page.text


def test_the_command_line_prints_the_same(app: Flask, tmp_path) -> None:
    run = app.test_cli_runner().invoke
    paid = ["--paid-from", "08:00", "--paid-until", "16:30"]

    printed = run(args=["disclosures", "measure", str(PUBLISHED), *paid])
    found = json.loads(run(args=["disclosures", "measure", str(PUBLISHED), *paid, "--json"]).output)

    assert (
        "visits.csv: 14 visits of 3 clinicians in 2 weeks from 2 March 2026, as of 10 March" in printed.output
    )
    assert re.search(r"^Writing after hours\D*0\s+0 to 30\s+0\s+5\s+3$", printed.output, re.MULTILINE)
    assert re.search(
        r"^Writing after an evaluation\D*16\s+12 to 20\s+18\s+3\s+2\*$", printed.output, re.MULTILINE
    )
    assert "row 17: '3/10/2026' is no date" in printed.output
    assert found["values"]["follow_up_writing"] == {
        "typical": 10.0,
        "low": 5.0,
        "high": 20.0,
        "bad_week": 10.0,
        "n": 5,
        "clinicians": 3,
        "needs_consent": False,
    }
    two = run(args=["disclosures", "measure", str(PUBLISHED), "--clinicians", "A, B"]).output
    assert "12 visits of 2 clinicians" in two
    refused = run(args=["disclosures", "measure", str(PUBLISHED), "--clinicians", "Z"])
    assert (refused.exit_code, refused.output) == (1, "Error: There is no row of 'Z'.\n")
