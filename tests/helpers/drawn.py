"""A live demo's picture as an audience reads it: what is drawn, against the ticks on the axes."""

import re
from itertools import groupby, pairwise

import numpy as np

NEAR = 0.06  # px: points are written to a tenth
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"


def panels(svg):
    """From left to right."""
    parts = svg["children"]
    frames = [i for i, one in enumerate(parts) if kind(one) == "frame"]
    return [Panel(*parts[i - 1 : i + 2]) for i in frames]


def labels(svg):
    """The words in the picture that name what is drawn: {kind: [words]}."""
    found = {}
    for one in svg["children"]:
        if one["name"] == "text":
            found.setdefault(kind(one).removeprefix("name").strip(), []).append(one["text"])
    return found


def kind(element):
    return element["attributes"].get("class", "")


class Axis:
    """What its ticks say: at which pixel a value is. Ticks that are words have places, no values."""

    def __init__(self, ticks):
        self.places = np.array([at for at, _ in ticks])
        self.words = [words for _, words in ticks]
        self.log = any(set(words) & set(RAISED) for words in self.words)
        values = [value_of(words) for words in self.words]
        if values and None not in values:
            self.log = self.log or not self.fits(values)
            assert self.fits(values), self.words

    def fits(self, values):
        """Whether the ticks' places go with their values."""
        self.scale = np.polyfit(self.turned(values), self.places, 1)
        return np.allclose(self.pixel(values), self.places, atol=1e-6)

    def turned(self, values):
        return np.log10(values) if self.log else np.asarray(values, dtype=float)

    def pixel(self, values):
        return np.polyval(self.scale, self.turned(values))

    def value(self, pixels):
        values = (np.asarray(pixels) - self.scale[1]) / self.scale[0]
        return 10**values if self.log else values


def value_of(words):
    if power := re.fullmatch(f"10([{RAISED}]+)", words):
        return 10.0 ** int("".join("0123456789-"[RAISED.index(c)] for c in power[1]))
    try:
        return float(words.replace("−", "-").replace(",", ""))
    except ValueError:
        return None


class Panel:
    """One panel: what lies behind, its frame, whose ticks are its axes, and what is drawn inside."""

    def __init__(self, back, frame, front):
        ticks = {"v": [], "h": []}
        parts = frame["children"]
        for one, after in pairwise(parts):
            mark = re.fullmatch(r"M([\d.]+),([\d.]+)([vh])-?7", one["attributes"].get("d", ""))
            if mark:
                across, down, way = mark.groups()
                ticks[way].append((float(across if way == "v" else down), after["text"]))
        self.x, self.y = Axis(ticks["v"]), Axis(ticks["h"])
        self.behind, self.drawn = back["children"], front["children"]

    def group(self, wanted):
        (found,) = [one for one in self.drawn if kind(one) == wanted]
        return found

    def line(self, name):
        """The points of a curve, in pixels: (points, 2). One drawn twice in a row is one."""
        words = self.group(f"line {name}")["attributes"].get("points", "").split()
        points = [[float(at) for at in word.split(",")] for word, _ in groupby(words)]
        return np.array(points).reshape(-1, 2)

    def pixels(self, x, y):
        """Where points (x, y) are: (points, 2)."""
        return np.stack([self.x.pixel(x), self.y.pixel(y)], axis=1)

    def curve(self, name, x, y, near=NEAR):
        """Assert that a curve is the one through these points."""
        expected = self.pixels(x, y)
        expected[:, 1] = expected[:, 1].clip(-4000, 4000)  # far outside is outside enough
        np.testing.assert_allclose(self.line(name), expected, rtol=0, atol=near)

    def dots(self, x, y):
        """Assert that the dots lie there."""
        found = [
            [one["attributes"][name] for name in ("cx", "cy")]
            for one in self.group("dots")["children"]
        ]
        np.testing.assert_allclose(
            np.array(found, dtype=float), self.pixels(x, y), rtol=0, atol=1e-3
        )

    def boxes(self, wanted):
        """Left, right, top and bottom of each box of a group, in pixels: (boxes, 4)."""
        return boxes(self.group(wanted)["children"])

    def shaded(self):
        """Which stretches of the horizontal axis are shaded: (stretches, 2)."""
        return self.x.value(boxes(self.behind)[:, :2])

    def bars(self, name):
        """How high each bar is, and the middle of its foot, in pixels."""
        left, right, top, bottom = self.boxes(f"bars {name}").T
        np.testing.assert_allclose(bottom, self.y.pixel(0), atol=1e-6)
        return self.y.value(top), (left + right) / 2

    def cells(self, name, across=True):
        """Of a map: the inputs at each cell's middle, (cells, 2), and how strong its colour is.

        Without a scale `across`: the heights alone, (cells,).
        """
        left, right, top, bottom = self.boxes(f"shades {name}").T
        inputs = self.y.value((top + bottom) / 2)
        if across:
            inputs = np.stack([self.x.value((left + right) / 2), inputs], axis=1)
        shades = [
            one["attributes"]["fill-opacity"] for one in self.group(f"shades {name}")["children"]
        ]
        return inputs, np.array(shades, dtype=float)


def boxes(rectangles):
    names = ("x", "y", "width", "height")
    rows = [[float(one["attributes"][name]) for name in names] for one in rectangles]
    x, y, width, height = np.array(rows).T
    return np.stack([x, x + width, y, y + height], axis=1)
