"""What is claimed of dropout and two inputs that carry one signal."""

from dataclasses import replace

import numpy as np

from demos.core import rounding
from demos.core.evidence.study import MANY_SEEDS, SEEDS, Claim, Study
from demos.core.evidence.verdicts import (
    EVERY,
    LIKE_A_COIN,
    MOSTLY,
    NEARLY_ALWAYS,
    PREDICTED,
    SOMETIMES,
    TOLD,
    USUALLY,
)
from demos.dropout import compute as db

TITLE = "Dropout"


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
RATES, LOUDS = (0.1, 0.2, 0.35, 0.5, 0.65), (0.5, 1.0, 2.0, 3.0, 4.0)
LINEAR = Study(
    "dropout-linear",
    linear,
    {"rates": RATES, "louds": LOUDS, "steps": 2000},
    cases=len(RATES) * len(LOUDS),
    batch=25,
    below={"apart": 1e-9},
)

CLAIMS = (
    Claim(
        "dropout-quiet",
        "The whole network is quieter than its thinned ones",
        AVERAGE,
        value=lambda q: q["both_short"] - q["average_short"],
        rule="<",
        bound=0,
        unit="f(1, 1), whole minus average",
    ),
    Claim(
        "dropout-leak",
        "Leaked labels: the first input is preferred",
        LEAK,
        value=lambda q: q["first_leak"] - q["second_leak"],
        rule=">",
        bound=0.25,
        unit="f(1, 0) minus f(0, 1)",
        word=USUALLY,
    ),
    Claim(
        "dropout-leak-evens",
        "Leaked labels: dropout is more even than plain",
        LEAK,
        value=lambda q: q["uneven_leak_dropout"] / q["uneven_leak"],
        rule="<",
        bound=1,
        unit="unevenness, dropout over plain",
        word=USUALLY,
    ),
    Claim(
        "dropout-prefers-first",
        "Copied labels too, it prefers the first input",
        COPIES,
        value=lambda q: q["first_copy"] - q["second_copy"],
        rule=">",
        bound=0.25,
        unit="f(1, 0) minus f(0, 1)",
        kind=TOLD,
    ),
    Claim(
        "dropout-no-preference",
        "Copied labels: which one is ahead is like a coin",
        COPIES,
        value=lambda q: q["first_copy"] - q["second_copy"],
        rule=">",
        bound=0,
        unit="f(1, 0) minus f(0, 1)",
        word=LIKE_A_COIN,
    ),
    Claim(
        "dropout-unbiases",
        "Dropout evens out the two copies",
        COPIES,
        value=lambda q: q["uneven_copy_dropout"] / q["uneven_copy"],
        rule="<",
        bound=1,
        unit="unevenness, dropout over plain",
        log=True,
        kind=TOLD,
    ),
    Claim(
        "dropout-nothing-to-remove",
        "Copied labels: dropout is more even, or less, like a coin",
        COPIES,
        value=lambda q: q["uneven_copy_dropout"] / q["uneven_copy"],
        rule="<",
        bound=1,
        unit="unevenness, dropout over plain",
        word=LIKE_A_COIN,
        log=True,
    ),
    Claim(
        "dropout-lowers",
        "Copied labels: dropout lowers the answer to (1, 1)",
        COPIES,
        value=lambda q: q["both_copy_dropout"] - q["both_copy"],
        rule="<",
        bound=0,
        unit="f(1, 1), dropout minus plain",
        word=NEARLY_ALWAYS,
    ),
    Claim(
        "dropout-never-missing",
        "None ever missing: now and then dropout is less even",
        MISSING,
        value=lambda q: q["uneven_never_dropout"] / q["uneven_never"],
        rule=">",
        bound=1,
        unit="unevenness, dropout over plain",
        word=SOMETIMES,
        log=True,
    ),
    Claim(
        "dropout-missing-cures",
        "One missing in a hundred evens out more than dropout",  # than dropout: what we expected
        MISSING,
        value=lambda q: q["uneven_often"] / q["uneven_never_dropout"],
        rule="<",
        bound=1,
        unit="unevenness, missing over dropout",
        word=NEARLY_ALWAYS,
        log=True,
        kind=PREDICTED,
        since="d047e70",
    ),
    Claim(
        "loud-trusted",
        "A loud copy: plain training trusts it twice as much",
        LOUD,
        value=lambda q: q["second_plain"] / np.maximum(q["first_plain"], 1e-3),
        rule=">",
        bound=2,
        unit="f(0, 3) over f(1, 0)",
        word=NEARLY_ALWAYS,
        log=True,
    ),
    Claim(
        "loud-hidden",
        "Hidden dropout: more even or less, like a coin",
        LOUD,
        value=lambda q: q["uneven_hidden"] / q["uneven_plain"],
        rule="<",
        bound=1,
        unit="unevenness, dropout over plain",
        word=LIKE_A_COIN,
        log=True,
    ),
    Claim(
        "loud-input",
        "Input dropout: either signal alone suffices, ± 0.1",
        LOUD,
        value=lambda q: np.max(
            [np.abs(q[f"{at}_input"] - 1) for at in ("first", "second", "both")], 0
        ),
        rule="<",
        bound=0.1,
        unit="largest error of the three",
        word=NEARLY_ALWAYS,
    ),
    Claim(
        "loud-input-error",
        "With one signal gone it errs five times less than plain",
        LOUD,
        value=lambda q: q["error_worse_input"] / q["error_worse_plain"],
        rule="<",
        bound=0.2,
        unit="error, input dropout over plain",
        word=NEARLY_ALWAYS,
    ),
    Claim(
        "loud-input-price",
        "The price: more error when both are there",
        LOUD,
        value=lambda q: q["error_both_input"] / q["error_both_plain"],
        rule=">",
        bound=1,
        unit="error, input dropout over plain",
        word=NEARLY_ALWAYS,
        log=True,
    ),
    Claim(
        "loud-unequal",
        "Even so the loud signal moves the answer more",
        LOUD,
        value=lambda q: q["dip_second_input"] - q["dip_first_input"],
        rule=">",
        bound=0,
        unit="fall, loud minus quiet",
        word=NEARLY_ALWAYS,
    ),
    Claim(
        "loud-hidden-worse",
        "Hidden dropout errs more, both signals there or one gone",
        LOUD,
        value=lambda q: np.minimum(
            q["error_both_hidden"] / q["error_both_input"],
            q["error_worse_hidden"] / q["error_worse_input"],
        ),
        rule=">",
        bound=1,
        unit="errors, hidden over input",
        word=NEARLY_ALWAYS,
        log=True,
    ),
    Claim(
        "noisy-hidden",
        "A noisy copy: hidden dropout is more even",
        NOISY,
        value=lambda q: q["uneven_hidden"] / q["uneven_plain"],
        rule="<",
        bound=1,
        unit="unevenness, dropout over plain",
        word=NEARLY_ALWAYS,
    ),
    Claim(
        "noisy-early",
        "A noisy copy: stopping at 250 steps is more even too",
        NOISY,
        value=lambda q: q["uneven_early"] / q["uneven_plain"],
        rule="<",
        bound=1,
        unit="unevenness, early over late",
        word=NEARLY_ALWAYS,
    ),
    Claim(
        "noisy-early-most",
        "A noisy copy: stopping does over half of dropout's work",
        NOISY,
        value=lambda q: (
            (q["uneven_plain"] - q["uneven_early"]) / (q["uneven_plain"] - q["uneven_hidden"])
        ),
        rule=">",
        bound=0.5,
        unit="share of dropout's change",
        word=MOSTLY,
    ),
    Claim(
        "linear-dropout",
        "Linear: input dropout gives each 1/(2+p/(1−p))",
        LINEAR,
        value=lambda q: q["apart"],
        rule="<",
        bound=0.01,
        unit="distance from the formula",
        word=EVERY,
        log=True,
    ),
)
