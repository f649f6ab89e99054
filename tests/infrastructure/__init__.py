"""What the tests stand on that knows nothing of the app: a real PostgreSQL, a real browser."""
