"""A job's loop on one page: begun, read, opened and closed there."""

import uuid
from typing import Any

from flask import Response

from app.core.errors import Invalid
from app.jobs import queries as jobs
from app.jobs.models import Job
from app.loops import bars, beginnings, lineage, panels, preparation, queries, readiness, rules, services
from app.loops.forms import CopyForm, DraftForm, OpeningForm
from app.loops.models import Loop
from app.loops.views.blueprint import bp
from app.packs.queries import scenario_of
from app.policy import Act, check, decide
from app.web.guard import acts
from app.web.render import render, see_other
from app.web.verbs import chosen
from app.web.viewer import actor


@bp.get("/jobs/<uuid:job_id>/loop")
@acts(Act.SEE_LOOP)
def page(job_id: uuid.UUID) -> Response:
    job = jobs.get_job(actor(), job_id, Act.SEE_LOOP)
    loop = queries.latest_loop(job)
    return _loop_page(loop) if loop else _first_page(job)


@bp.post("/jobs/<uuid:job_id>/loop")
@acts(Act.EDIT_LOOP, Act.SEE_LOOP)
def draft(job_id: uuid.UUID) -> Response:
    job = jobs.get_job(actor(), job_id)
    check(actor(), Act.EDIT_LOOP, queries.next_loop(job))
    verb = chosen("template", "pack", "copy")
    if verb == "template":
        loop = services.draft_from_template(actor(), job)
    elif verb == "copy":
        source = queries.get_loop(actor(), CopyForm().loop_id)
        loop = services.copy_loop(actor(), job, source)
    else:
        form = DraftForm().offer(beginnings.offers(job))
        if not form.validate():
            return _first_page(job, form, status=422)
        loop = services.draft_loop(actor(), job, pack=form.pack.data or "")
    return see_other("loops.panels", loop_id=loop.public_id)


@bp.post("/loops/<uuid:loop_id>")
@acts(Act.OPEN_LOOP, Act.CLOSE_LOOP)
def change(loop_id: uuid.UUID) -> Response:
    loop = queries.get_loop(actor(), loop_id)
    if chosen("open", "close") == "close":
        services.close_loop(actor(), loop)
        return see_other("loops.page", job_id=loop.job.public_id)
    form = OpeningForm()
    if form.validate():
        try:
            services.open_loop(
                actor(), loop, version=form.version.data or 0, gaps_reason=form.gaps_reason.data or ""
            )
        except Invalid as error:
            form.refuse(error)
        else:
            return see_other("loops.page", job_id=loop.job.public_id)
    return _loop_page(loop, form, status=422)


def _first_page(job: Job, form: DraftForm | None = None, *, status: int = 200) -> Response:
    return render("loops/first.html", job=job, **_beginnings(job, form), status=status)


def _beginnings(job: Job, form: DraftForm | None = None) -> dict[str, Any]:
    """What a page says of what the job's next loop can begin with."""
    found = beginnings.beginnings(actor(), job)
    return {
        "found": found,
        "draft_form": form or DraftForm().offer(found.offers),
        "may_draft": decide(actor(), Act.EDIT_LOOP, queries.next_loop(job)),
        "scenario_of": scenario_of,
    }


def _loop_page(loop: Loop, form: OpeningForm | None = None, *, status: int = 200) -> Response:
    checks = preparation.ready(loop) if loop.is_draft else []
    scenarios = [scenario_of(stage.scenario_version) for stage in loop.stages]
    level = loop.profile.level
    return render(
        "loops/page.html",
        loop=loop,
        job=loop.job,
        scenarios=scenarios,
        level=level,
        bar_notes=[bars.note_of(scenario, level) for scenario in scenarios],
        counts=bars.count_rules(queries.put(loop), level),
        coverage=rules.coverage(queries.planned(loop)),
        advice=queries.advised(loop) if loop.is_draft else [],
        loads=panels.loads(queries.seated(loop)),
        people={seat.person_id: seat.person for stage in loop.stages for seat in stage.panel},
        succession=lineage.succession(loop),
        equal=rules.are_equal(one.weight for stage in loop.stages for one in stage.criteria),
        checks=checks,
        blocks=readiness.blocks(checks),
        gaps=readiness.gaps(checks),
        form=form or OpeningForm(version=loop.version),
        sees_source=loop.copied_from and decide(actor(), Act.SEE_LOOP, loop.copied_from),
        out_of_date=preparation.out_of_date(loop) if loop.is_open else {},
        may_edit=decide(actor(), Act.EDIT_LOOP, loop),
        may_open=decide(actor(), Act.OPEN_LOOP, loop),
        may_close=decide(actor(), Act.CLOSE_LOOP, loop),
        **(_beginnings(loop.job) if loop.is_closed else {}),
        status=status,
    )
