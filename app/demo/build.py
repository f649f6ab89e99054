"""Builds the demo by calling the services as its people would, on days that have passed."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from app.candidates import services as candidates
from app.candidates.models import Application
from app.core import clock, tokens
from app.core.db import db
from app.debrief import queries as debriefs
from app.debrief import services as debrief
from app.debrief.models import DecisionOutcome
from app.debrief.rules import RuleOutcome
from app.demo import asking, cast, hires, practice, publications, roles, scores
from app.demo.cast import CAST, Player
from app.identity import queries as identity
from app.identity import services as people
from app.identity.forms import RECORDING
from app.identity.models import Person, Site
from app.jobs import queries as jobs
from app.jobs import services as job_services
from app.jobs.models import Job
from app.jobs.rules import Profile
from app.jobs.services import Facts
from app.loops import queries as loops
from app.loops import services as loop_services
from app.loops.models import AssignmentPart, Loop, Stage
from app.loops.services import Content
from app.packs import queries as packs
from app.packs import services as pack_services
from app.policy import Actor, Part
from app.policy import Role as AccountRole
from app.scoring import queries as scoring
from app.scoring import services as scoring_services
from app.scoring.drafts import NOT_OBSERVED, Change
from app.scoring.models import Assignment, Interview
from scenarios import Level, Setting
from scenarios import Role as Profession

ZONE = ZoneInfo("America/Chicago")
NEED_BECAUSE = {1, 4, 5}
OFFER_FROM = 3.6
WHY_OFFER = "Every bar is met, and the total is among the highest of this loop."
WHY_NO_OFFER = "A bar is missed, or others of this loop stand clearly above; the evidence is in the grid."
Panels = Sequence[tuple[Player, Player]]


@contextmanager
def moment(days: float, hour: int = 9, minute: int = 0) -> Iterator[datetime]:
    """Hold the clock at a time of a day that is so many days from today."""
    day = datetime.now(ZONE).date() + timedelta(days=days)
    instant = datetime.combine(day, time(hour, minute), ZONE).astimezone(UTC)
    with clock.at(instant):
        yield instant


def _person(player: Player) -> Person:
    found = identity.find_by_email(player.email)
    if found is None:
        raise LookupError(f"{player.name} was not invited.")
    return found


def _actor(player: Player) -> Actor:
    person = _person(player)
    return Actor(person.id, person.name, person.roles, jobs.teams_of(person.id))


def everything() -> None:
    """The employer, its people, three jobs and all that happened to their candidates."""
    with moment(-90):
        sites = _employer()
        pack_services.import_shipped()
    with moment(-80, 16):
        practice.practice(_actor(cast.IRIS), practice.OF_IRIS)
        practice.practice(_actor(cast.MALIK), practice.OF_MALIK)
    _first_job(sites[0])
    _second_job(sites[1])
    _third_job(sites[0])


def _employer() -> list[Site]:
    first = Actor(0, "", frozenset({AccountRole.ADMINISTRATOR}))
    profile = identity.get_employer()
    people.change_employer(
        first,
        profile,
        version=profile.version,
        values={
            "name": "Riverbend Hand and Neuro Clinic",
            "time_zone": str(ZONE),
            "contact_name": "Rina Patel",
            "contact_email": "rina@riverbend.example",
            "contact_phone": "555-0142",
            "recording": RECORDING,
        },
    )
    for player in CAST:
        _, token = people.invite(first, name=player.name, email=player.email, roles=player.roles)
        # Nobody knows the passwords: the demo is entered by its buttons.
        people.accept_invitation(identity.get_invitation(token), password=tokens.new())
    return [
        people.add_site(first, name=name, address=address, time_zone=str(ZONE))
        for name, address in (("Riverbend Main", "1 River Road"), ("Riverbend North", "40 Mill Lane"))
    ]


# Jobs -------------------------------------------------------------------------------------------------------


def _job(manager: Player, recruiter: Player | None, *, title: str, setting: Setting, site: Site) -> Job:
    job = job_services.start_job(
        _actor(manager),
        Facts(
            title=title,
            profile=Profile(setting, Profession.OT, Level.MID),
            site=site,
            pay_low=Decimal(84_000),
            pay_high=Decimal(101_000),
        ),
    )
    if recruiter is not None:
        job_services.add_to_team(_actor(manager), job, _person(recruiter), Part.RECRUITER)
    return job


def _reviewer(manager: Player, job: Job, player: Player) -> Actor:
    """Somebody who does the job now joins its hiring team, and so may review its disclosure."""
    job_services.add_to_team(_actor(manager), job, _person(player), Part.INTERVIEWER)
    return _actor(player)


def _loop(manager: Player, job: Job, panels: Panels, *, scenarios: Sequence[str], why: str) -> Loop:
    versions = {version.key: version for version in packs.latest_versions()}
    loop = loop_services.draft_loop(_actor(manager), job, pack="outpatient-ot")
    for stage, key in zip(loop.stages, scenarios, strict=True):
        content = Content(versions[key])
        loop_services.change_stage(_actor(manager), stage, content, version=loop.version)
    parts = (AssignmentPart.LEAD, AssignmentPart.CO_INTERVIEWER)
    seats = {
        stage.position: list(zip(map(_person, panel), parts, strict=True))
        for stage, panel in zip(loop.stages, panels, strict=True)
    }
    loop_services.set_panels(_actor(manager), loop, version=loop.version, seats=seats)
    loop_services.open_loop(_actor(manager), loop, version=loop.version, gaps_reason=why)
    opened = loops.open_loop(job.id)
    if opened is None:
        raise LookupError("The loop did not open.")
    return opened


def _first_job(site: Site) -> None:
    """The job whose Agreement page has numbers: forty candidates with all six scorecards in."""
    with moment(-80):
        job = _job(
            cast.HANA,
            cast.RINA,
            title="Occupational therapist, outpatient, mid level",
            setting=Setting.OUTPATIENT,
            site=site,
        )
        roles.outpatient(_actor(cast.HANA), job)
        roles.owned(_actor(cast.HANA), job, by=_person(cast.HANA), questions=_person(cast.RINA))
        reader = _reviewer(cast.HANA, job, cast.MALIK)
        publications.riverbend(_actor(cast.HANA), job, reviewer=reader)
        panels = [(cast.IRIS, cast.IVO), (cast.MALIK, cast.IRIS), (cast.IVO, cast.WREN)]
        loop = _loop(
            cast.HANA,
            job,
            panels,
            scenarios=("snm-outpatient-ot-entry", "hvd-outpatient-ot-mid", "cw-outpatient-ot-mid"),
            why="The near miss was written for entry level and is scored against the mid bar.",
        )
    noor, theo, cleo, odile, pavel, sam, *rest = cast.FIRST_JOB
    for number, name in enumerate(rest):
        is_hired = name in hires.FIRST_DAYS
        application = _finished(job, loop, panels, name, first_day=-76 + number * 1.5, reads=is_hired)
        _decide(cast.HANA, application)
        if is_hired:
            with moment(hires.FIRST_DAYS[name]) as first_day:
                hires.begins(_actor(cast.RINA), application, first_day.date())
    _finished(job, loop, panels, noor, first_day=-5)
    _under_way(job, loop, theo, cleo, later=(odile, pavel, sam))
    with moment(-1):
        roles.to_agree(_actor(cast.HANA), job, approver=_person(cast.REMI))


def _second_job(site: Site) -> None:
    """The job whose Agreement page is early: between ten and twenty-nine candidates."""
    with moment(-50):
        job = _job(
            cast.HANA,
            cast.RINA,
            title="Occupational therapist, outpatient evenings, mid level",
            setting=Setting.OUTPATIENT,
            site=site,
        )
        reader = _reviewer(cast.HANA, job, cast.LENA)
        publications.evenings(_actor(cast.HANA), job, reviewer=reader)
        panels = [(cast.TESS, cast.JONAS), (cast.LENA, cast.TESS), (cast.JONAS, cast.LENA)]
        loop = _loop(
            cast.HANA,
            job,
            panels,
            scenarios=("snm-outpatient-ot-entry", "hvd-outpatient-ot-mid", "cw-outpatient-ot-mid"),
            why="The near miss was written for entry level and is scored against the mid bar.",
        )
    with moment(-6):
        publications.somebody_left(_actor(cast.RINA), job)
    for number, name in enumerate(cast.SECOND_JOB):
        application = _finished(job, loop, panels, name, first_day=-46 + number * 3)
        _decide(cast.HANA, application)


def _third_job(site: Site) -> None:
    """Another team's job, with fewer than ten candidates: its Agreement page has counts only."""
    with moment(-30):
        job = _job(
            cast.OLGA,
            None,
            title="Occupational therapist, inpatient acute, mid level",
            setting=Setting.INPATIENT_ACUTE,
            site=site,
        )
        publications.ward(_actor(cast.OLGA), job, reviewer=_reviewer(cast.OLGA, job, cast.NIKO))
        panels = [(cast.NIKO, cast.WREN), (cast.WREN, cast.TESS), (cast.TESS, cast.NIKO)]
        loop = _loop(
            cast.OLGA,
            job,
            panels,
            scenarios=("snm-acute-ot-mid", "hvd-outpatient-ot-mid", "cw-outpatient-ot-mid"),
            why="Two stages come from the outpatient pack until the acute ones are reviewed.",
        )
    for number, name in enumerate(cast.THIRD_JOB):
        application = _finished(job, loop, panels, name, first_day=-26 + number * 3, by=cast.OLGA)
        _decide(cast.OLGA, application)


# Candidates -------------------------------------------------------------------------------------------------


def _apply(by: Player, job: Job, name: str) -> Application:
    email = f"{name.lower().replace(' ', '.')}@mail.example"
    return candidates.add_candidate(_actor(by), job, name=name, email=email)


def _schedule(
    by: Player, application: Application, stage: Stage, *, days: float, hour: int, minute: int = 0
) -> Interview:
    with moment(days, hour, minute) as starts_at:
        pass
    return scoring_services.schedule_interview(
        _actor(by), application, stage, starts_at=starts_at, minutes=45, place=f"Room {stage.position}"
    )


def _finished(
    job: Job,
    loop: Loop,
    panels: Panels,
    name: str,
    *,
    first_day: float,
    by: Player = cast.RINA,
    reads: bool = False,
) -> Application:
    """Somebody who met every stage within three days, and whose scorecards all came in."""
    start = int(first_day)
    with moment(start - 3, 10):
        application = _apply(by, job, name)
        if reads:
            hires.reads(_actor(by), application)
        interviews = [
            _schedule(by, application, stage, days=start + stage.position - 1, hour=9 + 2 * stage.position)
            for stage in loop.stages
        ]
    for interview, panel in zip(interviews, panels, strict=True):
        for number, player in enumerate(panel):
            with clock.at(interview.starts_at + timedelta(minutes=50 + 35 * number)):
                _score(player, interview)
    db.session.commit()
    return application


def _card(player: Player, interview: Interview) -> Assignment:
    person = _person(player)
    return next(one for one in interview.assignments if one.person_id == person.id)


def _score(player: Player, interview: Interview, *, hand_in: bool = True, most: int = 9) -> None:
    """Write notes and levels for the first criteria of a scorecard, and hand it in."""
    card = _card(player, interview).scorecard
    name = interview.application.candidate.name
    scenario = packs.scenario_of(interview.stage.scenario_version)
    fields: dict[str, str] = {}
    for number, code in enumerate(scenario.codes[:most], start=1):
        given = scores.level(player, name, scenario, code)
        if given is None:
            fields |= {f"level-{code}": NOT_OBSERVED, f"reason-{code}": "ran out of time"}
            continue
        note = scores.evidence(player, name, scenario, code, given)
        fields |= {f"level-{code}": str(given), f"note-{number}": note, f"ties-{number}": code}
        if given in NEED_BECAUSE:
            fields[f"because-{code}"] = scores.because(player, name, scenario, code, given)
    for number in range(1, 1 + scores.chance("probes", player.name, name, scenario.id).randint(2, 4)):
        fields[f"probe-{number}"] = "yes"
    notes = sum(field.startswith("note-") for field in fields)
    fields |= scores.besides(player, name, scenario, notes)
    changes = [Change(key, body, 0, sequence) for sequence, (key, body) in enumerate(fields.items(), start=1)]
    actor = _actor(player)
    scoring_services.declare(actor, card, None)
    scoring_services.save_fields(actor, card, changes, client="demo")
    if hand_in:
        key = f"demo-{card.public_id}"
        scoring_services.submit_scorecard(actor, card, version=card.version, key=key)


def _decide(by: Player, application: Application) -> None:
    """Record what the rule says, two days after the last interview; an offer when the total stands out."""
    last = max(interview.starts_at for interview in scoring.interviews_of(application))
    result = debriefs.debrief_of(_actor(by), application).result
    is_offer = result.outcome is RuleOutcome.MET and (result.total or 0) >= OFFER_FROM
    with clock.at(min(last + timedelta(days=2), datetime.now(UTC) - timedelta(hours=3))):
        debrief.decide(
            _actor(by),
            application,
            number=1,
            outcome=DecisionOutcome.OFFER if is_offer else DecisionOutcome.NO_OFFER,
            reasons=WHY_OFFER if is_offer else WHY_NO_OFFER,
        )
    db.session.commit()


def _under_way(job: Job, loop: Loop, theo: str, cleo: str, *, later: Sequence[str]) -> None:
    """Theo waits for one scorecard, Cleo comes soon, and the others are scheduled."""
    near_miss, volume, walkthrough = loop.stages
    with moment(-4, 10):
        application = _apply(cast.RINA, job, theo)
        first = _schedule(cast.RINA, application, near_miss, days=-1, hour=14)
        second = _schedule(cast.RINA, application, volume, days=-1, hour=15, minute=30)
        _schedule(cast.RINA, application, walkthrough, days=2, hour=10)
    with moment(-1, 16, 45):
        _score(cast.IVO, first)
        _score(cast.MALIK, second)
    with moment(-1, 17, 20):
        _score(cast.IRIS, second)
        _score(cast.IRIS, first, hand_in=False, most=3)
    with moment(-2, 11):
        application = _apply(cast.RINA, job, cleo)
        tomorrow = _schedule(cast.RINA, application, near_miss, days=1, hour=9)
        _schedule(cast.RINA, application, volume, days=1, hour=10, minute=30)
        _schedule(cast.RINA, application, walkthrough, days=3, hour=9)
        scoring_services.declare(_actor(cast.IRIS), _card(cast.IRIS, tomorrow).scorecard, None)
        _link, _token = candidates.make_link(_actor(cast.RINA), application, days=60)
        candidates.confirm_handover(_actor(cast.RINA), _link)
    with moment(-1, 11):
        for number, name in enumerate(later):
            application = _apply(cast.RINA, job, name)
            for stage in loop.stages[: 3 - number]:
                _schedule(cast.RINA, application, stage, days=4 + number + stage.position, hour=11)
    with moment(-1, 15):
        practice.practice(_actor(cast.IRIS), practice.BEGUN, hand_in=False)
        asking.ask(_link)
    with moment(-1, 16, 30):
        asking.answer(_actor(cast.RINA), _link)
    db.session.commit()
