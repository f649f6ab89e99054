"""A document in the words of schema.org: the job as a JobPosting, its facts as a Dataset that is about it.

JobPosting has no words for caseload, productivity or documentation time, so each fact is a variable that the
dataset measures: its typical week, and its bad one as a variable of its own.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from app.disclosures.document import Document
from app.disclosures.facts import Basis, FactState
from app.disclosures.freshness import Freshness
from app.web.words import count

Linked = dict[str, object]

OCCUPATIONS = {"ot": ["29-1122.00"], "ota": ["31-2011.00"], "either": ["29-1122.00", "31-2011.00"]}  # O*NET.
UNITS = {"year": "YEAR", "hour": "HOUR", "visit": "VISIT"}
COMMITMENTS = ("weekend_days", "evenings", "on_call", "travel", "float_share")


def compose(
    document: Document,
    ages: Mapping[str, Freshness],
    *,
    lead: str,
    digest: str,
    published_on: date,
    place: Mapping[str, str],
    address: str,
    download: str,
) -> Linked:
    """The whole as one graph; facts that are stale today are not in it, nor is `lead` while the sum is."""
    shown = [fact for fact in document["facts"] if ages.get(fact["key"]) is not Freshness.STALE]
    facts = {fact["key"]: fact for fact in shown if fact["state"] == FactState.GIVEN}
    employer = {"@type": "Organization", "name": document["employer"]}
    job = document["job"]
    return _said(
        {
            "@context": "https://schema.org",
            "@type": "JobPosting",
            "@id": f"{address}#job",
            "url": address,
            "identifier": _variable("version", "Version of the disclosure", document["number"]),
            "title": job["title"],
            "description": _description(lead, facts),
            "datePosted": published_on.isoformat(),
            "hiringOrganization": employer,
            "jobLocation": {"@type": "Place", **place},
            "baseSalary": _salary(document["pay"]),
            "occupationalCategory": OCCUPATIONS.get(job["role"], []),
            "workHours": _text(facts, "hours"),
            "incentiveCompensation": _text(facts, "bonus"),
            "responsibilities": "; ".join(facts.get("scope_owned", {}).get("items", ())),
            "specialCommitments": [
                f"{fact['label']}: {fact['typical']} {fact['unit']}".rstrip()
                for key in COMMITMENTS
                if (fact := facts.get(key, {})).get("typical")
            ],
            "subjectOf": _said(
                {
                    "@type": "Dataset",
                    "@id": f"{address}#facts",
                    "name": f"What the {document.get('period', 'week')} is really like: {job['title']}",
                    "description": "Workload facts of one job, each with its source, window and date.",
                    "url": address,
                    "version": document["number"],
                    "identifier": f"sha256:{digest}",
                    "creator": employer,
                    "isAccessibleForFree": True,
                    "datePublished": published_on.isoformat(),
                    "dateModified": document["as_of"],
                    "temporalCoverage": _coverage(facts),
                    "distribution": {
                        "@type": "DataDownload",
                        "contentUrl": download,
                        "encodingFormat": "application/json",
                        "sha256": digest,
                    },
                    "variableMeasured": list(_variables(facts)),
                }
            ),
        }
    )


def _said(things: Linked) -> Linked:
    """Without what is empty: a property that is there says something."""
    return {name: value for name, value in things.items() if value not in (None, "", [])}


def _description(lead: str, facts: Mapping[str, Document]) -> str:
    parts = [lead, _text(facts, "pay_covers"), _text(facts, "overload_plan")]
    return " ".join(part if part.endswith((".", "!", "?")) else f"{part}." for part in parts if part)


def _salary(pay: Document) -> Linked | None:
    if pay["low"] is None:
        return None
    value = {"@type": "QuantitativeValue", "minValue": pay["low"], "maxValue": pay["high"]}
    amount = {"@type": "MonetaryAmount", "currency": pay["currency"]}
    return {**amount, "value": {**value, "unitText": UNITS[pay["per"]]}}


def _coverage(facts: Mapping[str, Document]) -> str:
    """From the first day of the longest window to the newest day of what was measured."""
    measured = [
        (date.fromisoformat(fact["as_of"]), fact.get("window_weeks", 0))
        for fact in facts.values()
        if fact.get("basis") == Basis.MEASURED and "as_of" in fact
    ]
    if not measured:
        return ""
    begun = min(as_of - timedelta(weeks=weeks) for as_of, weeks in measured)
    return f"{begun.isoformat()}/{max(as_of for as_of, _ in measured).isoformat()}"


def _variables(facts: Mapping[str, Document]) -> Iterator[Linked]:
    for key, fact in facts.items():
        how = _how(fact)
        if fact["kind"] == "number":
            ends = {"minValue": fact.get("low"), "maxValue": fact.get("high")}
            yield _variable(key, fact["label"], fact.get("typical"), unitText=fact["unit"], **ends, **how)
            if "bad_week" in fact:
                why = {"description": fact.get("bad_week_reason", "")}
                name = f"{fact['label']}, bad week"
                yield _variable(
                    f"{key}.bad_week", name, fact["bad_week"], unitText=fact["unit"], **why, **how
                )
        elif fact["kind"] == "mix":
            for part in fact.get("parts", ()):
                name = f"{fact['label']}: {part['name']}"
                yield _variable(f"{key}.{part['name']}", name, part["share"], unitText="%", **how)
        elif fact["kind"] == "ramp":
            for step in fact.get("steps", ()):
                name = f"{fact['label']}, from week {step['week']}"
                yield _variable(f"{key}.{step['week']}", name, step["share"], unitText="%", **how)
        else:
            text = fact.get("text", "") or "; ".join(fact.get("items", ()))
            yield _variable(key, fact["label"], text, **how)


def _how(fact: Document) -> Linked:
    """How a value is known, in one line."""
    parts = [
        fact.get("basis", ""),
        fact.get("source", ""),
        count(fact["window_weeks"], "week") if "window_weeks" in fact else "",
        f"n = {fact['people']}" if "people" in fact else "",
        f"as of {fact['as_of']}" if "as_of" in fact else "",
    ]
    return {"measurementTechnique": ", ".join(part for part in parts if part)}


def _variable(key: str, name: str, value: object, **more: object) -> Linked:
    return _said({"@type": "PropertyValue", "propertyID": key, "name": name, "value": value, **more})


def _text(facts: Mapping[str, Document], key: str) -> str:
    return str(facts.get(key, {}).get("text", ""))
