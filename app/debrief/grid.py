"""Puts a debrief together: criterion by interviewer, from what the blind rule has opened to the viewer."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from app.debrief import rules
from app.debrief.rules import CountingLevel, CriterionRule, Group, Line, Result
from app.loops.bars import CountRule
from app.loops.models import Criterion, Loop, Stage
from app.packs.queries import scenario_of
from app.scoring.drafts import Decided, Written
from app.scoring.results import InterviewScores, Member, Raised, RaterCard
from app.scoring.rules import FlagSight
from scenarios import Level

TITLES: Mapping[Group, str] = {
    Group.WIDE: "Talk about these first",
    Group.NEAR: "One level apart, or somebody did not observe",
    Group.SAME: "Same level",
}


class Rating(NamedTuple):
    """What one person gave on one criterion, with the evidence tied to it."""

    level: int | None
    not_observed: str
    because: str
    notes: tuple[Written, ...]
    counts: bool
    is_informed: bool
    is_late: bool


class Row(NamedTuple):
    """One criterion of the grid: what follows from its levels, and who gave them."""

    criterion: Criterion
    title: str
    line: Line
    ratings: Mapping[int, Rating]

    def beside(self, labels: Mapping[int, str]) -> list[tuple[str, Rating | None]]:
        """What each of these people gave, in their order, with what they are called."""
        return [(name, self.ratings.get(person)) for person, name in labels.items()]

    def to_say(self, labels: Mapping[int, str]) -> list[tuple[str, Rating]]:
        """The ratings that are no level, or do not count: that is said in words."""
        return [
            (labels[person], one)
            for person, one in self.ratings.items()
            if one.not_observed or not one.counts
        ]


@dataclass(frozen=True)
class Sealed:
    """A stage whose scores are closed to the viewer; without an interview nobody sits on it yet."""

    stage: Stage
    scores: InterviewScores | None

    @cached_property
    def members(self) -> Mapping[int, Member]:
        return {one.person_id: one for one in self.scores.members if one.counts} if self.scores else {}


@dataclass(frozen=True)
class Addition:
    """An amendment, and to whose scorecard of which stage it was added."""

    author: str
    title: str
    body: str
    reason: str
    at: datetime
    after_debrief: bool | None


@dataclass(frozen=True)
class Flag:
    """A red flag that somebody raised, in which stage, and what the script calls it."""

    raised: Raised
    raised_by_id: int
    author: str
    title: str
    text: str
    job_id: int
    panel: frozenset[int]

    def sight(self, viewer_id: int) -> FlagSight:
        """What the policy asks about somebody who may read this flag, which only an open panel lets them."""
        return FlagSight(
            job_id=self.job_id,
            sits_on_panel=viewer_id in self.panel,
            mine_open=False,
            panel_complete=True,
            raised_by_id=self.raised_by_id,
        )


@dataclass(frozen=True)
class Question:
    """A question that is decided, not rated, and what each person said of the answer."""

    title: str
    text: str
    decided: Mapping[str, Decided]


@dataclass(frozen=True)
class Debrief:
    """One application's debrief, as its viewer may see it."""

    loop: Loop
    level: Level  # Whose bars the loop fixed.
    loop_stages: int
    people: Mapping[int, str]
    rows: tuple[Row, ...]
    sealed: tuple[Sealed, ...]
    result: Result
    additions: tuple[Addition, ...]
    flags: tuple[Flag, ...]
    questions: tuple[Question, ...]
    also_began: tuple[int, ...] = ()  # Other loops of the job in which the candidate has interviews.
    standard_bars: tuple[str, ...] = ()  # The titles of scenarios without a bar of their own at this level.
    unlike: tuple[int, ...] = ()  # Other loops of the job that put other stages or versions.

    @cached_property
    def groups(self) -> list[tuple[str, list[Row]]]:
        """The rows under their titles; a group without rows is left out."""
        grouped = [(TITLES[group], [row for row in self.rows if row.line.group is group]) for group in Group]
        return [(title, rows) for title, rows in grouped if rows]

    @cached_property
    def labels(self) -> dict[int, str]:
        """How the columns are headed: by first names, and by whole names where two share the first."""
        first = {number: name.partition(" ")[0] for number, name in self.people.items()}
        shared = {name for name, times in Counter(first.values()).items() if times > 1}
        return {number: self.people[number] if name in shared else name for number, name in first.items()}

    @cached_property
    def scorecards(self) -> int:
        """How many scorecards the rows rest on."""
        return len({(row.criterion.stage_id, person) for row in self.rows for person in row.ratings})

    def chosen(self, criterion_id: int | None) -> Row | None:
        """The row to show side by side: the one asked for, else the first."""
        return next(
            (row for row in self.rows if row.criterion.id == criterion_id), next(iter(self.rows), None)
        )


def compose(
    stages: Sequence[Stage],
    scores: Mapping[int, InterviewScores],
    level: Level,
    counts: Iterable[CountRule],
) -> Debrief:
    """The debrief over the stages of a loop, given each one's interview by stage id."""
    cards = {stage.id: scores[stage.id].cards if stage.id in scores else () for stage in stages}
    is_in = {stage.id: stage.id in scores and scores[stage.id].is_open for stage in stages}
    criteria = {criterion.id: criterion for stage in stages for criterion in stage.criteria}
    given = {number: _ratings(one, cards[one.stage_id]) for number, one in criteria.items()}
    result = rules.combine(
        [_rule(criterion, is_in=is_in[criterion.stage_id]) for criterion in criteria.values()],
        [
            CountingLevel(number, person_id, rating.level)
            for number, ratings in given.items()
            for person_id, rating in ratings.items()
            if rating.counts
        ],
        counts,
    )
    titles = {stage.id: stage.scenario_version.title for stage in stages}
    return Debrief(
        loop=stages[0].loop,
        level=level,
        loop_stages=len(stages),
        people={member.person_id: member.name for one in scores.values() for member in one.members},
        rows=tuple(
            Row(criteria[line.rule.id], titles[line.rule.stage_id], line, given[line.rule.id])
            for line in result.lines
            if line.rule.is_in
        ),
        sealed=tuple(Sealed(stage, scores.get(stage.id)) for stage in stages if not is_in[stage.id]),
        result=result,
        additions=tuple(
            Addition(card.name, titles[stage_id], one.body, one.reason, one.at, one.after_debrief)
            for stage_id, handed_in in cards.items()
            for card in handed_in
            for one in card.amendments
        ),
        flags=tuple(
            flag for stage in stages if stage.id in scores for flag in _flags(stage, scores[stage.id])
        ),
        questions=tuple(_questions(stages, cards)),
    )


def _flags(stage: Stage, scores: InterviewScores) -> Iterator[Flag]:
    """Every flag of somebody whose scorecard counts."""
    scenario = scenario_of(stage.scenario_version)
    panel = frozenset(member.person_id for member in scores.members if member.is_in)
    for card in scores.cards:
        for raised in card.flags if card.counts else ():
            yield Flag(
                raised,
                card.person_id,
                card.name,
                scenario.title,
                scenario.red_flags[raised.position - 1],
                stage.loop.job_id,
                panel,
            )


def _questions(stages: Sequence[Stage], cards: Mapping[int, Sequence[RaterCard]]) -> Iterator[Question]:
    for stage in stages:
        scenario = scenario_of(stage.scenario_version)
        for number, question in enumerate(scenario.questions, start=1):
            decided = {
                card.name: card.content.decided[number]
                for card in cards[stage.id]
                if card.counts and number in card.content.decided
            }
            if decided:
                yield Question(scenario.title, question.text, decided)


def _ratings(criterion: Criterion, cards: Sequence[RaterCard]) -> dict[int, Rating]:
    """Who gave what on a criterion, by person."""
    found = {}
    for card in cards:
        scored = card.content.scored.get(criterion.code)
        if scored is not None:
            found[card.person_id] = Rating(
                level=scored.level,
                not_observed=scored.reason,
                because=scored.because,
                notes=card.content.evidence.get(criterion.code, ()),
                counts=card.counts,
                is_informed=card.is_informed,
                is_late=card.is_late,
            )
    return found


def _rule(criterion: Criterion, *, is_in: bool) -> CriterionRule:
    return CriterionRule(
        id=criterion.id,
        code=criterion.code,
        stage_id=criterion.stage_id,
        weight=criterion.weight,
        bar=criterion.bar,
        is_critical=criterion.is_critical,
        is_in=is_in,
    )
