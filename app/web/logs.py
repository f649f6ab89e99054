"""Structured logs: one JSON line a request, with its id; no token, no query string, nothing people typed."""

import json
import secrets
import sys
import time
from typing import Any

import structlog
from flask import Flask, Response, g, request
from flask.ctx import has_request_context

log: Any = structlog.get_logger("evenhand")
HEADER = "X-Request-ID"
_encode = json.JSONEncoder(default=repr).encode


def configure(*, human: bool) -> None:
    """JSON lines on standard error; plain lines for a person in development."""
    renderer = structlog.dev.ConsoleRenderer() if human else structlog.processors.JSONRenderer(_in_json)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def _in_json(event: dict[str, Any], **_: Any) -> str:
    """One line of JSON, by an encoder that is made once and not for each line."""
    return _encode(event)


def request_id() -> str:
    """The id of this request, printed on the error page and in the log."""
    found: str = getattr(g, "request_id", "") if has_request_context() else ""
    return found


def refused(reason: str) -> None:
    """A denied request, for whoever watches for probing."""
    log.warning("request.refused", request_id=request_id(), endpoint=request.endpoint, reason=reason)


def crashed(error: Exception) -> None:
    """An error nobody foresaw, with its traceback."""
    log.error("request.crashed", request_id=request_id(), endpoint=request.endpoint, exc_info=error)


def new_id() -> str:
    """An id for a request."""
    return secrets.token_hex(6)


def answered(number: str, *, method: str, endpoint: str | None, status: int, began: float) -> None:
    """A request that was answered, by its id, with when it began on the clock of `time.perf_counter`."""
    log.info(
        "request.answered",
        request_id=number,
        method=method,
        endpoint=endpoint,
        status=status,
        milliseconds=round((time.perf_counter() - began) * 1000, 1),
    )


def init(app: Flask) -> None:
    """Give each request an id and log it when it is answered."""

    @app.before_request
    def begin() -> None:
        g.request_id, g.began = new_id(), time.perf_counter()

    @app.after_request
    def finish(response: Response) -> Response:
        response.headers[HEADER] = request_id()
        answered(
            request_id(),
            method=request.method,
            endpoint=request.endpoint,
            status=response.status_code,
            began=g.began,
        )
        return response

    app.jinja_env.globals["request_id"] = request_id
