"""What is different between two loops of a job, so that nobody takes their candidates for alike."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Rule:
    """How one criterion counts in a stage."""

    weight: Decimal
    bar: int
    is_critical: bool


@dataclass(frozen=True)
class MetStage:
    """A stage as its candidates meet it: which version of which scenario, for how long, scored on what."""

    key: str
    title: str
    version: str
    minutes: int
    criteria: Mapping[str, Rule]  # By code.


def meet_the_same(before: Sequence[MetStage], after: Sequence[MetStage]) -> bool:
    """Whether candidates of both are put the same, in the same order, and are scored on the same criteria."""
    return [_core(put) for put in before] == [_core(put) for put in after]


def differences(before: Sequence[MetStage], after: Sequence[MetStage]) -> list[str]:
    """Everything that is another in the later loop, each in a sentence; empty where nothing is."""
    old, new = _by_name(before), _by_name(after)
    places = dict(zip(new, range(1, len(new) + 1), strict=True))
    both = [name for name in new if name in old]
    return [
        *(f"“{put.title}” is new, as stage {places[name]}." for name, put in new.items() if name not in old),
        *(f"“{put.title}” is left out." for name, put in old.items() if name not in new),
        *_order(old, new),
        *(sentence for name in both for sentence in _of_a_stage(old[name], new[name])),
    ]


def _core(put: MetStage) -> tuple[str, str, frozenset[str]]:
    return put.key, put.version, frozenset(put.criteria)


def _by_name(stages: Sequence[MetStage]) -> dict[tuple[str, int], MetStage]:
    """The stages by the key of their scenario, and by which time it is put."""
    times: Counter[str] = Counter()
    found = {}
    for put in stages:
        times[put.key] += 1
        found[put.key, times[put.key]] = put
    return found


def _order(old: Mapping[tuple[str, int], MetStage], new: Mapping[tuple[str, int], MetStage]) -> Iterator[str]:
    was, now = [name for name in old if name in new], [name for name in new if name in old]
    if was != now:
        yield f"The order is another: {', '.join(f'“{new[name].title}”' for name in now)}."


def _of_a_stage(old: MetStage, new: MetStage) -> Iterator[str]:
    name = f"“{new.title}”"
    if old.version != new.version:
        yield f"{name} is version {new.version}, was version {old.version}."
    if old.minutes != new.minutes:
        yield f"{name} takes {new.minutes} minutes, took {old.minutes}."
    for code in [code for code in new.criteria if code not in old.criteria]:
        yield f"{name} also scores {code}."
    for code in [code for code in old.criteria if code not in new.criteria]:
        yield f"{name} no longer scores {code}."
    for code, rule in new.criteria.items():
        was = old.criteria.get(code, rule)
        if was.weight != rule.weight:
            yield f"{code} in {name} weighs {rule.weight.normalize():f}, weighed {was.weight.normalize():f}."
        if was.bar != rule.bar:
            yield f"{code} in {name} has bar {rule.bar}, had bar {was.bar}."
        if was.is_critical != rule.is_critical:
            yield f"{code} in {name} is {'now' if rule.is_critical else 'no longer'} critical."
