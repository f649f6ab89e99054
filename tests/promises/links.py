"""Candidates' links as everybody else opens them: scanners, guessers, and whoever kept an old one."""

import hashlib
import re
import secrets
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from html.parser import HTMLParser
from string import ascii_letters, digits
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Browser
from sqlalchemy.engine import Engine

from app.candidates import services as candidates
from app.candidates.models import Application
from app.core import clock, tokens
from app.core.db import Base, db, reading
from app.disclosures import queries as disclosures
from app.disclosures.models import DisclosureVersion
from app.identity import services as people_services
from app.jobs.models import Job
from app.policy import Role
from tests.client import Client
from tests.factories import jobs, people
from tests.factories.disclosures import published
from tests.factories.people import actor
from tests.factories.questions import answered, everything_asked, link_of

PREFIX = "/c/"
NAMES = "Cleo Marsh"
ALPHABET = ascii_letters + digits + "-_"
LENGTH = len(tokens.new())


@dataclass(frozen=True)
class Links:
    """One candidate's link in each state, another job's, and the tokens of other purposes."""

    job: Job
    live: str
    expired: str
    revoked: str
    foreign: str  # Of a candidate for another job.
    invitation: str
    version: DisclosureVersion
    foreign_version: DisclosureVersion

    @property
    def tokens(self) -> tuple[str, ...]:
        return self.live, self.expired, self.revoked, self.foreign, self.invitation


def links() -> Links:
    """Cleo with a link that works, others whose links ended, and somebody who was invited to the team."""
    hana, rina, olga = people.hana(), people.rina(), people.olga()
    people.ada()
    job = jobs.team(jobs.job(hana), recruiter=rina)
    version = published(job, hana)
    elsewhere = jobs.team(jobs.job(olga), recruiter=rina)
    foreign_version = published(elsewhere, olga)
    cleo, kit, lou = (_applied(job, name) for name in (NAMES, "Kit Sorrel", "Lou Ferris"))
    with clock.at(clock.now() - timedelta(days=3)):
        _, expired = link_of(kit, days=1)
    link, revoked = link_of(lou)
    candidates.revoke_link(actor(rina), link)
    mine, live = link_of(cleo)
    question, _ = everything_asked(mine)
    answered(question, hana)
    invited = people.person("Tess Moreau", Role.INTERVIEWER)
    invitation = people_services.renew_invitation(actor(people.ada()), invited)
    db.session.commit()
    foreign = link_of(_applied(elsewhere, "Mika Dorn"))[1]
    return Links(job, live, expired, revoked, foreign, invitation, version, foreign_version)


def _applied(job: Job, name: str) -> Application:
    email = f"{name.split(maxsplit=1)[0].lower()}@mail.example"
    return candidates.add_candidate(actor(people.rina()), job, name=name, email=email)


# What a database holds --------------------------------------------------------------------------------------


def content(engine: Engine) -> dict[str, list[str]]:
    """Every row of every table, as text."""
    db.session.commit()
    with reading(), engine.connect() as connection:
        return {
            table.name: [repr(tuple(row)) for row in connection.execute(_all(table))]
            for table in Base.metadata.sorted_tables
        }


def _all(table: sa.Table) -> sa.Select[Any]:
    return sa.select(table).order_by(*table.primary_key.columns)


def changed(before: dict[str, list[str]], after: dict[str, list[str]]) -> list[str]:
    """The tables that are not as they were."""
    return [name for name, rows in after.items() if rows != before[name]]


def tables_with(rows: dict[str, list[str]], tokens_: tuple[str, ...]) -> list[str]:
    """The tables in a row of which one of these tokens stands."""
    return [name for name, all_ in rows.items() if any(token in row for row in all_ for token in tokens_)]


# Pages as a scanner reads them ------------------------------------------------------------------------------


class _Page(HTMLParser):
    """The links of a page, and its forms with what their fields hold while nobody touches them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[tuple[str, list[tuple[str, str]]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "a" and said.get("href"):
            self.links.append(str(said["href"]).partition("#")[0])
        elif tag == "form" and said.get("method") == "post":
            self.forms.append((str(said.get("action") or "").partition("#")[0], []))
        elif self.forms and said.get("name") and tag in {"input", "button", "textarea", "select"}:
            is_off = said.get("type") in {"checkbox", "radio"} and "checked" not in said
            if not is_off:
                self.forms[-1][1].append((str(said["name"]), str(said.get("value") or "")))


@dataclass
class Seen:
    """What came of opening everything."""

    requests: Counter[str]
    pages: set[str]

    @property
    def figures(self) -> dict[str, int]:
        return {"pages of a link": len(self.pages), **self.requests}


def scanned(client: Client, token: str) -> Seen:
    """Open a link and all that its pages lead to by each harmless method, and post each form as it stands."""
    seen, waiting = Seen(Counter(), set()), [f"{PREFIX}{token}"]
    while waiting:
        path = waiting.pop()
        if path in seen.pages or not path.startswith(PREFIX):
            continue
        seen.pages.add(path)
        for method in ("head", "options", "get"):
            getattr(client, method)(path, expect=200)
        page = _Page(client.get(path, headers={"Purpose": "prefetch"}).get_data(as_text=True))
        seen.requests.update(["HEAD", "OPTIONS", "GET", "GET"])
        for action, fields in page.forms:
            for button in [one for one in fields if one[0] == "do"] or [("", "")]:
                sent = dict([*(one for one in fields if one[0] != "do"), button])
                client.post(action or path, data=sent)
                seen.requests["forms posted as they stand"] += 1
        waiting += page.links
    return seen


def opened(browser: Browser, address: str, token: str) -> tuple[Seen, list[str]]:
    """The same in a real browser that runs scripts and presses nothing; and what it told on of the link."""
    context = browser.new_context()
    page, told = context.new_page(), list[str]()

    def look(request: object) -> None:
        url, referrer = request.url, request.all_headers().get("referer", "")  # type: ignore[attr-defined]
        if not url.startswith((address, "data:")):
            told.append(f"left for {url}")
        if token in referrer:
            told.append(f"{url} came from {referrer}")

    page.on("requestfinished", look)
    seen, waiting = Seen(Counter(), set()), [f"{address}{PREFIX}{token}"]
    while waiting:
        path = waiting.pop()
        if path in seen.pages or not path.startswith(f"{address}{PREFIX}"):
            continue
        seen.pages.add(path)
        try:
            page.goto(path, wait_until="networkidle")
        except Exception as error:  # A page that is a file is downloaded, not shown.
            if "Download is starting" not in str(error):
                raise
        seen.requests["pages opened"] += 1
        found = page.eval_on_selector_all("a[href]", "links => links.map(one => one.href.split('#')[0])")
        waiting += found
    context.close()
    return seen, told


# Links that lead nowhere ------------------------------------------------------------------------------------


def addresses(app: Flask, token: str) -> list[tuple[str, str]]:
    """Every address that takes a candidate's token, with each method it answers."""
    values = {"token": token}
    others = {"UUIDConverter": uuid4(), "IntegerConverter": 1, "UnicodeConverter": "none"}
    bound = app.url_map.bind("localhost")
    found = []
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith(f"{PREFIX}<"):
            more = {
                name: others[type(rule._converters[name]).__name__] for name in rule.arguments - {"token"}
            }
            path = bound.build(rule.endpoint, {**more, **values})
            found += [(method, path) for method in sorted((rule.methods or set()) - {"OPTIONS"})]
    return found


def answers(client: Client, token: str) -> Counter[int]:
    """What every address answers to every method with this token, forms filled in as a person would."""
    data = {
        "read": "y",
        "name": NAMES,
        "sure": "y",
        "text": "Let me in.",
        "do": "ask",
        "version": str(uuid4()),
    }
    found: Counter[int] = Counter()
    for method, path in addresses(client.application, token):
        sent = {"data": data} if method == "POST" else {}
        found[client.open(path, method=method, **sent).status_code] += 1
    return found


def guesses(times: int, known: str) -> Iterator[str]:
    """Random tokens; and first, those that differ from a known one in a single character."""
    for place, letter in enumerate(known):
        yield known[:place] + secrets.choice(ALPHABET.replace(letter, "")) + known[place + 1 :]
    for _ in range(times - len(known)):
        yield tokens.new()


def guessed(client: Client, times: int, known: str) -> dict[str, int]:
    """Try so many tokens; how many opened anything, and how many answers said a name."""
    hits = names = 0
    for token in guesses(times, known):
        answer = client.get(f"{PREFIX}{token}")
        hits += answer.status_code != 404
        names += re.search(NAMES, answer.get_data(as_text=True)) is not None
    return {"tokens tried": times, "that opened something": hits, "that said a name": names}


def document_digest(client: Client, version: DisclosureVersion) -> str:
    """The SHA-256 of the bytes that are served for a version."""
    return hashlib.sha256(client.get(f"/disclosures/{version.public_id}.json", expect=200).data).hexdigest()


def latest_version(job: Job) -> int:
    """The number of the newest version that stands."""
    found = disclosures.latest(job.id)
    return found.number if found else 0
