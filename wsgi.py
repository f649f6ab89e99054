"""What a WSGI server loads: `gunicorn wsgi:app`."""

import gc

gc.disable()  # What is loaded stays for good; looking for garbage meanwhile would take a sixth of the start.

from app import create_app, serving  # noqa: E402 (see above)

app = create_app()
serving.check(app)

gc.freeze()  # Nor is it looked through again later, while pages are made.
gc.set_threshold(20_000, 20, 20)  # A page makes thousands of things, and nearly all of them go by themselves.
gc.enable()
