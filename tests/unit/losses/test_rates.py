"""Sum and mean against torch.optim's descent, the least squares they end at, and the largest rate."""

import numpy as np
import pytest
import torch
from sklearn.linear_model import LinearRegression
from torch import nn

from demos.losses import rates

X, Y = rates.patients(3)


@pytest.mark.parametrize("how", ["mean", "sum"])
def test_they_descend_as_pytorchs_losses_do(how, lr=0.002, steps=20):
    net = nn.Linear(X.shape[1], 1, bias=False).double()
    nn.init.zeros_(net.weight)
    optimizer, expected = torch.optim.SGD(net.parameters(), lr=lr), []
    x, y = torch.tensor(X), torch.tensor(Y)[:, None]
    for _ in range(steps + 1):
        optimizer.zero_grad()
        loss = nn.MSELoss(reduction=how)(net(x), y)
        expected.append(loss.item() / (1 if how == "mean" else len(y)))
        loss.backward()
        optimizer.step()
    found = rates.descended(X, Y, lr, steps, mean=how == "mean")
    np.testing.assert_allclose(found, expected, rtol=1e-8)


def test_the_mean_ends_at_least_squares():
    model = LinearRegression(fit_intercept=False).fit(X, Y)
    least = np.mean((model.predict(X) - Y) ** 2)
    assert rates.descended(X, Y, 0.1, 20_000)[-1] == pytest.approx(least, rel=1e-6)


def test_beyond_the_largest_rate_it_runs_away():
    most = rates.largest_rate(X)
    below, above = (rates.descended(X, Y, factor * most, 100) for factor in (0.95, 1.1))
    assert below[-1] < below[0] < 1e3 < above[-1]


def test_patients_are_standardised_and_the_seeds_own():
    np.testing.assert_allclose(X.mean(0), 0, atol=1e-6)
    np.testing.assert_allclose(X.std(0), 1, atol=1e-6)
    assert X.shape == (rates.PATIENTS, 10) and Y.shape == (rates.PATIENTS,)
    assert not np.allclose(X, rates.patients(4)[0])


def test_what_makes_no_sense_is_told():
    with pytest.raises(ValueError, match="steps is -1: say a whole number, 0 or more"):
        rates.descended(X, Y, steps=-1)
