"""Starting a job: what must be said, and who may."""

import re
from html import unescape

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.audit.models import AuditEvent
from app.core.db import db
from app.identity import queries as identity
from app.identity.models import Person
from app.jobs.models import Job
from app.policy import Part
from tests.client import Client, words
from tests.factories.jobs import facts


def typed(**more: str) -> dict[str, str]:
    """A whole form, as typed."""
    return {
        "title": "Occupational therapist, outpatient, mid level",
        "setting": "outpatient",
        "role": "ot",
        "level": "mid",
        "site": str(identity.all_sites()[0].public_id),
    } | more


def only_job() -> Job:
    return db.session.scalars(select(Job)).one()


def test_hana_starts_a_job_and_manages_it(client: Client, hana: Person) -> None:
    answer = client.as_(hana).post("/jobs/new", data=typed(), expect=303)

    job = only_job()
    assert answer.location == f"/jobs/{job.public_id}"
    assert job.profile.words == "Outpatient · Occupational therapist · Mid level"
    assert not job.has_pay_range
    assert [(member.person, member.part) for member in job.team] == [(hana, Part.MANAGER)]
    event = db.session.scalars(select(AuditEvent).order_by(AuditEvent.sequence.desc())).first()
    assert event is not None
    assert (event.event, event.actor_id, event.subject_id) == ("job:started", hana.id, job.public_id)


def test_only_what_is_needed_to_start_is_asked(client: Client, hana: Person) -> None:
    page = client.as_(hana).get("/jobs/new", expect=200).get_data(as_text=True)
    asked = set(re.findall(r'name="([a-z_]+)"', page)) - {"csrf_token", "theme", "viewport"}
    assert {name for name in asked if not name.startswith("htmx")} == {
        "title",
        "setting",
        "role",
        "level",
        "site",
    }


def test_nothing_is_chosen_beforehand(client: Client, hana: Person) -> None:
    page = client.as_(hana).get("/jobs/new", expect=200).get_data(as_text=True)

    for name in ("setting", "role", "level", "site"):
        select_ = page[page.index(f'name="{name}"') :]
        options = select_[: select_.index("</select>")]
        assert '<option value="">Choose…</option>' in options or '<option selected value="">' in options
        assert 'selected value="outpatient"' not in options


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("title", "Type the job's title."),
        ("setting", "Choose the setting."),
        ("role", "Choose the role."),
        ("level", "Choose the level."),
        ("site", "Choose the site."),
    ],
)
def test_what_must_be_said_is_asked_for_and_what_was_typed_stays(
    client: Client, hana: Person, field: str, sentence: str
) -> None:
    data = typed(title="OT for hands") | {field: ""}
    answer = client.as_(hana).post("/jobs/new", data=data, expect=422)

    assert sentence in words(answer)
    assert ("OT for hands" in unescape(answer.get_data(as_text=True))) is (field != "title")
    assert db.session.scalars(select(Job)).all() == []


def test_a_setting_or_a_role_that_stands_for_several_is_refused(client: Client, hana: Person) -> None:
    for wrong in ({"setting": "any"}, {"role": "either"}):
        client.as_(hana).post("/jobs/new", data=typed(**wrong), expect=422)


@pytest.mark.parametrize("who", ["rina", "iris", "ada", "remi"])
def test_only_a_hiring_manager_starts_a_job(client: Client, request: pytest.FixtureRequest, who: str) -> None:
    browser = client.as_(request.getfixturevalue(who))

    assert "Only a hiring manager can do this." in words(browser.get("/jobs/new", expect=403))
    browser.post("/jobs/new", data=typed(), expect=403)
    assert db.session.scalars(select(Job)).all() == []


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [({"pay_low": 1}, "pay_range_is_whole"), ({"pay_low": 2, "pay_high": 1}, "pay_low_is_lower")],
)
def test_the_database_itself_refuses_half_a_pay_range(
    app: object, columns: dict[str, int], constraint: str
) -> None:
    nothing = {"pay_low": None, "pay_high": None}
    db.session.add(Job(**(facts().columns | nothing | columns)))

    with pytest.raises(IntegrityError, match=constraint):
        db.session.flush()
