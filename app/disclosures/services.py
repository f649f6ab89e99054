"""What is done with a disclosure: saving its draft, publishing, retracting, acknowledging."""

from collections.abc import Collection, Mapping
from dataclasses import asdict

from sqlalchemy.orm.attributes import flag_modified

from app import policy
from app.audit import services as audit
from app.audit.events import Event
from app.candidates.models import CandidateLink
from app.core import clock
from app.core.db import db, one_at_a_time
from app.core.errors import Conflict, Invalid
from app.disclosures import document, pinned, queries, rules
from app.disclosures.facts import BLANK, Fact
from app.disclosures.models import Acknowledgement, Disclosure, DisclosureFact, DisclosureVersion
from app.disclosures.publication import prepare
from app.disclosures.reporting import sums
from app.disclosures.reviewing.rules import check_new_post
from app.disclosures.values import impossible
from app.jobs.models import Job
from app.policy import Act, Actor


def save(actor: Actor, job: Job, *, version: int, facts: Mapping[str, Fact]) -> Disclosure:
    """Save these facts of the draft, all or none; `version` is the one the form was made from, 0 at first."""
    policy.check(actor, Act.EDIT_DISCLOSURE, job)
    one_at_a_time(job)
    draft = queries.draft_of(job)
    kept = queries.facts_of(draft)
    if problems := _refused(job, kept, facts):
        raise Invalid(**problems)
    changed = {key: fact for key, fact in facts.items() if fact != kept.get(key, BLANK)}
    if draft is not None and not changed:
        return draft  # Saving the same again is the same save, from whichever tab it comes.
    rules.check_version(version, draft.version if draft else 0)
    if draft is None:
        draft = Disclosure(job=job, facts=[])
        db.session.add(draft)
    else:
        flag_modified(draft, "job_id")  # so that the version moves on although only facts change
    _change(draft, changed, actor)
    db.session.flush()
    audit.record(actor, Event.DISCLOSURE_SAVED, draft, job_id=job.id, fields=sorted(changed))
    return draft


def keep(actor: Actor, job: Job, *, version: int, facts: Mapping[str, Fact]) -> dict[str, str]:
    """Save what can be true of these facts while the rest is being typed, and say what that rest lacks."""
    policy.check(actor, Act.EDIT_DISCLOSURE, job)
    kept = queries.facts_of(queries.draft_of(job))
    sound, problems = dict(facts), dict[str, str]()
    while found := _refused(job, kept, sound):  # What is left out may make others contradict what is saved.
        problems |= found
        named = {name.partition("-")[0] for name in found}
        sound = {key: fact for key, fact in sound.items() if key not in named}
    save(actor, job, version=version, facts=sound)
    return problems


def say_not_measured(actor: Actor, job: Job, *, version: int, steps: Collection[str]) -> Disclosure:
    """Say of every field of these steps that is still blank and needs no value that it is not measured."""
    kept = queries.facts_of(queries.draft_of(job))
    return save(actor, job, version=version, facts=rules.rest_not_measured(kept, steps, job.profile))


def _refused(job: Job, kept: Mapping[str, Fact], facts: Mapping[str, Fact]) -> dict[str, str]:
    """Why these facts cannot be saved beside those that are kept, by the name of the field it is about.

    A target that leaves too little time is refused where it is set. One that was possible before and is not
    any more stays in the draft, and keeps it from being published.
    """
    whole = {**kept, **facts}
    found = impossible(whole, today=clock.today(job.site.time_zone))
    problems = {name: said for name, said in found.items() if name.partition("-")[0] in facts}
    if not problems and facts.get("target", BLANK) != kept.get("target", BLANK):
        for check in sums(rules.effective(whole, job.profile)).blocking:
            if check.key == "B":
                problems["target-typical"] = check.sentence
    return problems


def _change(draft: Disclosure, facts: Mapping[str, Fact], actor: Actor) -> None:
    """Bring the rows of these facts up to date, with who wrote them; a fact that says nothing has no row."""
    rows = {row.key: row for row in draft.facts}
    for key, fact in facts.items():
        row = rows.get(key)
        if row is None:
            row = DisclosureFact(key=key)
            draft.facts.append(row)
        elif fact == BLANK:
            draft.facts.remove(row)
        row.changed_by_id = actor.id
        for name, value in asdict(fact).items():
            setattr(row, name, value)


def publish(actor: Actor, job: Job, *, digest: str, note: str = "", new_post: str = "") -> DisclosureVersion:
    """Freeze the draft as the next version; `digest` is that of the document the actor was shown.

    Where nobody holds the role yet, `new_post` says why, and candidates read it.
    """
    policy.check(actor, Act.PUBLISH_DISCLOSURE, job)
    one_at_a_time(job)
    publication = prepare(job)
    if publication.refusal or publication.document is None:
        raise Conflict(publication.refusal)
    if digest != publication.digest:
        raise Conflict(
            "The draft or the job changed since this page was opened. Read it again, then publish."
        )
    draft = queries.draft_of(job)
    rules.check_note(note, is_correction=publication.number > 1)
    why = "" if publication.is_read_in_role else check_new_post(new_post)
    text = document.canonical(publication.as_version(why))
    version = DisclosureVersion(
        disclosure=draft,
        number=publication.number,
        document=text,
        digest=document.digest(text),
        published_at=clock.now(),
        published_by_id=actor.id,
        note=note,
    )
    db.session.add(version)
    db.session.flush()
    audit.record(
        actor,
        Event.DISCLOSURE_PUBLISHED,
        version,
        job_id=job.id,
        number=version.number,
        digest=version.digest,
    )
    pinned.tell_of(version)
    return version


def retract(actor: Actor, version: DisclosureVersion, *, reason: str) -> None:
    """Take a version back; a notice with the reason stands in its place."""
    policy.check(actor, Act.RETRACT_DISCLOSURE, version)
    version.retraction_reason = rules.check_reason(reason)
    version.retracted_at = clock.now()
    version.retracted_by_id = actor.id
    audit.record(actor, Event.DISCLOSURE_RETRACTED, version, job_id=version.job_id, number=version.number)
    db.session.flush()
    if (standing := queries.latest(version.job_id)) is not None:
        pinned.tell_of(standing)


def acknowledge(
    actor: Actor, link: CandidateLink, version: DisclosureVersion, *, typed_name: str
) -> Acknowledgement:
    """Keep that the holder of the link read this version; saying so again is the same acknowledgement."""
    policy.check(actor, Act.ACKNOWLEDGE, link)
    name = rules.check_name(typed_name)
    one_at_a_time(link.application)
    known = queries.find_acknowledgement(version, link.application)
    if known is not None:
        return known
    if not version.stands:
        raise Conflict(f"Version {version.number} was retracted meanwhile. Open your link again.")
    row = Acknowledgement(
        version=version, application=link.application, typed_name=name, digest=version.digest
    )
    db.session.add(row)
    db.session.flush()
    audit.record(
        actor,
        Event.DISCLOSURE_ACKNOWLEDGED,
        link.application,
        job_id=link.job_id,
        number=version.number,
        digest=version.digest,
    )
    return row
