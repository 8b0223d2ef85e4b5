"""Numbers on a live panel are written as sentences on a slide write them."""

import numpy as np
from without_browser import number

from demos.core.live import NOISES, RATES, SEEDS
from demos.least_squares.live import COEFFICIENTS, RIDGES
from scripts.build.quoted import formatted


def as_on_slides(value):
    """Three digits, two where a power of ten stands beside them, and a count whole."""
    size = abs(value)
    if size < 999.5 and value == round(value):
        return formatted(value, ".0f", None)
    spec = ".1e" if 0 < size < 0.001 or size >= 999_999.5 else "#.3g" if size < 999.5 else ",.0f"
    return formatted(value, spec, None).removesuffix(".")


def test_every_size_and_sign(page):
    sizes = np.concatenate([10.0 ** np.arange(-12, 9), np.geomspace(1e-9, 1e8, 400), [0.14, 999.4]])
    values = [0.0, *sizes, *-sizes]
    assert page("written", values=values) == [as_on_slides(value) for value in values]
    assert page("written", values=[8.0, -3.0, 0.0, 8.004]) == ["8", "−3", "0", "8.00"]
    assert page("written", values=[-0.14, 1.4e-4, -12345.0]) == ["−0.140", "1.4×10⁻⁴", "−12,345"]


def test_a_setting_keeps_its_digits(page):
    said = {0: "0", 0.05: "0.05", 0.0001: "0.0001", 1e-9: "10⁻⁹", 2e-5: "2×10⁻⁵", 20: "20"}
    assert page("setting", values=[*said]) == [*said.values()]
    for choices in (RIDGES, RATES, NOISES, COEFFICIENTS, SEEDS):
        assert [number(word) for word in page("setting", values=choices)] == [*choices]
