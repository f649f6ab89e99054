"""Signing in and out, invitations, people, and the employer's profile."""

from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from app.core.errors import Invalid
from app.identity import queries, services, sessions
from app.identity.forms import EmployerForm, FindPeople, InviteForm, PasswordForm, SignInForm, SiteForm
from app.policy import Act, check
from app.web import cookies
from app.web.guard import acts, public
from app.web.paging import page_number
from app.web.render import arrived, render, see_other
from app.web.verbs import chosen
from app.web.viewer import actor

bp = Blueprint("identity", __name__, template_folder="templates")


def _own_address(target: str) -> str:
    """The address to go to after signing in: one of ours, by the URL map, else the first page."""
    home = url_for("overview.today")
    if not target.startswith("/") or target.startswith(("//", "/\\")):
        return home
    adapter = current_app.create_url_adapter(request)
    path = target.split("?", 1)[0]
    try:
        if adapter is not None:
            adapter.match(path, method="GET")
    except (HTTPException, RequestRedirect):
        return home
    return target


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> Response:
    form = SignInForm(next=request.args.get("next", ""))
    tries = f"sign-in {(form.email.data or '').lower()[:254]} {request.remote_addr}"
    if request.method == "POST":
        sessions.count_try(tries)
    if form.validate_on_submit():
        try:
            token = services.sign_in(email=form.email.data or "", password=form.password.data or "")
        except Invalid as error:
            form.refuse(error)
        else:
            sessions.forgive(tries)
            return cookies.give(arrived("signed-in", at=_own_address(form.next.data or "")), token)
    return render(
        "identity/sign_in.html",
        fragment="identity/_sign_in.html",
        form=form,
        status=422 if form.is_submitted() else 200,
    )


@bp.post("/sign-out")
@acts(Act.USE_ACCOUNT)
def sign_out() -> Response:
    services.sign_out(actor(), cookies.token() or "")
    response = cookies.take_back(see_other("identity.sign_in"))
    # Not "storage": what was typed offline waits there, encrypted, for its author to come back.
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@bp.route("/invitations/<token>", methods=["GET", "POST"])
@public
def invitation(token: str) -> Response:
    if request.method == "POST":
        sessions.count_try(f"invitation {request.remote_addr}")
    found = queries.get_invitation(token)
    form = PasswordForm()
    if form.validate_on_submit():
        try:
            person = services.accept_invitation(found, password=form.password.data or "")
        except Invalid as error:
            form.refuse(error)
        else:
            return cookies.give(see_other("overview.today"), services.begin_session(person))
    return render(
        "identity/invitation.html", form=form, person=found.person, status=422 if form.is_submitted() else 200
    )


@bp.post("/account/theme")
@acts(Act.USE_ACCOUNT)
def theme() -> Response:
    services.choose_theme(actor(), request.form.get("theme", ""))
    # The browser says where it was, so that no page has to carry its own address.
    came_from = urlsplit(request.referrer or "")
    before = came_from._replace(scheme="", netloc="", fragment="").geturl()
    return Response(status=303, headers={"Location": _own_address(before)})


def _people_page(form: InviteForm, *, status: int = 200, link: str = "", invited: str = "") -> Response:
    finder = FindPeople.asked()
    found, shown = queries.found_people(page_number(), **finder.chosen)
    return render(
        "identity/people.html",
        people=found,
        shown=shown,
        finder=finder,
        form=form,
        link=link,
        invited=invited,
        status=status,
    )


@bp.route("/people", methods=["GET", "POST"])
@acts(Act.SEE_PEOPLE)
def people() -> Response:
    check(actor(), Act.SEE_PEOPLE)
    form = InviteForm()
    if form.validate_on_submit():
        try:
            person, token = services.invite(
                actor(),
                name=form.name.data or "",
                email=form.email.data or "",
                roles=form.chosen,
            )
        except Invalid as error:
            form.refuse(error)
        else:
            link = url_for("identity.invitation", token=token, _external=True)
            return _people_page(InviteForm(formdata=None), link=link, invited=person.name)
    return _people_page(form, status=422 if form.is_submitted() else 200)


@bp.route("/employer", methods=["GET", "POST"])
@acts(Act.EDIT_EMPLOYER)
def employer() -> Response:
    check(actor(), Act.EDIT_EMPLOYER)
    profile = queries.get_employer()
    verb = chosen("save", "add-site") if request.method == "POST" else ""
    form = (
        EmployerForm(request.form, obj=profile) if verb == "save" else EmployerForm(None, obj=profile).begin()
    )
    site_form = SiteForm(request.form if verb == "add-site" else None, time_zone=profile.time_zone)
    try:
        if verb == "save" and form.validate():
            services.change_employer(actor(), profile, version=form.version.data or 0, values=form.values)
            return see_other("identity.employer")
        if verb == "add-site" and site_form.validate():
            services.add_site(actor(), **site_form.values)
            return see_other("identity.employer")
    except Invalid as error:
        (form if verb == "save" else site_form).refuse(error)
    return render(
        "identity/employer.html",
        form=form,
        site_form=site_form,
        sites=queries.all_sites(),
        status=422 if verb else 200,
    )
