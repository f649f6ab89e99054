"""A disclosure on paper: what the template lays out, and the name of the file."""

from datetime import date
from pathlib import Path

from app.disclosures.bars import Chart
from app.disclosures.models import DisclosureVersion
from app.disclosures.reading import Line, Reading
from app.web.pdf import Paper, typeset
from app.web.words import day, number

TEMPLATE = Path(__file__).with_name("disclosure.typ")


def pdf(version: DisclosureVersion, reading: Reading, paper: Paper) -> bytes:
    """Set the version as it may be read today; equal facts give equal bytes."""
    return typeset(TEMPLATE, facts(version, reading), paper=paper)


def file_name(version: DisclosureVersion) -> str:
    """How a browser keeps it, without the ending."""
    return f"disclosure-version-{version.number}"


def facts(version: DisclosureVersion, reading: Reading) -> dict[str, object]:
    """Everything that is printed, as it is said on the page."""
    return {
        "employer": reading.employer,
        "title": reading.title,
        "site": reading.site,
        "period": reading.period,
        "heading": f"What the {reading.period} is really like",
        "pay": reading.pay,
        "number": version.number,
        "digest": version.digest[:12],
        "as_of": _day(reading.as_of),
        "published": day(version.published_at, year=True),
        "stale": reading.why_no_sum if reading.sum_is_stale else "",
        "lead": reading.lead,
        "figures": [
            {"name": one.name, "value": one.value, "words": one.words, "fits": one.fits}
            for one in reading.figures
        ],
        "evidence": reading.evidence,
        "chart": _chart(reading.chart),
        "after_hours": reading.after_hours,
        "unsound": reading.unsound,
        "sections": [
            {
                "title": section.title,
                "beside": [
                    {"name": side.name, "value": side.value, "words": side.words} for side in section.beside
                ],
                "has_numbers": section.has_numbers,
                "lines": [_line(one) for one in section.lines],
                "missing": " ".join(section.missing),
            }
            for section in reading.sections
        ],
        "scope": [
            {"title": one.label, "items": list(one.items) or [one.text or one.typical]}
            for one in reading.scope
        ],
        "decisions": [{"title": words, "items": items} for words, items in reading.decisions],
        "plan": [_line(one) for one in reading.plan],
        "good_at": [{"day": after, "text": text} for after, text in reading.good_at],
        "risks": reading.risks,
        "hardest_part": reading.hardest_part,
        "dissents": reading.dissents,
        "reviewed": reading.reviewed,
    }


def _line(one: Line) -> dict[str, object]:
    return {
        "label": one.label,
        "typical": one.typical,
        "bad": one.bad,
        "text": "; ".join(one.items) or one.text,
        "detail": one.detail,
        "age": one.age.value if one.is_aging or one.is_stale else "",
    }


def _chart(chart: Chart) -> dict[str, object]:
    return {
        "paid": number(chart.paid),
        "paid_at": chart.paid_at,
        "bars": [
            {
                "name": bar.name,
                "words": bar.words,
                "fits": bar.fits,
                "description": bar.description,
                "over": bar.over,
                "segments": [
                    {"tone": part.tone, "x": part.x, "width": part.width, "label": part.label}
                    for part in bar.segments
                ],
            }
            for bar in chart.bars
        ],
        "key": [{"tone": tone, "label": label} for tone, label in chart.key],
        "names": list(chart.names),
        "rows": [
            {"label": label, "values": [number(round(value)) for value in values]}
            for label, values in chart.rows
        ],
    }


def _day(value: date | None) -> str:
    return day(value, year=True) if value else ""
