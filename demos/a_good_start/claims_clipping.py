"""What is claimed of clipping: descents beside a cliff, and the direction of a clipped step."""

from demos.a_good_start import compute_clipping as clip
from demos.core.evidence.study import Claim, Study
from demos.core.evidence.verdicts import MOSTLY, USUALLY

TITLE = "Clipping"
ARRIVED, LOST = 1e-3, 1e3


def cliff(seeds, lr, steps, longest):
    """Where descents end, as a distance; how far a clipped gradient turns at the start, in degrees."""
    starts = clip.starts(seeds)

    def cut(way):
        return lambda gradients: way(gradients, longest)

    slopes = clip.gradient(starts)
    return {
        "plain": clip.distance(clip.descent(starts, None, lr, steps)[-1]),
        "clipped": clip.distance(clip.descent(starts, cut(clip.by_norm), lr, steps)[-1]),
        "by_norm": clip.turned(slopes, cut(clip.by_norm)(slopes)),
        "by_value": clip.turned(slopes, cut(clip.by_value)(slopes)),
    }


CLIFF = Study(
    "good-start-cliff",
    cliff,
    {"lr": clip.LR, "steps": clip.STEPS, "longest": clip.LONGEST},
    below={"clipped": ARRIVED, "by_norm": 0.01},
)
CLAIMS = (
    Claim(
        "good-start-cliff-lost",
        "Beside the cliff, descent without clipping runs away",
        CLIFF,
        value=lambda q: q["plain"],
        rule=">",
        bound=LOST,
        unit="distance from the goal",
        word=MOSTLY,
        log=True,
    ),
    Claim(
        "good-start-cliff-clipped",
        "Beside the cliff, descent clipped to norm 1 arrives",
        CLIFF,
        value=lambda q: q["clipped"],
        rule="<",
        bound=ARRIVED,
        unit="distance from the goal",
    ),
    Claim(
        "good-start-value-turns",
        "Clipped by value, a step turns by more than 10 degrees",
        CLIFF,
        value=lambda q: q["by_value"],
        rule=">",
        bound=10,
        unit="degrees turned, clipped by value",
        word=USUALLY,
    ),
    Claim(
        "good-start-norm-keeps",
        "Clipped by norm, a step keeps its direction",
        CLIFF,
        value=lambda q: q["by_norm"],
        rule="<",
        bound=0.01,
        unit="degrees turned, clipped by norm",
    ),
)
