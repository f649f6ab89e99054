"""Drafts of scenarios: a copy is started, changed by its author alone, and published or discarded.

A draft is text by field name (`scenarios.fields`). A draft of a new scenario also says what it is called and
which pack it belongs to (`PLACE`); another version of its origin has the origin's name and pack.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from app.audit import services as audit
from app.audit.events import Event
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Invalid
from app.packs import queries
from app.packs.models import PackEdition, ScenarioDraft, ScenarioVersion
from app.packs.services import version_of
from app.policy import Act, Actor, check
from scenarios import Pack, competency_library, digest
from scenarios.editing import texts_of, tree_of
from scenarios.explain import explain
from scenarios.reviewing import Finding, Review, review
from scenarios.schema import PackHeader

# Where a new scenario belongs: its name, and a pack that is there or what a new pack says of itself.
PLACE = {
    "id": "Name in files",
    "pack": "Pack",
    "pack.id": "Name of the new pack in files",
    "pack.title": "Title of the new pack",
    "pack.profession": "Profession",
    "pack.summary": "Summary",
}
LONGEST_NOTE = 1_000


@dataclass(frozen=True)
class Prepared:
    """What publishing a draft would do, or what has to be mended before."""

    review: Review
    findings: tuple[Finding, ...]
    number: int  # Of the version that it becomes.
    header: PackHeader | None  # Of the pack that it joins; None while that is not said.
    edition: PackEdition | None  # The pack as it is; None if it is new.


def start(actor: Actor, origin: ScenarioVersion, *, key: str = "") -> ScenarioDraft:
    """Copy a version: to change it into another one, or under a key of its own into a new scenario."""
    check(actor, Act.START_DRAFT)
    texts = texts_of(queries.scenario_of(origin))
    if key:
        refuse_taken(key)
        texts |= {**dict.fromkeys(PLACE, ""), "id": key, "pack": origin.pack}
    draft = ScenarioDraft(
        author_id=actor.id,
        origin=origin,
        pack=origin.pack,
        key=key or origin.key,
        content=_content(texts),
        changed_at=clock.now(),
    )
    db.session.add(draft)
    db.session.flush()
    audit.record(actor, Event.DRAFT_STARTED, draft, scenario=draft.key, origin=str(origin.public_id))
    return draft


def refuse_taken(key: str) -> None:
    """Raise Invalid where a scenario has this key already."""
    if queries.versions_of(key):
        raise Invalid(key=f"{key} is the name of another scenario. Choose one that nothing has.")


def save(actor: Actor, draft: ScenarioDraft, *, version: int, texts: Mapping[str, str]) -> None:
    """Keep what was typed, whatever is wrong with it; what is kept already stays the same version."""
    check(actor, Act.CHANGE_DRAFT, draft)
    if texts == draft.texts:
        return
    if version != draft.version:
        raise Conflict("This draft was changed elsewhere since the page was loaded.")
    draft.content = _content(texts)
    if draft.is_new_scenario:
        draft.key, draft.pack = texts["id"], texts["pack"] or texts["pack.id"]
    draft.changed_at = clock.now()
    db.session.flush()


def discard(actor: Actor, draft: ScenarioDraft) -> None:
    """Give a draft up; it stays as it is and becomes nothing."""
    check(actor, Act.DISCARD_DRAFT, draft)
    draft.discarded_at = clock.now()
    db.session.flush()
    audit.record(actor, Event.DRAFT_DISCARDED, draft, scenario=draft.key)


def publish(actor: Actor, draft: ScenarioDraft, *, version: int, note: str) -> ScenarioVersion:
    """Freeze a draft as a version that never changes, in a new edition of its pack; twice is once."""
    check(actor, Act.SEE_DRAFT, draft)
    if draft.published is not None:
        return draft.published
    check(actor, Act.PUBLISH_DRAFT, draft)
    if version != draft.version:
        raise Conflict("This draft changed since you looked. Read it again, then publish it.")
    if not note:
        raise Invalid(note="Say what changed and why, for whoever uses it next.")
    prepared = prepare(draft)
    if prepared.findings or prepared.review.scenario is None or prepared.header is None:
        raise Invalid("It cannot be published as it is; what to mend stands below.")
    scenario = prepared.review.scenario.model_copy(update={"version": prepared.number})
    competencies = {code: competency_library()[code] for code in scenario.codes}
    pack = Pack(**dict(prepared.header), competencies=competencies, scenarios=(scenario,))
    published = version_of(pack, scenario, digest(scenario))
    db.session.add_all([published, _edition(prepared, published)])
    draft.published, draft.published_at, draft.change_note = published, clock.now(), note
    db.session.flush()
    audit.record(
        actor,
        Event.SCENARIO_PUBLISHED,
        published,
        scenario=published.key,
        version=published.version,
        pack=published.pack,
        digest=published.digest,
    )
    return published


def _edition(prepared: Prepared, published: ScenarioVersion) -> PackEdition:
    """The pack with the new version in place of the one before, in the order in which files are read."""
    held = dict(prepared.edition.holds) if prepared.edition else {}
    held[published.key] = published.version
    contents = [[key, held[key]] for key in sorted(held, key=lambda key: f"{key}.yaml")]
    header = prepared.header.model_dump_json() if prepared.header else ""
    vignettes = prepared.edition.vignettes if prepared.edition else "[]"
    return PackEdition(pack=published.pack, header=header, contents=json.dumps(contents), vignettes=vignettes)


def prepare(draft: ScenarioDraft) -> Prepared:
    """Review a draft, and say what it would become."""
    texts, origin = draft.texts, queries.scenario_of(draft.origin)
    reviewed = review(texts, key=draft.key, origin=origin)
    taken = queries.versions_of(draft.key)
    edition = queries.latest_edition(draft.pack)
    findings = [*_of_place(draft, bool(taken), edition), *reviewed.findings]
    if tree_of(texts_of(origin)) == tree_of(texts):
        what = f"Nothing differs from version {draft.origin.version}"
        findings.append(Finding("", "The whole scenario", what, "Change something, or discard the draft."))
    return Prepared(
        review=reviewed,
        findings=tuple(findings),
        number=max((int(one.version) for one in taken), default=0) + 1,
        header=edition.head if edition else _header(texts),
        edition=edition,
    )


def _of_place(draft: ScenarioDraft, is_taken: bool, edition: PackEdition | None) -> Iterator[Finding]:
    """Say what is wrong with the name and the pack of a new scenario."""
    if not draft.is_new_scenario:
        return
    texts = draft.texts
    if is_taken:
        what = f"{draft.key} is the name of another scenario"
        yield Finding("id", PLACE["id"], what, "Choose one that nothing has.")
    if texts["pack"]:
        if edition is None:
            yield Finding("pack", PLACE["pack"], f"There is no pack {draft.pack} here", "Choose another one.")
        return
    if edition is not None:
        what, remedy = f"There is a pack {draft.pack} already", "Choose it from the list, or name a new one."
        yield Finding("pack.id", PLACE["pack.id"], what, remedy)
        return
    try:
        PackHeader.model_validate(_header_of(texts))
    except ValidationError as error:
        for fault in explain(error):
            place = f"pack.{fault.path[0]}"
            yield Finding(place, PLACE[place], fault.message, fault.remedy)


def _header(texts: Mapping[str, str]) -> PackHeader | None:
    try:
        return PackHeader.model_validate(_header_of(texts))
    except ValidationError:
        return None


def _header_of(texts: Mapping[str, str]) -> dict[str, str]:
    said = {name: texts.get(f"pack.{name}", "") for name in ("id", "title", "profession", "summary")}
    return {**said, "version": "1"}


def _content(texts: Mapping[str, str]) -> str:
    return json.dumps(texts, ensure_ascii=False, separators=(",", ":"))
