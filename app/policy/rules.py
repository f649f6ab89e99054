"""What the policy asks of the person and of the thing, each with the sentence of its refusal."""

from typing import Any

from app.core.ruling import rule
from app.policy.acts import Actor, Part, Role

# Who the person is ------------------------------------------------------------------------------------------


@rule("Sign in first.", about_person=True)
def signed_in(actor: Actor, _: Any) -> bool:
    return actor.id != 0


@rule("Only an administrator can do this.", about_person=True)
def administers(actor: Actor, _: Any) -> bool:
    return Role.ADMINISTRATOR in actor.roles


@rule("Only a records lead or an administrator can read the audit log.", about_person=True)
def leads_records(actor: Actor, _: Any) -> bool:
    return Role.RECORDS_LEAD in actor.roles


@rule("Only a hiring manager can do this.", about_person=True)
def hires(actor: Actor, _: Any) -> bool:
    return Role.HIRING_MANAGER in actor.roles


@rule("Only hiring managers and recruiters read packs ahead of an interview.", about_person=True)
def recruits(actor: Actor, _: Any) -> bool:
    return Role.RECRUITER in actor.roles


# What the person is to the job ------------------------------------------------------------------------------


@rule("Only the job's hiring manager can do this.", about_person=True)
def manages_job(actor: Actor, thing: Any) -> bool:
    return Part.MANAGER in actor.parts(thing.job_id)


@rule("Only the job's hiring manager or recruiter can do this.", about_person=True)
def recruits_for_job(actor: Actor, thing: Any) -> bool:
    return Part.RECRUITER in actor.parts(thing.job_id)


@rule("Only the job's hiring team can do this.", about_person=True)
def on_team(actor: Actor, thing: Any) -> bool:
    return bool(actor.parts(thing.job_id))


@rule("Only somebody who is named as an approver can agree to a job.", about_person=True)
def approves(actor: Actor, job: Any) -> bool:
    return actor.id in job.approver_ids


@rule("Only who answers for the job's workload disclosure can do this.", about_person=True)
def owns_disclosure(actor: Actor, thing: Any) -> bool:
    return actor.id in thing.disclosure_owner_ids


@rule("You wrote a part of this draft. Somebody else reviews it.", about_person=True)
def did_not_write_it(actor: Actor, draft: Any) -> bool:
    return actor.id not in draft.author_ids


# What the person is to the scorecard ------------------------------------------------------------------------


@rule("Only its author can open a scorecard.", about_person=True)
def wrote_it(actor: Actor, card: Any) -> bool:
    return bool(card.author_id == actor.id)


@rule("Only its author can open the draft of a scenario.", about_person=True)
def drafted_it(actor: Actor, draft: Any) -> bool:
    return bool(draft.author_id == actor.id)


@rule("You do not sit on a panel for this candidate.", about_person=True)
def sits_on_panel(_: Actor, sight: Any) -> bool:
    return bool(sight.sits_on_panel)


@rule("Closed until yours is in: you have an open scorecard for this candidate.")
def nothing_of_mine_is_open(_: Actor, sight: Any) -> bool:
    return not sight.mine_open


@rule("Scores stay hidden until the whole panel has submitted.")
def panel_is_complete(_: Actor, sight: Any) -> bool:
    return bool(sight.panel_complete)


# What state the thing is in ---------------------------------------------------------------------------------


@rule("This scorecard is handed in; it is frozen, and amendments are added beside it.")
def card_is_open(_: Actor, card: Any) -> bool:
    return bool(card.is_open)


@rule("Say first whether anything ties you to this candidate.")
def nothing_ties_them(_: Actor, card: Any) -> bool:
    return bool(card.is_clear)


@rule("You stepped back; somebody of the hiring team replaces you or excuses you.")
def has_not_stepped_back(_: Actor, card: Any) -> bool:
    return not card.has_stepped_back


@rule("Amendments are for a scorecard that is handed in.")
def card_is_submitted(_: Actor, card: Any) -> bool:
    return bool(card.is_submitted)


@rule("This practice card is handed in. Score the answer again if you like.")
def practice_is_open(_: Actor, card: Any) -> bool:
    return bool(card.is_open)


@rule("The gold is shown once you have handed in.")
def practice_is_in(_: Actor, card: Any) -> bool:
    return bool(card.is_submitted)


@rule("This scorecard is not open any more.")
def assignment_is_open(_: Actor, sight: Any) -> bool:
    return bool(sight.assignment_is_open)


@rule("This draft is published or discarded; it stays as it is.")
def draft_is_open(_: Actor, draft: Any) -> bool:
    return bool(draft.is_open)


@rule("The loop is open: its stages, versions and weights are fixed.")
def loop_is_draft(_: Actor, loop: Any) -> bool:
    return bool(loop.is_draft)


@rule("The loop is not open.")
def loop_is_open(_: Actor, loop: Any) -> bool:
    return bool(loop.is_open)


@rule("The application is decided or withdrawn.")
def application_is_active(_: Actor, thing: Any) -> bool:
    return bool(thing.is_active)


@rule("The application was withdrawn; nothing more is asked of anybody.")
def has_not_withdrawn(_: Actor, link: Any) -> bool:
    return not link.is_withdrawn


@rule("You raised this flag; somebody else confirms it or not.")
def somebody_else_raised_it(actor: Actor, flag: Any) -> bool:
    return bool(flag.raised_by_id != actor.id)


@rule("The candidate withdrew; there is nothing to decide.")
def candidate_is_there(_: Actor, deciding: Any) -> bool:
    return not deciding.is_withdrawn


@rule("An assignment is still open; wait for it, or waive it with a reason.")
def no_assignment_is_open(_: Actor, sight: Any) -> bool:
    return bool(sight.all_settled)


@rule("The decision that stands is no offer, or there is none yet.")
def offer_stands(_: Actor, hiring: Any) -> bool:
    return bool(hiring.is_offered)


@rule("A single person's answers go to recruiting; this person has not shared them with the hiring manager.")
def is_shared(_: Actor, check_in: Any) -> bool:
    return bool(check_in.is_shared)


@rule("This version is retracted.")
def version_stands(_: Actor, version: Any) -> bool:
    return bool(version.stands)


@rule("This link no longer works.")
def link_is_live(_: Actor, link: Any) -> bool:
    return bool(link.is_live)
