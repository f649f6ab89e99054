"""Asks irrCAC, which needs an old SciPy, about each table: once told the scale, once left to what occurs."""

import numpy as np
import pandas as pd
from irrCAC.raw import CAC
from reading import Table, say, tables

WEIGHTS = {"": "identity", "_linear": "linear", "_quadratic": "quadratic", "_ordinal": "ordinal"}
DIGITS = 15


def report(table: Table, key: str, found: dict) -> None:
    """Say a coefficient with its standard error and interval."""
    estimate = found["est"]
    say(table.name, key, "value", estimate["coefficient_value"])
    say(table.name, key, "se", estimate["se"])
    for what, limit in zip(("low", "high"), estimate["confidence_interval"], strict=True):
        say(table.name, key, what, limit)


def ask_percent(table: Table, key: str, within: float) -> None:
    """Percent agreement with its standard error.

    Brennan-Prediger where chance is brought to nothing by one more category, which nobody used, with a
    negative weight: what is left is the observed agreement.
    """
    levels = np.array(table.levels)
    weights = np.zeros((len(levels) + 1,) * 2)
    weights[:-1, :-1] = np.abs(np.subtract.outer(levels, levels)) <= within + 1e-9
    weights[-1, -1] = -weights.sum()
    found = CAC(table.wide, weights=weights, categories=[*table.levels, -1.0], digits=DIGITS).bp()["est"]
    say(table.name, key, "value", found["coefficient_value"])
    say(table.name, key, "se", found["se"])


def ask(table: Table) -> None:
    """Every coefficient that has a key of ours."""
    ask_percent(table, "percent_agreement", 0)
    ask_percent(table, "percent_agreement_adjacent", 1)
    for ending, weights in WEIGHTS.items():
        told = CAC(table.wide, weights=weights, categories=table.levels, digits=DIGITS)
        untold = CAC(table.wide, weights=weights, digits=DIGITS)
        gwet = f"gwet_ac2{ending}" if ending else "gwet_ac1"
        for chosen, end in ((told, ""), (untold, "_observed_categories")):
            report(table, f"{gwet}{end}", chosen.gwet())
            if ending != "_ordinal":
                report(table, f"brennan_prediger{ending}{end}", chosen.bp())
        if ending != "_ordinal":
            report(table, f"fleiss_kappa{ending}", told.fleiss())
    told = CAC(table.wide, categories=table.levels, digits=DIGITS)
    report(table, "conger_kappa", told.conger())
    report(table, "krippendorff_alpha_nominal", told.krippendorff())
    squares = CAC(table.wide, weights="quadratic", categories=table.levels, digits=DIGITS)
    report(table, "krippendorff_alpha_interval", squares.krippendorff())


if __name__ == "__main__":
    pd.set_option("mode.copy_on_write", True)  # it writes into what it was given
    for each in tables():
        ask(each)
