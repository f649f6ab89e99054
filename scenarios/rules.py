"""What a scenario must hold besides its shape, one function a rule.

A rule names the fields it reads as its parameters. It is asked whenever those fields are sound, so that
one wrong field does not hide what is wrong elsewhere in the file.
"""

import inspect
from collections.abc import Callable, Collection, Iterator, Mapping

from scenarios.problems import Fault
from scenarios.schema import (
    Artifact,
    Bar,
    Criterion,
    JobAnalysis,
    Probe,
    Question,
    TimeBox,
    TimedFact,
)
from scenarios.vocabulary import IncidentSource, Kind, Level, Status

Rule = Callable[..., Iterator[Fault]]

PROMPT_WORDS = range(90, 201)
FACTS = range(5, 13)
MOST_TIMED_FACTS = 2
PROBES = range(3, 6)
REVIEW_POINTS = 5
CRITERIA = range(3, 6)
CRITERIA_OF_SHORT_KINDS = range(1, 6)
SHORT_KINDS = frozenset({Kind.SCREEN, Kind.WORK_SAMPLE})
BUILDS_ON = {4: "as 3, plus", 5: "as 4, plus"}


def check(fields: Mapping[str, object]) -> Iterator[Fault]:
    """Ask every rule whose fields are there; `fields` maps names to values of their final types."""
    for rule in RULES:
        needed = inspect.signature(rule).parameters
        if needed.keys() <= fields.keys():
            yield from rule(**{name: fields[name] for name in needed})


def prompt_is_short_enough_to_hold(prompt: str) -> Iterator[Fault]:
    """A prompt gives one situation, and a person can hold it in mind."""
    words = len(prompt.split())
    if words not in PROMPT_WORDS:
        yield Fault(("prompt",), f"The prompt has {words} words", _between(PROMPT_WORDS, "words"))


def there_are_facts_to_ask_for(facts: tuple[str, ...]) -> Iterator[Fault]:
    """Asking for the right facts is evidence, so there must be some to ask for."""
    if len(facts) not in FACTS:
        yield Fault(("facts",), f"There are {len(facts)} facts on request", _between(FACTS, "facts"))


def timed_facts_come_while_the_candidate_answers(
    timed_facts: tuple[TimedFact, ...], time_box: TimeBox
) -> Iterator[Fault]:
    """What interrupts an answer has to come before its end, one after the other, and leave time to answer."""
    if len(timed_facts) > MOST_TIMED_FACTS:
        message = f"There are {len(timed_facts)} timed facts"
        yield Fault(("timed_facts",), message, f"Write at most {MOST_TIMED_FACTS}.")
    before = 0
    for number, fact in enumerate(timed_facts):
        at = ("timed_facts", number, "minute")
        if fact.minute >= time_box.answer:
            message = f"The answer has {time_box.answer} minutes, and minute {fact.minute} leaves none"
            yield Fault(at, message, "Give it an earlier minute, or the answer more time.")
        if fact.minute <= before:
            message = f"Minute {fact.minute} does not follow minute {before}"
            yield Fault(at, message, "Give each a minute of its own, the earlier one first.")
        before = fact.minute


def there_are_enough_probes(probes: tuple[Probe, ...]) -> Iterator[Fault]:
    """Probes fit the time-box and still reach the criteria."""
    if len(probes) not in PROBES:
        yield Fault(("probes",), f"There are {len(probes)} probes", _between(PROBES, "probes"))


def one_probe_asks_about_the_past(probes: tuple[Probe, ...]) -> Iterator[Fault]:
    """What a person did once stands beside what the person would do."""
    if not any(probe.past for probe in probes):
        yield Fault(("probes",), "No probe asks about past behavior", "Add one with `past: true`.")


def probes_ask_about_criteria_of_this_scenario(
    probes: tuple[Probe, ...], criteria: tuple[Criterion, ...]
) -> Iterator[Fault]:
    """A probe for a criterion that is not rated here would be asked for nothing."""
    known = [criterion.code for criterion in criteria]
    for number, probe in enumerate(probes):
        for place, code in enumerate(probe.criteria):
            if code not in known:
                message = f"{code} is not a criterion of this scenario"
                yield Fault(("probes", number, "criteria", place), message, f"Use {_choice(known)}.")


def a_question_is_decided_or_rated(
    questions: tuple[Question, ...], criteria: tuple[Criterion, ...]
) -> Iterator[Fault]:
    """An answer passes, holds or fails, or it is rated; one that is both would count twice."""
    known = [criterion.code for criterion in criteria]
    for number, question in enumerate(questions):
        if bool(question.criteria) is (question.verdict is not None):
            remedy = "Give it either `verdict` or `criteria`."
            yield Fault(("questions", number), "An answer is either decided or rated", remedy)
        for place, code in enumerate(question.criteria):
            if code not in known:
                message = f"{code} is not a criterion of this scenario"
                yield Fault(("questions", number, "criteria", place), message, f"Use {_choice(known)}.")


def probes_follow_questions_that_are_asked(
    probes: tuple[Probe, ...], questions: tuple[Question, ...]
) -> Iterator[Fault]:
    """A probe that comes after a question names one of those that are asked."""
    for number, probe in enumerate(probes):
        if probe.after is not None and probe.after > len(questions):
            message = f"There is no question {probe.after}"
            remedy = "Write the number of a question, or remove `after`."
            yield Fault(("probes", number, "after"), message, remedy)


def there_are_few_criteria(criteria: tuple[Criterion, ...], kind: Kind) -> Iterator[Fault]:
    """A rater can follow three to five criteria; a screen or a work sample may have fewer."""
    allowed = CRITERIA_OF_SHORT_KINDS if kind in SHORT_KINDS else CRITERIA
    if len(criteria) not in allowed:
        yield Fault(("criteria",), f"There are {len(criteria)} criteria", _between(allowed, "criteria"))


def criteria_are_different(criteria: tuple[Criterion, ...]) -> Iterator[Fault]:
    """A competency is rated once in a scenario."""
    codes = [criterion.code for criterion in criteria]
    for number, code in enumerate(codes):
        if code in codes[:number]:
            yield Fault(("criteria", number, "code"), f"{code} is scored twice", "Keep one of the two.")


def criteria_are_in_the_library(criteria: tuple[Criterion, ...], library: Collection[str]) -> Iterator[Fault]:
    """Competencies are shared, so that a code means the same in every pack."""
    for number, criterion in enumerate(criteria):
        if criterion.code not in library:
            message = f"{criterion.code} is not in the competency library"
            remedy = f"Use {_choice(library)}, or add it to competencies.yaml."
            yield Fault(("criteria", number, "code"), message, remedy)


def high_anchors_build_on_lower_ones(criteria: tuple[Criterion, ...]) -> Iterator[Fault]:
    """Level 4 contains 3 and level 5 contains 4, and the wording says so."""
    for number, criterion in enumerate(criteria):
        for level, opening in BUILDS_ON.items():
            if not criterion.anchor(level).startswith(opening):
                message = f"The anchor of level {level} does not say what it builds on"
                at = ("criteria", number, "anchors", level - 1)
                yield Fault(at, message, f'Begin it with "{opening}".')


def it_may_be_used_at_the_level_it_was_written_for(
    written_for: Level, levels: tuple[Level, ...]
) -> Iterator[Fault]:
    """The level it was written for is one of those it may be used at."""
    if written_for not in levels:
        yield Fault(("levels",), f"{written_for.label} is missing, the level it was written for", "Add it.")
    for number, level in enumerate(levels):
        if level in levels[:number]:
            yield Fault(("levels", number), f"{level.label} is given twice", "Keep one.")


def every_level_has_a_bar(levels: tuple[Level, ...], bars: dict[Level, Bar]) -> Iterator[Fault]:
    """The anchors are the same at each level, so each level needs its bar."""
    for level in dict.fromkeys(levels):
        if level not in bars:
            yield Fault(("bars",), f"There is no bar for {level.value}", "Add the minimum of each criterion.")
    for level in bars:
        if level not in levels:
            remedy = "Remove the bar, or add the level to `levels`."
            yield Fault(("bars", level.value), "The scenario is not for this level", remedy)


def every_bar_covers_every_criterion(
    bars: dict[Level, Bar], criteria: tuple[Criterion, ...]
) -> Iterator[Fault]:
    """A bar says what each criterion must reach, none left out."""
    codes = [criterion.code for criterion in criteria]
    for level, bar in bars.items():
        at = ("bars", level.value, "minimum")
        for code in dict.fromkeys(codes):
            if code not in bar.minimum:
                yield Fault(at, f"{code} has no minimum", f"Write `{code}:` and a level from 1 to 5.")
        for code in bar.minimum:
            if code not in codes:
                yield Fault((*at, code), "This is not a criterion of the scenario", f"Use {_choice(codes)}.")


def count_rules_can_be_met(
    bars: dict[Level, Bar], criteria: tuple[Criterion, ...], library: Collection[str]
) -> Iterator[Fault]:
    """A rule over several criteria names enough of them, all rated here or, over the loop, anywhere."""
    codes = [criterion.code for criterion in criteria]
    for level, bar in bars.items():
        if bar.count is None:
            continue
        at = ("bars", level.value, "count")
        known, whose = (library, "the library") if bar.count.over_loop else (codes, "this scenario")
        for place, code in enumerate(bar.count.of):
            if code not in known:
                message = f"{code} is not a criterion of {whose}"
                yield Fault((*at, "of", place), message, f"Use {_choice(known)}.")
        if bar.count.at_least > len(set(bar.count.of)):
            yield Fault((*at, "at_least"), "It asks for more criteria than it names", "Lower it.")


def an_artifact_has_its_review_points(artifact: Artifact, kind: Kind) -> Iterator[Fault]:
    """Every artifact is looked at on the same number of points; a screen accepts none."""
    points = len(artifact.review)
    if kind is Kind.SCREEN and not points:
        return
    if points != REVIEW_POINTS:
        message = f"There are {points} review points"
        yield Fault(("artifact", "review"), message, f"Write {REVIEW_POINTS} of them.")


def an_invented_incident_is_not_published(job_analysis: JobAnalysis, status: Status) -> Iterator[Fault]:
    """A made-up incident may be tried, not published: it holds the place of a collected one."""
    if status is Status.PUBLISHED and job_analysis.incident_source is IncidentSource.INVENTED_COMPOSITE:
        message = "A scenario that stands on an invented incident cannot be published"
        yield Fault(("status",), message, "Keep it `pilot` until a collected incident replaces it.")


def _between(allowed: range, noun: str) -> str:
    return f"Write {allowed.start} to {allowed.stop - 1} {noun}."


def _choice(words: Collection[str]) -> str:
    return f"one of {', '.join(words)}"


RULES: tuple[Rule, ...] = (
    prompt_is_short_enough_to_hold,
    there_are_facts_to_ask_for,
    timed_facts_come_while_the_candidate_answers,
    there_are_enough_probes,
    one_probe_asks_about_the_past,
    probes_ask_about_criteria_of_this_scenario,
    probes_follow_questions_that_are_asked,
    a_question_is_decided_or_rated,
    there_are_few_criteria,
    criteria_are_different,
    criteria_are_in_the_library,
    high_anchors_build_on_lower_ones,
    it_may_be_used_at_the_level_it_was_written_for,
    every_level_has_a_bar,
    every_bar_covers_every_criterion,
    count_rules_can_be_met,
    an_artifact_has_its_review_points,
    an_invented_incident_is_not_published,
)
