"""What is claimed of the two rules where the end is known: ridge, one weight in noise, the box, a schedule.

Told: that Adam divides L2's pull by the gradient's size (Loshchilov and Hutter 2019); that AdamW ends
inside the box (Xie and Li 2024, a theorem for exact gradients, if it ends anywhere).
"""

import numpy as np

from demos.core.engine import schedules
from demos.core.evidence.study import Claim, Study
from demos.core.evidence.verdicts import EVERY, TOLD, USUALLY
from demos.weight_decay import compute, noise
from demos.weight_decay.compute import COUPLED, DECOUPLED, WAYS

TITLE = "Weight decay is not L2"
CASES = 60
# the word of one claim was changed after a measurement from 3000 on: the formula was right on 125 of 128
SECOND_DRAFT = 4000


def ends(seeds, decay, momentum, steps):
    """Largest distances of weights: between both rules along plain SGD; with momentum, of each rule's end
    from its ridge, and of decay's end from L2's ridge."""
    x, y = compute.problems(seeds)
    start, slope = np.zeros((len(seeds), x.shape[-1])), compute.slope(x, y)
    plain = [compute.descended(slope, start, [0.3] * steps, decay, way) for way in WAYS]
    heavy = [compute.descended(slope, start, [0.1] * steps, decay, way, momentum) for way in WAYS]
    ridges = [each_problem(compute.ridge, x, y, d) for d in (decay, decay * (1 - momentum))]
    return {
        "plain": np.abs(plain[0] - plain[1]).max((0, 2)),
        "l2": far(heavy[0][-1], ridges[0]),
        "decay": far(heavy[1][-1], ridges[1]),
        "apart": far(heavy[1][-1], ridges[0]),
    }


def each_problem(solve, x, y, decay):
    """The weights that `solve` finds for each problem, (N, d)."""
    return np.array([solve(*one, decay) for one in zip(x, y, strict=True)])


def far(some, others):
    """The largest distance of two weights, (N, d) twice gives (N,)."""
    return np.abs(some - others).max(-1)


def kept(seeds, decay, lr, steps):
    """What each rule leaves of the weight, a mean of copies, by the noise: {"coupled_0": (seeds,), …}."""
    drawn = np.concatenate([noise.gradients(seed, steps) for seed in seeds], 1)
    found = {}
    for way, path in noise.walks(drawn, noise.NOISES, decay, lr).items():
        rows = path[-1].reshape(len(noise.NOISES), len(seeds), -1).mean(-1)
        found |= {f"{way}_{n}": row for n, row in enumerate(rows)}
    return found


def boxes(seeds, tight, wide, lr, steps):
    """Distances of Adam's ends, under QUICK betas: AdamW's from least squares in a tight box; from plain
    least squares where the box is wide; Adam with L2's from ridge. slow: AdamW's with PyTorch's own betas;
    at_edge: how many weights lie at the box's edge."""
    x, y = compute.problems(seeds)
    start, slope = np.zeros((len(seeds), x.shape[-1])), compute.slope(x, y)
    rates = lr * schedules.falling(steps)

    def end(decay, way, betas=compute.QUICK):
        return compute.adam(slope, start, rates, decay, way, betas)[-1]

    inside = each_problem(compute.boxed, x, y, tight)
    free = np.array([np.linalg.lstsq(*one)[0] for one in zip(x, y, strict=True)])
    return {
        "tight": far(end(tight, DECOUPLED), inside),
        "wide": far(end(wide, DECOUPLED), free),
        "l2": far(end(tight, COUPLED), each_problem(compute.ridge, x, y, tight)),
        "slow": far(end(tight, DECOUPLED, compute.BETAS), inside),
        "at_edge": (np.abs(np.abs(inside) - 1 / tight) < 1e-9).sum(-1),
    }


def scheduled(cases, lr, steps):
    """What AdamW leaves of a weight without gradient, minus its logarithm: at a constant rate, and at one
    that falls to 0 as half a cosine. Case n: decay (n + 1) / 60."""
    decays = (np.array(cases) + 1) / CASES

    def gone(rates):
        path = compute.adam(lambda w, _: 0 * w, np.ones(len(decays)), rates, decays, DECOUPLED)
        return -np.log(path[-1])

    return {"constant": gone(np.full(steps, lr)), "cosine": gone(lr * schedules.cosine(steps))}


ENDS = Study(
    "decay-ends",
    ends,
    {"decay": 0.5, "momentum": 0.9, "steps": 1000},
    below={"plain": 1e-12, "l2": 1e-9, "decay": 1e-9},
)
KEPT = Study(
    "decay-noise",
    kept,
    {"decay": noise.DECAY, "lr": noise.LR, "steps": noise.STEPS},
    first=SECOND_DRAFT,
)
BOXES = Study(
    "decay-box",
    boxes,
    {"tight": 1.0, "wide": 0.1, "lr": 0.01, "steps": 3000},
    below={"tight": 1e-4, "wide": 1e-4, "l2": 1e-4},
)
SCHEDULED = Study(
    "decay-schedule", scheduled, {"lr": 0.001, "steps": 1000}, cases=CASES, batch=CASES
)


def rows(q, way):
    """What a rule leaves by the noise, (noises, seeds)."""
    return np.array([q[f"{way}_{n}"] for n in range(len(noise.NOISES))])


def missed(q):
    """How far what both rules leave is from what the formula says, the farthest."""
    off = [
        np.abs(rows(q, way) - noise.expected(noise.NOISES, way)[-1][:, None]).max(0) for way in WAYS
    ]
    return np.maximum(*off)


CLAIMS = (
    Claim(
        "decay-sgd-one",
        "Plain SGD: L2 and decay take one and the same path",
        ENDS,
        value=lambda q: q["plain"],
        rule="<",
        bound=1e-12,
        unit="largest difference",
        log=True,
    ),
    Claim(
        "decay-momentum-l2",
        "Momentum μ, L2: the end is ridge(λ)",
        ENDS,
        value=lambda q: q["l2"],
        rule="<",
        bound=1e-9,
        unit="distance to ridge(λ)",
        log=True,
    ),
    Claim(
        "decay-momentum-decay",
        "Momentum μ, decay: the end is ridge(λ(1 − μ))",
        ENDS,
        value=lambda q: q["decay"],
        rule="<",
        bound=1e-9,
        unit="distance to its ridge",
        log=True,
    ),
    Claim(
        "decay-noise-divided",
        "Adam with L2: the noisier the gradient, the weaker the pull",
        KEPT,
        value=lambda q: np.diff(rows(q, COUPLED), axis=0).min(0),
        rule=">",
        bound=0,
        unit="share kept, smallest gain",
        kind=TOLD,
    ),
    Claim(
        "decay-noise-alike",
        "AdamW keeps the same of a weight at any noise, to 1e-6",
        KEPT,
        value=lambda q: np.ptp(rows(q, DECOUPLED), axis=0),
        rule="<",
        bound=1e-6,
        unit="share kept, largest difference",
        log=True,
    ),
    Claim(
        "decay-noise-foretold",
        "A formula in λ and s foretells what both keep, ± 0.05",
        KEPT,
        value=missed,
        rule="<",
        bound=0.05,
        unit="share kept, off the formula",
        word=USUALLY,
    ),
    Claim(
        "decay-box",
        "AdamW, exact gradients: least squares in the box |w| ≤ 1/λ",
        BOXES,
        value=lambda q: q["tight"],
        rule="<",
        bound=0.01,
        unit="weights, distance to it",
        kind=TOLD,
        log=True,
    ),
    Claim(
        "decay-box-wide",
        "In a box that is wide enough AdamW decays nothing",
        BOXES,
        value=lambda q: q["wide"],
        rule="<",
        bound=0.01,
        unit="distance to least squares",
        log=True,
    ),
    Claim(
        "decay-box-l2",
        "Adam with L2, exact gradients: the end is ridge(λ)",
        BOXES,
        value=lambda q: q["l2"],
        rule="<",
        bound=0.01,
        unit="distance to ridge(λ)",
        log=True,
    ),
    Claim(
        "decay-schedule",
        "A cosine rate halves what AdamW decays, ± 1 %",
        SCHEDULED,
        value=lambda q: np.abs(2 * q["cosine"] / q["constant"] - 1),
        rule="<",
        bound=0.01,
        unit="share that it is off",
        word=EVERY,
    ),
)
