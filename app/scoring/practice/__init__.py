"""Practice: a scorecard on a written answer, kept apart from candidates and seen by nobody but its author."""
