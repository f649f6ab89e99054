"""The sections of a page: the facts in their groups, with what belongs side by side put side by side."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.disclosures.document import Document
from app.disclosures.facts import Basis, FactState
from app.disclosures.freshness import Freshness
from app.disclosures.reading.lines import STALE, Line, closed, line
from app.web.words import sentence

Ages = Mapping[str, Freshness]

MISSING = {FactState.NOT_MEASURED: "Not measured", FactState.NOT_APPLICABLE: "Does not apply here"}
SCOPE = ("scope_owned", "scope_not_owned", "scope_escalate")
PLAN = (
    "overload_trigger",
    "overload_plan",
    "overload_decides",
    "overload_reply",
    "overload_used",
    "overload_result",
)
APART = frozenset({"period", *SCOPE, *PLAN, "hardest_part"})  # Shown at a place of their own.


@dataclass(frozen=True, slots=True)
class Side:
    """One of two things that are read side by side."""

    name: str
    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Section:
    """Facts that are read together; `beside` are the two that must not be read without each other."""

    title: str
    lines: tuple[Line, ...]
    beside: tuple[Side, ...]
    missing: tuple[str, ...]

    @property
    def anchor(self) -> str:
        return re.sub(r"[^a-z]+", "-", self.title.lower()).strip("-")

    @property
    def has_numbers(self) -> bool:
        """Whether a line has a typical and a bad week."""
        return any(one.bad for one in self.lines)


def sections(document: Document, ages: Ages) -> list[Section]:
    """The groups in the order of the document; what is not measured is named at the end of each."""
    facts = {fact["key"]: fact for fact in document["facts"]}
    groups: dict[str, list[Document]] = {}
    for fact in document["facts"]:
        if fact["key"] not in APART:
            groups.setdefault(fact["group"], []).append(fact)
    return [
        Section(
            title,
            tuple(line(fact, _age(fact, ages)) for fact in found if not _is_missing(fact)),
            tuple(_beside({fact["key"] for fact in found}, facts, ages)),
            tuple(_missing(fact for fact in found if _is_missing(fact))),
        )
        for title, found in groups.items()
    ]


def _is_missing(fact: Document) -> bool:
    """Whether there is nothing to say but that; what is withheld has a line of its own."""
    return fact["state"] in MISSING


def _missing(facts: Iterable[Document]) -> Iterator[str]:
    """What is not measured and what does not apply, by the reason: a sentence for each."""
    found: dict[tuple[str, str], list[str]] = {}
    for fact in facts:
        found.setdefault((fact["state"], closed(fact.get("reason", ""))), []).append(_inside(fact["label"]))
    for state, words in MISSING.items():
        for (of, reason), labels in found.items():
            if of == state:
                yield f"{words}: {', '.join(labels)}. {reason}".rstrip()


def _beside(keys: set[str], facts: Mapping[str, Document], ages: Ages) -> Iterator[Side]:
    """A target beside what is measured, writing in paid time beside the rest, supervision beside its rule."""
    said = _Said(facts, ages)
    if "target" in keys:
        yield Side("Target", said.value("target"), said.words("target_terms") or "No formula is given")
        measured = facts.get("productivity", {}).get("basis") == Basis.MEASURED
        actual = (
            "Actual, measured" if measured else f"Actual, {facts.get('productivity', {}).get('basis', '')}"
        )
        yield Side(actual.removesuffix(", "), said.value("productivity"), said.bad("productivity"))
    if "after_hours" in keys:
        kept = said.value("protected_kept") if "protected_kept" in facts else ""
        yield Side(
            "Writing time kept free, inside paid time",
            said.value("protected_writing"),
            _joined(said.bad("protected_writing"), f"kept in {kept} of weeks" if kept[-1:] == "%" else ""),
        )
        yield Side(
            "Writing after hours, outside paid time",
            said.value("after_hours"),
            _joined(said.bad("after_hours"), said.words("after_hours_pay").lower()),
        )
    if keys & {"supervision_received", "supervision_given"}:
        given = "supervision_received" if said.has("supervision_received") else "supervision_given"
        if said.has(given) or said.has("state_rule"):
            yield Side(
                "In practice",
                said.value(given),
                said.words("supervision_terms") or said.words("supervision_counted"),
            )
            yield Side(
                "The state’s rule",
                f"{said.value('ratio_allowed')} per OT" if said.has("ratio_allowed") else "",
                said.words("state_rule") or "Not said on this page",
            )


class _Said:
    """What single facts say, while they may be shown."""

    def __init__(self, facts: Mapping[str, Document], ages: Ages) -> None:
        self._facts, self._ages = facts, ages

    def _line(self, key: str) -> Line | None:
        fact = self._facts.get(key)
        return line(fact, _age(fact, self._ages)) if fact else None

    def has(self, key: str) -> bool:
        return self._facts.get(key, {}).get("state") == FactState.GIVEN

    def value(self, key: str) -> str:
        found = self._line(key)
        if found is None:
            return "Not given"
        return "Stale" if found.is_stale else found.typical

    def words(self, key: str) -> str:
        found = self._line(key)
        return found.text if found and self.has(key) else ""

    def bad(self, key: str) -> str:
        found = self._line(key)
        if found is None or not self.has(key):
            return ""
        if found.is_stale:
            return STALE
        return f"{found.bad} in the bad week" if found.bad != "same" else "the same in the bad week"


def _age(fact: Document, ages: Ages) -> Freshness:
    return ages.get(fact["key"], Freshness.FRESH)


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)


def _inside(label: str) -> str:
    """A label inside a sentence; abbreviations keep their letters."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def quoted(text: str) -> str:
    """Somebody's words, between quotation marks once."""
    return sentence(text.strip().strip('“”"'))
