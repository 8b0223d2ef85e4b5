"""What a claim is: a sentence, a measurement on many seeds, a rule, and a word for how often it is so.

A study measures named quantities, one value per seed. A claim picks a value from a study, says when
one seed agrees, and for what share of all seeds that must be so: in one of the words of `verdicts`, which
also says when the measured seeds support the word.

Settings, rules and pictures were chosen with seeds below 1000, words after a first record on 1000 to
1031. Claims are measured from FIRST_SEED on, on seeds that nobody had looked at. A deterministic study
has no seeds but constructions: it measures all of them, a census, and nothing is left to chance.
"""

import operator
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import takewhile

import numpy as np
import torch

from demos.core import rounding
from demos.core.evidence.verdicts import EVERY, KINDS, MEASURED, NEARLY_ALWAYS, PREDICTED

FIRST_SEED = 3000
SEEDS, MANY_SEEDS, WIDE_SEEDS = 128, 80, 16  # quick networks; slower ones; a thousand units wide

RULES = {">": operator.gt, "<": operator.lt}


@dataclass(frozen=True)
class Study:
    """A measurement: `measure(seeds, **settings)` gives {quantity: (len(seeds),)}.

    Seeds are measured `batch` at a time. A census varies the construction instead: its "seeds" are the
    `cases` numbers from 0 on. `again` seeds are measured under each of `roundings` too, and those near
    the bound of a claim under the first; `shake_all`: every seed is, where now and then one of them ends
    elsewhere (a unit dies or not) and nothing shows beforehand which. `below`: {quantity: bound} of those
    that are rounding themselves; under its bound such a number may be anything. `ticks`: quantities that
    are whole multiples of 1 / ticks (or of a hundredth: means of several) are counts, and a count may
    move by one where rounding moved none. `first`: the first seed, where a draft was measured before.
    """

    name: str
    measure: Callable
    settings: dict = field(default_factory=dict)
    count: int = SEEDS
    batch: int = 16
    cases: int = 0
    again: int = 4
    shake_all: bool = False
    roundings: tuple = rounding.ALL
    below: dict = field(default_factory=dict)
    ticks: int = 0
    first: int = FIRST_SEED

    def seeds(self, count=None):
        """Which seeds (or cases) to measure, `count` of them or as many as usual."""
        if self.cases:
            return list(range(self.cases))
        return list(range(self.first, self.first + (count or self.count)))

    def own(self, measured):
        """Those of `measured` seeds that are this study's: from its first on, without a gap."""
        return list(takewhile(set(measured).__contains__, self.seeds(len(measured))))

    def shaken(self, seeds):
        """Which of `seeds` to measure under which other rounding, whatever they show."""
        wanted = dict.fromkeys(self.roundings, seeds[: self.again])
        return wanted | ({self.roundings[0]: seeds} if self.shake_all else {})

    def grain(self, values):
        """By how much a count among `values`, (seeds,), goes up: 1 / ticks; 0 for what is no count."""
        whole = np.asarray(values, dtype=float) * self.ticks * 100
        return (
            1 / self.ticks if self.ticks and np.allclose(whole, np.round(whole), atol=1e-6) else 0.0
        )


@dataclass(frozen=True)
class Claim:
    """A sentence that a listener takes away, and what has to be measured for it to be true.

    value(quantities) gives (seeds,); a seed agrees where value `rule` `bound`, for example "> 1".
    `word`: a key of `verdicts.SHARES`. `kind`: one of KINDS. What was told or predicted and is not so is
    kept, as a warning; a prediction names in `since` the commit in which its rule stood before it was
    measured.
    """

    id: str
    sentence: str  # at most 60 characters, whole in itself: it stands in a badge
    study: Study
    value: Callable
    rule: str
    bound: float
    unit: str  # what the value is
    word: str = NEARLY_ALWAYS
    kind: str = MEASURED
    since: str = ""
    log: bool = False  # draw the values on a logarithmic axis

    def __post_init__(self):
        if bool(self.study.cases) != (self.word == EVERY):
            raise ValueError(f"claim {self.id}: the word {EVERY!r} is for a census, and only that")
        if self.kind not in KINDS or (self.kind == PREDICTED) != bool(self.since):
            raise ValueError(
                f"claim {self.id}: a kind of {KINDS}; a prediction, and only it, a since"
            )

    def agrees(self, values):
        """Which values agree with the claim: an array of bool of the same shape."""
        return RULES[self.rule](np.asarray(values), self.bound)


def measure(name, seeds):
    """Run the study `name` on some seeds: {seed: {quantity: number}}, one thread.

    Raises ValueError for a quantity that is not one finite number per seed.
    """
    from demos.core.evidence.registry import all_studies

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
