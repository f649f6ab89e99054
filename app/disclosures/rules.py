"""What a disclosure still lacks before it can be published, and what the forms around it have to say."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.core.errors import Conflict, Invalid
from app.disclosures.catalogue import FIELDS, GROUP_OF, RULED_OUT, STEP_OF, STEPS, Field, Predictor, catalogue
from app.disclosures.facts import BLANK, Basis, Fact, FactState
from app.disclosures.values import LONGEST_TEXT, impossible, period_of
from app.jobs.rules import Profile

SHORTEST_NAME, LONGEST_NAME = 2, 120


@dataclass(frozen=True, slots=True)
class Gap:
    """What is missing of one field before publication, and on which page of the editor it is filled in."""

    key: str
    group: str
    label: str
    sentence: str
    step: str = ""


def prefilled(facts: Mapping[str, Fact], profile: Profile) -> dict[str, Fact]:
    """The facts, where a field that is blank and cannot apply says so, with the reason.

    An OTA does not evaluate; a day of each week that is heavier than the others matters where the sums are of
    a day; and whatever goes with something that does not apply does not apply either.
    """
    ruled_out = dict(RULED_OUT.get(profile.role, {}))
    if period_of(facts) == "week":
        ruled_out["heavy_day_writing"] = "The sums are of a whole week."
    found = dict(facts)
    for field in FIELDS:
        if not found.get(field.key, BLANK).is_blank:
            continue
        if field.key in ruled_out:
            found[field.key] = _not_applicable(ruled_out[field.key])
        elif field.goes_with and _does_not_apply(found.get(field.goes_with, BLANK)):
            found[field.key] = _not_applicable("")
    return found


def effective(facts: Mapping[str, Fact], profile: Profile) -> dict[str, Fact]:
    """Every field's fact, with its group's source where it names none of its own."""
    known = prefilled(facts, profile)
    return {
        field.key: known.get(field.key, BLANK).filled_from(known.get(GROUP_OF[field.key].source_key, BLANK))
        for field in FIELDS
    }


def _not_applicable(reason: str) -> Fact:
    return replace(BLANK, state=FactState.NOT_APPLICABLE, reason=reason)


def _does_not_apply(fact: Fact) -> bool:
    return fact.state is FactState.NOT_APPLICABLE


# What is missing --------------------------------------------------------------------------------------------


def gaps(facts: Mapping[str, Fact], profile: Profile, *, has_pay_range: bool) -> list[Gap]:
    """What is missing before publication; `facts` are the effective ones."""
    found = [] if has_pay_range else [Gap("pay_range", "Job", "Pay range", "The job has none yet.")]
    wrong = {name.partition("-")[0]: sentence for name, sentence in impossible(facts, today=date.max).items()}
    for field in catalogue(period_of(facts)).fields:
        sentence = _missing(facts, field, profile) or wrong.get(field.key, "")
        if sentence:
            group = GROUP_OF[field.key]
            found.append(Gap(field.key, group.label, field.label, sentence, STEP_OF[group.key]))
    return found


def _missing(facts: Mapping[str, Fact], field: Field, profile: Profile) -> str:
    """The first thing one fact lacks, as a sentence; empty when it is whole."""
    fact = facts[field.key]
    may_not_apply = field.may_not_apply or _does_not_apply(facts.get(field.goes_with, BLANK))
    is_answered = fact.is_stated or (may_not_apply and _does_not_apply(fact))
    if field.is_needed(profile) and not is_answered:
        return "A value is needed."
    if fact.is_blank:
        return "Give a value, or say why there is none."
    if not fact.is_given:
        return ""
    if field.key == "visits_completed" and (fact.bad_week is None or not fact.bad_week_reason):
        return "Say how many in the bad week, and why it was bad."
    wanted: dict[str, object] = {"source": fact.source, "as-of date": fact.as_of}
    if field.kind == "number":
        wanted = {"basis": fact.basis, **wanted}
    if fact.basis is Basis.MEASURED:
        wanted |= {"window in weeks": fact.window_weeks, "number of people": fact.people}
    lacking = [word for word, value in wanted.items() if not value]
    return f"Name its {', '.join(lacking)}." if lacking else ""


def completeness(facts: Mapping[str, Fact]) -> dict[str, tuple[int, int]]:
    """By step, how many fields say something, of how many; `facts` are the effective ones."""
    return {
        step.key: (
            sum(1 for group in step.groups for field in group.fields if not facts[field.key].is_blank),
            sum(len(group.fields) for group in step.groups),
        )
        for step in STEPS
    }


def predictors(facts: Mapping[str, Fact]) -> dict[Predictor, tuple[int, int]]:
    """By what predicts whether a job can be kept up, how many fields are answered, of how many.

    A value is an answer, and so is that something does not apply; "not measured" and "withheld" are none.
    """
    told = {
        predictor: [facts[field.key] for field in FIELDS if field.predicts is predictor]
        for predictor in Predictor
    }
    return {
        predictor: (sum(fact.is_stated or _does_not_apply(fact) for fact in behind), len(behind))
        for predictor, behind in told.items()
    }


def rest_not_measured(facts: Mapping[str, Fact], steps: Collection[str], profile: Profile) -> dict[str, Fact]:
    """The fields of these steps that say nothing and need no value, each saying that it is not measured."""
    known = prefilled(facts, profile)
    return {
        field.key: replace(known.get(field.key, BLANK), state=FactState.NOT_MEASURED)
        for field in FIELDS
        if known.get(field.key, BLANK).is_blank
        and STEP_OF[GROUP_OF[field.key].key] in steps
        and not field.is_needed(profile)
    }


# What the forms around it say -------------------------------------------------------------------------------


def check_reason(reason: str) -> str:
    """A retraction says why, because its notice stays in the place of the version."""
    if not reason.strip():
        raise Invalid(reason="Say why; the reason is read in the place of the version.")
    if len(reason) > LONGEST_TEXT:
        raise Invalid(reason=f"At most {LONGEST_TEXT:,} characters.")
    return reason.strip()


def check_note(note: str, *, is_correction: bool) -> None:
    """Every version after the first says what changed."""
    if is_correction and not note.strip():
        raise Invalid(note="Say in one sentence what changed; candidates who read the last one are told.")


def check_name(name: str) -> str:
    """The name typed under an acknowledgement, as it was typed."""
    if not SHORTEST_NAME <= len(name.strip()) <= LONGEST_NAME:
        raise Invalid(name="Type your name.")
    return name.strip()


def check_version(expected: int, found: int) -> None:
    """The form was made from the draft as it is now; else somebody saved meanwhile."""
    if expected != found:
        raise Conflict("Somebody saved this draft meanwhile.")
