"""The states in which every address is asked, each made through the services as its people would make it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from app.candidates import services as candidates
from app.core import clock
from app.core.db import db
from app.disclosures import services as disclosures
from app.identity import queries as identity
from app.identity import services as accounts
from app.identity.models import Person
from app.jobs.models import Job, Matter
from app.loops import services as loop_services
from app.loops.models import Loop
from app.outbox.models import Letter
from app.packs.drafts import services as scenario_drafts
from app.packs.models import ScenarioDraft, ScenarioVersion
from app.policy import Role
from app.scoring import services as scoring_services
from app.scoring.models import Outcome
from tests.factories import disclosures as disclosure
from tests.factories import drafts, hires, jobs, letters, loops, people, practice, questions, scoring
from tests.factories.people import actor
from tests.factories.scoring import NOON

BEFORE = NOON - timedelta(days=3)
NOW = NOON + timedelta(hours=2)  # After the interviews, when what is due is not late yet.
BESIDES = {
    "asked": "And who hears of it first?",
    "flag_1": "yes",
    "quote_1": "“Nobody has to know.”",
    "tags_1": "owned check",
    "volunteered": "yes",
}
GIVEN_DAYS, FEW_DAYS = 60, 1
FIRST_DAY = NOW.date() - timedelta(days=35)


@dataclass
class Unknown:
    """What a state does not have: an address of it leads nowhere."""

    public_id: UUID = field(default_factory=uuid4)
    version: int = 0
    digest: str = ""


@dataclass
class Story:
    """One job and what has come of it; what has not come yet is unknown."""

    people: dict[str, Person]
    tess: Person  # Somebody who is here only so that administrators have somebody to act on.
    invitation: str
    job: Job
    loop: Loop
    copy: ScenarioDraft  # By Hana, ready to be published.
    revision: ScenarioVersion  # That she published from another draft.
    letter: Letter  # Tess's second invitation, which the mail server refused.
    link_token: str = "a-token-that-nobody-was-given"
    decisions: int = 0
    version: Any = field(default_factory=Unknown)
    application: Any = field(default_factory=Unknown)
    link: Any = field(default_factory=Unknown)
    interview: Any = field(default_factory=Unknown)
    assignment: Any = field(default_factory=Unknown)
    card: Any = field(default_factory=Unknown)
    other_card: Any = field(default_factory=Unknown)  # Of Iris, for another candidate.
    practice: Any = field(default_factory=Unknown)  # Of Iris, with nothing left to do.
    flag: Any = field(default_factory=Unknown)
    check_in: Any = field(default_factory=Unknown)
    question: Any = field(default_factory=Unknown)  # Of Cleo, as the wish for a visit and the request are.
    request: Any = field(default_factory=Unknown)


def cast() -> dict[str, Person]:
    """The people of the table's columns, but for nobody."""
    return {
        "ada": people.ada(),
        "amir": people.person("Amir Haddad", Role.ADMINISTRATOR, Role.INTERVIEWER),
        "remi": people.remi(),
        "hana": people.hana(),
        "hugo": people.person("Hugo Lindt", Role.HIRING_MANAGER),
        "rina": people.rina(),
        "iris": people.iris(),
        "ivo": people.ivo(),
        "wren": people.person("Wren Abbot", Role.INTERVIEWER),
        "olga": people.olga(),
    }


def begin() -> Story:
    """Hana's job with its team and the draft of a loop, Olga's job, and an invitation for Tess.

    Remi is no part of the team, is asked to agree to the job and answers for its disclosure.
    """
    who = cast()
    tess = people.person("Tess Moreau", Role.INTERVIEWER)
    first = accounts.renew_invitation(actor(who["ada"]), tess)
    accounts.accept_invitation(identity.get_invitation(first), password=people.PASSWORD)
    jobs.job(who["olga"])
    job = jobs.team(
        jobs.job(who["hana"]), who["hugo"], who["rina"], [who["amir"], who["iris"], who["ivo"], who["wren"]]
    )
    jobs.approver(job, who["remi"])
    jobs.owner(job, Matter.DISCLOSURE, who["remi"])
    return Story(
        people=who,
        tess=tess,
        invitation=accounts.renew_invitation(actor(who["ada"]), tess),
        job=job,
        loop=loops.draft_loop(job, [who["iris"], who["ivo"]]),
        revision=drafts.published(who["hana"]),
        copy=drafts.ready(who["hana"]),
        letter=letters.failed(),
        practice=practice.filled_in(who["iris"]),
    )


def meet(story: Story, *, link_days: int = GIVEN_DAYS) -> None:
    """Open the loop; Cleo applies, gets a link and meets two stages, and does not come to the third.

    Iris and Ivo sit on the first panel, Amir and Hugo on the second. Iris has filled in her scorecard, and
    has an empty one for Sam.
    """
    who = story.people
    loop_services.open_loop(
        actor(who["hana"]), story.loop, version=story.loop.version, gaps_reason=loops.GAPS
    )
    story.application = scoring.application([], job=story.job)
    story.link, story.link_token = candidates.make_link(actor(who["rina"]), story.application, days=link_days)
    story.question, story.request = questions.everything_asked(story.link)
    story.interview, _, third = [
        scoring.interview_with(panel, of=story.application, stage=stage)
        for stage, panel in enumerate(
            ([who["iris"], who["ivo"]], [who["amir"], who["hugo"]], [who["iris"], who["ivo"]]), start=1
        )
    ]
    scoring_services.record_outcome(actor(who["rina"]), third, Outcome.NO_SHOW)
    story.assignment = scoring.seat_of(story.interview, who["iris"])
    story.card = story.assignment.scorecard
    scoring.save(story.card, probe_1="yes", **BESIDES, **scoring.complete_fields(story.card))
    sam = scoring.application([], "Sam Whitlow", story.job)
    story.other_card = scoring.card_of(scoring.interview_with([who["iris"]], of=sam), who["iris"])


def publish(story: Story) -> None:
    story.version = disclosure.published(story.job, story.people["hana"])


def draft(story: Story) -> None:
    publish(story)
    meet(story)


def submitted(story: Story) -> None:
    draft(story)
    scoring.submit(scoring.card_of(story.interview, story.people["ivo"]))


def waived(story: Story) -> None:
    submitted(story)
    scoring_services.waive(actor(story.people["rina"]), story.assignment, reason="Iris is ill this week.")


def complete(story: Story) -> None:
    draft(story)
    for interview in scoring.queries.interviews_of(story.application):
        for assignment in interview.assignments:
            if assignment.is_open:
                scoring.submit(assignment.scorecard)
    story.flag = story.card.red_flags[0]
    practice.hand_in(story.practice, story.people["iris"])


def decided(story: Story) -> None:
    """Cleo is offered the job, began five weeks ago, and has answered her first check-in."""
    complete(story)
    hires.offer(story.application)
    story.decisions = 1
    hire = hires.hired(story.application, starts_on=FIRST_DAY)
    story.check_in = hires.answered(hire, 30, {"mentor": "same", "schedule_notice": 3})


def withdrawn(story: Story) -> None:
    submitted(story)
    scoring_services.withdraw_application(
        actor(story.people["rina"]), story.application, reason="Another offer came first."
    )


def loop_closed(story: Story) -> None:
    """The loop is closed, and Hana gives her draft of a scenario up, too."""
    submitted(story)
    loop_services.close_loop(actor(story.people["hana"]), story.loop)
    scenario_drafts.discard(actor(story.people["hana"]), story.copy)


def disclosure_draft(story: Story) -> None:
    disclosure.saved(story.job, story.people["hana"])
    disclosure.reviewed(story.job)
    meet(story)


def disclosure_retracted(story: Story) -> None:
    draft(story)
    disclosures.retract(actor(story.people["hana"]), story.version, reason="The target was last year's.")


def link_expired(story: Story) -> None:
    publish(story)
    meet(story, link_days=FEW_DAYS)


def link_revoked(story: Story) -> None:
    draft(story)
    candidates.revoke_link(actor(story.people["rina"]), story.link)


STATES: dict[str, Callable[[Story], None]] = {
    "loop draft": lambda _story: None,
    "draft": draft,
    "submitted": submitted,
    "waived": waived,
    "complete": complete,
    "decided": decided,
    "withdrawn": withdrawn,
    "loop closed": loop_closed,
    "disclosure draft": disclosure_draft,
    "disclosure retracted": disclosure_retracted,
    "link expired": link_expired,
    "link revoked": link_revoked,
}


def tell(state: str) -> Story:
    """Make a state in an empty database and answer what is in it."""
    with clock.at(BEFORE):
        story = begin()
        STATES[state](story)
        db.session.commit()
    return story
