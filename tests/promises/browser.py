"""A browser of one interviewer that speaks to a real server; of a request it knows one of three outcomes."""

import http.client
import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from tests.promises.site import Seat

COOKIE = re.compile(r"((?:__Host-)?form)=([^;]+)")
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    location: str
    body: str

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Browser:
    """`send` answers None when it is not known whether the request was carried out."""

    def __init__(self, port: int, seat: Seat, *, seconds: float = 30) -> None:
        self.seat, self._port, self._seconds = seat, port, seconds
        self._cookies = {"__Host-evenhand": seat.token, "evenhand": seat.token}
        self._csrf = ""
        self._connection: http.client.HTTPConnection | None = None

    def twin(self) -> "Browser":
        """Another window of the same browser, with a connection of its own."""
        other = Browser(self._port, self.seat, seconds=self._seconds)
        other._cookies, other._csrf = dict(self._cookies), self._csrf
        return other

    def close(self) -> None:
        """Leave; the next request connects anew."""
        if self._connection:
            self._connection.close()
        self._connection = None

    def get(self, path: str) -> Answer | None:
        """Fetch a page, and keep what its forms need."""
        answer = self._ask("GET", path)
        if answer and (found := TOKEN.search(answer.body)):
            self._csrf = found[1]
        return answer

    def post(self, path: str, data: dict[str, Any], *, cut: bool = False) -> Answer | None:
        """Send a form; one that is cut is sent whole, and its answer is never read."""
        return self._ask("POST", path, urlencode({**data, "csrf_token": self._csrf}, doseq=True), cut=cut)

    def _ask(self, method: str, path: str, body: str | None = None, *, cut: bool = False) -> Answer | None:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            if self._connection is None:
                self._connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=self._seconds)
            self._connection.request(method, path, body, headers)
            if cut:
                self.close()
                return None
            response = self._connection.getresponse()
            text = response.read().decode()
        except (OSError, http.client.HTTPException):
            self.close()
            return None
        for cookie in response.headers.get_all("Set-Cookie", []):
            if found := COOKIE.match(cookie):
                self._cookies[found[1]] = found[2]
        return Answer(response.status, response.headers.get("Location", ""), text)


def bases(page: str) -> dict[str, int]:
    """How often each field had been saved when the page was made."""
    pairs = (pair.rpartition(":") for pair in hidden(page, "bases").split())
    return {name: int(count) for name, _, count in pairs}


def hidden(page: str, name: str) -> str:
    """What a hidden field of a page holds."""
    found = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    assert found, f"no field {name}"
    value = re.search(r'value="([^"]*)"', found[0])
    return value[1] if value else ""
