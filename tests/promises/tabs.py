"""Two or three tabs of one interviewer over the same scorecard, and every text typed in any of them.

A tab sends the counts of savings that it has seen. What the server must answer follows from those and from
what was saved since, which this module keeps by itself.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from itertools import count
from random import Random

import sqlalchemy as sa
from werkzeug.test import TestResponse

from app.core.db import db
from app.identity.models import Person
from app.scoring.models import DraftRevision, Scorecard
from tests.client import Client
from tests.factories.scoring import application, card_of, interview_with
from tests.promises.browser import bases, hidden

FIELDS = ("retelling", "because-SAF", "because-ESC", "note-1", "note-2")
MOST_STEPS = 12
ON_ONE_CARD = 10


class Wrong(AssertionError):
    """The server answered something else than it should have."""


@dataclass
class Tab:
    """A page as it was opened, what was typed in it since, and the texts it asks about, if it does."""

    client: str
    seen: dict[str, int]
    texts: dict[str, str]
    sequence: int = 0
    asking: list[tuple[str, str]] | None = None


@dataclass
class Card:
    """A scorecard with its tabs, and what must be in the database."""

    browser: Client
    card: Scorecard
    draw: Random
    saved: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in FIELDS})
    typed: list[tuple[str, str]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    _tabs: list[Tab] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=count)

    @property
    def address(self) -> str:
        return f"/scorecards/{self.card.public_id}"

    def interleave(self) -> None:
        """Open two or three tabs, use them in turns, and settle what they ask in the end."""
        self._tabs = [self._open() for _ in range(self.draw.randint(2, 3))]
        for _ in range(self.draw.randint(4, MOST_STEPS)):
            number = self.draw.randrange(len(self._tabs))
            tab = self._tabs[number]
            if tab.asking:
                self._settle(number)
            elif self.draw.random() < 0.15:
                self._tabs[number] = self._open()
            elif self.draw.random() < 0.2:
                self._save_page(number)
            else:
                self._autosave(number)
        for number, tab in enumerate(self._tabs):
            while tab.asking and self._tabs[number].asking:
                self._settle(number)
        self.counts["interleavings"] += 1
        self._compare()

    def _open(self) -> Tab:
        page = self.browser.get(self.address, expect=200).text
        return Tab(
            hidden(page, "client"),
            bases(page),
            {name: texts[-1] for name, texts in self.saved.items() if texts},
        )

    def _type(self, tab: Tab) -> list[str]:
        names = self.draw.sample(FIELDS, self.draw.choice((1, 1, 2)))
        for name in names:
            tab.texts[name] = f"“Typed as number {next(self._numbers)}.”\nAnd then?"
            self.typed.append((name, tab.texts[name]))
        return names

    def _stale(self, tab: Tab, names: list[str]) -> list[str]:
        return [name for name in names if tab.seen.get(name, 0) != len(self.saved[name])]

    def _autosave(self, number: int) -> None:
        """As the page's script does; now and then the answer is lost, and the same is sent again."""
        tab = self._tabs[number]
        names = self._type(tab)
        form: dict[str, object] = {
            "client": tab.client,
            "field": names,
            "body": [tab.texts[one] for one in names],
        }
        form["base"] = [tab.seen.get(name, 0) for name in names]
        form["sequence"] = [tab.sequence + place for place in range(1, len(names) + 1)]
        tab.sequence += len(names)
        stale = self._stale(tab, names)
        for _ in range(self.draw.choice((1, 1, 2))):
            answer = self.browser.post(f"{self.address}/revisions", data=form)
            self._expect(answer, 409 if stale else 200)
        if not stale:
            self._keep(tab, names)
        elif sorted(answer.json["stale"]) != sorted(stale):
            raise Wrong(f"{answer.json} instead of {stale}")
        else:
            self._save_page(number, typing=False)

    def _save_page(self, number: int, *, typing: bool = True) -> None:
        """All at once, as without scripts, or as the button of a tab does that is told to compare."""
        tab = self._tabs[number]
        if typing:
            self._type(tab)
        latest = {name: self.saved[name][count - 1] for name, count in tab.seen.items() if name in self.saved}
        changed = [name for name, text in tab.texts.items() if text != latest.get(name, "")]
        seen = " ".join(f"{name}:{count}" for name, count in tab.seen.items())
        answer = self.browser.post(self.address, data={**tab.texts, "bases": seen})
        stale = self._stale(tab, changed)
        self._expect(answer, 409 if stale else 303)
        if stale:
            self._ask(tab, answer, {name: tab.texts[name] for name in stale})
        else:
            self._keep(tab, changed)
            self._tabs[number] = self._open()

    def _ask(self, tab: Tab, answer: TestResponse, mine: dict[str, str]) -> None:
        """A page that shows both texts of each field, and carries everything else along."""
        form = Form.of(answer.text)
        shown = unescape(answer.text)
        for name, text in mine.items():
            if text not in shown or self.saved[name][-1] not in shown:
                raise Wrong(f"Not both texts of {name} are shown.")
        self.counts["stale writes answered with both texts"] += len(mine)
        keep = [(f"keep-{name}", self.draw.choice(("mine", "both"))) for name in mine]
        tab.asking = [*form, *keep]

    def _settle(self, number: int) -> None:
        """Press "Keep these"; meanwhile a third text may have come."""
        tab = self._tabs[number]
        assert tab.asking
        names = [value for name, value in tab.asking if name == "field"]
        mine = dict(zip(names, (value for name, value in tab.asking if name == "body"), strict=True))
        counts = dict(zip(names, (int(value) for name, value in tab.asking if name == "base"), strict=True))
        chosen = {name: value for name, value in tab.asking if name.startswith(("keep-", "theirs-"))}
        for name in names:
            if chosen.get(f"keep-{name}") == "both":
                mine[name] = f"{chosen[f'theirs-{name}']}\n\n{mine[name]}"
        stale = [name for name in names if counts[name] != len(self.saved[name])]
        data: dict[str, list[str]] = {}
        for name, value in tab.asking:
            data.setdefault(name, []).append(value)
        answer = self.browser.post(f"{self.address}/merge", data=data)
        self._expect(answer, 409 if stale else 303)
        if stale:
            self._ask(tab, answer, {name: mine[name] for name in stale})
        else:
            for name in names:
                self.saved[name].append(mine[name])
            self._tabs[number] = self._open()

    def _keep(self, tab: Tab, names: list[str]) -> None:
        for name in names:
            self.saved[name].append(tab.texts[name])
            tab.seen[name] = len(self.saved[name])

    def _expect(self, answer: TestResponse, status: int) -> None:
        self.counts["requests"] += 1
        if answer.status_code != status:
            raise Wrong(f"{answer.status} instead of {status}")

    def _compare(self) -> None:
        kept: dict[str, list[str]] = {name: [] for name in FIELDS}
        rows = sa.select(DraftRevision.field, DraftRevision.body).order_by(DraftRevision.id)
        for name, body in db.session.execute(rows.where(DraftRevision.scorecard_id == self.card.id)):
            kept[name].append(body)
        if kept != self.saved:
            raise Wrong("What is kept is not what was answered.")
        lost = [text for name, text in self.typed if not any(text in body for body in kept[name])]
        if lost:
            raise Wrong(f"Typed, and in no revision: {lost}")
        self.counts["texts typed"] += len(self.typed)
        self.typed.clear()


class Form(HTMLParser):
    """The hidden fields of a page's form that asks which text to keep."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "input" and given.get("type") == "hidden" and given.get("name") != "csrf_token":
            self.fields.append((given.get("name") or "", given.get("value") or ""))

    @classmethod
    def of(cls, page: str) -> Iterator[tuple[str, str]]:
        """Read a page."""
        form = cls()
        form.feed(page)
        return iter(form.fields)


def interleaved(client: Client, person: Person, *, times: int, seed: int = 1) -> Counter[str]:
    """So many interleavings over a few scorecards of a person; what was counted."""
    counts: Counter[str] = Counter()
    browser, panel = client.as_(person), [person]
    first = application(panel)
    for number in range(-(-times // ON_ONE_CARD)):
        other = application([], f"Candidate {number}", first.job)
        card = card_of(interview_with(panel, of=other), person)
        tabs = Card(browser, card, Random(f"{seed} {number}"))
        for _ in range(min(ON_ONE_CARD, times - number * ON_ONE_CARD)):
            tabs.interleave()
        counts += tabs.counts
    return counts
