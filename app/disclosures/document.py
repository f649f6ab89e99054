"""The published document: its facts and sums as canonical JSON, and the digest over those bytes.

It holds no personal data: owners are roles, and neither candidates nor the people who publish are named.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from app.disclosures.catalogue import FIELDS, Field, catalogue
from app.disclosures.facts import Fact
from app.disclosures.shares import parts_of, rises_of
from app.disclosures.values import FEWEST_PEOPLE, period_of
from app.jobs.models import Job
from reports.workload.budget import Budget
from reports.workload.checks import Assessment

FORMAT = "evenhand/disclosure/2"  # What format 1 has, with the period, mixes, ramps and what the job says.

NOT_CONTENT = frozenset({"number", "reviews", "new_post"})  # What is added when a draft is published.

Document = dict[str, Any]


def compose(
    job: Job, employer: str, facts: Mapping[str, Fact], found: Assessment, left_out: Sequence[str]
) -> Document:
    """The content of a document, without its number; `facts` are the effective ones."""
    return {
        "format": FORMAT,
        "employer": employer,
        "site": job.site.name,
        "job": {"title": job.title, "setting": job.setting, "role": job.role, "level": job.level},
        "pay": {
            "low": None if job.pay_low is None else _plain(job.pay_low),
            "high": None if job.pay_high is None else _plain(job.pay_high),
            "per": job.pay_period.value,
            "currency": "USD",
        },
        **_said_of(job),
        "period": period_of(facts),
        "as_of": _as_of(facts),
        "lead": found.lead,
        "budget": budget(found),
        "left_out": list(left_out),
        "checks": checks(found),
        "facts": [
            {"group": group.label, **_fact(field, facts[field.key])}
            for group in catalogue(period_of(facts)).groups
            for field in group.fields
            if not facts[field.key].is_blank
        ],
    }


def _said_of(job: Job) -> Document:
    """What the job says of the first 90 days, of who decides what, and of what should become less risky."""
    good = ((30, job.good_at_30), (60, job.good_at_60), (90, job.good_at_90))
    return {
        "good_at": [{"day": day, "text": text} for day, text in good if text],
        "decisions": [
            {"decision": right.decision, "authority": right.authority.value} for right in job.decision_rights
        ],
        "risks": [risk for risk in (job.first_risk, job.second_risk) if risk],
    }


def budget(found: Assessment) -> Document:
    """The minutes of the three weeks; None for a week that is not known."""
    return {
        "typical": _minutes(found.typical),
        "everyone": _minutes(found.everyone) if found.everyone else None,
        "bad": _minutes(found.bad) if found.bad else None,
    }


def checks(found: Assessment) -> list[Document]:
    """What adds up and what does not, each with its sentence."""
    return [
        {
            "check": check.key,
            "week": check.scenario.value,
            "outcome": check.outcome.value,
            "sentence": check.sentence,
        }
        for check in found.checks
    ]


def numbered(content: Document, number: int) -> Document:
    """The content as the version of this number."""
    return {**content, "number": number}


def reviewed(document: Document, reviews: Sequence[Document], new_post: str = "") -> Document:
    """The document with what was said by those who reviewed it, or why nobody holds the role yet."""
    return {**document, "reviews": list(reviews), **({"new_post": new_post} if new_post else {})}


def content_of(text: str) -> Document:
    """The content of a published document, for comparing it with another; without number and reviews."""
    read: Document = json.loads(text)
    return {name: value for name, value in read.items() if name not in NOT_CONTENT}


def canonical(document: Document) -> str:
    """The one text of a document: keys in order, no blanks, whole numbers without a point."""
    return json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def digest(text: str) -> str:
    """The SHA-256 of a document's bytes, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _as_of(facts: Mapping[str, Fact]) -> str | None:
    """The oldest day among the facts that enter the sums: the whole is no fresher than that."""
    days = [
        day
        for field in FIELDS
        if field.in_sum and facts[field.key].is_stated and (day := facts[field.key].as_of) is not None
    ]
    return min(days).isoformat() if days else None


def _minutes(spent: Budget) -> dict[str, float]:
    return {
        name: _plain(value)
        for name, value in (
            ("paid", spent.paid),
            ("treatment", spent.treat),
            ("writing", spent.write),
            ("between_patients", spent.turn),
            ("other", spent.fixed.total),
            ("demand", spent.demand),
            ("balance", spent.balance),
            ("productivity_percent", 100 * spent.productivity),
        )
    }


def _fact(field: Field, fact: Fact) -> dict[str, object]:
    """One fact with whatever its envelope says; what it does not say is left out."""
    said = {column.name: getattr(fact, column.name) for column in fields(Fact)}
    is_of_few = fact.shared_with_consent and (fact.people or FEWEST_PEOPLE) < FEWEST_PEOPLE
    said["shared_with_consent"] = True if is_of_few else None
    if field.kind in ("list", "mix", "ramp"):
        said["text"] = ""
        said |= _lines(field, fact)
    return {
        "key": field.key,
        "label": field.label,
        "unit": field.unit,
        "kind": field.kind,
        **{name: _value(value) for name, value in said.items() if value not in (None, "", [])},
    }


def _lines(field: Field, fact: Fact) -> Document:
    if field.kind == "mix":
        parts = parts_of(fact.items)
        return {"parts": [{"name": part.name, "share": _plain(part.share)} for part in parts]}
    if field.kind == "ramp":
        rises = rises_of(fact.items)
        return {"steps": [{"week": rise.week, "share": _plain(rise.share)} for rise in rises]}
    return {"items": fact.items}


def _value(value: object) -> object:
    if isinstance(value, Decimal):
        return _plain(value)
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value


def _plain(value: Decimal | float) -> float:
    """A number as JSON writes it best: whole where it is whole, at most three digits after the point."""
    rounded = round(float(value), 3)
    return int(rounded) if rounded == int(rounded) else rounded
