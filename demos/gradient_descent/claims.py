"""What is claimed of descent along a line: rates, starts, schedules, momentum. Counted are all starts of a
grid (a census by rate) or random ones (by seed)."""

import numpy as np

from demos.core.evidence.study import Claim, Study
from demos.core.evidence.verdicts import EVERY, LIKE_A_COIN, TOLD
from demos.gradient_descent import compute as gd

TITLE = "Gradient descent"
ALL_RATES = 40
RATES = np.geomspace(0.001, 0.3, ALL_RATES)
CASES = 60
ON_PARABOLA = (np.arange(CASES) + 0.5) / 150  # none of them is 1/6 or 1/3
EARLY = 5  # places whose sides are compared: later on rounding may have the last word
POWERS = 16
SMALL = 0.01
LARGE = (0.1, 0.3)  # a seed draws one rate between them
SLOW = (0.002, 0.005)


def parabola(cases, start, steps):
    """By rate: how far the error is from its formula, how often it changes sides, where it ends; and
    where the rate times slope leads from a hundredth beyond its limit, and before."""
    rows = []
    for lr in ON_PARABOLA[np.array(cases)]:
        walked = gd.path(gd.parabola_slope, start, lr, steps) - gd.PARABOLA_MINIMUM
        formula = walked[0] * gd.shrunk(lr, np.arange(steps + 1))
        off = np.abs(walked - formula) / np.maximum(1, np.abs(formula))
        limit = 2 / (gd.PARABOLA_CURVATURE**2 * lr)  # of the distance, for the rate times slope
        ends = limit * np.array([1.01, 0.99])
        for x in gd.walk(
            gd.parabola_slope,
            gd.PARABOLA_MINIMUM + ends,
            lr,
            steps,
            schedule=lambda x, done: np.abs(gd.parabola_slope(x)),
        ):
            beyond, before = np.abs(x - gd.PARABOLA_MINIMUM) / np.abs(ends)
        rows.append(
            {
                "lr": lr,
                "off": off.max(),
                "swings": (walked[1:EARLY] * walked[: EARLY - 1] < 0).mean(),
                "end": np.abs(walked[-1] / walked[0]),
                "beyond": beyond,
                "before": before,
            }
        )
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


def rates(cases, starts, steps, momentum):
    """By fixed rate: share of all starts that arrive, with momentum too; how far the top's start moved."""
    every, some = gd.every_start(starts), RATES[np.array(cases)]
    top = [gd.descended(gd.valleys_slope, 0.0, lr, steps) for lr in some]
    return {
        "lr": some,
        "plain": np.array([gd.share(every, lr, steps) for lr in some]),
        "momentum": np.array([gd.share(every, lr, steps, momentum) for lr in some]),
        "top": np.abs(top),
    }


def nudged(cases, lr, steps):
    """Starts 10⁻¹ to 10⁻¹⁶ right and left of the top: how far from a lowest point they end."""
    powers, sides = np.divmod(np.array(cases), 2)
    start = (1 - 2.0 * sides) * 10.0 ** -(1.0 + powers)
    return {"off": gd.to_bottom(gd.descended(gd.valleys_slope, start, lr, steps))}


def starts(seeds, count, steps, momentum):
    """Share of random starts that arrive, by rate, schedule and momentum; and whether the first does."""
    rows = []
    for seed in seeds:
        x = gd.random_starts(seed, count)
        lr = np.random.default_rng([seed, 1]).uniform(*LARGE)
        rows.append(
            {
                "one": gd.share(x[:1], SMALL, steps),
                "small": gd.share(x, SMALL, steps),
                "small_momentum": gd.share(x, SMALL, steps, momentum),
                "small_falling": gd.share(x, SMALL, steps, kind=gd.BY_STEP),
                "large": gd.share(x, lr, steps),
                "large_falling": gd.share(x, lr, steps, kind=gd.BY_STEP),
                "large_both": gd.share(x, lr, steps, momentum, gd.BY_STEP),
                "small_loss": gd.share(x, SMALL, steps, kind=gd.BY_LOSS),
                "large_slope": gd.share(x, lr, steps, kind=gd.BY_SLOPE),
                "small_distance": gd.share(x, SMALL, steps, kind=gd.BY_DISTANCE),
            }
        )
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


def halved(seeds, steps):
    """Steps that half a rate needs over those of the whole one, from a random start."""
    ratios = []
    for seed in seeds:
        lr = np.random.default_rng([seed, 1]).uniform(*SLOW)
        whole, half = (gd.needed(gd.random_starts(seed, 1), r, steps)[0] for r in (lr, lr / 2))
        ratios.append(half / max(whole, 1))
    return {"ratio": np.array(ratios)}


PARABOLA = Study(
    "descent-parabola",
    parabola,
    {"start": -1.0, "steps": 10},
    cases=CASES,
    below={"off": 1e-9},
)
BY_RATE = Study(
    "descent-rates",
    rates,
    {"starts": gd.STARTS, "steps": gd.STEPS, "momentum": gd.MOMENTUM},
    cases=ALL_RATES,
    shake_all=True,  # from the edge on single starts end anywhere
    ticks=gd.STARTS,
)
NUDGED = Study(
    "descent-nudged",
    nudged,
    {"lr": SMALL, "steps": gd.STEPS},
    cases=2 * POWERS,
    below={"off": 1e-9},
)
RANDOM = Study(
    "descent-starts",
    starts,
    {"count": 400, "steps": gd.STEPS, "momentum": gd.MOMENTUM},
    ticks=400,
)
HALVED = Study("descent-halved", halved, {"steps": 2000})


def wrong_side(q, limit, seen):
    """1 where what was seen is not what the rate's side of a limit says, else 0."""
    return ((q["lr"] > limit) != seen).astype(float)


def settled_wrong(q):
    """How far the share is on the wrong side: of one half below the limit, of a twentieth above it."""
    return np.where(q["lr"] < gd.EDGE, 0.5 - q["plain"], q["plain"] - 0.05)


CLAIMS = (
    Claim(
        "descent-formula",
        "On 3x² − 3x + 4 each step leaves |1 − 6·lr| of the error",
        PARABOLA,
        value=lambda q: q["off"],
        rule="<",
        bound=1e-9,
        unit="distance from the formula",
        word=EVERY,
    ),
    Claim(
        "descent-swings",
        "On 3x² − 3x + 4 descent swings exactly where lr > 1/6",
        PARABOLA,
        value=lambda q: np.abs(q["swings"] - (q["lr"] > 1 / 6)),
        rule="<",
        bound=0.05,
        unit="share on the wrong side",
        word=EVERY,
    ),
    Claim(
        "descent-away",
        "On 3x² − 3x + 4 it runs away exactly where lr > 1/3",
        PARABOLA,
        value=lambda q: wrong_side(q, 1 / 3, q["end"] > 1),
        rule="<",
        bound=0.5,
        unit="1 where it is otherwise",
        word=EVERY,
    ),
    Claim(
        "descent-slope-away",
        "Rate × slope on 3x² − 3x + 4: far starts run away",
        PARABOLA,  # from 2 / (36 lr) on, whatever the rate
        value=lambda q: np.minimum(q["beyond"], 1 / q["before"]),
        rule=">",
        bound=1,
        unit="distance at the end, over the first",
        word=EVERY,
        log=True,
    ),
    Claim(
        "descent-not-guaranteed",
        "Gradient descent is not guaranteed to find the best",
        BY_RATE,
        value=lambda q: q["plain"],
        rule="<",
        bound=0.9,
        unit="share of all starts that arrive",
        word=EVERY,
        kind=TOLD,
    ),
    Claim(
        "descent-edge",
        "Half the starts arrive below lr = 2/f″, under 5 % above",
        BY_RATE,
        value=settled_wrong,
        rule="<",
        bound=0,
        unit="share beyond what is said",
        word=EVERY,
    ),
    Claim(
        "descent-top",
        "Started exactly on the top, descent never moves",
        BY_RATE,
        value=lambda q: q["top"],
        rule="<",
        bound=1e-12,
        unit="distance after 1,000 steps",
        word=EVERY,
    ),
    Claim(
        "descent-nudged",
        "10⁻¹ to 10⁻¹⁶ beside the top: it ends at a lowest point",
        NUDGED,
        value=lambda q: q["off"],
        rule="<",
        bound=1e-6,
        unit="distance from it",
        word=EVERY,
    ),
    Claim(
        "descent-coin",
        "At rate 0.01 a random start ends at a lowest point",
        RANDOM,
        value=lambda q: q["one"],
        rule=">",
        bound=0.5,
        unit="1 where it does",
        word=LIKE_A_COIN,
    ),
    Claim(
        "descent-momentum",
        "At rate 0.01, momentum 0.9 lets more starts arrive",
        RANDOM,
        value=lambda q: q["small_momentum"] - q["small"],
        rule=">",
        bound=0,
        unit="share, with minus without",
    ),
    Claim(
        "descent-large",
        "Fixed at 0.1 to 0.3, under one start in twenty arrives",
        RANDOM,
        value=lambda q: q["large"],
        rule="<",
        bound=0.05,
        unit="share of starts that arrive",
    ),
    Claim(
        "descent-falling",
        "Falling from 0.1–0.3 to 0, over 98 % of starts arrive",
        RANDOM,
        value=lambda q: q["large_falling"],
        rule=">",
        bound=0.98,
        unit="share of starts that arrive",
    ),
    Claim(
        "descent-falling-small",
        "Falling from 0.01, no more starts arrive than fixed",
        RANDOM,
        value=lambda q: q["small_falling"] - q["small"],
        rule="<",
        bound=0.005,
        unit="share, falling minus fixed",
    ),
    Claim(
        "descent-falling-momentum",
        "Falling from 0.1–0.3, momentum lets fewer starts arrive",
        RANDOM,
        value=lambda q: q["large_both"] - q["large_falling"],
        rule="<",
        bound=0,
        unit="share, with minus without",
    ),
    Claim(
        "descent-by-loss",
        "Rate 0.01 × loss: under 2 % of starts arrive",
        RANDOM,
        value=lambda q: q["small_loss"],
        rule="<",
        bound=0.02,
        unit="share of starts that arrive",
    ),
    Claim(
        "descent-by-slope",
        "Rate 0.1–0.3 × slope: under one start in ten arrives",
        RANDOM,
        value=lambda q: q["large_slope"],
        rule="<",
        bound=0.1,
        unit="share of starts that arrive",
    ),
    Claim(
        "descent-by-distance",
        "Rate 0.01 × distance: under 2 % arrive in 1,000 steps",
        RANDOM,
        value=lambda q: q["small_distance"],
        rule="<",
        bound=0.02,
        unit="share of starts that arrive",
    ),
    Claim(
        "descent-half-rate",
        "Half the rate takes twice the steps, within a tenth",
        HALVED,
        value=lambda q: np.abs(q["ratio"] / 2 - 1),
        rule="<",
        bound=0.1,
        unit="relative distance from twice",
    ),
)
