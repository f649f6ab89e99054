"""What a WSGI server loads: `gunicorn wsgi:app`."""

from app import create_app, serving

app = create_app()
serving.check(app)
