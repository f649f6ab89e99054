"""The barest server of a document: a Flask view that returns its bytes from memory, in which nothing happens.

`FLOOR_BYTES` names the file with the bytes, which are read once.
"""

import os
from pathlib import Path

from flask import Flask, Response

app = Flask(__name__, static_folder=None)
BYTES = Path(os.environ["FLOOR_BYTES"]).read_bytes()


@app.get("/document")
def document() -> Response:
    """The bytes."""
    return Response(BYTES, mimetype="text/html")


@app.get("/healthz")
def healthz() -> str:
    """Whether it answers."""
    return "ok"
