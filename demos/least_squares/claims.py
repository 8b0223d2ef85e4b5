"""What is claimed of polynomials by least squares, on noisy samples of the curve."""

import numpy as np

from demos.core.curve import NOISE_SD, TEST_X, TRAIN_X, curve, rmse
from demos.core.evidence.study import SEEDS, Claim, Study
from demos.core.evidence.verdicts import EVERY, MOSTLY, NEARLY_ALWAYS, PREDICTED, USUALLY
from demos.least_squares import compute as ls

TITLE = "Least squares"


def shapes(cases, coefficients, widths, centres):
    """The fit without noise, on the curve moved and squeezed; a case is a width and a centre."""
    worst, x = [], np.linspace(0, 1, 301)
    for width, centre in (divide(case, widths, centres) for case in cases):

        def moved(x, centre=centre, width=width):
            return curve((np.asarray(x) - centre) / width + 0.5)

        weights = ls.fit(TRAIN_X, moved(TRAIN_X), coefficients)
        worst.append(np.abs(ls.predict(weights, x) - moved(x)).max())
    return {"largest_error": np.array(worst)}


def divide(case, widths, centres):
    """The width and the centre of a case."""
    return widths[case // len(centres)], centres[case % len(centres)]


def noisy(seeds, few, many, inside):
    """Fits with few and many coefficients to the same noisy points."""
    y = ls.noisy_targets(seeds)
    fits = {"few": ls.fit(TRAIN_X, y, few), "many": ls.fit(TRAIN_X, y, many)}
    legendre = ls.legendre_predict(TRAIN_X, y, many, TEST_X)
    quantities = {"legendre": rmse(legendre.T, curve(TEST_X))}
    for name, weights in fits.items():
        quantities[name] = ls.test_error(weights)
        quantities[f"{name}_training"] = ls.training_error(weights, y)
    quantities["inside"] = ls.largest_error(fits["many"], *inside)
    quantities["everywhere"] = ls.largest_error(fits["many"], 0, 1)
    return quantities


def small_noise(seeds, many, sds):
    """The error of the big fit at several sizes of the same noise."""
    errors = [ls.test_error(ls.fit(TRAIN_X, ls.noisy_targets(seeds, sd), many)) for sd in sds]
    slopes = np.polyfit(np.log(sds), np.log(errors), 1)[0]
    return {"slope": slopes}


def cut_off(seeds, many, brutal):
    """The error of the big fit by what the solver cuts off."""
    y = ls.noisy_targets(seeds)
    cuts = {"nothing": 0.0, "default": None, "brutal": brutal}
    return {n: ls.test_error(ls.fit(TRAIN_X, y, many, rcond)) for n, rcond in cuts.items()}


def cures(seeds, few, many, strength, notch, beyond, taper):
    """Ridge at two strengths, and more coefficients than points, against few coefficients."""
    y = ls.noisy_targets(seeds)
    quantities = {
        n: ls.test_error(ls.fit(TRAIN_X, y, c)) for n, c in (("few", few), ("many", many))
    }
    for name, pull in (("ridge", strength), ("notch", notch)):
        quantities[name] = ls.test_error(ls.ridge(TRAIN_X, y, many, pull))
    for count in beyond:
        series = ls.legendre_predict(TRAIN_X, y, count, TEST_X, taper)
        powers = ls.powers_predict(TRAIN_X, y, count, TEST_X)
        quantities[f"beyond_{count}"] = rmse(series.T, curve(TEST_X))
        quantities[f"powers_{count}"] = rmse(powers.T, curve(TEST_X))
    return quantities


CENTRES = (0.25, 0.35, 0.45, 0.55, 0.65, 0.75)
SQUEEZED = Study(
    "least-squares-squeezed",
    shapes,
    {"coefficients": 20, "widths": (0.6, 0.8, 1.0, 1.2, 1.4), "centres": CENTRES},
    cases=30,
    batch=30,
    below={"largest_error": 1e-6},
)
CLEAN = Study(
    "least-squares-clean",
    shapes,
    {"coefficients": 20, "widths": (1.0,), "centres": CENTRES},
    cases=6,
    batch=6,
    below={"largest_error": 1e-6},
)
NOISY = Study("least-squares-noisy", noisy, {"few": 5, "many": 20, "inside": (0.15, 0.85)})
SMALL = Study("least-squares-small-noise", small_noise, {"many": 20, "sds": (1e-6, 1e-4, NOISE_SD)})
CUT = Study("least-squares-cut-off", cut_off, {"many": 20, "brutal": 1e-6})
CURES = Study(
    "least-squares-cures",
    cures,
    {  # notch: the smallest penalty of the live slide; taper: of the Legendre weights
        "few": 5,
        "many": 20,
        "strength": 3e-5,
        "notch": 1e-9,
        "beyond": (21, 400),
        "taper": 1.0,
    },
    count=2 * SEEDS,
)

CLAIMS = (
    Claim(
        "polynomial-squeezed",
        "Without noise 20 coefficients are always right",
        SQUEEZED,  # wrong: a curve squeezed to 0.6 of its width is too sharp
        value=lambda q: q["largest_error"],
        rule="<",
        bound=1e-6,
        unit="largest error",
        word=EVERY,
        log=True,
        kind=PREDICTED,
        since="b7421d8",
    ),
    Claim(
        "polynomial-clean",
        "Without noise 20 are right, wherever our curve sits",
        CLEAN,  # scoped after the thirty were measured: the six of the curve's own width
        value=lambda q: q["largest_error"],
        rule="<",
        bound=1e-6,
        unit="largest error",
        word=EVERY,
        log=True,
    ),
    Claim(
        "polynomial-noisy",
        "With noise 20 coefficients have more error than 5",
        NOISY,
        value=lambda q: q["many"] / q["few"],
        rule=">",
        bound=1,
        unit="test error, 20 over 5",
        word=NEARLY_ALWAYS,
        log=True,
    ),
    Claim(
        "polynomial-training",
        "20 coefficients have less error than 5 on their own points",
        NOISY,
        value=lambda q: q["many_training"] / q["few_training"],
        rule="<",
        bound=1,
        unit="training error, 20 over 5",
        word=NEARLY_ALWAYS,
        log=True,
    ),
    Claim(
        "polynomial-edges",
        "The harm is ten times larger at the edges",
        NOISY,
        value=lambda q: q["everywhere"] / q["inside"],
        rule=">",
        bound=10,
        unit="largest error, all over middle",
        log=True,
    ),
    Claim(
        "polynomial-basis",
        "It is not round-off: a Legendre basis has the same error",
        NOISY,
        value=lambda q: np.abs(q["legendre"] / q["many"] - 1),
        rule="<",
        bound=0.1,
        unit="relative difference",
        word=MOSTLY,
        log=True,
    ),
    Claim(
        "polynomial-proportional",
        "The error grows in proportion to the noise",
        SMALL,
        value=lambda q: np.abs(q["slope"] - 1),
        rule="<",
        bound=0.1,
        unit="distance of the slope from 1",
        log=True,
    ),
    Claim(
        "polynomial-default",
        "NumPy's default cut-off lowers the error, unasked",
        CUT,
        value=lambda q: q["default"] / q["nothing"],
        rule="<",
        bound=1,
        unit="test error, default over none",
        word=USUALLY,
        log=True,
    ),
    Claim(
        "polynomial-brutal",
        "Cut off more, and the error falls tenfold",
        CUT,
        value=lambda q: q["brutal"] / q["nothing"],
        rule="<",
        bound=0.1,
        unit="test error, cut off over none",
        log=True,
    ),
    Claim(
        "polynomial-ridge-seldom",
        "Ridge seldom beats 5 coefficients",
        CURES,
        value=lambda q: q["ridge"] / q["few"],
        rule=">",
        bound=1,
        unit="test error, ridge over 5",
        word=USUALLY,
        kind=PREDICTED,
        since="b7421d8",
    ),
    Claim(
        "polynomial-ridge",
        "Ridge has more error than 5 coefficients on most seeds",
        CURES,
        value=lambda q: q["ridge"] / q["few"],
        rule=">",
        bound=1,
        unit="test error, ridge over 5",
        word=MOSTLY,
    ),
    Claim(
        "polynomial-ridge-close",
        "Ridge comes within twice the error of 5 coefficients",
        CURES,
        value=lambda q: q["ridge"] / q["few"],
        rule="<",
        bound=2,
        unit="test error, ridge over 5",
        word=NEARLY_ALWAYS,
    ),
    Claim(
        "polynomial-ridge-tames",
        "Ridge has a tenth of the error of no penalty, or less",
        CURES,
        value=lambda q: q["ridge"] / q["many"],
        rule="<",
        bound=0.1,
        unit="test error, ridge over none",
        log=True,
    ),
    Claim(
        "polynomial-notch",
        "The live slide's smallest penalty leaves a tenth or less",
        CURES,
        value=lambda q: q["notch"] / q["many"],
        rule="<",
        bound=0.1,
        unit="test error, smallest over none",
        log=True,
    ),
    Claim(
        "polynomial-descent",
        "400 Legendre coefficients have less error than 21",
        CURES,
        value=lambda q: q["beyond_400"] / q["beyond_21"],
        rule="<",
        bound=1,
        unit="test error, 400 over 21",
        log=True,
    ),
    Claim(
        "polynomial-descent-worse",
        "400 Legendre coefficients have more error than 5",
        CURES,
        value=lambda q: q["beyond_400"] / q["few"],
        rule=">",
        bound=1,
        unit="test error, 400 over 5",
        log=True,
    ),
    Claim(
        "polynomial-descent-powers",
        "With powers for Legendre, 400 have more error than 21",
        CURES,
        value=lambda q: q["powers_400"] / q["powers_21"],
        rule=">",
        bound=1,
        unit="test error, 400 over 21",
        log=True,
    ),
)
