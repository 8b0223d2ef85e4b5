"""What is measured of neurons, networks and iris, and how claims read it."""

import numpy as np
import pytest

from demos.core.evidence import recorded
from demos.from_neuron_to_network import (
    claims,
    claims_bends,
    claims_iris,
    iris,
    points,
    slopes,
    summary,
    twice,
)
from demos.from_neuron_to_network import compute as lab

CLAIMS = {c.id: c for c in (*claims.CLAIMS, *claims_bends.CLAIMS, *claims_iris.CLAIMS)}


def test_studies_pass_their_settings_on(monkeypatch):
    asked = {}

    def told(where, name):
        answer = {"straight wide": np.array([len(name)])}
        monkeypatch.setattr(
            where, name, lambda *given: asked.setdefault(name, []).append(given) or answer
        )

    for name in ("on_blobs", "on_three", "on_rings", "on_xor", "bends"):
        told(lab, name)
    for study in (claims.BLOBS, claims.THREE, claims.RINGS, claims.XOR):
        assert "straight wide" in study.measure([1], **study.settings)
    found = claims_bends.bends([1], **claims_bends.BENDS.settings)
    assert asked == {
        "on_blobs": [([1], lab.FIT)],
        "on_three": [([1], 4, lab.FIT)],
        "on_rings": [([1], 0.1, 16, lab.FIT)],
        "on_xor": [([1], (2, 16), lab.FIT)],
        "bends": [([1], 0.01, 1000), ([1], 0.1, 1000)],
    }
    assert set(found) == {"straight_wide_slow", "straight_wide_fast"}


def test_truth_tables_and_shapes_are_taken_by_their_numbers(monkeypatch):
    monkeypatch.setattr(points, "separable", lambda x, y: y.sum() == 2)
    assert claims.tables([points.XOR, 9, 3, 0])["as_said"].tolist() == [False, False, True, False]
    monkeypatch.setattr(twice, "apart", lambda widths: widths[-1] / 8)
    monkeypatch.setattr(twice, "parameter_count", lambda widths: 3 if widths == (2, 1) else 0)
    found = claims.written([0, 1])
    assert [twice.SHAPES[0], twice.SHAPES[1]] == [(2, 1), (2, 3)]
    assert found["apart"].tolist() == [1 / 8, 3 / 8] and found["off"].tolist() == [0, 9]


def test_slopes_are_read_at_zero_and_two(monkeypatch):
    def fitted(seeds, widths, slopes=slopes.SLOPES, lr=0, steps=0):
        assert (lr, steps) == (0.05, 500)
        rows = np.arange(1.0, len(slopes) + 1)[None] * (10 if widths == (1, 1, 1) else 1)
        return rows, rows / 100

    monkeypatch.setattr(slopes, "fitted", fitted)
    found = claims.slope([1], **claims.SLOPE.settings)
    assert {name: value.item() for name, value in found.items()} == {
        "spread": 9, "flat": 0.05, "steep": 0.09, "course_flat": 10, "course_steep": 20,
    }  # fmt: skip


def test_widths_and_depths_are_read_at_their_steps(monkeypatch):
    def widths(seeds, fit, units):
        return np.outer(units, [1, 2]) + fit.steps + fit.adam / 2

    def depths(seeds, shapes, fit, every):
        assert (fit, every) == (iris.DEPTH, 50)
        right = np.arange(21)[:, None, None] + np.arange(4)[:, None] / 10
        return 50 * np.arange(21), right + sum(shapes[0]) + np.zeros(2)

    monkeypatch.setattr(iris, "widths", widths)
    monkeypatch.setattr(iris, "depths", depths)
    found = claims_iris.widths([1, 2], **claims_iris.WIDTHS.settings)
    assert found["sgd_4"].tolist() == [154, 158] and found["adam_8"].tolist() == [508.5, 516.5]
    found = claims_iris.depths([1, 2], **claims_iris.DEPTHS.settings)
    assert found["units_early_1"].tolist() == [49, 49]
    assert found["parameters_late_4"] == pytest.approx([82.3, 82.3])


def test_each_claim_reads_its_own_quantities():
    names = {  # each quantity has a number of its own
        "bias": 0.98, "none": 0.55, "lines": 0.95, "hidden": 0.951, "as_said": 1, "2": 0.75, "16": 1,
        "line": 0.5, "squared": 0.99, "apart": 1e-7, "off": 0, "spread": 1.001, "flat": 0.1,
        "steep": 0.97, "course_flat": 0.2, "course_steep": 0.5, "straight_slow": 0.97,
        "bottleneck_slow": 0.57, "straight_wide_slow": 0.98, "wide_slow": 0.96,
        "straight_wide_fast": 0.974, "wide_fast": 0.978, "sgd_128": 0.84, "sgd_4": 0.4,
        "adam_128": 0.95, "adam_8": 0.93, "units_early_1": 0.9, "units_early_4": 0.6,
        "units_late_1": 0.94, "units_late_4": 0.95, "parameters_early_1": 0.89,
        "parameters_early_4": 0.64, "parameters_late_1": 0.965, "parameters_late_4": 0.945,
    }  # fmt: skip
    q = {name: np.array([value]) for name, value in names.items()}
    reads = {
        "neuron-bias": 0.98, "neuron-no-bias": 0.55, "neuron-three": 0.001, "neuron-tables": 1,
        "neuron-xor-two": 0.75, "neuron-xor-sixteen": 1, "neuron-rings-line": 0.5,
        "neuron-rings-squared": 0.99, "neuron-rings-hidden": 0.951, "neuron-written": 1e-7,
        "neuron-counted": 0, "neuron-slope-loss": 1.001, "neuron-slope-correlation": 0.1 / 0.97,
        "neuron-slope-bend": 2.5, "neuron-linear-better": 0.4, "neuron-bottleneck": 0.57,
        "neuron-wide-slow": 0.02, "neuron-wide-even": 0.004, "neuron-wider": 0.44,
        "neuron-wide-enough": 0.02, "neuron-deeper-early": 0.3, "neuron-deeper-late": 0.01,
        "neuron-equal-early": 0.25, "neuron-equal-late": 0.02,
    }  # fmt: skip
    assert reads.keys() == CLAIMS.keys()
    for name, value in reads.items():
        assert np.asarray(CLAIMS[name].value(q)).item() == pytest.approx(value), name
    assert {name for name, c in CLAIMS.items() if not c.agrees(c.value(q)).all()} == {
        "neuron-xor-two"
    }


def test_numbers_that_slides_quote():
    found = {
        "sgd_1": np.array([0.3, 0.4]),
        "sgd_8": np.array([0.5, 0.9]),
        "adam_1": np.array([0.6, 0.8]),
    }
    assert summary.of_units(found, "sgd", (1, 8)).tolist() == [[0.3, 0.5], [0.4, 0.9]]
    assert summary.dead([0.5, 0.59, 0.6, 0.97]) == 2
    assert recorded.medians(found, ["sgd_8"]) == {"sgd_8": 0.7, "seeds": 2}
    data, _ = lab.of_blobs([1], points.OFF, count=8)
    for bias in (True, False):
        parameters = lab.trained(lab.one_neuron(bias), [1], data, lab.Fit(0.1, 2))
        weights, shift = summary.line(parameters)
        out = lab.one_neuron(bias).predict(parameters, data.x)[0, :, 0]
        np.testing.assert_allclose(data.x[0].numpy() @ weights + shift, out, rtol=1e-4, atol=1e-5)
