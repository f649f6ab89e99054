"""`flask disclosures`: what a file of visits says, reminders, and a site of files."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from flask.cli import AppGroup

from app.core import clock
from app.core.db import db
from app.core.errors import Invalid
from app.disclosures.catalogue import catalogue
from app.disclosures.measuring import taking
from app.disclosures.upkeep import services as upkeep
from app.web.addresses import outside
from app.web.words import count, number
from reports.workload.budget import Period

if TYPE_CHECKING:
    from app.disclosures.measuring.reporting import Found

disclosures = AppGroup("disclosures", help="Workload disclosures.")
HOUR = click.DateTime(formats=["%H:%M"])
HEAD = ("", "typical", "range", "bad {period}", "n", "people")


@disclosures.command("remind")
def remind() -> None:
    """Post a letter to whoever keeps a disclosure that ages, is stale, or is due after a change.

    Run it once a day; of the same thing each is told once.
    """
    found = upkeep.remind()
    db.session.commit()
    said = count(found, "disclosure is", "disclosures are")
    click.echo(f"{said} to be looked at again.")


@disclosures.command("measure")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--paid-from", type=HOUR, metavar="HH:MM", help="When the paid day begins.")
@click.option("--paid-until", type=HOUR, metavar="HH:MM", help="When it ends; both for minutes after hours.")
@click.option("--period", type=click.Choice(["week", "day"]), default="week", help="Values a week or a day.")
@click.option("--clinicians", default="", metavar="IDS", help="Only the rows of these, with commas between.")
@click.option(
    "--longest-note",
    type=click.IntRange(1, 1440),
    default=120,
    show_default=True,
    metavar="MINUTES",
    help="A note that was open for longer does not tell how long it was written.",
)
@click.option("--json", "as_json", is_flag=True, help="Full precision, for programs.")
def measure(
    file: Path,
    paid_from: datetime | None,
    paid_until: datetime | None,
    period: Period,
    clinicians: str,
    longest_note: int,
    as_json: bool,
) -> None:
    """Measure a week from the visits in FILE, a CSV file with the columns of docs/measuring.md."""
    from app.disclosures.measuring import reporting  # It brings NumPy, which no page needs.

    try:
        with file.open("rb") as stream:
            found = reporting.measure(
                stream,
                today=clock.now().astimezone().date(),
                period=period,
                paid_from=paid_from.time() if paid_from else None,
                paid_until=paid_until.time() if paid_until else None,
                longest_note=longest_note,
                clinicians=[name for one in clinicians.split(",") if (name := one.strip())],
            )
    except Invalid as error:
        raise click.ClickException(" ".join(error.fields.values())) from error
    click.echo(json.dumps(_in_json(found), indent=2) if as_json else "\n".join(_in_words(file, found)))


@disclosures.command("export")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def export(folder: Path) -> None:
    """Write a careers page into FOLDER: every open job's disclosure, to read without a server."""
    from app.disclosures import exporting  # It brings what sets paper, which no other command needs.

    if folder.exists() and any(folder.iterdir()):
        raise click.ClickException(f"{folder} is not empty; name an empty folder, or one to be made.")
    folder.mkdir(parents=True, exist_ok=True)
    with outside():
        written = exporting.export(folder)
    for one in written:
        click.echo(f"{one.reading.title}: version {one.version.number}")
    click.echo(f"{count(len(written), 'disclosure')}; open {folder / 'index.html'}.")


def _in_json(found: "Found") -> dict[str, Any]:
    measured = found.measured
    days = {name: getattr(measured, name) for name in ("first_day", "as_of", "bad_week")}
    values = {
        key: {**asdict(value), "needs_consent": value.needs_consent} for key, value in measured.values.items()
    }
    return {
        **asdict(measured),
        **{name: day and day.isoformat() for name, day in days.items()},
        "values": values,
        "rows": found.rows,
        "unread_count": found.unread_count,
        "unread": [asdict(one) for one in found.unread],
    }


def _in_words(file: Path, found: "Found") -> list[str]:
    measured, fields = found.measured, catalogue(found.measured.period).by_key
    rows = [tuple(word.format(period=measured.period) for word in HEAD)]
    rows += [
        (
            fields[key].label,
            number(round(value.typical, 1)),
            f"{number(round(value.low, 1))} to {number(round(value.high, 1))}",
            "" if value.bad_week is None else number(round(value.bad_week, 1)),
            f"{value.n:,}",
            f"{value.clinicians:,}{'*' if value.needs_consent else ''}",
        )
        for key, value in measured.values.items()
        if key in fields
    ]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEAD))]
    lines = [
        f"{file.name}: {measured.visits:,} visits of {measured.clinicians:,} clinicians in "
        f"{measured.weeks:,} weeks from {taking.said(measured.first_day)}, "
        f"as of {taking.said(measured.as_of)}",
        "",
    ]
    for row in rows:
        cells = [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        lines.append("  ".join([row[0].ljust(widths[0]), *cells]).rstrip())
    return [*lines, "", *_footnotes(found)]


def _footnotes(found: "Found") -> list[str]:
    """What the values rest on, and what is not in them."""
    measured, fields = found.measured, catalogue(found.measured.period).by_key
    lines = [
        f"n is clinician-{measured.period}s; the range is the 10th to 90th percentile, of fewer than 20 all."
    ]
    if measured.bad_week:
        lines.append(f"Bad {measured.period}: {taking.named(measured)}.")
    if measured.needs_consent:
        lines.append("* Fewer than three people: their own record, to be shown only if they agreed to it.")
    if measured.notes_too_long:
        lines.append(f"After hours: {taking.at_least(measured)[0].lower()}{taking.at_least(measured)[1:]}")
    lines += [
        f"Not measured: {fields[key].label}. {why}"
        for key, why in measured.unmeasured.items()
        if key in fields
    ]
    if measured.outside:
        lines.append(f"Before or after the whole weeks: {measured.outside:,} visits, not counted.")
    if measured.part_weeks:
        lines.append(f"Parts of weeks: {measured.part_weeks:,} clinician-weeks, not counted.")
    if found.unread_count:
        lines.append(f"Not read: {found.unread_count:,} of {found.rows:,} rows.")
        lines += [f"  row {one.row}: {one.reason}" for one in found.unread]
        lines += [f"  and {found.more:,} more"] if found.more else []
    return lines
