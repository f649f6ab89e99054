"""Asks krippendorff, statsmodels, scikit-learn or pingouin, whichever is named, about each table."""

import sys
from collections.abc import Callable
from itertools import combinations

import krippendorff
import numpy as np
import pingouin
from reading import Table, say, tables
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import aggregate_raters, cohens_kappa
from statsmodels.stats.inter_rater import fleiss_kappa as statsmodels_fleiss

WEIGHTS = {"": None, "_linear": "linear", "_quadratic": "quadratic"}
ICC = {
    "ICC(1,1)": "icc_1_1",
    "ICC(A,1)": "icc_2_1",
    "ICC(C,1)": "icc_3_1",
    "ICC(1,k)": "icc_1_k",
    "ICC(A,k)": "icc_2_k",
    "ICC(C,k)": "icc_3_k",
}


def ask_krippendorff(table: Table) -> None:
    """Alpha in its four metrics; ratio has no meaning where a score can be 0."""
    for level in ("nominal", "ordinal", "interval", "ratio"):
        if level == "ratio" and table.levels[0] <= 0:
            continue
        matrix = table.wide.T.to_numpy()
        value = krippendorff.alpha(matrix, level_of_measurement=level, value_domain=table.levels)
        say(table.name, f"krippendorff_alpha_{level}", "value", value)


def ask_statsmodels(table: Table) -> None:
    """Cohen's kappas with their standard errors, and Fleiss' kappa of complete tables."""
    points = range(len(table.levels))
    if table.wide.shape[1] == 2:
        both = table.positions.dropna().astype(int).to_numpy()
        counts = np.array([[((both[:, 0] == i) & (both[:, 1] == j)).sum() for j in points] for i in points])
        for ending, weights in WEIGHTS.items():
            found = cohens_kappa(counts, wt=weights)
            say(table.name, f"cohen_kappa{ending}", "value", found.kappa)
            if found.var_kappa >= 0:  # where one rater gave one score, a rounding error may be below 0
                say(table.name, f"cohen_kappa{ending}", "se", found.std_kappa)
    if table.is_complete:
        counts, _ = aggregate_raters(table.positions.astype(int).to_numpy(), n_cat=len(points))
        say(table.name, "fleiss_kappa", "value", statsmodels_fleiss(counts, method="fleiss"))


def ask_sklearn(table: Table) -> None:
    """Cohen's kappa of each pair on the known scale, and its mean over the pairs that have one."""
    points = list(range(len(table.levels)))
    for ending, weights in WEIGHTS.items():
        kappas = []
        for pair in combinations(table.positions.columns, 2):
            both = table.positions[list(pair)].dropna().astype(int).to_numpy()
            if len(both) and len(np.unique(both)) > 1:
                kappas.append(cohen_kappa_score(both[:, 0], both[:, 1], labels=points, weights=weights))
        say(table.name, f"mean_pairwise_kappa{ending}", "value", np.mean(kappas))
        if table.wide.shape[1] == 2:
            say(table.name, f"cohen_kappa{ending}", "value", kappas[0])


def ask_pingouin(table: Table) -> None:
    """The six intraclass correlations of complete tables; it rounds their intervals to two decimals."""
    if not table.is_complete or table.wide.index.nlevels > 1:
        return
    long = table.wide.reset_index().melt(id_vars="unit", var_name="rater", value_name="score")
    found = pingouin.intraclass_corr(data=long, targets="unit", raters="rater", ratings="score")
    for _, row in found.iterrows():
        key = ICC[row["Type"]]
        say(table.name, key, "value", row["ICC"])
        interval = row["CI95"] if "CI95" in row else row["CI95%"]
        say(table.name, key, "low", interval[0])
        say(table.name, key, "high", interval[1])


PROGRAMS: dict[str, Callable[[Table], None]] = {
    "krippendorff": ask_krippendorff,
    "statsmodels": ask_statsmodels,
    "scikit-learn": ask_sklearn,
    "pingouin": ask_pingouin,
}

if __name__ == "__main__":
    for each in tables():
        PROGRAMS[sys.argv[1]](each)
