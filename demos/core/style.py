"""How every figure looks.

A figure is measured in slide pixels: one point of text is one pixel on a 1280x720 slide. An SVG carries
light and dark at once: every colour of the palette is a CSS variable with the light value as its
default, so a deck can change them and any other viewer shows the light ones.
"""

import functools
import io
import re
import zlib

import numpy as np
from matplotlib import style
from matplotlib.figure import Figure
from matplotlib.ticker import (
    FixedFormatter,
    FixedLocator,
    FuncFormatter,
    NullLocator,
    ScalarFormatter,
)

from demos.core.palette import LIGHT

PAPER, INK, MUTED, TRUTH, SHADE, NETWORK, OVERFIT, REGULARIZED, SIGNAL, SMALL, LOW, HIGH = (
    color for name, color in LIGHT.items() if not name.endswith("-text")
)
SCALE = (LOW, NETWORK, HIGH)  # of settings in an order, from small to large

ON_PICTURE = "#1a1a20"  # ink on a picture, whose own colours do not change with the room
TEXT = 24  # px on a slide: readable from the back row
RULES = {
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],  # ships with matplotlib; the deck puts its own in place
    "font.size": TEXT,
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "axes.facecolor": "none",
    "axes.linewidth": 1.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.unicode_minus": True,
    "figure.dpi": 72,  # one point is one pixel
    "figure.facecolor": PAPER,
    "lines.linewidth": 4,
    "lines.solid_capstyle": "round",
    "path.simplify": False,  # equal vertices for nearly equal numbers: `make check` compares them
    "svg.fonttype": "none",  # text stays text: small files, the deck's font, found by search
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.major.size": 7,
    "ytick.major.size": 7,
    "xtick.major.width": 1.6,
    "ytick.major.width": 1.6,
}
DATA = {"color": INK, "marker": "o", "linestyle": "none", "markersize": 10, "zorder": 5}
TRUE_CURVE = {"color": TRUTH, "linestyle": (0, (4, 2)), "linewidth": 3, "zorder": 1}


def styled(draw):
    """Decorator for a function that draws: the talk's style holds inside it, and nowhere else. Whatever
    a matplotlibrc says does not.

    Marks (data, seeds) stay in view: axes go farther than the function says where they must.
    """

    @functools.wraps(draw)
    def inside(*args, **kwargs):
        with style.context(["default", RULES]):
            figure = draw(*args, **kwargs)
            for axes in figure.axes:
                take_in_marks(axes)
                for axis in (axes.xaxis, axes.yaxis):
                    if isinstance(axis.get_major_formatter(), ScalarFormatter):
                        axis.set_major_formatter(FuncFormatter(tick))
            return figure

    return inside


def tick(value, position=None):
    """How every linear axis writes a number: "0", "0.5", "−1", "4,000"."""
    return f"{value:,.12g}".replace("-", "\N{MINUS SIGN}")


def take_in_marks(axes):
    """Widen limits to every mark and a bit more; a curve may leave the picture."""
    marked = [line for line in axes.lines if line.get_marker() not in (None, "None", "", " ")]
    for name, coordinate in (("x", 0), ("y", 1)):
        axis, limits = getattr(axes, f"{name}axis"), getattr(axes, f"get_{name}lim")()
        scale = np.log10 if axis.get_scale() == "log" else np.asarray
        drawn = [
            np.asarray(line.get_data(orig=False)[coordinate], dtype=float)
            for line in marked
            if line.get_transform().contains_branch_seperately(axes.transData)[coordinate]
        ]
        values = np.concatenate([*drawn, limits])
        values = values[np.isfinite(values) & ((scale is np.asarray) | (values > 0))]
        low, high = scale([values.min(), values.max()])
        room = 0.03 * (high - low)
        low -= room * (low < scale(min(limits)))
        high += room * (high > scale(max(limits)))
        if (low, high) != tuple(scale(sorted(limits))):
            ends = np.array([low, high])
            axes.set(**{f"{name}lim": 10**ends if scale is np.log10 else ends})


def canvas(panels=1, width=1184, height=520, rows=1, **subplots):
    """A blank figure in the talk's style: (figure, axes), or (figure, [axes, ...]) for more panels.

    `width` and `height` in slide pixels; `subplots` go to Figure.subplots (sharey, width_ratios ...).
    """
    figure = Figure(figsize=(width / 72, height / 72), layout="constrained")
    figure.get_layout_engine().set(w_pad=8 / 72, h_pad=8 / 72, wspace=0.04)
    return figure, figure.subplots(rows, panels, **subplots)


def label(axes, x, y, text, color, **kwargs):
    """Write `text` at (x, y) in the colour of what it names, in place of a legend."""
    axes.text(x, y, text, color=color, **({"weight": "bold", "va": "center"} | kwargs))


def label_line(line, text, at=-1, dx=10, dy=0, **kwargs):
    """Name a drawn line beside its point number `at`, moved by (dx, dy) pixels, in its colour."""
    x, y = line.get_xdata()[at], line.get_ydata()[at]
    kwargs = {"va": "center", "ha": "left", "weight": "bold", "annotation_clip": False} | kwargs
    line.axes.annotate(
        text, (x, y), (dx, dy), textcoords="offset points", color=line.get_color(), **kwargs
    )


def log_axis(axis, low, high, step=1):
    """A logarithmic axis from 10^low to 10^high, labelled every `step` decades in full-size text."""
    axis.axes.set(
        **{f"{axis.axis_name}scale": "log", f"{axis.axis_name}lim": (10.0**low, 10.0**high)}
    )
    first = int(np.ceil(low))
    decades = range(first - 10 * step, first + 10 * step, step)  # more come in view with far marks
    names = {-2: "0.01", -1: "0.1", 0: "1", 1: "10", 2: "100"}
    raised = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
    labels = [names.get(d, "10" + str(d).translate(raised)) for d in decades]
    axis.set_major_locator(FixedLocator([10.0**d for d in decades]))
    axis.set_major_formatter(FixedFormatter(labels))
    axis.set_minor_locator(NullLocator())


def shade_outside(axes, low=0, high=1):
    """Shade what lies outside the training range, where the loss has never looked."""
    left, right = axes.get_xlim()
    axes.axvspan(left, low, color=SHADE, zorder=0, linewidth=0)
    axes.axvspan(high, right, color=SHADE, zorder=0, linewidth=0)
    axes.set_xlim(left, right)


ROOT_STYLE = "max-width: 100%; height: auto; stroke-linejoin: round; stroke-linecap: butt"
ROW = re.compile(r'<use [^>]*? style="([^"]*)"/>(?:\s*<use [^>]*? style="\1"/>)+')
IDENTITY = re.compile(r'(\bid="|href="#|url\(#)')
COORDINATE = re.compile(r"-?\d+\.\d{3,}")


def hundredths(match):
    """A coordinate as exact as an eye can use, for small files."""
    return f"{float(match[0]):.2f}"


def readable(tag):
    """The tag of a text with the palette's colours for text."""
    said = tag[0]
    for name, color in LIGHT.items():
        said = said.replace(f"fill: {color}", f"fill: {LIGHT.get(f'{name}-text', color)}")
    return said


def together(row):
    """Equal marks in a row with their style said once: a strip in a third of the bytes."""
    style = f' style="{row[1]}"'
    return f"<g{style}>{row[0].replace(style, '')}</g>"


def to_svg(figure, name):
    """The figure as SVG text, equal bytes for equal drawings. Ids are its own by `name`."""
    with style.context(["default", RULES, {"svg.hashsalt": name}]):
        file = io.StringIO()
        figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    svg = file.getvalue()
    svg = svg[svg.index("<svg") :]  # drop the XML prologue: the deck puts the picture in its page
    svg = re.sub(r"<[^>]+>", lambda tag: COORDINATE.sub(hundredths, tag[0]), svg)
    svg = re.sub(r'(width|height)="([\d.]+)pt"', r'\1="\2"', svg, count=2)
    svg = re.sub(r"\s*<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    # matplotlib's <style> would speak to the whole page; and a picture must fit a narrow notebook
    svg = re.sub(r"<style.*?</style>", "", svg, flags=re.DOTALL)
    svg = svg.replace("<svg", f'<svg style="{ROOT_STYLE}"', 1)
    own = rf"\g<1>s{zlib.crc32(name.encode()):x}-"
    svg = re.sub(r"<[^>]+>", lambda tag: IDENTITY.sub(own, tag[0]), svg)
    svg = re.sub(r"<text[^>]+>", readable, svg)
    svg = ROW.sub(together, svg)
    for key, color in LIGHT.items():
        svg = re.sub(rf"{color}\b", f"var(--{key}, {color})", svg)
    return re.sub(r"[ \t]+\n", "\n", svg)
