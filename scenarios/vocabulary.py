"""The closed lists of words that a scenario may use; to extend one, add a line here."""

from enum import StrEnum
from typing import Self


class Word(StrEnum):
    """A word as files and databases hold it, with the label that people read."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Make the value the word itself and keep the label beside it."""
        word = str.__new__(cls, value)
        word._value_ = value
        word.label = label
        return word


class Status(Word):
    """How far a scenario has come."""

    DRAFT = "draft", "Draft"
    PILOT = "pilot", "Pilot"
    PUBLISHED = "published", "Published"
    RETIRED = "retired", "Retired"


class Kind(Word):
    """What sort of situation is put to the candidate."""

    SAFETY_NEAR_MISS = "safety-near-miss", "Safety near miss"
    HIGH_VOLUME_DAY = "high-volume-day", "High-volume day"
    CASE_WALKTHROUGH = "case-walkthrough", "Case walkthrough"
    SCREEN = "screen", "Screen"
    WORK_SAMPLE = "work-sample", "Work sample"


class StageType(Word):
    """Which sitting of the loop the scenario was written for."""

    CASE_DISCUSSION = "case-discussion", "Case discussion"
    SETTING_FIT = "setting-fit", "Setting fit"
    COMMUNICATION = "communication-and-education", "Communication and education"
    DOCUMENTATION = "documentation-and-prioritization", "Documentation and prioritization"
    SCREEN = "screen", "Screen"
    WORK_SAMPLE = "work-sample", "Work sample"


class Setting(Word):
    """Where the work is done."""

    OUTPATIENT = "outpatient", "Outpatient"
    INPATIENT_ACUTE = "inpatient-acute", "Inpatient acute"
    INPATIENT_REHAB = "inpatient-rehab", "Inpatient rehab"
    SKILLED_NURSING = "skilled-nursing", "Skilled nursing"
    HOME_HEALTH = "home-health", "Home health"
    PEDIATRICS = "pediatrics", "Pediatrics"
    CLINIC_FRONT_DESK = "clinic-front-desk", "Clinic front desk"
    ANY = "any", "Any setting"


class Role(Word):
    """Who the candidate would be; `either` is one sheet for OT and OTA alike."""

    OT = "ot", "Occupational therapist"
    OTA = "ota", "Occupational therapy assistant"
    EITHER = "either", "Occupational therapist or assistant"
    COORDINATOR = "coordinator", "Coordinator"


class Level(Word):
    """How much is expected: the anchors stay the same, the bar differs."""

    ENTRY = "entry", "Entry"
    MID = "mid", "Mid"
    SENIOR = "senior", "Senior"
    LEADERSHIP = "leadership", "Leadership"


class IncidentSource(Word):
    """Whether the incident behind a scenario happened or was made up in its place."""

    COLLECTED = "collected", "Collected from practitioners"
    INVENTED_COMPOSITE = "invented-composite", "Invented composite"


class Use(Word):
    """What a vignette is for; the key of a test never leaves its server, so no pack holds one."""

    PRACTICE = "practice", "Practice"


class Difficulty(Word):
    """How many raters miss it; the author's guess until a pilot has counted."""

    EASY = "easy", "Easy"
    MEDIUM = "medium", "Medium"
    HARD = "hard", "Hard"


class Unheard(Word):
    """Why a criterion could not be heard in an answer; never a low score."""

    NOT_ASKED = "not asked", "Not asked"
    RAN_OUT = "ran out of time", "Ran out of time"
    NO_CHANCE = "no chance", "No chance"
