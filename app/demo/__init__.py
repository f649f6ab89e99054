"""The demo: invented people who use the services as real ones would, in a database file of their own."""
