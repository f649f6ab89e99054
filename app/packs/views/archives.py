"""A pack that arrives as one zip, after a dry run, or leaves as one."""

from flask import Response, make_response, request

from app.packs import services
from app.packs.forms import CarriedForm, ZipForm
from app.packs.services import DryRun
from app.packs.views.blueprint import bp
from app.policy import Act, check
from app.web.guard import acts
from app.web.render import render, see_other
from app.web.uploads import takes
from app.web.verbs import chosen
from app.web.viewer import actor
from scenarios.archive import MAX_ARCHIVE, pack_up

# The largest zip as text of base64 and the rest of the form, or a zip that is found to be too large.
LARGEST_REQUEST = 2 * MAX_ARCHIVE


@bp.route("/packs/import", methods=["GET", "POST"])
@acts(Act.IMPORT_PACK)
@takes(LARGEST_REQUEST)
def intake() -> Response:
    check(actor(), Act.IMPORT_PACK)
    if request.method == "GET":
        return _page(ZipForm())
    if chosen("check", "import") == "import":
        return _import(CarriedForm())
    form = ZipForm()
    return _dry_run(*form.given) if form.validate() else _page(form, status=422)


@bp.get("/packs/<name:pack>/zip")
@acts(Act.SEE_PACKS)
def export(pack: str) -> Response:
    check(actor(), Act.SEE_PACKS)
    response = make_response(pack_up(services.export_pack(pack)))
    response.mimetype = "application/zip"
    response.headers.set("Content-Disposition", "attachment", filename=f"{pack}.zip")
    return response


def _import(form: CarriedForm) -> Response:
    """Look again, because packs may have come since the dry run; then take everything or nothing."""
    pack = services.look_into(*form.given).importable
    if pack is None:
        return _dry_run(*form.given)
    services.bring_in(actor(), pack)
    return see_other("packs.index", anchor=f"pack-{pack.id}")


def _dry_run(data: bytes, name: str) -> Response:
    found = services.look_into(data, name)
    status = 422 if found.refusals else 409 if found.is_refused else 200
    return _page(ZipForm(formdata=None), found, CarriedForm.of(data, name), status=status)


def _page(
    form: ZipForm, dry_run: DryRun | None = None, carried: CarriedForm | None = None, *, status: int = 200
) -> Response:
    return render("packs/import.html", form=form, dry_run=dry_run, carried=carried, status=status)
