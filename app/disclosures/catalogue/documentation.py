"""Documentation: what is written, when, and in whose time."""

from app.disclosures.catalogue.fields import (
    MINUTES,
    Group,
    Predictor,
    Step,
    items,
    minutes,
    minutes_each,
    number,
    one_of,
    percent,
    visits,
    words,
)

UNPAID = "not separately paid"
DOCUMENTED = Predictor.DOCUMENTATION

WRITING = Group(
    key="writing",
    label="Writing",
    hint="Only minutes outside the visit enter the sum; those inside it are treatment time already.",
    fields=(
        minutes_each(
            "evaluation_writing",
            "Writing after an evaluation",
            required=True,
            may_not_apply=True,
            goes_with="evaluations_completed",
            predicts=DOCUMENTED,
        ),
        minutes_each("follow_up_writing", "Writing after a follow-up", required=True, predicts=DOCUMENTED),
        minutes_each("other_writing", "Writing after another visit", goes_with="other_visits"),
        visits("progress_reports", "Progress and discharge reports"),
        minutes_each("report_minutes", "Writing a report", goes_with="progress_reports"),
        number(
            "discharge_minutes",
            "Writing a discharge report",
            "min",
            highest=MINUTES["day"],
            goes_with="progress_reports",
            hint="Where it differs; the sum takes the one above.",
        ),
        words(
            "report_cycle",
            "When reports are due",
            goes_with="progress_reports",
            hint="And how that fits the review of the plan of care.",
        ),
        number(
            "evaluation_inside",
            "Writing during an evaluation",
            "min",
            highest=MINUTES["day"],
            goes_with="evaluations_completed",
        ),
        number("follow_up_inside", "Writing during a follow-up", "min", highest=MINUTES["day"]),
        percent("point_of_care", "Writing expected during the visit", hint="Of visits."),
        words("writing_inside", "Where that does not apply", goes_with="point_of_care"),
        minutes_each(
            "heavy_day_writing", "Writing added on one day of each week", hint="Where the sums are of a day."
        ),
        words("heavy_day", "Which day, in the plural", goes_with="heavy_day_writing", hint="“Fridays”."),
        number(
            "protected_writing",
            "Protected writing time a week",
            "min",
            highest=MINUTES["week"],
            predicts=DOCUMENTED,
        ),
        percent("protected_kept", "Protected time kept in the last 12 weeks", goes_with="protected_writing"),
        minutes(
            "after_hours",
            "Writing after hours",
            in_sum=False,
            predicts=DOCUMENTED,
            hint="Record time outside paid hours, as measured.",
        ),
        one_of(
            "after_hours_pay",
            "Pay for time after hours",
            ("paid at the usual rate", "paid as overtime", UNPAID),
            required=True,
            in_sum=True,
        ),
        words("note_deadline", "When notes are due", required=True, predicts=DOCUMENTED),
        percent("notes_on_time", "Notes on time"),
        items("never_skipped", "Never skipped on a busy day", hint="One a line."),
        items("may_wait", "May wait", hint="One a line, and until when."),
        percent("audit_passed", "Note audits passed", hint="How often they are held goes in the note."),
        words("ai_drafting", "Drafts by AI", hint="Whether it may, with whose consent, and who checks."),
        words("record_system", "Record system", hint="Its name, mobile use, templates, downtime."),
    ),
)

DOCUMENTATION = Step(key="documentation", label="Documentation", groups=(WRITING,))
