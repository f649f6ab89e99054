"""The smallest client of a server on this machine: one connection that is kept, and as little work as can be.

What a client takes counts on both sides of a ratio and makes it kinder, so it takes next to nothing.
"""

import re
import socket
import time
from dataclasses import dataclass
from urllib.parse import urlencode

LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)
COOKIE = re.compile(rb"\r\nset-cookie: ([^=]+)=([^;]*)", re.IGNORECASE)

IDLE_SECONDS = 30  # gunicorn keeps a connection for 75.


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    head: bytes
    body: bytes


class Wire:
    """A browser with its cookies."""

    def __init__(self, port: int, cookies: dict[str, str] | None = None) -> None:
        self._port, self._cookies = port, dict(cookies or {})
        self._connect()

    def _connect(self) -> None:
        self._socket = socket.create_connection(("127.0.0.1", self._port), timeout=60)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._used = time.monotonic()

    def get(self, path: str) -> Answer:
        """Fetch a page."""
        return self.send(self.request("GET", path))

    def post(self, path: str, form: dict[str, str]) -> Answer:
        """Send a form."""
        return self.send(self.request("POST", path, form))

    def request(self, method: str, path: str, form: dict[str, str] | None = None) -> bytes:
        """The bytes of a request."""
        body = urlencode(form or {}).encode()
        lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1"]
        lines += [f"Cookie: {'; '.join(f'{name}={value}' for name, value in self._cookies.items())}"]
        if form is not None:
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        return "\r\n".join([*lines, "", ""]).encode() + body

    def send(self, request: bytes) -> Answer:
        """Send a request and read its whole answer; a connection the server may have left is made anew."""
        if time.monotonic() - self._used > IDLE_SECONDS:
            self.close()
            self._connect()
        self._socket.sendall(request)
        found = b""
        while b"\r\n\r\n" not in found:
            found += self._read()
        head, _, body = found.partition(b"\r\n\r\n")
        length = LENGTH.search(head)
        left = (int(length[1]) if length else 0) - len(body)
        pieces = [body]
        while left > 0:
            pieces.append(self._read())
            left -= len(pieces[-1])
        for name, value in COOKIE.findall(head):
            self._cookies[name.decode()] = value.decode()
        self._used = time.monotonic()
        return Answer(int(head[9:12]), head, b"".join(pieces))

    def _read(self) -> bytes:
        found = self._socket.recv(65536)
        if not found:
            raise ConnectionError("The server hung up.")
        return found

    @property
    def port(self) -> int:
        """The port at this end."""
        found: int = self._socket.getsockname()[1]
        return found

    def again(self) -> None:
        """Leave and come back, and be answered once: any of the server's processes may take the newcomer."""
        self.close()
        self._connect()
        self.get("/healthz")

    def close(self) -> None:
        """Leave."""
        self._socket.close()
