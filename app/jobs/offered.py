"""First words for what a role decides and what good is, to be changed by whoever knows the job.

By role and by setting; where a list says nothing, the words that hold everywhere are offered.
"""

from app.jobs.models import Authority
from scenarios import Role, Setting

ALONE, INFORM, ASK_FIRST = Authority.ALONE, Authority.INFORM, Authority.ASK_FIRST

_RIGHTS = {
    Role.OT: (
        ("Stop or change a session that is not safe", ALONE),
        ("Choose and adapt treatment within the plan of care", ALONE),
        ("Evaluate, set goals and change the plan of care", ALONE),
        ("Put the order of a day's patients by risk", INFORM),
        ("Delegate a part of treatment to an assistant or aide", INFORM),
        ("Take more visits than the day's limit", ASK_FIRST),
        ("Discharge before the goals are met", ASK_FIRST),
    ),
    Role.OTA: (
        ("Stop a session that is not safe", ALONE),
        ("Adapt an activity within the plan of care", ALONE),
        ("Report a change in the patient's condition to the supervising therapist", INFORM),
        ("Put the order of a day's patients by risk", INFORM),
        ("Change a goal, the frequency or the plan of care", ASK_FIRST),
        ("Take more visits than the day's limit", ASK_FIRST),
    ),
}
_RIGHTS_ANYWHERE = (
    ("Stop work that is not safe", ALONE),
    ("Put the order of the day's work by risk", INFORM),
    ("Take on more than the day's limit", ASK_FIRST),
)

_GOOD_AT = {
    Setting.OUTPATIENT: (
        "Handoffs are safe: whoever covers finds the plan, the precautions and the next step in the record.",
        "Scope is protected: what is outside the role, or over the day's limit, is raised before it is done.",
        "Throughput is balanced: the usual schedule is kept, notes are done the same day, and no visit is "
        "cut short to make room.",
    ),
    Setting.INPATIENT_ACUTE: (
        "Handoffs are safe: precautions, findings and the discharge view reach the nurse and the next "
        "therapist before the shift ends.",
        "Scope is protected: orders that do not fit the patient's state are questioned before treatment.",
        "Throughput is balanced: patients are seen by risk and by discharge date, and who was not seen is "
        "said with a reason.",
    ),
    Setting.INPATIENT_REHAB: (
        "Handoffs are safe: transfers, precautions and progress are the same in the record, at the board and "
        "on the unit.",
        "Scope is protected: minutes are recorded as they were given, and changes of plan go to the team.",
        "Throughput is balanced: therapy minutes are met over the week without groups or sessions that do "
        "not serve the patient.",
    ),
    Setting.SKILLED_NURSING: (
        "Handoffs are safe: precautions, changes and what was not done reach the nurse and the next "
        "therapist before the shift ends.",
        "Scope is protected: minutes are recorded as they were given, and a resident who has changed is "
        "reported before treatment goes on.",
        "Throughput is balanced: residents are seen by need over the week, and a day that does not fit is "
        "said in the morning.",
    ),
    Setting.HOME_HEALTH: (
        "Handoffs are safe: what was seen in the home reaches the nurse and the case manager the same day.",
        "Scope is protected: a home that is not safe, or a patient who has changed, is called in from there.",
        "Throughput is balanced: visits, travel and notes fit the paid day in an ordinary week, and a week "
        "that does not fit is said beforehand.",
    ),
    Setting.PEDIATRICS: (
        "Handoffs are safe: the family and whoever treats the child next know the goal, the limits and what "
        "to watch for.",
        "Scope is protected: consent, screens and referrals are settled before treatment goes on.",
        "Throughput is balanced: the usual caseload is kept, and families hear early when a goal or a "
        "frequency changes.",
    ),
}
_GOOD_ANYWHERE = (
    "Handoffs are safe: whoever takes over finds what was done, what is open and what to watch for.",
    "Scope is protected: what is outside the role, or over the day's limit, is raised before it is done.",
    "Throughput is balanced: the usual day is kept with its records done, and a day that does not fit is "
    "said beforehand.",
)


def rights_for(role: Role) -> tuple[tuple[str, Authority], ...]:
    """Decisions to begin a role's table with."""
    return _RIGHTS.get(role, _RIGHTS_ANYWHERE)


def good_in(setting: Setting) -> tuple[str, str, str]:
    """What good is at 30, 60 and 90 days in a setting, to begin with."""
    return _GOOD_AT.get(setting, _GOOD_ANYWHERE)
