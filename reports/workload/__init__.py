"""The minutes of a working week."""
