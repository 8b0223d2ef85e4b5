"""A claim's strip in a badge: an SVG drawn from its record alone, a dot a seed, the bound as a line.

A filled dot agrees, a ring does not, a grey square is a seed that rounding decides. Colours are the page's.
"""

import html
import math

from demos.core.evidence.badge import rule_of

WIDTH, HEIGHT = 330, 46  # px, as large as it stands on a slide
TOP, BOTTOM, AXIS, CAPTION = 2, 24, 27, 43  # of the dots; the line below them; the words' baseline
EDGE = 0.04  # of the width, left and right of all dots
GOLDEN = 0.618034  # seeds that lie side by side get heights far apart
RADII = ((16, 4.5), (64, 3.6), (128, 3.0))  # up to so many seeds
SMALLEST = 2.4
YES, NO, UNDECIDED = "yes", "no", "undecided"
LOOKS = {
    YES: "fill: var(--regularized)",
    NO: "fill: none; stroke: var(--overfit); stroke-width: 1.4px",
    UNDECIDED: "fill: var(--muted)",
}


def strip(claim, seeds):
    """A recorded claim's strip as SVG; seeds: those of its study, in the order of its values.

    Raises ValueError where values, bound and counts of the record do not go together.
    """
    quantity, sign, bound = rule_of(claim)
    kinds = sorted_out(claim, seeds)
    place = scale([*claim["values"], bound], claim["log"])
    at = place(bound)
    left, right = (at, WIDTH) if sign == ">" else (0, at)
    parts = [
        f'<rect class="side" x="{left:.1f}" y="0" width="{right - left:.1f}" height="{AXIS}" '
        'style="fill: var(--regularized); opacity: 0.14"/>',
        f'<path d="M 0 {AXIS} H {WIDTH}" style="stroke: var(--truth); stroke-width: 1px"/>',
        *dots(claim["values"], kinds, place),
        f'<path class="bound" d="M {at:.1f} 0 V {AXIS}" '
        'style="stroke: var(--ink); stroke-width: 2.5px"/>',
        f'<text x="0" y="{CAPTION}" font-size="18" style="fill: var(--muted)">'
        f"{html.escape(quantity)} {html.escape(sign)} {number(bound)}</text>",
    ]
    size = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(parts)}</svg>'


def sorted_out(claim, seeds):
    """YES, NO or UNDECIDED for each value of a claim. Raises ValueError where its counts say otherwise."""
    _, sign, bound = rule_of(claim)
    values, undecided = claim["values"], set(claim["undecided"])
    if len(values) != len(seeds):
        raise ValueError(f"{len(values)} values of {len(seeds)} seeds")
    agree = [value > bound if sign == ">" else value < bound for value in values]
    kinds = [
        UNDECIDED if seed in undecided else YES if agrees else NO
        for seed, agrees in zip(seeds, agree, strict=True)
    ]
    sure, unsure = kinds.count(YES), kinds.count(UNDECIDED)
    if [sure, sure + unsure] != list(claim["agree"]):
        raise ValueError(f"{sure} of its values agree, not {claim['agree'][0]}")
    return kinds


def scale(values, log):
    """From a value to its place in px. A logarithmic one where that was asked for and can be."""
    log = log and min(values) > 0
    turned = [math.log10(value) if log else value for value in values]
    low, span = min(turned), (max(turned) - min(turned)) or 1.0

    def place(value):
        share = ((math.log10(value) if log else value) - low) / span
        return WIDTH * (EDGE + (1 - 2 * EDGE) * share)

    return place


def dots(values, kinds, place):
    """A group of marks for each kind, undecided ones last: on top."""
    r = next((size for most, size in RADII if len(values) <= most), SMALLEST)
    order = sorted(range(len(values)), key=values.__getitem__)
    heights = {seed: (rank + 1) * GOLDEN % 1 for rank, seed in enumerate(order)}
    for kind, look in LOOKS.items():
        marks = [
            mark(kind, place(values[i]), TOP + r + (BOTTOM - TOP - 2 * r) * heights[i], r)
            for i in order
            if kinds[i] == kind
        ]
        if marks:
            yield f'<g class="{kind}" style="{look}; opacity: 0.8">{"".join(marks)}</g>'


def mark(kind, x, y, r):
    """A dot, a ring or a square."""
    if kind == UNDECIDED:
        side = 2 * r
        return f'<rect x="{x - r:.1f}" y="{y - r:.1f}" width="{side:g}" height="{side:g}"/>'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r - 0.6 * (kind == NO):g}"/>'


def number(value):
    """A bound, short: three digits, powers of ten where zeros would say nothing."""
    if value and not 1e-3 <= abs(value) < 1e5:
        factor, power = f"{value:.2e}".split("e")
        raised = str(int(power)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
        return f"{float(factor):g}×10{raised}".removeprefix("1×").replace("-", "−")
    return f"{float(f'{value:.3g}'):,.10g}".replace("-", "−")


def in_words(claim):
    """What the strip shows, for who does not see it."""
    quantity, sign, bound = rule_of(claim)
    least, most = claim["agree"]
    parts = [f"{least} agree", f"{claim['seeds'] - most} do not"]
    parts += [f"rounding decides {most - least}"] * (most > least)
    way = "above" if sign == ">" else "below"
    return f"{quantity}, wanted {way} {number(bound)}; a mark for each: {', '.join(parts)}"
