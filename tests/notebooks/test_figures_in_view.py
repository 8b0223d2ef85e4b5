"""Nothing that a committed figure draws is cut off at the edge of its axes, but where that is the point."""

import re
from xml.etree import ElementTree

import numpy as np

from scripts.paths import FIGURES

SVG, LINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}href"
MEANT = {
    "least-squares-noisy": "20 coefficients leave the picture: that is what the slide shows",
    "least-squares-live": "the same",
    "network-fit-noisy": "the same, beside a network",
    "bump-error-six": "a unit runs on until the next one bends it back",
    "bump-error-nine": "the same",
    "bias-and-variance-draws": "a fit leaves the picture beyond its last dot",
    "bias-and-variance-clouds": "degree 9 does, again and again",
    "bias-and-variance-even": "the same, with random points",
    "bias-and-variance-live": "the same, of degree 5",
    "a-good-start-slopes": "ReLU goes on rising",
    "a-good-start-cliff": "the cliff does",
    "losses-pushes": "a squared error does",
    "losses-live": "the same",
    "losses-sum": "the sum at the mean's rate runs away at once",
    "decay-boxes": "rings of equal error about a point outside the box",
    "batches-live": "outer rings; and close to the best line the logarithm has no floor",
    "double-descent-patients": "at ten patients single shuffles leave the picture, the median does not",
    "l1-live": "weights without much of a penalty",
    "l1-weights": "weights without a penalty",
    "l1-steps": "the end of a path, enlarged",
    "least-squares-edges": "where a polynomial crosses the curve, the logarithm has no floor",
}


def coordinates(path):
    """All points of a path's `d`, control points included: (n, 2)."""
    numbers = re.findall(r"-?\d+\.?\d*(?:e-?\d+)?", path.get("d"))
    return np.array(numbers, dtype=float).reshape(-1, 2)


def drawn(root):
    """(clip id, points (n, 2)) of everything that is clipped: paths, the middles of marks, areas."""
    shapes = {path.get("id"): coordinates(path) for path in root.iter(f"{SVG}path")}
    for group in root.iter(f"{SVG}g"):
        area = "Collection" in group.get("id", "")  # shapes of their own, put in place by (x, y)
        for child in group:
            clip = child.get("clip-path", "")[5:-1]
            if not clip:
                continue
            if child.tag == f"{SVG}path":
                yield clip, coordinates(child)
            for use in child.iter(f"{SVG}use"):
                at = np.array([[float(use.get("x")), float(use.get("y"))]])
                yield clip, at + shapes[use.get(LINK)[1:]] if area else at


def cut_off(file):
    """By how many pixels the farthest point lies outside its axes."""
    root, farthest = ElementTree.parse(file).getroot(), 0.0
    boxes = {
        clip.get("id"): [float(clip[0].get(k)) for k in ("x", "y", "width", "height")]
        for clip in root.iter(f"{SVG}clipPath")
    }
    for clip, points in drawn(root):
        x, y, width, height = boxes[clip]
        outside = np.maximum((x, y) - points, points - (x + width, y + height))
        farthest = max(farthest, outside.max())
    return farthest


def test_no_figure_cuts_off_what_it_draws():
    figures = sorted(FIGURES.glob("*/*.svg"))
    assert len(figures) > 50
    assert {file.stem for file in figures if cut_off(file) > 1} == set(MEANT)
