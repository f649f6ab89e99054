"""The fields a disclosure offers, as data: name, unit, limits, and whether each enters the sums."""

from dataclasses import dataclass
from typing import Literal

from reports.workload.budget import PayClass

Kind = Literal["number", "text", "list", "choice"]
Worse = Literal["higher", "lower", ""]

MINUTES_A_WEEK, MINUTES_A_DAY = 7 * 24 * 60, 24 * 60
UNPAID = "not separately paid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field. `highest` is the most that can be true; fields `in_sum` enter the minute budget.

    A required field needs a value; any other may say instead why it has none.
    """

    key: str
    label: str
    unit: str = ""
    kind: Kind = "number"
    required: bool = False
    in_sum: bool = False
    lowest: int = 0
    highest: int = 100_000
    options: tuple[str, ...] = ()
    hint: str = ""

    @property
    def worse(self) -> Worse:
        """In which direction the number is worse for whoever takes the job; empty where neither is."""
        return "higher" if self.key in HEAVIER else "lower" if self.key in LIGHTER else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Fields that are filled in together, often from one source."""

    key: str
    label: str
    hint: str
    fields: tuple[Field, ...]

    @property
    def source_key(self) -> str:
        """Under which the group's shared source is kept."""
        return f"{self.key}_source"


def minutes_a_week(key: str, label: str, *, required: bool = False, lowest: int = 0, hint: str = "") -> Field:
    """Minutes of one week that enter the budget."""
    return Field(
        key=key,
        label=label,
        unit="min",
        in_sum=True,
        required=required,
        lowest=lowest,
        highest=MINUTES_A_WEEK,
        hint=hint,
    )


def minutes_each(key: str, label: str, *, required: bool = False, hint: str = "") -> Field:
    """Minutes that one visit or one report takes."""
    return Field(
        key=key, label=label, unit="min", in_sum=True, required=required, highest=MINUTES_A_DAY, hint=hint
    )


def visits(key: str, label: str, *, required: bool = False, hint: str = "") -> Field:
    """How many a week."""
    return Field(key=key, label=label, in_sum=True, required=required, highest=1000, hint=hint)


def words(key: str, label: str, *, required: bool = False, hint: str = "") -> Field:
    """A sentence or two."""
    return Field(key=key, label=label, kind="text", required=required, hint=hint)


def items(key: str, label: str, *, hint: str = "") -> Field:
    """A short list, one item a line."""
    return Field(key=key, label=label, kind="list", required=True, hint=hint)


# Numbers that weigh more the higher they are, and those that help more.
HEAVIER = frozenset(
    {"after_hours", "authorization", "caseload", "co_sign", "coordination", "evaluation_writing"}
    | {"evaluations_booked", "evaluations_completed", "follow_up_writing", "license_weeks", "meetings"}
    | {"productivity", "progress_reports", "report_minutes", "supervision_given", "target", "travel"}
    | {"visits_booked", "visits_completed"}
)
LIGHTER = frozenset({"aide_hours", "mentor", "protected_writing", "schedule_notice", "supervision_received"})

GROUPS = (
    Group(
        key="time",
        label="Paid time",
        hint="Everything else is measured against it. The pay range comes from the job.",
        fields=(
            Field(
                key="pay_class",
                label="How the job is paid",
                kind="choice",
                required=True,
                in_sum=True,
                options=tuple(PayClass),
                hint="Hourly staff may have no unpaid minutes after hours.",
            ),
            words("pay_covers", "What the pay covers", required=True, hint="Bonus, differentials, writing."),
            minutes_a_week("paid_minutes", "Paid minutes a week", required=True, lowest=1),
            Field(key="unpaid_break", label="Unpaid break a day", unit="min", highest=MINUTES_A_DAY),
            minutes_a_week("paid_breaks", "Paid rest breaks a week", hint="Those inside the paid minutes."),
            words("hours", "Days and hours", hint="Evenings and weekends, too."),
            Field(key="schedule_notice", label="Notice of a schedule change", unit="days", highest=365),
        ),
    ),
    Group(
        key="visits",
        label="People and visits",
        hint="A bad week is the worst of the last 12.",
        fields=(
            Field(key="caseload", label="Caseload", unit="people", highest=1000),
            visits("visits_booked", "Visits booked a week", hint="Evaluations and follow-ups together."),
            visits(
                "visits_completed",
                "Visits completed a week",
                required=True,
                hint="The bad week and why it was bad are needed here.",
            ),
            visits("evaluations_booked", "Evaluations booked a week"),
            visits("evaluations_completed", "Evaluations completed a week", required=True),
            minutes_each("evaluation_minutes", "Patient time in an evaluation", required=True),
            minutes_each("follow_up_minutes", "Patient time in a follow-up", required=True),
            minutes_each("turnover", "Between two patients", hint="Cleaning, setting up, walking."),
            Field(
                key="no_show",
                label="Not arriving",
                unit="%",
                highest=99,
                hint="Used for the full week where booked visits are not given.",
            ),
            words("lost_slot", "What a lost slot is used for"),
        ),
    ),
    Group(
        key="target",
        label="Productivity",
        hint="A target is shown beside what is measured, never in its place.",
        fields=(
            Field(
                key="target",
                label="Productivity, target",
                unit="%",
                highest=99,
                hint="Treatment minutes of paid minutes; it has to leave time for the rest.",
            ),
            words(
                "target_terms",
                "What the target means",
                hint="Numerator, denominator, period; who set it; what happens below it.",
            ),
            Field(key="productivity", label="Productivity, actual", unit="%", highest=150),
        ),
    ),
    Group(
        key="writing",
        label="Writing",
        hint="Only minutes outside the visit enter the sum; those inside it are treatment time already.",
        fields=(
            minutes_each("evaluation_writing", "Writing after an evaluation", required=True),
            minutes_each("follow_up_writing", "Writing after a follow-up", required=True),
            visits("progress_reports", "Progress reports a week"),
            minutes_each("report_minutes", "Writing a progress report"),
            words("writing_inside", "Writing during the visit", hint="How much is expected, and where not."),
            Field(
                key="protected_writing",
                label="Protected writing time a week",
                unit="min",
                highest=MINUTES_A_WEEK,
            ),
            Field(
                key="after_hours",
                label="Writing after hours a week",
                unit="min",
                highest=MINUTES_A_WEEK,
                hint="Record time outside paid hours, as measured.",
            ),
            Field(
                key="after_hours_pay",
                label="Pay for time after hours",
                kind="choice",
                required=True,
                in_sum=True,
                options=("paid at the usual rate", "paid as overtime", UNPAID),
            ),
            words(
                "note_deadline",
                "When notes are due",
                required=True,
                hint="What is never skipped, and what may wait.",
            ),
            Field(key="notes_on_time", label="Notes on time", unit="%", highest=100),
        ),
    ),
    Group(
        key="support",
        label="Supervision, meetings and support",
        hint="Given and received, as they are in practice.",
        fields=(
            minutes_a_week("supervision_given", "Supervision you give a week"),
            minutes_a_week("supervision_received", "Supervision you receive a week"),
            words("supervision_terms", "How supervision works", hint="Roles, ratio, the state's rule."),
            Field(key="co_sign", label="Co-signing is done within", unit="h", highest=1000),
            minutes_a_week("meetings", "Meetings a week"),
            minutes_a_week("coordination", "Coordination a week"),
            minutes_a_week("authorization", "Authorizations a week"),
            minutes_a_week("travel", "Travel a week", hint="Inside the paid minutes."),
            Field(key="aide_hours", label="Aide support a week", unit="h", highest=168),
        ),
    ),
    Group(
        key="joining",
        label="Joining",
        hint="What the first months are like.",
        fields=(
            words("ramp", "The way to a full load", hint="Percent of a full load, by week."),
            Field(key="mentor", label="Mentor time a week", unit="min", highest=MINUTES_A_WEEK),
            Field(
                key="license_weeks",
                label="License lead time",
                unit="weeks",
                highest=104,
                hint="A range alone is enough.",
            ),
        ),
    ),
    Group(
        key="scope",
        label="Scope and overload",
        hint="What the person decides, what not, and what happens when it is too much.",
        fields=(
            items("scope_owned", "Owned", hint="One a line, three to eight."),
            items("scope_not_owned", "Not owned", hint="One a line."),
            items("scope_escalate", "Escalate", hint="One a line: what, and to whom."),
            words(
                "overload_plan",
                "When it is too much",
                required=True,
                hint="The number that triggers it, the first step, who decides, when it was last used.",
            ),
            words("hardest_part", "Hardest part", required=True, hint="Said by a colleague in the job."),
        ),
    ),
)

FIELDS: tuple[Field, ...] = tuple(field for group in GROUPS for field in group.fields)
BY_KEY = {field.key: field for field in FIELDS}
GROUP_OF = {field.key: group for group in GROUPS for field in group.fields}
SOURCE_KEYS = tuple(group.source_key for group in GROUPS)
