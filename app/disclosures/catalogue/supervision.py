"""Supervision: received and given, how it is rather than how it should be, and what the state says."""

from app.disclosures.catalogue.fields import Group, Predictor, Step, minutes, number, one_of, percent, words
from scenarios import Role

OTA = frozenset({Role.OTA})
RECEIVED = "supervision_received"
GIVEN = "supervision_given"

SUPERVISED = Group(
    key="supervision",
    label="Supervision",
    hint="As it is in practice; the state's rule stands beside it.",
    fields=(
        minutes(RECEIVED, "Supervision you receive", roles=OTA, predicts=Predictor.SUPERVISION),
        words("supervisor", "Who supervises", goes_with=RECEIVED, roles=OTA, hint="A role, not a name."),
        number(
            "supervision_ratio",
            "OTAs per OT, actual",
            highest=100,
            goes_with=RECEIVED,
            roles=OTA,
            predicts=Predictor.SUPERVISION,
        ),
        number(
            "ratio_allowed",
            "OTAs per OT, state rule",
            highest=100,
            goes_with="state_rule",
            hint="Not applicable where the state sets none.",
        ),
        words(
            "state_rule",
            "The state's rule on supervision",
            roles=OTA,
            hint="With its citation; the day it was read is its as-of date.",
        ),
        percent(
            "supervision_on_site",
            "Supervisor on site",
            goes_with=RECEIVED,
            predicts=Predictor.SUPERVISION,
        ),
        words(
            "supervision_terms",
            "How supervision works",
            goes_with=RECEIVED,
            hint="How often, joint sessions, in person or by phone.",
        ),
        words("supervision_cover", "When the supervisor is away", goes_with=RECEIVED, roles=OTA),
        number("supervision_answer", "An answer comes within", "min", highest=10_000, goes_with=RECEIVED),
        minutes(GIVEN, "Supervision you give", predicts=Predictor.SUPERVISION),
        number("supervised", "OTAs and students you supervise", "people", goes_with=GIVEN),
        one_of(
            "supervision_counted",
            "Supervision in the target",
            ("counted in the target", "not counted in the target"),
            goes_with=GIVEN,
        ),
        words("case_review", "Case review", hint="How often, and with whom."),
        number("co_sign", "Co-signing is done within", "h", hint="How long it takes, in practice."),
        words("co_sign_notes", "What is co-signed", goes_with="co_sign", hint="Which notes, and by when."),
        words("co_sign_late", "When a co-signature is late", goes_with="co_sign"),
        words(
            "co_treatment", "Treating together", hint="When two may treat one person, and how it is written."
        ),
        words("plan_changes", "How a plan is changed", hint="How an OTA's request becomes a change."),
    ),
)

SUPERVISION = Step(key="supervision", label="Supervision", groups=(SUPERVISED,))
