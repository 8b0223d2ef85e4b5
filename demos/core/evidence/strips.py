"""One figure per study: every claim that rests on it, as a strip over seeds."""

import numpy as np
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullLocator

from demos.core.evidence.verdicts import tally
from demos.core.style import INK, MUTED, OVERFIT, REGULARIZED, TEXT, canvas, label, styled

ROW = 122  # px


@styled
def strips(rows):
    """A strip for each claim of a study. rows: (claim, values (seeds,), its record, seeds) each."""
    figure, axes = canvas(1, height=ROW * len(rows) + 20, rows=len(rows), squeeze=False)
    for panel, (claim, values, record, seeds) in zip(axes[:, 0], rows, strict=True):
        undecided = np.isin(seeds, record["undecided"])
        row(panel, claim, np.asarray(values, dtype=float), record, undecided)
    return figure


def row(axes, claim, values, record, undecided):
    """One claim: its sentence above, a dot or a ring per seed, grey squares where rounding decides."""
    agrees = claim.agrees(values)
    spread = 0.7 * (np.arange(len(values)) * 0.618 % 1 - 0.5)  # fixed, so that no dot hides others
    low, high = limits(axes, claim, values)
    for mask, marker, color, fill in (
        (agrees & ~undecided, "o", REGULARIZED, REGULARIZED),
        (~agrees & ~undecided, "o", OVERFIT, "none"),
        (undecided, "s", MUTED, MUTED),
    ):
        look = {"color": color, "markerfacecolor": fill, "markersize": 11, "alpha": 0.6}
        look |= {"markeredgewidth": 2.5} if fill == "none" else {}
        axes.plot(values[mask], spread[mask], marker, **look)
    axes.axvline(claim.bound, color=INK, linewidth=3)
    side = (claim.bound, high) if claim.rule == ">" else (low, claim.bound)
    axes.axvspan(*side, color=REGULARIZED, alpha=0.08, linewidth=0)
    axes.set(ylim=(-0.6, 0.6), yticks=[], xlim=(low, high))
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="x", colors=MUTED, pad=1)
    place = {"transform": axes.transAxes}
    axes.set_title(claim.sentence, loc="left", size=TEXT, weight="bold", pad=6)
    label(axes, 1.02, 0.95, tally(record), INK, **place)
    label(axes, 1.02, 0.2, claim.unit, MUTED, weight="normal", **place)


def limits(axes, claim, values):
    """Set up the axis so that all values and the bound are on it; returns its ends."""
    everything = np.append(values, claim.bound)
    if claim.log and (everything > 0).all():
        axes.set_xscale("log")
        low, high = np.log10([everything.min(), everything.max()])
        pad = 0.06 * max(high - low, 0.1)
        axes.xaxis.set_major_locator(LogLocator(numticks=5))
        axes.xaxis.set_minor_locator(NullLocator())
        ends = 10 ** (low - pad), 10 ** (high + pad)
        if high - low < 1.5:  # no two powers of ten in view: plain numbers
            axes.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5), numticks=5))
    else:
        pad = 0.06 * max(np.ptp(everything), 1e-12)
        ends = everything.min() - pad, everything.max() + pad
        axes.xaxis.set_major_locator(MaxNLocator(4))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: short(x)))
    return ends


def short(x):
    """A tick's number, short: powers of ten raised, no zeros that say nothing."""
    if x and not 1e-3 <= abs(x) < 1e5:
        factor, power = f"{x:.0e}".split("e")
        raised = str(int(power)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
        return f"{'' if factor == '1' else factor + '×'}10{raised}"
    return f"{x:.6g}"
