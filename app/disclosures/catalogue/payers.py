"""Payers and patients: who pays, what that asks for, and who comes."""

from app.disclosures.catalogue.fields import Group, Predictor, Step, minutes, mix, percent, words

PAID_BY = Group(
    key="payers",
    label="Payers",
    hint="And the work they make.",
    fields=(
        mix("payer_mix", "Payers", hint="One a line with its share: “Medicare 34”. Together 100."),
        percent("authorization_share", "People who need an authorization"),
        minutes("authorization", "Authorizations"),
        words("visit_limits", "Visit limits"),
        percent("denials", "Denials"),
        words("denials_worked", "Who works denials"),
        words("eligibility", "Who checks coverage", hint="And how many are checked before the first visit."),
        words("intake", "Who completes intake"),
    ),
)

PATIENTS = Group(
    key="patients",
    label="Patients",
    hint="Who comes, and how much they need.",
    fields=(
        mix(
            "case_mix",
            "Main conditions",
            predicts=Predictor.PATIENTS,
            hint="One a line with its share: “Hand 55”. Together 100.",
        ),
        percent(
            "acuity",
            "People with high acuity",
            predicts=Predictor.PATIENTS,
            hint="What counts as high goes in the note.",
        ),
        words("ages", "Ages"),
        words("new_to_you", "Most likely new to you", hint="And who teaches it."),
        words("referrals", "Where people come from", hint="And how soon a referrer is answered."),
    ),
)

PAYERS = Step(key="payers", label="Payers and patients", groups=(PAID_BY, PATIENTS))
