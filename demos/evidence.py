"""What a claim is: a sentence, a measurement on many seeds, a rule, and a share of seeds.

A study measures named quantities, one value per seed. A claim picks a value from a study, says when
one seed agrees, and on what share of the seeds it must. The words and their shares are fixed here, once
for all claims, before anything is measured:

    always 1, nearly always 0.9, usually 0.75, mostly more than 0.5, no more than a coin 0.25 to 0.75

Settings, rules and pictures were chosen with seeds below FIRST_SEED; claims are measured from FIRST_SEED
on, on seeds that nobody had looked at. Many claims at once: the lower limit of a share is the one of
Clopper and Pearson (1934), at a level divided by the number of claims (Bonferroni).
"""

import operator
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import torch

FIRST_SEED = 1000
SEEDS, WIDE_SEEDS = 32, 8  # networks a thousand units wide take long
LEVEL = 0.05  # chance that any of the lower limits is too high, over all claims together

# the words of a claim, and the share of seeds they stand for: at least, at most
ALWAYS, NEARLY_ALWAYS, USUALLY, MOSTLY = (1.0, 1.0), (0.9, 1.0), (0.75, 1.0), (0.501, 1.0)
LIKE_A_COIN = (0.25, 0.75)

RULES = {">": operator.gt, "<": operator.lt}


@dataclass(frozen=True)
class Study:
    """A measurement: `measure(seeds, **settings)` gives {quantity: (len(seeds),)}.

    Seeds are measured `batch` at a time. A deterministic study varies the construction instead: its
    "seeds" are `cases` numbers from 0 on. `method`: a key of `records.TOLERANCE`, how far a value may
    move on another machine.
    """

    name: str
    measure: Callable
    settings: dict = field(default_factory=dict)
    count: int = SEEDS
    batch: int = 16
    cases: int = 0
    method: str = "long training"

    def seeds(self, count=None):
        """Which seeds (or cases) to measure, `count` of them or as many as usual."""
        if self.cases:
            return list(range(self.cases))
        return list(range(FIRST_SEED, FIRST_SEED + (count or self.count)))


@dataclass(frozen=True)
class Claim:
    """A sentence that a listener takes away, and what has to be measured for it to be true.

    value(quantities) gives (seeds,); a seed agrees where value `rule` `bound`, for example "> 1".
    The claim holds when the share of seeds that agree lies within `share`. `told`: what was said, by the
    original talk or by us, and is not so; it is kept as a warning, and CI complains when it begins to hold.
    """

    id: str
    sentence: str  # at most 60 characters: it stands in a table on a slide
    study: Study
    value: Callable
    rule: str
    bound: float
    unit: str  # what the value is
    share: tuple = NEARLY_ALWAYS
    told: bool = False
    log: bool = False  # draw the values on a logarithmic axis

    def agrees(self, values):
        """Which values agree with the claim: an array of bool of the same shape."""
        return RULES[self.rule](np.asarray(values), self.bound)

    def holds(self, values):
        """Whether the share of seeds that agree is the one claimed."""
        low, high = self.share
        return bool(low <= self.agrees(values).mean() <= high)


def measure(name, seeds):
    """Run the study `name` on some seeds: {seed: {quantity: number}}, one thread.

    Raises ValueError for a quantity that is not one finite number per seed.
    """
    from demos.claims import all_studies

    torch.set_num_threads(1)
    study = all_studies()[name]
    rows = {seed: {} for seed in seeds}
    for quantity, values in study.measure(list(seeds), **study.settings).items():
        values = np.asarray(values, dtype=float)
        if values.shape != (len(rows),) or not np.isfinite(values).all():
            raise ValueError(
                f"study {name}: {quantity} is not one finite number per seed: {values}"
            )
        for row, value in zip(rows.values(), values.tolist(), strict=True):
            row[quantity] = value
    return rows


def summary(claim, values, claims=1):
    """The verdict on a claim in numbers, `values` one per seed; `claims` are made in all."""
    from scipy.stats import binomtest  # late: it loads for over a second, and measuring needs none

    values = np.asarray(values, dtype=float)
    agree, (low, high) = int(claim.agrees(values).sum()), np.percentile(values, [5, 95])
    test = binomtest(agree, len(values), alternative="greater")
    return {
        "holds": claim.holds(values),
        "agree": agree,
        "seeds": len(values),
        "median": float(np.median(values)),
        "low": float(low),
        "high": float(high),
        "share_at_least": float(test.proportion_ci(1 - LEVEL / claims, "exact").low),
    }
