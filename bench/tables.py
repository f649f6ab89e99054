"""Prints what was measured: standard library only."""

from collections.abc import Sequence

from bench.environment import PINS
from bench.rows import Peer, Row
from bench.running import Measured, differ


def floor_table(found: Sequence[tuple[Row, int, tuple[Measured, Measured]]]) -> bool:
    """The table of ratios to the floor; whether all are within their limits."""
    if not found:
        return True
    good, lines = True, []
    for row, size, (floor, ours) in found:
        if failed := floor.failed or ours.failed:
            time = "" if floor.failed else milliseconds(floor.seconds)
            lines.append([row.title, f"{size:,}", time, f"not measured: {failed}"])
            good = False
            continue
        ratio = ours.seconds / floor.seconds
        judged = size == max(other for one, other, _ in found if one is row)
        fine = ratio <= row.limit
        good &= fine or not judged
        lines.append(
            [
                row.title,
                f"{size:,}",
                milliseconds(floor.seconds),
                milliseconds(ours.seconds),
                f"{ratio:.2f}",
                f"{row.limit:g}",
                ("ok" if fine else "OVER") if judged else ("" if fine else "(over)"),
                f"{floor.megabytes:.0f}",
                f"{ours.megabytes:.0f}",
                shown(differ(ours, floor)),
            ]
        )
    print("\nBeside a floor of plain NumPy: CPU milliseconds on one core, peak memory of the process in MB.")
    print(
        "The largest size is judged; the last column is the largest difference of the numbers that came out."
    )
    columns = ["", "ratings", "floor", "ours", "ratio", "limit", "", "floor MB", "our MB", "differ by"]
    print_table(columns, lines)
    return good


def peer_table(found: Sequence[tuple[Peer, int, Measured, Measured]]) -> bool:
    """The table of other programs; whether ours and, where they are installed, theirs could be measured."""
    if not found:
        return True
    good, lines = True, []
    for peer, size, ours, theirs in found:
        if failed := ours.failed or theirs.failed:
            lines.append([peer.title, f"{size:,}", f"not measured: {failed}"])
            good &= failed.endswith("not on this machine")
            continue
        many = f"{theirs.seconds / ours.seconds:,.1f}"
        about = "~" if theirs.scaled != 1 else ""
        lines.append(
            [
                peer.title,
                f"{size:,}",
                about + milliseconds(theirs.seconds),
                milliseconds(ours.seconds),
                about + many,
                f"{theirs.megabytes:.0f}",
                f"{ours.megabytes:.0f}",
                shown(differ(ours, theirs)),
            ]
        )
    pins = ", ".join(PINS.read_text("utf-8").split()).replace("==", " ")
    print("\nBeside other programs: how many times as long they take (~ from fewer samples, scaled).")
    print(f"They ran with {pins}.")
    print_table(["", "ratings", "theirs", "ours", "times", "their MB", "our MB", "differ by"], lines)
    return good


def print_table(columns: list[str], lines: list[list[str]]) -> None:
    """Print columns as wide as they need to be, numbers to the right."""
    full = [columns, *(line for line in lines if len(line) == len(columns))]
    widths = [max(len(line[place]) for line in full) for place in range(len(columns))]
    widths[:2] = [max(len(line[place]) for line in [columns, *lines]) for place in range(2)]
    for line in [columns, *lines]:
        cells = [cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=False)]
        print("  ".join([line[0].ljust(widths[0]), *cells]).rstrip())


def milliseconds(seconds: float) -> str:
    """Three digits, or whole milliseconds where there are more."""
    value = seconds * 1000
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def shown(difference: float | None) -> str:
    """One digit of a difference."""
    return "" if difference is None else f"{difference:.0e}"
