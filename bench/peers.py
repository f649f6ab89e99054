"""What the same statistics cost in other programs; runs in the peers' own environment.

Each function takes the ratings and gives back the work to time, on the form of the data that suits its
program best unless its title in `bench.rows` says otherwise. A bootstrap of a thousand samples is run with
fewer and scaled, which its answer says.
"""

import importlib
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from bench.data import POINTS, Panels

Work = Callable[[int], dict[str, float]]

LEAST_SHARED = 5
SAMPLES, SAMPLES_TIMED = 1000, 10
ICC = {
    "ICC(1,1)": "icc_1_1",
    "ICC(A,1)": "icc_2_1",
    "ICC(C,1)": "icc_3_1",
    "ICC(1,k)": "icc_1_k",
    "ICC(A,k)": "icc_2_k",
    "ICC(C,k)": "icc_3_k",
}


def peer(module: str) -> Any:
    """A program that only this environment has, and no dependency of the project."""
    return importlib.import_module(module)


def value_counts(panels: Panels) -> Any:
    """How often each thing got each score."""
    counts = np.bincount(panels.thing * POINTS + panels.code, minlength=(panels.thing.max() + 1) * POINTS)
    return counts.reshape(-1, POINTS)


def krippendorff_counts(panels: Panels) -> Work:
    """Ordinal alpha where somebody has counted the scores of each thing already: its best case."""
    krippendorff, counts = peer("krippendorff"), value_counts(panels)

    def work(_run: int) -> dict[str, float]:
        value = krippendorff.alpha(value_counts=counts, level_of_measurement="ordinal")
        return {"krippendorff_alpha_ordinal": float(value)}

    return work


def krippendorff_table(panels: Panels) -> Work:
    """Ordinal alpha from rows, as its documentation has it: a table of raters by things."""
    krippendorff, frame = peer("krippendorff"), as_frame(panels)

    def work(_run: int) -> dict[str, float]:
        table = frame.pivot_table(index="rater", columns="thing", values="score")
        value = krippendorff.alpha(
            table.to_numpy(), level_of_measurement="ordinal", value_domain=range(POINTS)
        )
        return {"krippendorff_alpha_ordinal": float(value)}

    return work


def krippendorff_bootstrap(panels: Panels) -> Work:
    """Ordinal alpha of things drawn again, in the loop that a user has to write."""
    krippendorff, counts = peer("krippendorff"), value_counts(panels)
    counts = counts[counts.sum(axis=1) >= 2]

    def work(run: int) -> dict[str, float]:
        random = np.random.default_rng(run)
        for _ in range(SAMPLES_TIMED):
            drawn = counts[random.integers(0, len(counts), len(counts))]
            krippendorff.alpha(value_counts=drawn, level_of_measurement="ordinal")
        return {"scaled": SAMPLES / SAMPLES_TIMED}

    return work


def as_frame(panels: Panels) -> Any:
    """The ratings as a table of pandas."""
    columns = {"thing": panels.thing, "rater": panels.rater, "score": panels.code}
    return peer("pandas").DataFrame(columns)


def statsmodels_fleiss(panels: Panels) -> Work:
    """Fleiss' kappa of the things a whole panel rated; it takes no others."""
    rated = peer("statsmodels.stats.inter_rater")
    counts = value_counts(panels)
    counts = counts[counts.sum(axis=1) == panels.complete().shape[1]]
    return lambda _run: {"fleiss_kappa": float(rated.fleiss_kappa(counts))}


def shared_things(frame: Any) -> Any:
    """For each pair of raters the things both rated, grouped, through a join."""
    both = frame.merge(frame, on="thing")
    both = both[both["rater_x"] < both["rater_y"]]
    return both.groupby(["rater_x", "rater_y"])[["score_x", "score_y"]]


def statsmodels_pairs(panels: Panels) -> Work:
    """Cohen's quadratic kappa of every pair, from its table."""
    rated, frame = peer("statsmodels.stats.inter_rater"), as_frame(panels)

    def work(_run: int) -> dict[str, float]:
        found = []
        for _, pair in shared_things(frame):
            if len(pair) >= LEAST_SHARED:
                cells = np.bincount(
                    pair["score_x"].to_numpy() * POINTS + pair["score_y"].to_numpy(), minlength=25
                )
                table = cells.reshape(POINTS, POINTS)
                with np.errstate(invalid="ignore", divide="ignore"):
                    found.append(rated.cohens_kappa(table, wt="quadratic", return_results=False))
        return {"mean_pairwise_kappa_quadratic": float(np.nanmean(found))}

    return work


def sklearn_pairs(panels: Panels) -> Work:
    """Cohen's quadratic kappa of every pair, told which labels there are."""
    metrics, frame = peer("sklearn.metrics"), as_frame(panels)

    def work(_run: int) -> dict[str, float]:
        found = [
            metrics.cohen_kappa_score(
                pair["score_x"].to_numpy(),
                pair["score_y"].to_numpy(),
                labels=range(POINTS),
                weights="quadratic",
            )
            for _, pair in shared_things(frame)
            if len(pair) >= LEAST_SHARED
        ]
        return {"mean_pairwise_kappa_quadratic": float(np.nanmean(found))}

    return work


def pingouin_icc(panels: Panels) -> Work:
    """The six ICCs of the things a whole panel rated, seats standing for raters."""
    pingouin, scores = peer("pingouin"), panels.complete() + 1.0
    thing, seat = np.indices(scores.shape)
    frame = peer("pandas").DataFrame({"thing": thing.ravel(), "seat": seat.ravel(), "score": scores.ravel()})

    def work(_run: int) -> dict[str, float]:
        found = pingouin.intraclass_corr(frame, targets="thing", raters="seat", ratings="score")
        return {ICC[kind]: float(value) for kind, value in zip(found["Type"], found["ICC"], strict=True)}

    return work


def means(panels: Panels) -> Any:
    """The mean over criteria of what each rater gave each candidate, as a table of pandas."""
    cell = panels.unit * panels.raters + panels.rater
    cells, place, many = np.unique(cell, return_inverse=True, return_counts=True)
    score = np.bincount(place, weights=panels.code + 1.0) / many
    return peer("pandas").DataFrame(
        {"unit": cells // panels.raters, "rater": cells % panels.raters, "score": score}
    )


def statsmodels_reml(panels: Panels) -> Work:
    """Crossed random effects as variance components of one group of everything."""
    formula, frame = peer("statsmodels.formula.api"), means(panels)
    parts = {"unit": "0 + C(unit)", "rater": "0 + C(rater)"}

    def work(_run: int) -> dict[str, float]:
        model = formula.mixedlm(
            "score ~ 1", frame, groups=np.ones(len(frame)), vc_formula=parts, use_sparse=True
        )
        fitted = model.fit(reml=True)
        components = dict(zip(model.exog_vc.names, fitted.vcomp, strict=True))
        return {f"reml_var_{name}": float(value) for name, value in components.items()} | {
            "reml_var_residual": float(fitted.scale)
        }

    return work


def lme4_reml(panels: Panels) -> Work:
    """R's lmer on ready means; R counts its own seconds, without starting and without reading the file."""
    script, frame = Path(__file__).parent / "lme4.R", means(panels)

    def work(_run: int) -> dict[str, float]:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "means.csv"
            frame.to_csv(file, index=False)
            command = ["Rscript", str(script), str(file)]
            said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        return {name: float(value) for name, value in map(str.split, said.splitlines())}

    return work
