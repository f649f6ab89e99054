"""The closed choices about a job, in the words that people read."""

from app.jobs.models import Authority, LevelLock, Matter, RoleReason

REASONS = {
    RoleReason.HANDOFFS: "Handoffs fail: things get lost between people",
    RoleReason.VOLUME: "The schedule is full, and quality has to hold",
    RoleReason.AUDIT: "Audits and compliance press",
    RoleReason.PRIVACY: "Privacy and consent have become a risk",
    RoleReason.REPLACEMENT: "Somebody left",
    RoleReason.OTHER: "Another reason",
}
AUTHORITIES = {
    Authority.ALONE: "Decides alone",
    Authority.INFORM: "Decides, then informs",
    Authority.ASK_FIRST: "Asks first",
}
LOCKS = {
    LevelLock.OPENING: "When the loop opens",
    LevelLock.OFFER: "At the offer",
}
MATTERS = {
    Matter.SUPERVISION: "Supervision",
    Matter.FIRST_WEEKS: "First weeks",
    Matter.DISCLOSURE: "Workload disclosure",
    Matter.QUESTIONS: "Candidates' questions",
}
