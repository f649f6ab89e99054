"""Scope, overload and pay: what is yours to decide, what happens when it is too much, what is paid."""

from app.disclosures.catalogue.fields import Group, Predictor, Step, items, number, words

PLAN = Predictor.OVERLOAD

YOURS = Group(
    key="scope",
    label="Scope",
    hint="What is decided alone, with a word, or after asking comes from the job.",
    fields=(
        items("scope_owned", "Owned", hint="One a line, three to eight."),
        items("scope_not_owned", "Not owned", hint="One a line."),
        items("scope_escalate", "Escalate", hint="One a line: what, to whom, how soon they answer."),
        words("hardest_part", "Hardest part", required=True, hint="Said by a colleague in the job."),
    ),
)

TOO_MUCH = Group(
    key="overload",
    label="When it is too much",
    hint="A plan in parts, with the last time it was used.",
    fields=(
        number(
            "overload_trigger",
            "It begins at",
            required=True,
            predicts=PLAN,
            hint="A number; of what goes in the note.",
        ),
        words("overload_plan", "When it is too much", required=True, predicts=PLAN, hint="The first step."),
        words("overload_decides", "Who decides", required=True, predicts=PLAN),
        words("overload_reply", "Answered within", required=True, predicts=PLAN),
        words(
            "overload_used", "Last used", predicts=PLAN, hint="The day. Not applicable where it never was."
        ),
        words("overload_result", "What came of it", goes_with="overload_used", predicts=PLAN),
    ),
)

PAY = Group(
    key="pay",
    label="Pay",
    hint="The range comes from the job; where it is from, and of which day, is the source of this group.",
    fields=(
        words("pay_covers", "What the pay covers", required=True, hint="Whether writing is inside it."),
        words("differentials", "Differentials", hint="Evenings, weekends, languages."),
        words("bonus", "Bonus", hint="And what it depends on."),
        words("paid_besides", "What is paid besides visits"),
        words("raises", "How raises are decided"),
        words(
            "range_terms", "How the range is used", hint="National or local; open within it or by a table."
        ),
        words("agreement", "Collective agreement", hint="Where it is, and what it says of schedule and pay."),
    ),
)

SCOPE = Step(key="scope", label="Scope and pay", groups=(YOURS, TOO_MUCH, PAY))
