"""A file of visits becomes facts of the draft, once somebody has looked at them."""
