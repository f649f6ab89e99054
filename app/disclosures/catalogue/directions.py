"""In which direction a number is worse for whoever takes the job; where it is neither, it is not listed."""

HEAVIER = frozenset(
    # The schedule, and who comes.
    {"evenings", "weekend_days", "on_call", "schedule_changes", "float_share", "unpaid_break"}
    | {"caseload", "visits_booked", "visits_completed", "evaluations_booked", "evaluations_completed"}
    | {"other_visits", "other_visits_booked", "group_share", "double_booking", "add_ons"}
    # What is expected, and what is written.
    | {"target", "productivity", "points_required", "evaluation_writing", "follow_up_writing"}
    | {"other_writing", "progress_reports", "report_minutes", "discharge_minutes", "heavy_day_writing"}
    | {"after_hours", "point_of_care"}
    # What goes on beside patients.
    | {"supervision_ratio", "supervision_answer", "supervision_given", "supervised", "co_sign"}
    | {"authorization_share", "authorization", "denials", "acuity", "meetings", "coordination"}
    | {"travel", "miles", "license_weeks", "credentialing_weeks", "vacancy", "departures"}
)
LIGHTER = frozenset(
    {"schedule_notice", "buffer", "paid_breaks", "protected_writing", "protected_kept"}
    | {"supervision_received", "supervision_on_site", "mentor", "orientation_days", "ce_money", "ce_hours"}
    | {"aide_hours", "desk_hours", "authorization_hours", "billing_hours", "interpreter_hours"}
    | {"lift_hours", "remote_hours", "tenure"}
)
