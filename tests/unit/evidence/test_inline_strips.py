"""The strip in a badge: as many marks as seeds, each on its side of the line, told apart by shape too."""

import math
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest

from demos.core.evidence import inline, recorded
from scripts.build.safety_svg import clean_svg

pytestmark = pytest.mark.code

SVG = "{http://www.w3.org/2000/svg}"


def claim(values, rule="error < 1", undecided=(), log=False):
    """A record whose counts are right, and its seeds."""
    sign, bound = rule.split()[-2:]
    agree = [v > float(bound) if sign == ">" else v < float(bound) for v in values]
    seeds = list(range(3000, 3000 + len(values)))
    sure = sum(a for s, a in zip(seeds, agree, strict=True) if s not in undecided)
    counts = {"agree": [sure, sure + len(undecided)], "undecided": list(undecided)}
    return {"rule": rule, "values": list(values), "log": log, "seeds": len(seeds)} | counts, seeds


def read(one, seeds):
    """({kind: marks' centres}, the line's place, the shaded side) of a strip."""
    root = ElementTree.fromstring(inline.strip(one, seeds))
    found = {}
    for group in root.iter(f"{SVG}g"):
        found[group.get("class")] = [centre(mark) for mark in group]
    (line,) = [path for path in root.iter(f"{SVG}path") if path.get("class") == "bound"]
    (side,) = [rect for rect in root.iter(f"{SVG}rect") if rect.get("class") == "side"]
    left = float(side.get("x"))
    return found, float(line.get("d").split()[1]), (left, left + float(side.get("width")))


def centre(mark):
    """x and y of a dot, a ring or a square, and its tag."""
    number = {name: float(value) for name, value in mark.attrib.items()}
    if mark.tag == f"{SVG}circle":
        return number["cx"], number["cy"], "circle"
    return number["x"] + number["width"] / 2, number["y"] + number["height"] / 2, "square"


def test_every_recorded_claim_has_a_mark_for_each_seed_on_its_side_of_the_line():
    for name, one in recorded.claims().items():
        seeds = recorded.recorded(one["study"])["seeds"]
        found, line, _ = read(one, seeds)
        way = 1 if " > " in one["rule"] else -1
        numbers = {kind: len(marks) for kind, marks in found.items()}
        least, most = one["agree"]
        wanted = {"yes": least, "no": one["seeds"] - most, "undecided": most - least}
        assert numbers == {kind: n for kind, n in wanted.items() if n}, name
        assert all(way * (x - line) >= -0.11 for x, *_ in found.get("yes", [])), name
        assert all(way * (x - line) <= 0.11 for x, *_ in found.get("no", [])), name
        for x, y, _ in (mark for marks in found.values() for mark in marks):
            assert 0 < x < inline.WIDTH and 0 < y < inline.AXIS, name


def test_kinds_differ_in_shape_and_fill_and_not_in_colour_alone():
    one, seeds = claim([0.5, 0.6, 1.5, 0.99], undecided=[3003])
    found, _, _ = read(one, seeds)
    assert {kind: {mark[2] for mark in marks} for kind, marks in found.items()} == {
        "yes": {"circle"},
        "no": {"circle"},
        "undecided": {"square"},
    }
    looks = inline.LOOKS
    assert "fill: none" in looks["no"] and "fill: none" not in looks["yes"]
    assert all("var(--" in look for look in looks.values())  # dark rooms


@pytest.mark.parametrize("log", [False, True])
def test_values_stand_on_the_claims_axis(log):
    values = [0.01, 0.1, 10.0]
    one, seeds = claim(values, log=log)
    found, line, _ = read(one, seeds)
    shown = sorted(x for marks in found.values() for x, *_ in marks)
    at = np.array([math.log10(v) if log else v for v in [*values, 1.0]])
    share = (at - at.min()) / np.ptp(at)
    wanted = inline.WIDTH * (inline.EDGE + (1 - 2 * inline.EDGE) * share)
    assert np.allclose(shown, wanted[:3], atol=0.06) and abs(line - wanted[3]) < 0.06


def test_what_is_not_positive_has_no_logarithm():
    one, seeds = claim([-1.0, 0.5], log=True)
    plain, _ = claim([-1.0, 0.5])
    assert inline.strip(one, seeds) == inline.strip(plain, seeds)


@pytest.mark.parametrize(("rule", "right"), [("error < 1", False), ("error > 1", True)])
def test_the_side_that_agrees_is_shaded(rule, right):
    _, line, (start, end) = read(*claim([0.5, 1.5], rule))
    wanted = (line, inline.WIDTH) if right else (0, line)
    assert np.allclose((start, end), wanted, atol=0.11)


def test_many_seeds_of_one_value_do_not_hide_each_other():
    found, _, _ = read(*claim([0.5] * 64))
    heights = sorted(y for _, y, _ in found["yes"])
    assert len({round(y, 1) for y in heights}) > 32
    assert heights[0] < 8 and heights[-1] > 18


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"agree": [2, 2]}, "1 of its values agree, not 2"),
        ({"values": [0.5]}, "1 values of 2 seeds"),
        ({"undecided": [3000]}, "0 of its values agree"),
    ],
)
def test_a_record_whose_parts_do_not_go_together_is_refused(change, says):
    one, seeds = claim([0.5, 1.5])
    with pytest.raises(ValueError, match=says):
        inline.strip(one | change, seeds)


def test_words_in_it_are_escaped_and_the_page_may_hold_it():
    one, seeds = claim([0.5, 1.5], "f(<b>) & g < 1e-06", undecided=())
    drawn = inline.strip(one, seeds)
    assert "f(&lt;b&gt;) &amp; g &lt; 10⁻⁶" in drawn
    assert clean_svg(drawn, None).count("<circle") == 2


def test_what_it_shows_is_said_in_words():
    one, _ = claim([0.5, 0.6, 1.5, 0.99], undecided=[3003])
    assert inline.in_words(one) == (
        "error, wanted below 1; a mark for each: 2 agree, 1 do not, rounding decides 1"
    )


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "0"), (1.0, "1"), (176.17, "176"), (0.0024784, "0.00248"), (-0.5, "−0.5")]
    + [(31415.9, "31,400"), (2e6, "2×10⁶"), (7.41e-9, "7.41×10⁻⁹"), (1e-6, "10⁻⁶")],
)
def test_a_number_has_three_digits(value, shown):
    assert inline.number(value) == shown
