"""The only door to scorecards, ratings, notes, and the state of other people's assignments.

`own` reads what the actor wrote, `seats` who sits where, `panel` what a panel wrote once it is open to the
viewer, and `board` what the lists of Today and of a job may say. A structural test forbids these selects to
every other module.
"""

from app.scoring.queries.board import board, in_group, my_open_scorecards, my_scorecards, my_work
from app.scoring.queries.meeting import loops_begun, numbers_by_loop, of_loop
from app.scoring.queries.own import (
    content_of,
    get_own_scorecard,
    known_sequences,
    lock,
    other_open_scorecards,
    removed_notes,
    revisions_of,
    saved_by,
    saved_fields,
    saved_fields_of,
    shape_of,
    shape_of_stage,
    texts_at,
)
from app.scoring.queries.panel import (
    amendments_of,
    get_flag,
    panel_scores,
    panels,
    rating_rows,
)
from app.scoring.queries.seats import (
    Met,
    assignment_sight,
    criteria_by_code,
    get_assignment,
    get_interview,
    interviews_of,
    latest_attempt,
    loop_of,
    loop_to_prepare_for,
    met_by,
    open_assignments_in,
    owed_by,
    sealed_jobs,
    seat,
    seats_of,
    sight,
    team_of,
)
from app.scoring.queries.waiting import ready_for_debrief

__all__ = [
    "Met",
    "amendments_of",
    "assignment_sight",
    "board",
    "content_of",
    "criteria_by_code",
    "get_assignment",
    "get_flag",
    "get_interview",
    "get_own_scorecard",
    "in_group",
    "interviews_of",
    "known_sequences",
    "latest_attempt",
    "lock",
    "loop_of",
    "loop_to_prepare_for",
    "loops_begun",
    "met_by",
    "my_open_scorecards",
    "my_scorecards",
    "my_work",
    "numbers_by_loop",
    "of_loop",
    "open_assignments_in",
    "other_open_scorecards",
    "owed_by",
    "panel_scores",
    "panels",
    "rating_rows",
    "ready_for_debrief",
    "removed_notes",
    "revisions_of",
    "saved_by",
    "saved_fields",
    "saved_fields_of",
    "sealed_jobs",
    "seat",
    "seats_of",
    "shape_of",
    "shape_of_stage",
    "sight",
    "team_of",
    "texts_at",
]
