"""What the page computes of three pairs, against Python's formulas and PyTorch's."""

import numpy as np
import pytest
import torch
from drawn import labels, panels
from rooms import live
from torch.nn import functional as F

from demos.losses.draw import along
from demos.losses.live import GRID, curve, readouts
from demos.losses.pairs import BELONG

MOVED = [
    {},
    {"logit": 4.5, "target": 0.25},
    {"logit": -6.0, "target": 0.0, "other": 3.0},
    {"logit": 0.0, "target": 0.5, "other": -4.0},
]


@pytest.mark.parametrize("moved", MOVED, ids=str)
def test_the_page_has_pythons_formulas(page, moved):
    now = {"logit": -3.0, "target": 1.0, "other": 0.0} | moved
    page.show(live.losses(None, stored=curve()))
    page.move(**moved)
    said = readouts(**now)
    gradients = {f"gradient_{out}": f"gradient_{name}" for out, name in
                 zip(("none", "sigmoid", "softmax"), BELONG, strict=True)}  # fmt: skip
    page.says(digits=2, **{word: said[key] for word, key in gradients.items()})
    svg = page("see")["svg"]
    for panel, name in zip(panels(svg), BELONG, strict=True):
        panel.curve("network", GRID, along(name, GRID, now["target"], now["other"])[1])
        loss, slope = said[f"loss_{name}"], said[f"gradient_{name}"]
        panel.dots([now["logit"]], [loss])
        far = np.array([-1.5, 1.5])
        panel.curve("overfit", now["logit"] + far, loss + slope * far)
    panels(svg)[1].curve("talk", *curve())
    words = labels(svg)
    assert words[""] == ["none, squared error", "sigmoid, cross-entropy", "softmax, cross-entropy"]
    assert all(word.startswith("loss ") for word in words["network"])
    target = f"{now['target']:g}"
    assert all(f" − {target} = " in word for word in words["overfit"])


@pytest.mark.parametrize("moved", MOVED, ids=str)
def test_pythons_formulas_are_pytorchs(moved):
    now = {"logit": -3.0, "target": 1.0, "other": 0.0} | moved
    said = readouts(**now)
    z, t = (torch.tensor([now[name]], dtype=torch.float64) for name in ("logit", "target"))
    z.requires_grad_(True)
    race = torch.cat([z, torch.tensor([now["other"], 0.0])])
    shares = torch.cat([t, (1 - t) / 2, (1 - t) / 2])
    losses = (
        F.mse_loss(z, t) / 2,
        F.binary_cross_entropy_with_logits(z, t),
        F.cross_entropy(race, shares),
    )
    predictions = z.item(), z.sigmoid().item(), race.softmax(0)[0].item()
    for name, loss, prediction in zip(BELONG, losses, predictions, strict=True):
        (slope,) = torch.autograd.grad(loss, z, retain_graph=True)
        assert said[f"loss_{name}"] == pytest.approx(loss.item(), rel=1e-9)
        assert said[f"prediction_{name}"] == pytest.approx(prediction, rel=1e-9)
        assert said[f"gradient_{name}"] == pytest.approx(slope.item(), rel=1e-6, abs=1e-12)
