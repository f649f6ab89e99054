"""Joining the team, and how stable it is."""

from app.disclosures.catalogue.fields import Field, Group, Predictor, Step, number, percent, words

FIRST_MONTHS = Group(
    key="joining",
    label="Joining",
    hint="What good is at 30, 60 and 90 days comes from the job.",
    fields=(
        Field(
            key="ramp",
            label="The way to a full load",
            unit="%",
            kind="ramp",
            predicts=Predictor.MENTORING,
            hint="One step a line, in percent of a full load: “week 1: 30”. It never falls.",
        ),
        number("orientation_days", "Orientation", "days", highest=365),
        number(
            "mentor",
            "Mentor time a week",
            "min",
            highest=7 * 24 * 60,
            predicts=Predictor.MENTORING,
        ),
        words(
            "mentor_terms",
            "Who mentors, and until when",
            goes_with="mentor",
            predicts=Predictor.MENTORING,
        ),
        number("ce_money", "Continuing education, money a year", "$", highest=100_000),
        number("ce_hours", "Continuing education, paid hours a year", "h"),
        words(
            "shadow_visit", "Seeing the place first", hint="Whether a visit is offered, and on which days."
        ),
        number("license_weeks", "License lead time", "weeks", highest=104, hint="A range alone is enough."),
        words("temporary_permit", "Temporary permit and compact", hint="State by state, as it is today."),
        number("credentialing_weeks", "Credentialing", "weeks", highest=104),
    ),
)

STABILITY = Group(
    key="team",
    label="Team",
    hint="Who stays, who is missing, and who steps in.",
    fields=(
        percent("vacancy", "Vacant posts", hint="The full-time posts go in the note."),
        percent("departures", "Left in 12 months", hint="How many of how many goes in the note."),
        number("tenure", "Median tenure", "years", highest=60),
        percent("prn_share", "Work done by PRN staff", hint="And how posts are filled: OT, OTA, per diem."),
        words("leave_cover", "When somebody is away", hint="Who covers, and how the caseload moves."),
        words("surprises", "What newcomers were surprised by"),
        words("redone", "What the team keeps redoing", hint="Said by a colleague in the job."),
        words("growth", "Growth that is planned", hint="How much, from when, and what would stop it."),
    ),
)

TEAM = Step(key="team", label="Joining and team", groups=(FIRST_MONTHS, STABILITY))
