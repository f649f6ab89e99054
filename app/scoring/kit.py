"""The interview kit: the scorecard of a stage on paper, or those of a whole loop, to print and write on.

It holds what the page of a scorecard holds, in its order, and nothing of any candidate.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.identity.models import Employer
from app.jobs.models import Job
from app.loops.models import Criterion, Loop, Stage
from app.packs.queries import scenario_of
from app.scoring import drafts
from app.web.pdf import Paper, typeset
from app.web.words import sentence
from scenarios import Probe, Scenario, StageType, Status
from scenarios.schema import Question

TEMPLATE = Path(__file__).with_name("kit.typ")
VERDICTS = {"pass": "to_pass", "hold": "to_hold", "fail": "to_fail"}


def of_stage(stage: Stage, job: Job, employer: Employer, *, paper: Paper = Paper.LETTER) -> bytes:
    """The kit of one stage as PDF."""
    return _kit([stage], job, employer, paper=paper)


def of_loop(loop: Loop, employer: Employer, *, paper: Paper = Paper.LETTER) -> bytes:
    """The kits of all stages as one PDF, with a page before them that lists the stages."""
    return _kit(loop.stages, loop.job, employer, paper=paper, has_cover=True)


def _kit(
    stages: Sequence[Stage], job: Job, employer: Employer, *, paper: Paper, has_cover: bool = False
) -> bytes:
    minutes = sum(stage.time_box.total for stage in stages)
    about = job.title if has_cover else stages[0].scenario_version.title
    facts = {
        "title": f"Interview kit: {about}",
        "employer": employer.name,
        "job": job.title,
        "about": f"{job.profile.level.label} level, {job.site.name}. {minutes} minutes in all.",
        "has_cover": has_cover,
        "reasons": drafts.REASONS,
        "tags": drafts.TAGS,
        "stages": [_stage(stage) for stage in stages],
    }
    return typeset(TEMPLATE, facts, paper=paper)


def _stage(stage: Stage) -> dict[str, Any]:
    version = stage.scenario_version
    scenario = scenario_of(version)
    box = stage.time_box
    codes = [one.code for one in stage.criteria]
    anchors = {one.code: one.anchors for one in scenario.criteria}
    return {
        "position": stage.position,
        "key": version.key,
        "version": version.version,
        "digest": version.digest[:12],
        "title": scenario.title,
        "kind": StageType(version.stage_type).label,
        "minutes": [box.read, box.answer, box.probes],
        "before": scenario.before_reading or "",
        "prompt": scenario.prompt,
        "around": _around(scenario),
        "handout": scenario.handout,
        "questions": [_question(one) for one in scenario.questions],
        "probes": [_probe(one) for one in scenario.probes],
        "facts": scenario.facts,
        "timed_facts": [{"minute": fact.minute, "text": fact.text} for fact in scenario.timed_facts],
        "red_flags": [sentence(flag) for flag in scenario.red_flags],
        "do_not_ask": f"{sentence('; '.join(scenario.do_not_ask))}.",
        "notes": scenario.interviewer_notes,
        "codes": codes,
        "criteria": [_criterion(one, anchors[one.code]) for one in stage.criteria],
    }


def _around(scenario: Scenario) -> list[str]:
    """What the interviewer has to know about the reading, in sentences."""
    lines = [f"Limits: {'; '.join(scenario.constraints)}."]
    if scenario.time_box.paper_allowed:
        lines[0] += " Paper allowed."
    if scenario.procedure:
        lines.append(f"{sentence('; '.join(scenario.procedure))}.")
    if scenario.status is Status.PILOT:
        lines.append("Pilot: not yet reviewed by a licensed practitioner.")
    return lines


def _question(question: Question) -> dict[str, Any]:
    verdict = question.verdict
    return {
        "text": question.text,
        "codes": " ".join(question.criteria),
        "verdicts": [
            {"word": sentence(word), "meaning": getattr(verdict, meaning)}
            for word, meaning in VERDICTS.items()
            if verdict is not None
        ],
    }


def _probe(probe: Probe) -> dict[str, Any]:
    return {
        "text": probe.text,
        "codes": " ".join(probe.criteria),
        "after": f"after Q{probe.after}" if probe.after else "",
        "past": probe.past,
    }


def _criterion(criterion: Criterion, anchors: Sequence[str]) -> dict[str, Any]:
    must = "Every clause of 3 is a must-have here. " if criterion.is_critical else ""
    return {
        "code": criterion.code,
        "name": criterion.name,
        "is_critical": criterion.is_critical,
        "hint": f"{must}A level needs a note tied to {criterion.code}.",
        "anchors": [sentence(anchor) for anchor in anchors],
    }
