"""What its slides quote: medians over seeds of what networks answer."""

import numpy as np

from demos.dropout.compute import asymmetry, linear_shares

WHY = (  # of the exercise: where its first number is the larger one, and where not
    "each time the loud input is missing the quiet one has to answer alone: here often enough",
    "the loud input is missing too rarely for the quiet one to learn to answer alone",
)

POINTS = ("first", "second", "both")  # f(1, 0), f(0, 1), f(1, 1)


def answers(study, way):
    """A recorded study's answers of the networks trained one way: (3, seeds), a row for each of POINTS."""
    return np.stack([study[f"{point}_{way}"] for point in POINTS])


def medians(**ways):
    """Medians over seeds of NAME=answers (3, seeds): NAME_first, NAME_second, NAME_both."""
    return {
        f"{name}_{point}": np.median(row)
        for name, rows in ways.items()
        for point, row in zip(POINTS, rows, strict=True)
    }


def missing(never, dropped, often):
    """How unevenly networks trust their inputs, from their answers: when none was ever missing, without and
    with dropout, and when one often was."""
    low, high = np.percentile(never[0], [5, 95])
    numbers = {"seeds": never.shape[1], "first_low": low, "first_high": high}
    for name, each in {"plain": never, "dropout": dropped, "missing": often}.items():
        numbers[name] = np.median(asymmetry(each))
    return numbers | medians(missing=often)


def loud(study, ways):
    """What the loud input does to networks trained in each of `ways`: their answers, errors and dips."""
    numbers = {"seeds": len(study["first_plain"])}
    for way in ways:
        numbers |= medians(**{way: answers(study, way)})
        for error in ("error_both", "error_worse"):
            numbers[f"{way}_{error}"] = np.median(study[f"{error}_{way}"])
    dips = {"dip_quiet": "dip_first_input", "dip_loud": "dip_second_input"}
    return numbers | {name: np.median(study[key]) for name, key in dips.items()}


def linear(rates, starts):
    """Shares of a quiet and a loud input in a linear model, (rates, 2 * starts, 2): loudness 1, then 3."""
    both = [[linear_shares(p, scale, starts) for scale in (1, 3)] for p in rates]
    return np.array(both).reshape(len(rates), -1, 2)
