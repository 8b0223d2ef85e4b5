"""One network written twice, and its numbers counted, against PyTorch."""

import pytest
import torch
from torch import nn

from demos.from_neuron_to_network import twice


@pytest.mark.parametrize("widths", [(2, 1), (3, 5, 2), (2, 4, 4, 4, 1)])
def test_the_class_is_the_row_of_layers(widths):
    own = twice.Written(widths)
    layers = []
    for layer in own.layers:
        layers += [layer, nn.ReLU()]
    x = torch.randn(7, widths[0])
    torch.testing.assert_close(own(x), nn.Sequential(*layers[:-1])(x))
    assert twice.parameter_count(widths) == sum(p.numel() for p in own.parameters())


def test_how_far_apart_both_are_is_seen(monkeypatch):
    assert twice.apart((2, 4, 1)) < 1e-5
    monkeypatch.setattr(twice.Written, "forward", lambda self, x: 2 + torch.zeros(len(x), 1))
    assert twice.apart((2, 4, 1)) > 1


def test_shapes_are_all_different_and_of_all_kinds():
    assert len(set(twice.SHAPES)) > 15
    assert {len(widths) - 2 for widths in twice.SHAPES} == {0, 1, 2, 3}
