"""Drafts of scenarios: what their pages take, and what is done with them."""
