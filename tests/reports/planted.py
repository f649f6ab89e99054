"""Interviewers with planted habits among clean ones: what the measures of raters have to find.

Each candidate has a level on each criterion, made of a general part and one of the criterion's own. A clean
interviewer sees it with a little severity, an impression of the candidate as a whole and noise. A deviant
one has exactly one habit on top. Everything is rounded to the scale of 1 to 5 at the end.
"""

from dataclasses import dataclass

import numpy as np

from reports.ratings.tables import Ratings, Scale

SEASON = 270.0
PLANTED = ("severe", "lenient", "halo", "central", "restricted", "drifting", "erratic")


@dataclass(frozen=True)
class Season:
    """A season of interviews, as columns of one row a score."""

    candidate: np.ndarray
    rater: np.ndarray
    criterion: np.ndarray
    score: np.ndarray
    day: np.ndarray

    def ratings(self) -> Ratings:
        """The season as checked ratings; a deviant rater bears the name of the habit."""
        names = np.array([name_of(rater) for rater in range(int(self.rater.max()) + 1)])
        return Ratings.from_columns(
            self.candidate, names[self.rater], self.score, self.criterion, days=self.day, scale=Scale(1, 5)
        )


def name_of(rater: int) -> str:
    return PLANTED[rater] if rater < len(PLANTED) else f"clean {rater:02d}"


def season(
    seed: int,
    *,
    raters: int = 24,
    candidates: int = 300,
    panel: int = 3,
    criteria: int = 5,
    mean: float = 3.1,
    clean_severity: float = 0.12,
    planted: bool = True,
) -> Season:
    """Draw a season; the first seven raters have the habits of `PLANTED`, in that order."""
    random = np.random.default_rng(seed)
    general = random.normal(0, 0.7, (candidates, 1, 1))
    own = random.normal(0, 0.5, (candidates, 1, criteria))
    difficulty = random.normal(0, 0.15, criteria)
    level = mean + general + own + difficulty

    rota = random.permuted(np.tile(np.arange(raters), (candidates * panel // raters + 1, 1)), axis=1)
    who = rota.reshape(-1, panel, 1)[:candidates]
    day = random.uniform(0, SEASON, (candidates, 1, 1))
    severities = random.normal(0, clean_severity, raters)
    if planted:
        severities[: len(PLANTED)] = 0
    severity = severities[who]
    impression = random.normal(0, 0.15, (candidates, panel, 1))
    noise = random.normal(0, 1, (candidates, panel, criteria))
    score = level + severity + impression + 0.4 * noise

    if planted:
        whole = level.mean(axis=2, keepdims=True) + impression
        habits = [
            score - 0.7,
            score + 0.7,
            whole + 0.1 * noise,
            3 + 0.35 * (score - 3),
            np.clip(3.5 + 0.35 * (score - mean), 3, 4),
            score + 1.2 * (day / SEASON - 0.5),
            level + impression + 1.2 * noise,
        ]
        score = np.select([who == rater for rater in range(len(PLANTED))], habits, score)

    shape = score.shape
    return Season(
        candidate=np.broadcast_to(np.arange(candidates)[:, np.newaxis, np.newaxis], shape).ravel(),
        rater=np.broadcast_to(who, shape).ravel(),
        criterion=np.broadcast_to(np.arange(criteria), shape).ravel(),
        score=np.clip(np.rint(score), 1, 5).ravel(),
        day=np.broadcast_to(day, shape).ravel(),
    )
