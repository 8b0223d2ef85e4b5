"""What its slides quote."""

import numpy as np

from demos.bias_and_variance import compute as bv

WHY = (  # of the exercise: where its first number is the larger one, and where not
    "the points are not what a straight line lacks: more of them only settle it where it is wrong",
    "the more points, the less one of them can pull a fit: variance goes down with their number",
)


def of_degrees(x, y, seed, noise_sd=bv.NOISE_SD):
    """For each degree: (degree, bias², variance, noise, error on fresh points), and each set's error.

    x, y: training sets (sets, points). Returns rows, {degree: (sets,)}; errors with the noise's variance.
    """
    rows, each = [], {}
    for degree in bv.DEGREES:
        weights = bv.fitted(x, y, degree)
        answers = bv.values(weights)
        tested = bv.test_errors(weights, seed, noise_sd).mean()
        rows.append((degree, *bv.parts(answers), noise_sd**2, tested))
        each[degree] = bv.squared_errors(answers) + noise_sd**2
    return rows, each


def numbers_of(rows):
    """The same rows as a flat dict."""
    names = ("bias2", "variance", "noise", "tested")
    return {
        f"{name}_{degree}": value
        for degree, *values in rows
        for name, value in zip(names, values, strict=True)
    }


def errors_of(each):
    """Mean, median and largest of each degree's errors, and the share of the worst two sets."""
    numbers = {}
    for degree, values in each.items():
        off = np.sort(values - bv.NOISE_SD**2)
        numbers |= {f"mean_{degree}": values.mean(), f"median_{degree}": np.median(values)}
        numbers[f"worst_{degree}"] = off[-2:].sum() / off.sum()
    return numbers | {"sets": len(values)}


def more_points(found):
    """What more points leave of a straight line's bias² and of a cubic's variance: medians of ratios."""
    return {
        "bias2": np.median(found["more_bias2_1"] / found["bias2_1"]),
        "variance": np.median(found["more_variance_3"] / found["variance_3"]),
        "seeds": len(found["bias2_1"]),
    }


def lines(numbers, widths, steps):
    """For each number of steps: (words, bias² by width, variance by width)."""
    return [
        (
            f"{at:,} steps",
            [numbers[f"bias2_{width}_{at}"] for width in widths],
            [numbers[f"variance_{width}_{at}"] for width in widths],
        )
        for at in steps
    ]
