"""A job's draft, a step at a time: its fields, what they add up to, and what could be said better."""

import uuid
from collections.abc import Mapping
from typing import Any

from flask import Response, request

from app.core import clock
from app.core.errors import Conflict, Invalid
from app.disclosures import document, lint, queries, rules, services
from app.disclosures.catalogue import FIELDS, GROUPS, STEPS, Step, catalogue
from app.disclosures.facts import Fact
from app.disclosures.forms import DisclosureForm
from app.disclosures.models import Disclosure
from app.disclosures.publication import content_of
from app.disclosures.reading import Reading
from app.disclosures.reporting import Sums, sums
from app.disclosures.values import period_of
from app.disclosures.views.blueprint import bp
from app.jobs import queries as jobs
from app.jobs.models import Job
from app.policy import Act, decide
from app.web.guard import acts
from app.web.htmx import wants_fragment
from app.web.render import render, see_other
from app.web.viewer import actor
from reports.workload.budget import Period

LABELS = {
    **{field.key: field.label for field in FIELDS},
    **{group.source_key: f"Source of {group.label.lower()}" for group in GROUPS},
}
EVERYTHING, REST = "all", "rest"
STEP_KEYS = tuple(step.key for step in STEPS)


@bp.route("/jobs/<uuid:job_id>/disclosure", methods=["GET", "POST"])
@acts(Act.SEE_DISCLOSURE, Act.EDIT_DISCLOSURE)
def editor(job_id: uuid.UUID) -> Response:
    job = jobs.get_job(actor(), job_id, Act.SEE_DISCLOSURE)
    sheet = Sheet(job, queries.draft_of(job), request.args.get("step", ""))
    if not sheet.form.is_submitted():
        return sheet.show()
    if wants_fragment():
        return _keep(sheet)
    if sheet.form.validate():
        try:
            draft = services.save(actor(), job, version=sheet.form.version.data or 0, facts=sheet.form.facts)
        except Invalid as error:
            sheet.form.refuse(error)
        except Conflict:
            return sheet.show_both()
        else:
            return _go_on(sheet, draft)
    return sheet.show(status=422)


def _keep(sheet: "Sheet") -> Response:
    """Save what can be true while it is typed; htmx is told the time, and what is marked at which field."""
    form = sheet.form
    form.validate()
    try:
        left = services.keep(actor(), sheet.job, version=form.version.data or 0, facts=form.readable)
    except Conflict:
        return render("disclosures/editor.html", fragment="disclosures/_stale.html", status=409)
    form.refuse_fields(left)
    sheet.draft = queries.draft_of(sheet.job)
    return sheet.show(saved_at=clock.now())


def _go_on(sheet: "Sheet", draft: Disclosure) -> Response:
    """After saving: the step that was pressed, else the same page again."""
    then, job = request.form.get("then", ""), sheet.job
    if then == REST:
        services.say_not_measured(actor(), job, version=draft.version, steps=[one.key for one in sheet.steps])
    here = sheet.step if request.args.get("step") else None
    return see_other(
        "disclosures.editor", job_id=job.public_id, step=then if then in STEP_KEYS else here, anchor="draft"
    )


class Sheet:
    """The editor of a draft, open at one step or at everything; a form that names no step may send all."""

    def __init__(self, job: Job, draft: Disclosure | None, step: str) -> None:
        default = EVERYTHING if request.method == "POST" else STEP_KEYS[0]
        self.job, self.draft = job, draft
        self.step = step if step in {*STEP_KEYS, EVERYTHING} else default
        self.saved = queries.facts_of(draft)
        self.shown = rules.prefilled(self.saved, job.profile)
        groups = [group for one in self.steps for group in one.groups]
        self.form = DisclosureForm(self.shown, draft.version if draft else 0, groups)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps on this page, as they are called where the sums are of this draft's period."""
        steps = catalogue(self.period).steps
        return tuple(one for one in steps if self.step in (one.key, EVERYTHING))

    @property
    def period(self) -> Period:
        return period_of(self.saved)

    @property
    def facts(self) -> Mapping[str, Fact]:
        """What the whole draft says with what is typed here."""
        typed = self.form.facts if self.form.is_submitted() else {}
        return rules.effective({**self.saved, **typed}, self.job.profile)

    def show(self, *, status: int = 200, **context: Any) -> Response:
        """The page, or for htmx what is answered to every pause in typing."""
        return render(
            "disclosures/editor.html",
            fragment="disclosures/_kept.html",
            job=self.job,
            form=self.form,
            sheet=self,
            steps=STEPS,
            after=self._after,
            labels=LABELS,
            may_edit=decide(actor(), Act.EDIT_DISCLOSURE, self.job),
            status=status,
            **self._live(),
            **context,
        )

    def show_both(self) -> Response:
        """What is typed beside what somebody saved meanwhile; the next save is over that."""
        self.form.show_version(self.draft.version if self.draft else 0)
        return self.show(theirs=self.form.differences(self.saved), status=409)

    @property
    def _after(self) -> Step | None:
        """The step that comes next in the guide; none after the last and where everything is shown."""
        later = STEP_KEYS[STEP_KEYS.index(self.step) + 1 :] if self.step in STEP_KEYS else ()
        return next((one for one in STEPS if one.key in later), None)

    def _live(self) -> dict[str, Any]:
        """What the facts add up to, nothing while one of them is refused; and what could be said better."""
        facts = self.facts
        found = None if self.form.refused else sums(facts)
        content = content_of(self.job, facts, found) if found else None
        findings = lint.findings(facts)
        said = {
            key: [one.sentence for one in findings if one.key == key] + _blocks(key, found)
            for key in self.form.rows
        }
        return {
            "refused": self.form.refused,
            "sums": found,
            "completeness": rules.completeness(facts),
            "predictors": rules.predictors(facts),
            "findings": findings,
            "said": said,
            "marked": [key for key, row in self.form.rows.items() if row.errors or said[key]],
            "were_marked": request.form.get("marked", "").split(),
            "reading": Reading(document.numbered(content, 0)) if content else None,
        }


def _blocks(key: str, found: Sums | None) -> list[str]:
    """What stops publication and is mended at this field."""
    mended_at = {"target": "B", "after_hours_pay": "F"}
    blocking = found.blocking if found else []
    return [check.sentence for check in blocking if check.key == mended_at.get(key)]
