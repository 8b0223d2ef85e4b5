"""What is measured of dropout: its studies, a quantity per seed each."""

from dataclasses import replace

import numpy as np

from demos.core import rounding
from demos.core.evidence.study import MANY_SEEDS, SEEDS, Study
from demos.dropout import compute as db


def conditions(seeds, ways, lr, steps, loud=1.0, noise=0.0, votes=0):
    """Per condition: f(1, 0), f(0, loud), f(1, loud), how uneven, errors with one signal gone, dips.

    ways: name -> (probability that an input is missing, leaky labels?, hidden dropout, share of
    `steps`). With `votes`, also what that many thinned networks say to (1, loud) on average.
    """
    quantities = {}
    for name, (missing, leak, dropout, share) in ways.items():
        signals = db.Signals(loud=loud, noise=noise, missing=missing, leak=leak)
        settings = replace(db.ORIGINAL, lr=lr, steps=round(share * steps))
        trained = db.train(signals, seeds, dropout, settings)
        first, second, both = says = db.answers(trained, loud)
        error_both, error_worse = db.errors(trained, loud)
        dip_first, dip_second = db.dips(trained, loud)
        quantities |= {
            f"first_{name}": first,
            f"second_{name}": second,
            f"both_{name}": both,
            f"uneven_{name}": db.asymmetry(says),
            f"error_both_{name}": error_both,
            f"error_worse_{name}": error_worse,
            f"dip_first_{name}": dip_first,
            f"dip_second_{name}": dip_second,
        }
        if votes:
            answers = db.thinned(trained, (1.0, loud), dropout, votes, seed=0)
            quantities[f"average_{name}"] = answers.mean(axis=1)
    return quantities


def linear(cases, rates, louds, steps):
    """The linear theory: how far inverted input dropout, from zero, ends from its closed form."""
    apart = []
    for case in cases:
        p, loud = rates[case % len(rates)], louds[case // len(rates)]
        shares = db.linear_shares(p, loud, steps=steps)[0]
        apart.append(np.abs(shares - db.linear_closed_form(p)).max())
    return {"apart": np.array(apart)}


RARE = 0.001  # either input is missing one time in a thousand
AVERAGE = Study(
    "dropout-average",
    conditions,
    {"ways": {"short": (RARE, False, 0.5, 1.0)}, "lr": 0.004, "steps": 2000, "votes": 2000},
)
COPIES = Study(
    "dropout-copies",
    conditions,
    {
        "ways": {"copy": (RARE, False, 0.0, 1.0), "copy_dropout": (RARE, False, 0.5, 1.0)},
        "lr": 0.004,
        "steps": 10_000,
    },
    roundings=rounding.FEW,
)
LEAK = Study(
    "dropout-leak",
    conditions,
    {
        "ways": {"leak": (RARE, True, 0.0, 1.0), "leak_dropout": (RARE, True, 0.5, 1.0)},
        "lr": 0.004,
        "steps": 10_000,
    },
    count=32,
    roundings=rounding.FEW,
)
MISSING = Study(
    "dropout-missing",
    conditions,
    {
        "ways": {
            "never": (0.0, False, 0.0, 1.0),
            "never_dropout": (0.0, False, 0.5, 1.0),
            "often": (0.01, False, 0.0, 1.0),
        },
        "lr": 0.004,
        "steps": 10_000,
    },
    count=MANY_SEEDS,
    shake_all=True,
    roundings=rounding.FEW,
)
LOUD = Study(
    "dropout-loud",
    conditions,
    {
        "ways": {
            "plain": (0.0, False, 0.0, 1.0),
            "hidden": (0.0, False, 0.5, 1.0),
            "input": (0.1, False, 0.0, 1.0),
        },
        "lr": 0.001,
        "steps": 2000,
        "loud": 3.0,
    },
    count=2 * SEEDS,  # a coin of nine in twenty is hard to tell from one of a quarter
)
NOISY = Study(
    "dropout-noisy",
    conditions,
    {
        "ways": {
            "plain": (0.0, False, 0.0, 1.0),
            "hidden": (0.0, False, 0.5, 1.0),
            "early": (0.0, False, 0.0, 0.025),
        },
        "lr": 0.004,
        "steps": 10_000,
        "noise": 0.1,
    },
    count=MANY_SEEDS,
    roundings=rounding.FEW,
)
FASTER = Study(  # the noisy copies once more, after so few steps that a faster one would be ahead
    "dropout-faster",
    conditions,
    {
        "ways": {"plain": (0.0, False, 0.0, 1.0), "hidden": (0.0, False, 0.5, 1.0)},
        "lr": 0.004,
        "steps": 250,
        "noise": 0.1,
    },
    roundings=rounding.FEW,
)
RATES, LOUDS = (0.1, 0.2, 0.35, 0.5, 0.65), (0.5, 1.0, 2.0, 3.0, 4.0)
LINEAR = Study(
    "dropout-linear",
    linear,
    {"rates": RATES, "louds": LOUDS, "steps": 2000},
    cases=len(RATES) * len(LOUDS),
    batch=25,
    below={"apart": 1e-9},
)
