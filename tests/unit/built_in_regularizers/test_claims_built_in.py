"""What is measured of built-in regularizers, quantity by quantity, and how claims read it."""

import numpy as np
import pytest

from demos.built_in_regularizers import (
    claims,
    claims_depth,
    compute_depth,
    compute_mnist1d,
    compute_networks,
    compute_norms,
)

CLAIMS = {claim.id: claim for claim in (*claims.CLAIMS, *claims_depth.CLAIMS)}


def read(found):
    """What each claim reads: {id: value}."""
    return {name: CLAIMS[name].value(found).item() for name in CLAIMS if name in WANTED}


WANTED = {
    "built-in-tied": (0.1, False),
    "built-in-moves": (0.2, False),
    "built-in-known-place": (0.96, True),
    "built-in-dense-shifted": (0.24, True),
    "built-in-largest-shifted": (0.89, False),
    "built-in-invariant": (0.7, False),
    "built-in-permuted-shifted": (0.26, True),
    "built-in-known-noisy": (0.02, True),
    "built-in-mnist1d": (0.15, True),
    "built-in-mnist1d-permuted": (-0.03, True),
    "built-in-dense-permuted": (0.01, True),
    "built-in-depth-digits": (0.02, True),
    "built-in-depth-nll": (-0.5, False),
    "built-in-depth-worst": (-0.04, True),
    "built-in-depth-signals": (0.02, True),
    "built-in-depth-signals-nll": (-0.5, True),
    "built-in-norms-rate": (0.77, True),
    "built-in-norms-regularize": (-0.01, False),
    "built-in-norms-slow": (0.3, True),
}
FOUND = {
    **{"tied": 0.1, "moved": 0.2},
    **{"home_dense": 0.98, "home_largest": 0.96, "home_flat": 0.97, "home_permuted": 0.9},
    **{"away_dense": 0.24, "away_largest": 0.89, "away_flat": 0.27, "away_permuted": 0.26},
    **{"linear": 0.3, "dense": 0.45, "dense_permuted": 0.46, "conv": 0.6, "conv_permuted": 0.43},
    **{"accuracy_all": 0.82, "accuracy_some": 0.84, "nll_all": 2.0, "nll_some": 1.5},
    **{"worst_all": 0.05, "worst_some": 0.01},
    **{"none_0.01": 0.5, "none_0.1": 0.7, "none_1": 0.88, "none_3": 0.1},
    **{"batch_0.01": 0.83, "batch_0.1": 0.6, "batch_1": 0.87, "batch_3": 0.87},
    **{"layer_0.01": 0.8, "layer_0.1": 0.65, "layer_1": 0.8},
}


def test_claims_read_their_own_quantities_and_judge_them():
    found = {name: np.array([value]) for name, value in FOUND.items()}
    assert WANTED.keys() == CLAIMS.keys()
    for name, value in read(found).items():
        wanted, agrees = WANTED[name]
        assert value == pytest.approx(wanted), name
        assert CLAIMS[name].agrees(value) == agrees, name
    swapped = found | {"home_dense": np.array([0.94]), "layer_0.01": np.array([0.9])}
    assert read(swapped)["built-in-known-place"] == pytest.approx(0.94)
    assert read(swapped)["built-in-norms-slow"] == pytest.approx(0.33)


def test_differences_are_one_a_seed(monkeypatch):
    monkeypatch.setattr(
        compute_networks, "difference", lambda seed, filters: (seed, seed * filters)
    )
    found = claims.tied([2, 5], **claims.TIED.settings)
    assert {name: list(values) for name, values in found.items()} == {
        "tied": [2, 5],
        "moved": [8, 20],
    }


def test_studies_pass_their_settings_on(monkeypatch):
    asked = []
    for module, name in (
        (compute_networks, "on_places"),
        (compute_mnist1d, "scores"),
        (compute_depth, "scores"),
        (compute_norms, "scores"),
    ):
        monkeypatch.setattr(module, name, lambda *given: asked.append(given) or {})
    studies = (
        *(claims.KNOWN, claims.NOISY, claims.SIGNALS),
        *(claims_depth.DIGITS, claims_depth.SIGNALS, claims_depth.NORMS),
    )
    for study in studies:
        study.measure([3], **study.settings)
    noisy = compute_networks.Fit(40, 0.5, 150, 0.03)
    assert asked == [
        ([3], compute_networks.FIT, ("dense", "largest", "flat", "permuted")),
        ([3], noisy, ("dense", "largest")),
        ([3], compute_mnist1d.FIT),
        ([3], 0.5, compute_depth.DIGITS),
        ([3], 0.5, compute_depth.SIGNALS),
        ([3], (0.01, 0.1, 1.0), 3.0, compute_norms.FIT),
    ]
    asked.clear()
    claims.mnist1d([3], points=50, steps=6, batch=7)
    claims_depth.depth([3], "mnist1d", points=50, steps=6, batch=7, survival=0.2)
    claims_depth.norms([3], points=50, steps=6, batch=7, rates=(1,), too_large=2)
    assert asked == [
        ([3], compute_mnist1d.Fit(points=50, steps=6, batch=7)),
        ([3], 0.2, compute_depth.Fit("mnist1d", points=50, steps=6, batch=7)),
        ([3], (1,), 2, compute_norms.Fit(points=50, steps=6, batch=7)),
    ]
