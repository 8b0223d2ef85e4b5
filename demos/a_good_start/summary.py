"""What its slides quote."""

from demos.a_good_start import compute as cp

WHY = (  # of the exercise: where its first number is the larger one, and where not
    "a saturating activation gives weaker weights steeper slopes: much of the loss is made good",
    "every layer multiplies by what it lacks, so thirty layers take it to the power of thirty",
)


def sizes(through):
    """Of {start: `Passes`}, by names that a slide can quote: how large the last layer is, how far apart it
    keeps inputs and its units, and the first layer's gradient over the last one's."""
    numbers = {}
    for name, of in through.items():
        apart, back = cp.apart(of.activations), cp.spread(of.gradients)
        numbers |= {f"size_{name}": cp.spread(of.activations)[-1], f"apart_{name}": apart[-1]}
        numbers |= {f"gradient_{name}": back[0] / back[-1]}
        numbers |= {f"units_{name}": cp.units(of.activations)[-1]}
    return {name: float(value) for name, value in numbers.items()}


def counts(found, bound):
    """How many networks of each start got more than `bound` right, and how many there are."""
    numbers = {name: int((shares > bound).sum()) for name, shares in found.items()}
    return numbers | {"seeds": len(next(iter(found.values())))}
