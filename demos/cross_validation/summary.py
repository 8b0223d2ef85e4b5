"""What its slides quote."""

import numpy as np

from demos.cross_validation import compute_best as best

WHY = (  # of the exercise: where its first number is the larger one, and where not
    "on a hundred points luck moves each model by 5 points, and the best takes the top of it",
    "ten times the points, a third of the spread: there is less luck to pick from",
)


def over_sets(found, ways):
    """Of recorded first shuffles: how far each way's estimates are off over data sets, RMSE and mean."""
    numbers = {f"off_{way}": np.sqrt(np.mean(found[f"first_{way}"] ** 2)) for way in ways}
    return numbers | {"low_five_folds": found["first_five_folds"].mean()}


def moving(estimates):
    """Of {way: estimates}: standard deviation over shuffles, lowest and highest."""
    numbers = {}
    for way, values in estimates.items():
        numbers |= {f"moves_{way}": values.std(ddof=1)}
        numbers |= {f"low_{way}": values.min(), f"high_{way}": values.max()}
    return numbers


def middle(found, sizes, most=1000):
    """Where the middle 95 % of test sets of each size lie, cut from answers (n,): (sizes, 2)."""
    rows = []
    for size in sizes:
        count = min(most, len(found) // size)
        shares = found[: count * size].reshape(count, size).mean(1)
        rows.append(np.percentile(shares, [2.5, 97.5]))
    return np.array(rows)


def running(seeds, tried=best.TRIED, tested=best.TESTED):
    """Mean over seeds of the best of the first 1, 2, … models: chosen by, fresh; and the formula's."""
    found = [best.scores(seed, tried, tested) for seed in seeds]
    counts = range(1, tried + 1)
    each = [[best.winner(*scores, count) for count in counts] for scores in found]
    chosen, fresh = np.mean(each, axis=0).T
    return chosen, fresh, np.array([best.expected(count, tested) for count in counts])
