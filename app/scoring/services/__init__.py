"""The verbs of scoring: what is done about interviews, and with a scorecard."""

from app.scoring.services.flags import answer_flag
from app.scoring.services.interviews import (
    close_open_assignments,
    move_interview,
    record_outcome,
    replace_interviewer,
    schedule_interview,
    waive,
    withdraw_application,
    withdraw_by_link,
)
from app.scoring.services.moving import move_notes
from app.scoring.services.notes import press_note
from app.scoring.services.scorecards import amend, save_fields, submit_scorecard
from app.scoring.services.ties import declare

__all__ = [
    "amend",
    "answer_flag",
    "close_open_assignments",
    "declare",
    "move_interview",
    "move_notes",
    "press_note",
    "record_outcome",
    "replace_interviewer",
    "save_fields",
    "schedule_interview",
    "submit_scorecard",
    "waive",
    "withdraw_application",
    "withdraw_by_link",
]
