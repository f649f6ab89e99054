"""Drafts of scenarios: begun as a copy, edited, previewed, compared with their origin, published."""

import uuid
from functools import partial
from typing import Any

from flask import Response, request

from app.core.errors import Conflict, Invalid, NotFound
from app.packs import queries
from app.packs.drafts import forms
from app.packs.drafts import services as drafts
from app.packs.drafts.forms import PublishForm, StartForm
from app.packs.models import ScenarioDraft, ScenarioVersion
from app.packs.views.blueprint import bp
from app.policy import Act, check, decide
from app.web.guard import acts
from app.web.htmx import wants_fragment
from app.web.render import render, see_other
from app.web.verbs import chosen
from app.web.viewer import actor
from scenarios import Level, competency_library
from scenarios.comparing import compare
from scenarios.editing import counts_of, texts_of, words_in
from scenarios.fields import COUNT, LEVELS, ROW_NAMES, ROWS, SECTIONS, minimum_of
from scenarios.reviewing import places_of

bp.add_app_template_filter(forms.id_of, "place_id")

# Where the buttons of the editor go on to after saving.
AFTER = {"preview": "packs.preview", "difference": "packs.draft_difference", "publish": "packs.publication"}


@bp.route("/scenarios/<uuid:scenario_id>/copy", methods=["GET", "POST"])
@acts(Act.START_DRAFT)
def copy(scenario_id: uuid.UUID) -> Response:
    """Begin a draft on a version."""
    check(actor(), Act.START_DRAFT)
    version = queries.get_version(scenario_id)
    form = StartForm()
    if form.validate_on_submit():
        try:
            draft = drafts.start(actor(), version, key=form.chosen_key)
        except Invalid as error:
            form.refuse(error)
        else:
            return see_other("packs.draft", draft_id=draft.public_id)
    return render(
        "packs/draft_start.html",
        version=version,
        form=form,
        drafts=[one for one in queries.open_drafts(actor()) if one.origin_id == version.id],
        status=422 if form.is_submitted() else 200,
    )


@bp.get("/drafts/<uuid:draft_id>")
@acts(Act.SEE_DRAFT)
def draft(draft_id: uuid.UUID) -> Response:
    """The editor."""
    found = queries.get_draft(actor(), draft_id)
    return render("packs/draft.html", **_around(found), **_editor(found))


@bp.post("/drafts/<uuid:draft_id>")
@acts(Act.CHANGE_DRAFT)
def save_draft(draft_id: uuid.UUID) -> Response:
    """Keep what the editor sent, and go on to what was pressed; htmx is told what is left to mend."""
    found = queries.get_draft(actor(), draft_id)
    typed = forms.typed(found)
    try:
        drafts.save(actor(), found, version=typed.version, texts=typed.texts)
    except Conflict:
        return _two_texts(found, typed.texts)
    if wants_fragment():
        return render("packs/draft.html", fragment="packs/_draft_saved.html", **_around(found))
    then = request.form.get("then", "")
    if then in AFTER:
        return see_other(AFTER[then], draft_id=found.public_id)
    texts, anchor = forms.with_rows_changed(typed.texts, then)
    drafts.save(actor(), found, version=found.version, texts=texts)
    return see_other("packs.draft", draft_id=found.public_id, anchor=anchor or "saved")


@bp.get("/drafts/<uuid:draft_id>/preview")
@acts(Act.SEE_DRAFT)
def preview(draft_id: uuid.UUID) -> Response:
    """The draft as interviewers would read it."""
    found = queries.get_draft(actor(), draft_id)
    names = {code: one.name for code, one in competency_library().items()}
    return render("packs/draft_preview.html", **_around(found), names=names, levels=list(Level))


@bp.get("/drafts/<uuid:draft_id>/difference")
@acts(Act.SEE_DRAFT)
def draft_difference(draft_id: uuid.UUID) -> Response:
    """What a draft changes in its origin."""
    found = queries.get_draft(actor(), draft_id)
    changes = compare(texts_of(queries.scenario_of(found.origin)), found.texts)
    return render("packs/draft_difference.html", draft=found, version=None, changes=changes)


@bp.get("/scenarios/<uuid:scenario_id>/difference")
@acts(Act.SEE_PACKS)
def difference(scenario_id: uuid.UUID) -> Response:
    """What a published version changed in the version it is based on."""
    check(actor(), Act.SEE_PACKS)
    version = queries.get_version(scenario_id)
    behind = queries.draft_behind(version)
    if behind is None:
        raise NotFound
    changes = compare(_texts(behind.origin), _texts(version))
    return render("packs/draft_difference.html", draft=behind, version=version, changes=changes)


@bp.get("/drafts/<uuid:draft_id>/publication")
@acts(Act.SEE_DRAFT)
def publication(draft_id: uuid.UUID) -> Response:
    """What publishing will do, or what has to be mended first."""
    found = queries.get_draft(actor(), draft_id)
    return _publication(found, PublishForm(formdata=None, version=found.version))


@bp.post("/drafts/<uuid:draft_id>/publication")
@acts(Act.PUBLISH_DRAFT, Act.DISCARD_DRAFT, Act.SEE_DRAFT)
def settle_draft(draft_id: uuid.UUID) -> Response:
    """Publish the draft, or discard it."""
    found = queries.get_draft(actor(), draft_id)
    return _publish(found) if chosen("publish", "discard") == "publish" else _discard(found)


def _publish(found: ScenarioDraft) -> Response:
    form = PublishForm()
    if form.validate():
        try:
            version = drafts.publish(
                actor(), found, version=form.version.data or 0, note=form.note.data or ""
            )
        except Invalid as error:
            form.refuse(error)
        else:
            return see_other("packs.scenario", scenario_id=version.public_id)
    return _publication(found, form, status=422)


def _discard(found: ScenarioDraft) -> Response:
    drafts.discard(actor(), found)
    return see_other("packs.scenario", scenario_id=found.origin.public_id)


# Pages ------------------------------------------------------------------------------------------------------


def _texts(version: ScenarioVersion) -> dict[str, str]:
    return texts_of(queries.scenario_of(version))


def _around(found: ScenarioDraft) -> dict[str, Any]:
    prepared = drafts.prepare(found)
    return {
        "draft": found,
        "texts": found.texts,
        "prepared": prepared,
        "findings": prepared.findings,
        "scenario": prepared.review.scenario,
        "places_to_mend": [place for place in places_of(found.texts) if place not in drafts.PLACE]
        + (list(drafts.PLACE) if found.is_new_scenario else []),
        "may_change": decide(actor(), Act.CHANGE_DRAFT, found),
    }


def _editor(found: ScenarioDraft) -> dict[str, Any]:
    texts = found.texts
    return {
        "sections": SECTIONS,
        "rows": ROWS,
        "names": ROW_NAMES,
        "counts": counts_of(texts),
        "seniorities": LEVELS,
        "count_fields": COUNT,
        "minimum_of": minimum_of,
        "competencies": [(code, f"{code} {one.name}") for code, one in competency_library().items()],
        "codes_offered": partial(forms.codes_offered, texts),
        "options_of": forms.options_of,
        "words_in": words_in,
        "editions": queries.latest_editions() if found.is_new_scenario else (),
        "place": drafts.PLACE,
    }


def _two_texts(found: ScenarioDraft, mine: dict[str, str]) -> Response:
    """Both texts of every field that was saved otherwise meanwhile; nothing is overwritten."""
    return render(
        "packs/draft_conflict.html",
        fragment="packs/_draft_stale.html",
        draft=found,
        mine=mine,
        clashes=forms.clashes(mine, found.texts),
        status=409,
    )


def _publication(found: ScenarioDraft, form: PublishForm, *, status: int = 200) -> Response:
    return render(
        "packs/draft_publication.html",
        **_around(found),
        form=form,
        may_publish=decide(actor(), Act.PUBLISH_DRAFT, found),
        may_discard=decide(actor(), Act.DISCARD_DRAFT, found),
        status=status,
    )
