"""What each request carries: a value for each argument of an address, the least valid data for each form."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from app.core import tokens
from app.demo import riverbend
from app.disclosures import queries as disclosures
from app.disclosures.models import Trigger
from app.disclosures.publication import prepare
from app.identity import queries as identity
from app.loops.forms import EMPTY_ROWS
from app.loops.panels import seat_key
from app.loops.rules import weight_key
from app.scoring.models import Outcome
from tests.factories import archives, debrief, drafts, people, practice
from tests.factories import disclosures as disclosure
from tests.factories.loops import GAPS
from tests.matrix.states import FIRST_DAY, Story

Data = dict[str, Any]

# What an argument of an address stands for in a state.
ARGUMENTS: dict[str, Callable[[Story], Any]] = {
    "application_id": lambda story: story.application.public_id,
    "assignment_id": lambda story: story.assignment.public_id,
    "card_id": lambda story: story.card.public_id,
    "check_in_id": lambda story: story.check_in.public_id,
    "flag_id": lambda story: story.flag.public_id,
    "draft_id": lambda story: story.copy.public_id,
    "filename": lambda _: "evenhand.css",
    "interview_id": lambda story: story.interview.public_id,
    "job_id": lambda story: story.job.public_id,
    "letter_id": lambda story: story.letter.public_id,
    "link_id": lambda story: story.link.public_id,
    "loop_id": lambda story: story.loop.public_id,
    "pack": lambda _: "outpatient-ot",
    "practice_id": lambda story: story.practice.public_id,
    "person_id": lambda story: story.tess.public_id,
    "scenario_id": lambda story: story.loop.stages[0].scenario_version.public_id,
    "question_id": lambda story: story.question.public_id,
    "request_id": lambda story: story.request.public_id,
    "stage_id": lambda story: story.loop.stages[-1].public_id,
    "token": lambda story: story.link_token,
    "version_id": lambda story: story.version.public_id,
}
# The same argument means something else here.
SPECIAL_ARGUMENTS: dict[tuple[str, str], Callable[[Story], Any]] = {
    ("deletion.scenario", "scenario_id"): lambda _: archives.version(archives.UNUSED).public_id,
    ("identity.invitation", "token"): lambda story: story.invitation,
    ("packs.difference", "scenario_id"): lambda story: story.revision.public_id,
}


def arguments_of(endpoint: str, names: set[str], story: Story) -> dict[str, Any]:
    """The values of an address's arguments."""
    return {name: SPECIAL_ARGUMENTS.get((endpoint, name), ARGUMENTS[name])(story) for name in sorted(names)}


def unknown(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Values of the same kind that nothing has."""
    return {
        name: uuid.uuid4() if isinstance(one, uuid.UUID) else tokens.new() for name, one in arguments.items()
    }


def _nothing(_story: Story) -> Data:
    return {}


def _job(story: Story) -> Data:
    job = story.job
    return {
        "title": job.title,
        "setting": job.setting,
        "role": job.role,
        "level": job.level,
        "site": job.site.public_id,
        "pay_low": job.pay_low,
        "pay_high": job.pay_high,
        "pay_period": job.pay_period.value,
        "decide_by": job.decide_by,
        "level_lock": job.level_lock.value,
        "version": job.version,
    }


def _version(story: Story) -> Data:
    return {"version": story.job.version}


def _stage(story: Story) -> Data:
    stage = story.loop.stages[-1]
    return {
        "version": story.loop.version,
        "scenario": stage.scenario_version.public_id,
    }


def _panels(story: Story) -> Data:
    """Whoever leads stays, in every stage but the first, which is left empty."""
    seats = {
        seat_key(stage.position, row): stage.lead.public_id if row == 1 < stage.position else ""
        for stage in story.loop.stages
        for row in range(1, len(stage.panel) + EMPTY_ROWS + 1)
    }
    parts = {key.replace("person", "part"): "lead" for key in seats}
    return {"version": story.loop.version, **seats, **parts}


def _weights(story: Story) -> Data:
    weights = {
        weight_key(stage.position, one.code): "1" for stage in story.loop.stages for one in stage.criteria
    }
    return {"version": story.loop.version, **weights}


def _employer(story: Story) -> Data:
    profile = identity.get_employer()
    return {
        "name": profile.name,
        "time_zone": profile.time_zone,
        "contact_name": "Rina",
        "version": profile.version,
    }


def _change(_story: Story) -> Data:
    return {
        "client": "matrix",
        "field": "note-9",
        "body": "“I call him first.”",
        "base": "0",
        "sequence": "1",
    }


def _decision(story: Story) -> Data:
    return {"number": story.decisions + 1, "outcome": "no offer", "reasons": debrief.REASONS}


def _acknowledgement(story: Story) -> Data:
    return {"version": story.version.public_id, "read": "y", "name": "Cleo Marsh"}


def _disclosure(story: Story) -> Data:
    draft = disclosures.draft_of(story.job)
    return disclosure.typed(riverbend.facts(), version=draft.version if draft else 0)


def _measured(story: Story) -> Data:
    draft = disclosures.draft_of(story.job)
    facts = {"no_show-typical": "12.5", "no_show-window_weeks": "12", "no_show-people": "4"}
    return {"version": draft.version if draft else 0, "take": ["no_show"], **facts}


def _id(story: Story, person: str) -> uuid.UUID:
    return story.people[person].public_id


def _of(thing: Any, data: Data) -> Data:
    """Fields of one of several forms of a page, which are told apart by what they are about."""
    return {f"{thing.public_id}-{name}": value for name, value in data.items()}


def _interview(story: Story) -> Data:
    stage = story.loop.stages[-1]
    return {"stage": stage.public_id, **_of(stage, {**TIME, "panel": [_id(story, "iris")]})}


TIME = {"starts_at": "2026-03-12T10:00", "which": "", "minutes": "20", "place": "Room 2"}
ILL = "Iris is ill this week."

# What an address is sent, by its endpoint and, where it takes several, by the verb.
BODIES: dict[tuple[str, str], Callable[[Story], Data]] = {
    ("accuracy.answer", ""): lambda _: {"day": "30", "mentor-number": "20", "notice": "y"},
    ("debrief.hire", ""): lambda _: {"starts_on": FIRST_DAY.isoformat()},
    ("candidates.accommodation", ""): lambda _: {"text": "The texts in large print."},
    ("candidates.link", "hand-over"): _nothing,
    ("candidates.link", "revoke"): _nothing,
    ("candidates.make_link", ""): _nothing,
    ("candidates.new", ""): lambda _: {"name": "Noor Haddad", "applied_on": "2026-03-09"},
    ("candidates.request", ""): lambda _: {"answer": "You get half as much time again."},
    ("debrief.decide", ""): _decision,
    ("deletion.scenario", ""): _nothing,
    ("disclosures.acknowledge", ""): _acknowledgement,
    ("disclosures.editor", ""): _disclosure,
    ("disclosures.keep", "attest"): _nothing,
    ("disclosures.keep", "record"): lambda _: {"trigger": Trigger.TEAM.value, "happened_on": "2026-03-09"},
    ("disclosures.measure", "measure"): lambda _: {
        "file": archives.as_upload(disclosure.visits(), "visits.csv")
    },
    ("disclosures.measure", "take"): _measured,
    ("disclosures.publish", "ask"): lambda story: {"people": [_id(story, "iris")]},
    ("disclosures.publish", "publish"): lambda story: {
        "digest": prepare(story.job).digest,
        "note": "Counted again.",
    },
    ("disclosures.review", ""): lambda story: {
        "digest": prepare(story.job).content_digest,
        "in_role": "yes",
    },
    ("disclosures.retraction", ""): lambda _: {"reason": "The target was last year's."},
    ("identity.employer", "add-site"): lambda _: {"name": "North", "time_zone": "America/Chicago"},
    ("identity.employer", "save"): _employer,
    ("identity.invitation", ""): lambda _: {"password": people.PASSWORD},
    ("identity.people", ""): lambda _: {
        "name": "Jonas Pike",
        "email": "jonas@riverbend.example",
        "roles": ["recruiter"],
    },
    ("identity.sign_in", ""): lambda story: {"email": story.tess.email, "password": people.PASSWORD},
    ("identity.sign_out", ""): _nothing,
    ("identity.theme", ""): lambda _: {"theme": "dark"},
    ("jobs.edit", ""): _job,
    ("jobs.new", ""): _job,
    ("jobs.brief", ""): _version,
    ("jobs.owners", "change-owners"): _version,
    ("jobs.owners", "name"): lambda story: {"person": story.tess.public_id, "due_on": "2026-04-01"},
    ("jobs.owners", "withdraw"): lambda story: {"person": _id(story, "remi")},
    ("jobs.role", ""): _version,
    ("jobs.team", "add"): lambda story: {"person": story.tess.public_id, "part": "interviewer"},
    ("jobs.team", "remove"): lambda story: {"person": _id(story, "wren"), "part": "interviewer"},
    ("loops.add_stage", ""): _stage,
    ("loops.change_stage", "save"): _stage,
    ("loops.change", "close"): _nothing,
    ("loops.draft", "copy"): lambda story: {"loop": story.loop.public_id},
    ("loops.draft", "pack"): lambda _: {"pack": "outpatient-ot"},
    ("loops.draft", "template"): _nothing,
    ("loops.panels", "propose"): _panels,
    ("loops.panels", "seat"): _panels,
    ("loops.change_stage", "place"): lambda story: {"version": story.loop.version, "place": 1},
    ("loops.change", "open"): lambda story: {"version": story.loop.version, "gaps_reason": GAPS},
    ("loops.change_stage", "earlier"): lambda story: {"version": story.loop.version},
    ("loops.change_stage", "later"): lambda story: {"version": story.loop.version},
    ("loops.change_stage", "remove"): lambda story: {"version": story.loop.version},
    ("loops.guide", ""): lambda story: {"version": story.loop.version},
    ("loops.weights", ""): _weights,
    ("outbox.letter", "drop"): _nothing,
    ("outbox.letter", "send-again"): _nothing,
    ("overview.person", "change-roles"): lambda _: {"roles": ["recruiter"]},
    ("overview.person", "disable"): _nothing,
    ("overview.person", "enable"): _nothing,
    ("overview.person", "invite"): _nothing,
    ("overview.withdrawal", ""): lambda _: {"reason": "Another offer came first."},
    ("packs.copy", ""): lambda _: {"into": "version"},
    ("packs.intake", "check"): lambda _: {"zip": archives.as_upload(archives.newer())},
    ("packs.intake", "import"): lambda _: {"archive": archives.as_text(archives.newer())},
    ("packs.save_draft", ""): lambda story: {**story.copy.texts, "version": story.copy.version},
    ("packs.settle_draft", "discard"): _nothing,
    ("packs.settle_draft", "publish"): lambda story: {"version": story.copy.version, "note": drafts.NOTE},
    ("candidates.arrangement", ""): lambda _: {
        "time_factor": "150",
        "instruction": "Send the prompt in writing.",
    },
    ("practice.autosave", ""): _change,
    ("practice.merge", ""): _change,
    ("practice.save", ""): _nothing,
    ("practice.start", ""): lambda _: {"vignette": practice.vignette("v02").public_id},
    ("practice.submit", ""): lambda story: {"version": story.practice.version, "key": "in-by-the-matrix"},
    ("questions.answer", ""): lambda _: {"wording": "Who covers on sick days?", "text": "The clinic lead."},
    ("questions.ask", "ask"): lambda _: {"text": "Who covers when somebody is away?"},
    ("questions.ask", "tick"): lambda _: {"topics": ["overload", "scope"]},
    ("questions.ask", "visit"): lambda _: {"wish": "Any morning."},
    ("questions.candidate", ""): lambda _: {"answer": "Thursday at 8 am; ask for Wren."},
    ("scoring.amend", ""): lambda _: {"body": "The ward was second.", "reason": "I mixed them up."},
    ("scoring.autosave", ""): _change,
    ("scoring.declare", "open"): _nothing,
    ("scoring.declare", "step-back"): lambda _: {"tie": "family"},
    ("scoring.flag", "confirm"): _nothing,
    ("scoring.flag", "deny"): _nothing,
    ("scoring.merge", ""): _change,
    ("scoring.interview", "move"): lambda story: _of(story.interview, TIME),
    ("scoring.interview", "record"): lambda story: _of(story.interview, {"outcome": Outcome.CUT_SHORT.value}),
    ("scoring.assignment", "replace"): lambda story: _of(
        story.assignment, {"by": _id(story, "wren"), "reason": ILL}
    ),
    ("scoring.move", ""): lambda story: {"items": ["note-1"], "to": story.other_card.public_id},
    ("scoring.save", ""): _nothing,
    ("scoring.schedule", ""): _interview,
    ("scoring.submit", ""): lambda story: {"version": story.card.version, "key": "handed-in-by-the-matrix"},
    ("scoring.assignment", "waive"): lambda story: _of(story.assignment, {"reason": ILL}),
    ("you.withdrawal", ""): lambda _: {"sure": "y"},
}
