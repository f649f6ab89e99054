"""Security headers on every answer, errors and static files included: outermost, at the WSGI door."""

from collections.abc import Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
OVER_HTTPS = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}


class SecurityHeaders:
    """WSGI middleware that adds each header unless the answer already carries its own."""

    def __init__(self, wrapped: WSGIApplication, *, https: bool) -> None:
        self._wrapped = wrapped
        found = {**ALWAYS, **(OVER_HTTPS if https else {})}
        self._headers = [(name.lower(), (name, value)) for name, value in found.items()]

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            present = {name.lower() for name, _ in headers}
            missing = [pair for name, pair in self._headers if name not in present]
            if "server" in present:
                headers = [pair for pair in headers if pair[0].lower() != "server"]
            return start_response(status, headers + missing, exc_info)

        return self._wrapped(environ, start)
