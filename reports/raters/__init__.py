"""Raters: how severe they are, their habits, their drift, and how near they come to gold scores."""
