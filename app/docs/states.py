"""The states of loops, assignments, applications, disclosures and links; docs/states.md draws them."""

from app.loops.rules import TRANSITIONS

Arrow = tuple[str, str, str]

DIAGRAMS: dict[str, tuple[str, list[Arrow]]] = {
    "Loop": (
        "Stages, versions, criteria, bars and weights can change in a draft only.",
        [(before or "[*]", after, step.value) for step, (before, after) in TRANSITIONS.items()],
    ),
    "Assignment": (
        "An open assignment is what blinds its owner: while one is open for a candidate, every colleague's "
        "scorecard for that candidate is closed to its owner, in every stage.",
        [
            ("[*]", "open", "schedule the interview"),
            ("open", "submitted", "submit the scorecard"),
            ("open", "waived", "waive with a reason, no-show, withdrawal"),
            ("open", "replaced", "replace the interviewer with a reason"),
        ],
    ),
    "Practice card": (
        "Nobody but its author opens it, and its author sees the gold once it is submitted.",
        [
            ("[*]", "open", "begin an answer"),
            ("open", "submitted", "hand in the practice card"),
            ("submitted", "[*]", "begin the same answer again (a new card)"),
        ],
    ),
    "Application": (
        "No decision while an assignment is open.",
        [
            ("[*]", "active", "add the candidate"),
            ("active", "decided", "record the decision"),
            ("active", "withdrawn", "the candidate withdraws"),
            ("decided", "decided", "correct the decision (a new record)"),
        ],
    ),
    "Disclosure": (
        "A published version never changes; a correction is a new version.",
        [
            ("[*]", "draft", "fill in facts"),
            ("draft", "published", "publish version n"),
            ("published", "draft", "change a fact (the version stays)"),
            ("published", "retracted", "retract with a reason"),
        ],
    ),
    "Letter": (
        "Only the worker that claimed a letter ends it; its words and its reader are found when it is sent.",
        [
            ("[*]", "waiting", "post it in the transaction of what it tells about"),
            ("waiting", "sent", "the mail server takes it"),
            ("waiting", "waiting", "the mail server puts it off"),
            (
                "waiting",
                "dropped",
                "nobody is left to reach, or seven days pass, or an administrator drops it",
            ),
            ("waiting", "dead", "it is refused for good, or 16 times"),
            ("dead", "waiting", "an administrator sends it again"),
            ("dead", "dropped", "an administrator drops it"),
        ],
    ),
    "Candidate link": (
        "Opening a link changes nothing; only the newest link of an application works.",
        [
            ("[*]", "live", "make a link"),
            ("live", "revoked", "revoke it, or make a newer one"),
            ("live", "expired", "time passes"),
        ],
    ),
}
