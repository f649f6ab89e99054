"""A bare floor under the pages: Flask, Flask-Login and Flask-SQLAlchemy, and nothing that Evenhand adds.

It has no rules, no form tokens, no policy, no blindness, no log and no headers. It fetches what a page shows
by the fewest queries, and sends the same bytes: the tags of Evenhand's page as a compiled template into which
each text is put and escaped, out of the fetched rows wherever it stands in one. It writes what Evenhand
writes, with the same durability. `FLOOR_PAGES` names a file with Evenhand's pages by their name.
"""

import hashlib
import html
import json
import os
import re
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask, Response, has_request_context, jsonify, redirect, request
from flask_login import LoginManager, UserMixin, current_user, login_required, login_user
from flask_sqlalchemy import SQLAlchemy
from jinja2 import Template

app = Flask(__name__, static_folder=None)
app.config.update(
    SECRET_KEY=hashlib.sha256(__file__.encode()).digest(), SQLALCHEMY_DATABASE_URI=os.environ["DATABASE_URL"]
)
db = SQLAlchemy(app, session_options={"expire_on_commit": False})
login = LoginManager(app)
PRAGMAS = "busy_timeout = 15000", "journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"
TEXTS = re.compile(r"(<[^>]*>)")


@sa.event.listens_for(sa.Engine, "connect")
def _prepare(connection: Any, _record: Any) -> None:
    if type(connection).__module__.startswith("sqlite3"):
        connection.isolation_level = None
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")


@sa.event.listens_for(sa.Engine, "begin")
def _begin(connection: sa.Connection) -> None:
    if connection.dialect.name == "sqlite":
        writes = has_request_context() and request.method == "POST"
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


# The tables, as they are there ------------------------------------------------------------------------------

with app.app_context(), db.engine.connect() as _there:
    db.metadata.reflect(_there)
for _table in db.metadata.tables.values():
    if "public_id" in _table.c:
        _table.c.public_id.type = sa.Uuid()  # which SQLite keeps as text


def _model(table: str, *bases: type) -> Any:
    return type(table, (*bases, db.Model), {"__table__": db.metadata.tables[table]})


Person = _model("person", UserMixin)
Scorecard, Assignment, Interview = _model("scorecard"), _model("assignment"), _model("interview")
Application, Candidate, Job = _model("application"), _model("candidate"), _model("job")
Loop, Stage, Criterion = _model("loop"), _model("stage"), _model("criterion")
ScenarioVersion, Revision = _model("scenario_version"), _model("draft_revision")
Note, NoteTie, Rating, Mark = _model("note"), _model("note_tie"), _model("rating"), _model("script_mark")
Decision, Version, Event = _model("decision"), _model("disclosure_version"), _model("audit_event")
Disclosure = _model("disclosure")


@app.get("/healthz")
def healthz() -> str:
    """It answers."""
    return "ok"


@login.user_loader  # type: ignore[untyped-decorator]  # Flask-Login brings no types
def load(number: str) -> Any:
    """The signed-in person."""
    return db.session.get(Person, int(number))


def me() -> Any:
    """The person who asks."""
    return current_user._get_current_object()


@app.get("/be/<int:number>")
def be(number: int) -> str:
    """Sign in as somebody, for this floor checks nothing."""
    login_user(db.session.get_one(Person, number))
    return "signed in"


# Pages ------------------------------------------------------------------------------------------------------


def flat(value: Any) -> Iterator[str]:
    """Every text in what was fetched."""
    if isinstance(value, dict):
        for one in value.values():
            yield from flat(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from flat(one)
    elif value is not None:
        yield str(value)


class Page:
    """Evenhand's page as a template: its tags, and each text as an expression."""

    known: dict[str, "Page"] = {}  # noqa: RUF012 (one for each page, made when it is first asked for)

    def __init__(self, whole: str, fetched: list[str]) -> None:
        places = {text: number for number, text in reversed([*enumerate(fetched)])}
        self.words: list[str] = []
        source = []
        for number, piece in enumerate(TEXTS.split(whole)):
            text = html.unescape(piece)
            if number % 2 or not piece.strip():
                source.append(piece)
            elif text in places:
                source.append(f"{{{{ fetched[{places[text]}] }}}}")
            else:
                source.append(f"{{{{ words[{len(self.words)}] }}}}")
                self.words.append(text)
        self.template: Template = app.jinja_env.from_string("".join(source))


def shown(name: str, fetched: Any) -> str:
    """A page of what was fetched."""
    texts = [*flat(fetched)]
    if name not in Page.known:
        pages = json.loads(Path(os.environ["FLOOR_PAGES"]).read_text("utf-8"))
        Page.known[name] = Page(pages[name], texts)
    page = Page.known[name]
    return page.template.render(fetched=texts, words=page.words)


def latest_of(card_id: int) -> dict[str, tuple[str, int]]:
    """The latest text of each field of a draft, and how often it was saved."""
    history = (
        sa.select(sa.func.max(Revision.id).label("latest"), sa.func.count().label("count"))
        .where(Revision.scorecard_id == card_id)
        .group_by(Revision.field)
        .subquery()
    )
    rows = db.session.execute(
        sa.select(Revision.field, Revision.body, history.c.count).join(
            history, history.c.latest == Revision.id
        )
    )
    return {name: (body, count) for name, body, count in rows}


@app.get("/scorecards/<uuid:card>")
@login_required  # type: ignore[untyped-decorator]  # Flask-Login brings no types
def scorecard(card: uuid.UUID) -> str:
    """The scorecard of an interviewer: everything around it by one query, what was written by another."""
    rows = db.session.execute(
        sa.select(Scorecard, Interview, Application, Candidate, Stage, ScenarioVersion, Criterion)
        .join(Assignment, Assignment.id == Scorecard.assignment_id)
        .join(Interview, Interview.id == Assignment.interview_id)
        .join(Application, Application.id == Interview.application_id)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .join(Stage, Stage.id == Interview.stage_id)
        .join(ScenarioVersion, ScenarioVersion.id == Stage.scenario_version_id)
        .join(Criterion, Criterion.stage_id == Stage.id)
        .where(Scorecard.public_id == card)
        .order_by(Criterion.position)
    ).all()
    found, interview, _, candidate, stage, version, _ = rows[0]
    criteria = [(row[-1].code, row[-1].name) for row in rows]
    scenario = json.loads(version.document)
    around = (me().name, candidate.name, stage.position, interview.minutes, criteria, scenario)
    return shown("scorecard", (around, latest_of(found.id)))


@app.get("/applications/<uuid:application>/debrief")
@login_required  # type: ignore[untyped-decorator]  # Flask-Login brings no types
def debrief(application: uuid.UUID) -> str:
    """The grid: who gave what on which criterion, the notes of the first one, the loop and the decisions."""
    found, candidate, job = db.session.execute(
        sa.select(Application, Candidate, Job)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .join(Job, Job.id == Application.job_id)
        .where(Application.public_id == application)
    ).one()
    rows = db.session.execute(
        sa.select(Person.name, Loop, Stage, ScenarioVersion.title, Criterion, Rating)
        .join(Criterion, Criterion.id == Rating.criterion_id)
        .join(Scorecard, Scorecard.id == Rating.scorecard_id)
        .join(Assignment, Assignment.id == Scorecard.assignment_id)
        .join(Person, Person.id == Assignment.person_id)
        .join(Interview, Interview.id == Assignment.interview_id)
        .join(Stage, Stage.id == Interview.stage_id)
        .join(Loop, Loop.id == Stage.loop_id)
        .join(ScenarioVersion, ScenarioVersion.id == Stage.scenario_version_id)
        .where(Interview.application_id == found.id)
        .order_by(Stage.position, Criterion.position, Assignment.id)
    ).all()
    notes = db.session.scalars(
        sa.select(Note.body)
        .join(NoteTie, NoteTie.note_id == Note.id)
        .where(
            NoteTie.criterion_id == rows[0][4].id,
            Note.scorecard_id.in_({row[5].scorecard_id for row in rows}),
        )
    ).all()
    decisions = db.session.scalars(sa.select(Decision).where(Decision.application_id == found.id)).all()
    grid = [(name, title, c.code, c.name, c.bar, r.level, r.because) for name, _, _, title, c, r in rows]
    around = (me().name, candidate.name, job.title, [one.reasons for one in decisions])
    return shown("debrief", (around, grid, list(notes)))


@app.get("/disclosures/<uuid:version>")
def disclosure(version: uuid.UUID) -> str:
    """The published document."""
    found, _ = db.session.execute(
        sa.select(Version, Job)
        .join(Disclosure, Disclosure.id == Version.disclosure_id)
        .join(Job, Job.id == Disclosure.job_id)
        .where(Version.public_id == version)
    ).one()
    return shown("disclosure", (json.loads(found.document), found.digest))


# What is written --------------------------------------------------------------------------------------------


def own(card: uuid.UUID) -> Any:
    """A scorecard and its seat."""
    return db.session.execute(
        sa.select(Scorecard, Assignment)
        .join(Assignment, Assignment.id == Scorecard.assignment_id)
        .where(Scorecard.public_id == card)
    ).one()


@app.post("/scorecards/<uuid:card>/revisions")
@login_required  # type: ignore[untyped-decorator]  # Flask-Login brings no types
def autosave(card: uuid.UUID) -> Response:
    """Append one text, and say what is there now."""
    found, _ = own(card)
    form, now = request.form, datetime.now(UTC)
    digest = hashlib.sha256(form["body"].encode()).hexdigest()
    given = {name: form[name] for name in ("field", "client", "body")}
    numbers = {name: int(form[name]) for name in ("sequence", "base")}
    db.session.add(Revision(scorecard_id=found.id, digest=digest, created_at=now, **given, **numbers))
    found.version += 1
    db.session.flush()
    fields = latest_of(found.id)
    db.session.commit()
    codes = [name.removeprefix("level-") for name in fields if name.startswith("level-")]
    saved = {"sequence": numbers["sequence"], "field": given["field"], "digest": digest}
    return jsonify(
        saved=[saved | {"base": fields[given["field"]][1]}],
        at=f"{now:%-I:%M %p}".lower(),
        levels=f"{len(codes)} of {len(codes)} have a level",
        missing=dict.fromkeys(codes, ""),
    )


@app.post("/scorecards/<uuid:card>/submission")
@login_required  # type: ignore[untyped-decorator]  # Flask-Login brings no types
def submit(card: uuid.UUID) -> Any:
    """Write down what stands there, close the seat, and leave a trace."""
    found, assignment = own(card)
    fields, now = latest_of(found.id), datetime.now(UTC)
    interview = db.session.get_one(Interview, assignment.interview_id)
    criteria = db.session.scalars(sa.select(Criterion).where(Criterion.stage_id == interview.stage_id))
    ids = {one.code: one.id for one in criteria}
    numbers = [name.removeprefix("note-") for name in fields if name.startswith("note-")]
    notes = [
        Note(scorecard_id=found.id, position=place, body=fields[f"note-{number}"][0], tags="", written_at=now)
        for place, number in enumerate(numbers, start=1)
    ]
    for note in notes:
        note.created_at = now
    db.session.add_all(notes)
    db.session.flush()
    for note, number in zip(notes, numbers, strict=True):
        for code in fields[f"ties-{number}"][0].split():
            db.session.add(NoteTie(note_id=note.id, criterion_id=ids[code]))
    for code, number in ids.items():
        level = int(fields[f"level-{code}"][0])
        db.session.add(
            Rating(scorecard_id=found.id, criterion_id=number, level=level, because="", created_at=now)
        )
    found.version, found.submitted_at, found.submission_key = found.version + 1, now, request.form["key"]
    found.retelling = fields["retelling"][0]
    assignment.state, assignment.settled_at, assignment.settled_by_id = "submitted", now, me().id
    facts = {"event": "scorecard:submitted", "subject_kind": "scorecard", "facts": '{"criteria":4}'}
    db.session.add(Event(at=now, actor_id=me().id, **facts))
    db.session.commit()
    return redirect(f"/scorecards/{card}", 303)
