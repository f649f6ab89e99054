"""Scenario packs: interview content that is reviewed like code. Knows documents, never requests or rows."""

from scenarios import clinical, standard
from scenarios.digest import canonical, digest
from scenarios.loader import competency_library, load_pack, read_pack, shipped_packs
from scenarios.problems import PackError, Problem
from scenarios.schema import (
    Artifact,
    Bar,
    Competency,
    CountRule,
    Criterion,
    Gold,
    GoldFlag,
    JobAnalysis,
    Pack,
    Probe,
    Scenario,
    TimeBox,
    Vignette,
)
from scenarios.vocabulary import IncidentSource, Kind, Level, Role, Setting, StageType, Status

__all__ = [
    "Artifact",
    "Bar",
    "Competency",
    "CountRule",
    "Criterion",
    "Gold",
    "GoldFlag",
    "IncidentSource",
    "JobAnalysis",
    "Kind",
    "Level",
    "Pack",
    "PackError",
    "Probe",
    "Problem",
    "Role",
    "Scenario",
    "Setting",
    "StageType",
    "Status",
    "TimeBox",
    "Vignette",
    "canonical",
    "clinical",
    "competency_library",
    "digest",
    "load_pack",
    "read_pack",
    "shipped_packs",
    "standard",
]
