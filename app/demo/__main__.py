"""`python -m app.demo`: builds the demo's own database, says where it is served, and serves it."""

import argparse
import hashlib
import sys
import time
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from werkzeug.serving import make_server

from app import create_app, serving
from app.core.config import Settings
from app.core.db import db
from app.core.schema import migratable
from app.demo import build, views
from app.web import guard

ROOT = Path(__file__).parents[2]
STATE = ROOT / ".state"
MADE_FROM = ("app", "migrations", "reports", "scenarios")


def fingerprint() -> str:
    """A digest of the code that makes the demo, so that an older database is made anew."""
    found = hashlib.sha256()
    for folder in MADE_FROM:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in {".py", ".yaml"}:
                found.update(path.read_bytes())
    return found.hexdigest()[:16]


def with_personas(app: Flask) -> Flask:
    """Offer each person of the demo by one click; no other configuration ever does."""
    app.register_blueprint(views.bp)
    guard.check_routes(app)
    return app


def prepare(*, fresh: bool) -> tuple[Flask, float]:
    """The application over the demo's database, built unless today's is there, and the seconds it took."""
    STATE.mkdir(exist_ok=True)
    path = STATE / f"demo-{time.strftime('%Y%m%d')}-{fingerprint()}.sqlite3"
    app = with_personas(create_app(Settings(mode="demo", database_url=f"sqlite:///{path}")))
    started = time.monotonic()
    if fresh or not path.exists():
        for old in STATE.glob("demo-*.sqlite3*"):
            old.unlink()
        draft = path.with_suffix(".building")
        draft.unlink(missing_ok=True)
        building = migratable(create_app(Settings(mode="demo", database_url=f"sqlite:///{draft}")))
        with building.app_context():
            upgrade()
            build.everything()
            db.session.commit()
            db.session.remove()
            db.engine.dispose()
        draft.rename(path)
    return app, time.monotonic() - started


def main() -> int:
    """Build when needed, then serve until interrupted."""
    parser = argparse.ArgumentParser(prog="python3 run.py demo", description=__doc__)
    parser.add_argument("--port", type=int, default=8000, help="the port on this machine (default: 8000)")
    parser.add_argument("--fresh", action="store_true", help="forget what was clicked and build it anew")
    options = parser.parse_args()
    app, seconds = prepare(fresh=options.fresh)
    serving.check(app)
    try:
        server = make_server("127.0.0.1", options.port, app, threaded=True)
    except (OSError, SystemExit):
        print(f"Port {options.port} is in use; try --port {options.port + 1}.", file=sys.stderr)
        return 1
    print(f"The demo's data took {seconds:.1f} s.")
    print(f"Evenhand demo: http://127.0.0.1:{options.port}", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print("\nThe demo has stopped.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
