"""Ratings as an interviewing company would have them, invented: what every row of the bench is measured on.

`python -m bench.data RATINGS RATERS FILE` keeps the codes in FILE, or the ratings if FILE is a CSV file.

Panels of three out of a pool of raters score five criteria on five points; one rating in twenty is missing,
and rows arrive in no order. A score is the candidate's ability, how the rater saw the candidate as a whole
(halo), the candidate on this criterion, how hard the criterion is, how severe the rater is, and noise.
"""

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Ints: TypeAlias = npt.NDArray[np.int64]

SEED = 20260101
POINTS = 5
CRITERIA = 5
PANEL = 3
POOL = 200
MISSING = 0.05


@dataclass(frozen=True, slots=True)
class Panels:
    """Codes of ratings: `unit` is the candidate, `thing` the candidate on one criterion, `code` 0 to 4."""

    raters: int
    unit: Ints
    criterion: Ints
    rater: Ints
    code: Ints

    @property
    def thing(self) -> Ints:
        """The number of the thing rated."""
        return self.unit * CRITERIA + self.criterion

    def ordered(self) -> "Panels":
        """The same ratings by thing and rater."""
        order = np.lexsort((self.rater, self.thing))
        return replace(
            self,
            unit=self.unit[order],
            criterion=self.criterion[order],
            rater=self.rater[order],
            code=self.code[order],
        )

    def complete(self) -> Ints:
        """The codes of the things that a whole panel rated, a row each and a column for each seat."""
        panels = self.ordered()
        thing, place = np.unique(panels.thing, return_inverse=True)
        rows = np.bincount(place, minlength=len(thing))[place] == PANEL
        return np.asarray(panels.code[rows].reshape(-1, PANEL))

    def save(self, path: Path) -> None:
        """Keep the codes for another process."""
        np.savez(
            path,
            raters=self.raters,
            unit=self.unit,
            criterion=self.criterion,
            rater=self.rater,
            code=self.code,
        )

    @classmethod
    def load(cls, path: Path) -> "Panels":
        """Read what `save` kept."""
        kept = np.load(path)
        return cls(int(kept["raters"]), kept["unit"], kept["criterion"], kept["rater"], kept["code"])

    def write_csv(self, path: Path) -> None:
        """One row a rating, with labels as people write them."""
        columns = zip(
            self.unit.tolist(), self.rater.tolist(), self.criterion.tolist(), self.code.tolist(), strict=True
        )
        with path.open("w", encoding="utf-8") as file:
            file.write("unit,rater,criterion,score\n")
            file.writelines(
                f"c{unit:06},r{rater:03},k{place},{code + 1}\n" for unit, rater, place, code in columns
            )


def invent(ratings: int, raters: int = POOL, seed: int = SEED) -> Panels:
    """Invent this many ratings; the same numbers give the same ratings."""
    random = np.random.default_rng([seed, ratings, raters])
    units = int(ratings / (PANEL * CRITERIA * (1 - MISSING)) * 1.02) + 20
    panel = random.integers(0, raters, (units, PANEL))
    while len(twice := np.flatnonzero((np.diff(np.sort(panel, axis=1), axis=1) == 0).any(axis=1))):
        panel[twice] = random.integers(0, raters, (len(twice), PANEL))

    ability = random.normal(3.1, 0.75, (units, 1, 1))
    halo = random.normal(0, 0.45, (units, PANEL, 1))
    on_criterion = random.normal(0, 0.35, (units, 1, CRITERIA))
    hardness = random.normal(0, 0.25, CRITERIA)
    severity = random.normal(0, 0.4, raters)[panel][:, :, np.newaxis]
    noise = random.normal(0, 0.5, (units, PANEL, CRITERIA))
    latent = ability + halo + on_criterion - hardness - severity + noise
    scores = np.clip(np.rint(latent), 1, POINTS).astype(np.int64)

    unit, seat, criterion = np.nonzero(random.random(scores.shape) >= MISSING)
    arrival = random.permutation(ratings)
    unit, seat, criterion = unit[arrival], seat[arrival], criterion[arrival]
    return Panels(
        raters,
        unit=unit,
        criterion=criterion,
        rater=panel[unit, seat],
        code=scores[unit, seat, criterion] - 1,
    )


def main(ratings: str, raters: str, file: str) -> None:
    """Invent ratings and keep them in a file."""
    panels, path = invent(int(ratings), int(raters)), Path(file)
    if path.suffix == ".csv":
        panels.write_csv(path)
    else:
        panels.save(path)


if __name__ == "__main__":
    main(*sys.argv[1:])
