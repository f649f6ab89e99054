"""Plain functions that build through the services, so that no test has what the product cannot make."""
