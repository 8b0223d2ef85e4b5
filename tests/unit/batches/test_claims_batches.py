"""What is measured of batches, and how claims read it."""

import numpy as np
import pytest

from demos.batches import claims, claims_signals, orders, summary, variance
from demos.batches import compute as lab
from demos.batches import compute_signals as signals
from demos.core.evidence import recorded

CLAIMS = {claim.id: claim for claim in (*claims.CLAIMS, *claims_signals.CLAIMS)}


def test_a_case_counts_its_own_batches_and_walks_its_own_orders(monkeypatch):
    monkeypatch.setattr(variance, "share", lambda batch, count, again: 10 * batch + again)
    found = claims.counted([0, 2], lr=0.1)
    for n, case in enumerate((0, 2)):
        points = lab.first_gradients(case, claims.TINY, claims.COUNTED)
        assert points.shape == (6, 27)
        for name, again in (("with", True), ("without", False)):
            counts = variance.of_every_batch(points, case + 1, again)
            counts /= variance.of_one_point(points)
            assert found[name][n] == pytest.approx(10 * (case + 1) + again - counts)
        x, y = orders.problem(case)
        for name, smith in (("plain", False), ("smith", True)):
            off = [orders.off(x, y, rate, smith) for rate in (0.1, 0.05)]
            assert found[name][n] == pytest.approx(off[0] / off[1])


def test_clocks_are_read_where_they_say(monkeypatch):
    asked = []

    def clocks(seeds, fit):
        asked.append(fit)
        looks = {
            2: np.array([0, 60, 120, 180]),
            12: np.array([0, 20, 60]),
            60: np.array([0, 4, 60]),
        }
        return {b: (at, np.array([[at_step + b] * 2 for at_step in at])) for b, at in looks.items()}

    def scaled(seeds, batch, lr, fit):
        asked.append(fit)
        return np.array([batch * lr] * 2)

    monkeypatch.setattr(lab, "clocks", clocks)
    monkeypatch.setattr(lab, "scaled", scaled)
    found = claims.by_clocks([1, 2], lr=0.5, fast=3.0, epochs=2, steps=60)
    assert {name: values[0] for name, values in found.items()} == {
        "epochs_2": 122, "epochs_12": 32, "epochs_60": 64,
        "steps_2": 62, "steps_12": 72, "steps_60": 120,
        "scaled": 30.0, "fast_small": 6.0, "fast_large": 180.0,
    }  # fmt: skip
    assert set(asked) == {lab.Fit(lr=0.5, epochs=2, steps=60)}
    assert lab.Fit(**{k: v for k, v in claims.CLOCKS.settings.items() if k != "fast"}) == lab.FIT


def test_a_mean_of_batches_is_off_by_its_root_mean_square():
    found = claims.last([3], count=130, batch=64, times=4)
    hits = lab.right_or_wrong(3, 130)
    means = np.array([lab.mean_of_batches(hits, 64, [3, k]) for k in range(4)])
    assert found["off"][0] == pytest.approx(np.sqrt(np.mean((means - hits.mean()) ** 2)))


def test_studies_of_signals_pass_their_settings_on(monkeypatch):
    asked = []
    monkeypatch.setattr(signals, "compared", lambda seeds, fit: asked.append((seeds, fit)))
    for study, fit in ((claims_signals.DESCENT, signals.SGD), (claims_signals.ADAM, signals.ADAM)):
        study.measure([1, 2], **study.settings)
        assert asked.pop() == ([1, 2], fit)


def test_each_claim_reads_its_own_quantities():
    q = {name: np.array([value]) for name, value in {
        "with": 0.1, "without": 0.2, "plain": 4.0, "smith": 8.0, "off": 0.3,
        "epochs_2": 0.4, "epochs_12": 0.8, "epochs_60": 1.0,
        "steps_2": 0.5, "steps_12": 0.55, "steps_60": 0.4, "scaled": 0.3,
        "fast_small": 0.02, "fast_large": 0.08,
    }.items()}  # fmt: skip
    for n, what in enumerate(("accuracy_late", "nll_early", "losses", "gradients"), start=1):
        q |= {f"{what}_batches": np.array([3.0 * n]), f"{what}_all": np.array([1.0 + n])}
    reads = {
        "batches-with": 0.1,
        "batches-without": 0.2,
        "batches-epochs": 0.4,
        "batches-steps": 0.25,
        "batches-same": 0.2,
        "batches-scaled": 0.25,
        "batches-scaled-fast": 4.0,
        "batches-last": 0.3,
        "batches-orders": 8.0,
        "batches-generalize": 1.0,
        "batches-generalize-early": 3.0,
        "batches-adam": 1.0,
        "batches-agree": 9 / 4,
        "batches-agree-gradients": 12 / 5,
    }
    assert reads.keys() == CLAIMS.keys()
    for name, value in reads.items():
        assert CLAIMS[name].value(q).item() == pytest.approx(value), name


def test_numbers_that_slides_quote():
    found = {"nll_batches": np.array([1.0, 3.0, 8.0]), "nll_all": np.array([2.0, 2.0, 2.0])}
    assert recorded.medians(found) == {"nll_batches": 3.0, "nll_all": 2.0, "seeds": 3}
    assert summary.minus(found, "nll").tolist() == [-1, 1, 6]
    assert summary.times(found, "nll").tolist() == [0.5, 1.5, 4]
