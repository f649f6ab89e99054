"""What every page that shows the scorecard of a stage gives to its templates."""

from typing import Any

from app.loops.models import Stage
from app.packs.queries import scenario_of
from app.scoring import drafts, rules
from app.scoring.drafts import Content
from app.scoring.views.timer import timed_facts_of
from scenarios import StageType


def script_of(stage: Stage, *, percent: int = 100) -> dict[str, Any]:
    """The scenario of a stage, its criteria with their anchors, and the words that a scorecard offers.

    `percent` is how much of the planned time the candidate has.
    """
    scenario = scenario_of(stage.scenario_version)
    return {
        "stage": stage,
        "scenario": scenario,
        "time_box": stage.time_box,
        "timed_facts": timed_facts_of(scenario, percent),
        "anchors": {one.code: one.anchors for one in scenario.criteria},
        "stage_type": StageType(stage.scenario_version.stage_type).label,
        "criteria": stage.criteria,
        "reasons": drafts.REASONS,
        "tags": drafts.TAGS,
        "verdicts": drafts.VERDICTS,
    }


def level_words(content: Content) -> str:
    """How many criteria have a level."""
    return f"{content.given} of {len(content.scored)} have a level"


def missing_words(content: Content) -> dict[str, str]:
    """By criterion, the first thing that is left: "because missing"; empty when nothing is."""
    found = dict.fromkeys(content.scored, "")
    for one in reversed(rules.missing(content)):
        if one.code:
            found[one.code] = f"{one.word} missing"
    return found
