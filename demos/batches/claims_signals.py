"""What is claimed of MNIST-1D in batches of 8 and by all points, at equal training loss.

Told: that SGD generalizes better than gradient descent (Soleymani 2024; Keskar et al. 2017,
arXiv:1609.04836), and that it prefers batches that agree (Smith et al. 2021, arXiv:2101.12176).
"""

from dataclasses import asdict

from demos.batches import compute_signals as signals
from demos.batches.summary import minus, times
from demos.core import rounding
from demos.core.evidence.study import Claim, Study
from demos.core.evidence.verdicts import MOSTLY, TOLD

TITLE = "Batches and generalization"


def compared(seeds, widths, every, **fit):
    """Scores at two training losses, and by how much points disagree there."""
    return signals.compared(seeds, signals.Fit(widths=tuple(widths), every=tuple(every), **fit))


def study(name, fit):
    """One of a way to descend."""
    return Study(
        f"batches-{name}", compared, asdict(fit), count=32, batch=16, roundings=rounding.FEW
    )


DESCENT, ADAM = study("descent", signals.SGD), study("adam", signals.ADAM)

CLAIMS = (
    Claim(
        "batches-generalize",
        "SGD generalizes better: right more often at loss 0.1",
        DESCENT,
        value=lambda q: minus(q, "accuracy_late"),
        rule=">",
        bound=0,
        unit="share right, minus all points'",
        word=MOSTLY,
        kind=TOLD,
    ),
    Claim(
        "batches-generalize-early",
        "SGD generalizes better: smaller log loss at loss 1.5",
        DESCENT,
        value=lambda q: minus(q, "nll_early"),
        rule="<",
        bound=0,
        unit="log loss, minus all points'",
        word=MOSTLY,
        kind=TOLD,
    ),
    Claim(
        "batches-adam",
        "Adam in batches of 8: right more often at loss 0.1",
        ADAM,
        value=lambda q: minus(q, "accuracy_late"),
        rule=">",
        bound=0,
        unit="share right, minus all points'",
        word=MOSTLY,
        kind=TOLD,
    ),
    Claim(
        "batches-agree",
        "SGD prefers batches that agree: their losses vary less",
        DESCENT,
        value=lambda q: times(q, "losses"),
        rule="<",
        bound=1,
        unit="variance of losses, over all's",
        kind=TOLD,
        log=True,
    ),
    Claim(
        "batches-agree-gradients",
        "SGD prefers batches that agree: gradients vary less",
        DESCENT,
        value=lambda q: times(q, "gradients"),
        rule="<",
        bound=1,
        unit="variance of gradients, over all's",
        kind=TOLD,
        log=True,
    ),
)
