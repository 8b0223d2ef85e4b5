"""Compare two drawings of one figure: words, marks, and how far points moved, in pixels of a slide.

An SVG of ours is read as a tree. Its ids begin with a hash of what they stand for, so they are left aside.
What moves is told apart by what it is and how it looks (see `below`): the dots of one colour, all ticks.
A line of another number of points (the border between two classes has as many as it needs) is compared
as a whole: the farthest that any of its points is from the other line (Hausdorff distance).
"""

import base64
import io
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field
from itertools import zip_longest

import numpy as np
from scipy.spatial.distance import directed_hausdorff

NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")
IDS = re.compile(r"(^|})(id|href|clip-path|style|transform)$")
PAINT = re.compile(r"(?:fill|stroke|stroke-width|[\w-]*opacity): (?:var\(--)?([#\w.-]+)")
ADDRESS = re.compile(r"url\([^)]*\)")


@dataclass
class Difference:
    """What differs: `words` and `marks` in sentences, a picture in shares of white.

    pixels: {artist and style: how far such points moved at most}, of those that moved.
    """

    words: list = field(default_factory=list)
    marks: list = field(default_factory=list)
    pixels: dict = field(default_factory=dict)
    shade: float = 0.0


def difference(before, after):
    """The Difference between two SVG texts."""
    found = Difference()
    pairs = zip_longest(marks(before), marks(after))
    for number, (old, new) in enumerate(pairs, 1):
        if old is None or new is None:
            rest = "fewer" if new is None else "more"
            found.marks.append(f"{rest} marks than before, from number {number} on")
            break
        (artist, was), (_, now) = old, new
        one(artist, was, now, found)
    return found


def marks(svg):
    """The elements of an SVG in the order of drawing: (artist and style, element) each."""
    return list(below(ElementTree.fromstring(svg), "drawing", ""))


def below(element, artist, style):
    """An element and all within it.

    Its artist is what matplotlib calls the group it is in (line2d, patch, text …), its style its own or
    that of what it is in: `line2d overfit 0.45`.
    """
    if name(element.tag) == "g":
        artist = re.sub(r"_\d+$", "", element.get("id", "").partition("-")[2]) or artist
    if name(element.tag) != "svg":
        style = " ".join(PAINT.findall(element.get("style", ""))) or style
    yield f"{artist} {style}".strip(), element
    for child in element:
        yield from below(child, artist, style)


def one(artist, old, new, found):
    """Add to `found` what differs between two elements of an artist."""
    was, now = ((element.text or "").strip() for element in (old, new))
    if was != now:
        found.words.append(f"{was!r} is {now!r}")
    if old.tag != new.tag or look(old) != look(new):
        found.marks.append(f"a {name(old.tag)} looks different or is a {name(new.tag)}")
        return
    picture = "{http://www.w3.org/1999/xlink}href"
    if name(old.tag) == "image":
        found.shade = max(found.shade, apart(*(shades(each.get(picture)) for each in (old, new))))
    pixels = moved(points(old), points(new))
    if pixels > found.pixels.get(artist, 0.0):
        found.pixels[artist] = pixels


def name(tag):
    return tag.rpartition("}")[2]


def look(element):
    """What is no place: attributes without their numbers, style with them, in the order of names."""
    attributes = sorted(element.attrib.items())
    plain = [(key, NUMBER.sub("#", value)) for key, value in attributes if not placed(key)]
    style = ADDRESS.sub("", element.get("style", ""))
    return plain, style, NUMBER.sub("#", element.get("transform", ""))


def placed(key):
    return IDS.search(key) or key in ("d", "points")


def points(element):
    """Coordinates of an element: (points, 2) of a path, one row of what else has numbers."""
    if "d" in element.attrib:
        flat = [float(n) for n in NUMBER.findall(element.get("d"))]
        return np.array(flat[: len(flat) // 2 * 2]).reshape(-1, 2)
    kept = (v for k, v in sorted(element.attrib.items()) if not IDS.search(k))
    text = " ".join([*kept, element.get("transform", "")])
    return np.array([[float(n) for n in NUMBER.findall(text)]])


def moved(old, new):
    """How far points moved at most, in pixels."""
    if old.shape == new.shape:
        return float(np.abs(old - new).max(initial=0.0))
    if old.size == 0 or new.size == 0 or old.shape[1] != new.shape[1]:
        return np.inf
    return max(directed_hausdorff(old, new)[0], directed_hausdorff(new, old)[0])


def shades(address):
    """A PNG inside an SVG as an array, 0 to 1."""
    from PIL import Image

    data = base64.b64decode(address.partition(",")[2])
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGBA"), dtype=float) / 255


def apart(old, new):
    """The mean difference of two pictures; another size is all there can be."""
    return float(np.abs(old - new).mean()) if old.shape == new.shape else 1.0
