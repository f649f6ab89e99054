"""Support and travel: who else does the work around the visit."""

from app.disclosures.catalogue.fields import Field, Group, Predictor, Step, minutes, number, words
from scenarios import Setting

HELP = Predictor.SUPPORT
AT_HOME = frozenset({Setting.HOME_HEALTH})


def _hours(key: str, label: str, *, hint: str = "") -> Field:
    return number(key, label, "h", highest=168, predicts=HELP, hint=hint)


AROUND = Group(
    key="support",
    label="Support, meetings and coordination",
    hint="Support is in hours a week for each clinician; shared support is said in words.",
    fields=(
        _hours("aide_hours", "Aides"),
        _hours("desk_hours", "Front desk"),
        _hours("authorization_hours", "Authorization clerk"),
        _hours("billing_hours", "Billing"),
        number("interpreter_hours", "Interpreters", "h", highest=168),
        number("lift_hours", "Lift team", "h", highest=168),
        number("remote_hours", "Remote assistants", "h", highest=168, hint="What they do goes in the note."),
        words("support_shared", "How support is shared", predicts=HELP, hint="And when there is none."),
        minutes("meetings", "Meetings"),
        minutes("coordination", "Coordination", hint="Calls, letters, handoffs in the paid time."),
        words("handoffs", "How a handoff is made", hint="And what it has to hold."),
        words("conflicts", "Who decides when two want different things"),
    ),
)

ON_THE_WAY = Group(
    key="getting_there",
    label="Travel",
    hint="A home health job cannot be published without it.",
    fields=(
        minutes("travel", "Travel", settings=AT_HOME, hint="Inside the paid minutes."),
        number("miles", "Miles a day", "miles", goes_with="travel"),
        words(
            "travel_pay", "How travel is paid", goes_with="travel", settings=AT_HOME, hint="And the mileage."
        ),
        words("territory", "Territory", goes_with="travel", settings=AT_HOME),
        words("travel_safety", "Safety on the way and in homes", goes_with="travel", settings=AT_HOME),
    ),
)

SUPPORT = Step(key="support", label="Support and travel", groups=(AROUND, ON_THE_WAY))
