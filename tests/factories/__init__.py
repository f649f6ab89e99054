"""Plain functions that build what a test needs through the services, so that no test has what the product cannot make."""
