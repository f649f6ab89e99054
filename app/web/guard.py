"""The guard at the HTTP edge: a view declares its act, and the guard verifies that the policy was asked."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, request

from app import policy
from app.policy import Act

View = TypeVar("View", bound=Callable[..., Any])


class Unguarded(RuntimeError):
    """A route declares no act, or answered without asking the policy about the act it declares."""


def acts(*declared: Act) -> Callable[[View], View]:
    """Declare the acts a view is about; every answer below 400 must have asked about one of them."""

    def mark(view: View) -> View:
        view.acts = frozenset(declared)  # type: ignore[attr-defined]  # a function may carry marks
        return view

    return mark


def public(view: View) -> View:
    """Declare that a view is open to anyone: it shows nothing that belongs to anybody."""
    view.acts = frozenset()  # type: ignore[attr-defined]  # a function may carry marks
    return view


def declared(app: Flask, endpoint: str) -> frozenset[Act]:
    """The acts an endpoint declares; empty for a public one."""
    found: frozenset[Act] = getattr(app.view_functions[endpoint], "acts")  # noqa: B009 (set by a decorator)
    return found


def check_routes(app: Flask) -> None:
    """Stop the boot when a route declares neither its act nor that it is public."""
    bare = [
        f"{rule.rule} ({rule.endpoint})"
        for rule in app.url_map.iter_rules()
        if not hasattr(app.view_functions[rule.endpoint], "acts")
    ]
    if bare:
        raise Unguarded(f"These routes declare no act; add @acts(...) or @public: {', '.join(bare)}")


def verify(app: Flask, response: Response) -> None:
    """Raise Unguarded when the answer succeeded without the policy having been asked about a declared act."""
    endpoint = request.endpoint
    if response.status_code >= 400 or endpoint is None:
        return
    expected = declared(app, endpoint)
    if not expected or expected & policy.asked():
        return
    if request.method != "OPTIONS":  # Flask answers that by itself, from the address alone.
        names = ", ".join(sorted(expected))
        raise Unguarded(f"{endpoint} answered {response.status_code} without asking about {names}.")


def needs_sign_in(app: Flask, endpoint: str) -> bool:
    """Whether an endpoint is only for signed-in people: the policy says so for every act it declares."""
    found = declared(app, endpoint)
    return bool(found) and all(policy.needs_sign_in(act) for act in found)
