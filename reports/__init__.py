"""What can be said about ratings and about a working week: a pure library, usable without the application."""
