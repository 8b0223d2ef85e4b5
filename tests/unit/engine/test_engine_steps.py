"""Every option of a training step, and every pair, against the plain loop, network by network."""

from dataclasses import replace
from itertools import combinations

import pytest
import torch
from by_hand import SEEDS, follow, steps_of
from options import BASE, LOSSES, OPTIMIZERS, OPTIONS, Loop

from demos.core.engine.network import mlp
from demos.core.engine.recipe import Recipe

NETWORK = mlp((5, 7, 6, 3), activation="tanh", dropout="dropout")
RELU = mlp((5, 7, 6, 3), dropout="dropout")
dice = torch.Generator().manual_seed(1)
X = torch.randn(4, len(SEEDS), 6, 5, generator=dice, dtype=torch.float64)
CLASSES = torch.randint(0, 3, (4, len(SEEDS), 6), generator=dice)
Y = torch.nn.functional.one_hot(CLASSES, 3).double()


def batch(step):
    """Another batch in each step and for each network."""
    return X[step % len(X)], Y[step % len(Y)]


def held(names, loss, optimizer, network=NETWORK, steps=6, mean=True, points=batch):
    """The engine with these options, held to the plain loop with the same."""
    ours, theirs, hyper = [], [], dict(BASE)
    for name in OPTIONS:
        if name in names:
            part, plain, own = OPTIONS[name]
            hyper |= own
            ours += [part] if part else []
            theirs.append(plain)
    recipe = Recipe(network, LOSSES[loss][0], OPTIMIZERS[optimizer][0], tuple(ours), mean)

    def oracle(seed, own):
        return Loop(network, seed, own, LOSSES[loss][1], OPTIMIZERS[optimizer][1], theirs, mean)

    return follow(recipe, points, hyper, steps, oracle)


@pytest.mark.parametrize("mean", [True, False], ids=["mean", "sum"])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("loss", LOSSES)
def test_each_loss_with_each_optimizer(loss, optimizer, mean):
    held((), loss, optimizer, RELU, steps=20, mean=mean)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("option", OPTIONS)
def test_each_option_with_each_optimizer(option, optimizer):
    held((option,), "cross", optimizer)


@pytest.mark.parametrize("option", [n for n in OPTIONS if n not in ("flip", "smoothing")])
@pytest.mark.parametrize("loss", ["squared", "binary"])
def test_each_option_with_the_other_losses(option, loss):
    held((option,), loss, "momentum", steps=4)


@pytest.mark.parametrize("pair", [*combinations(OPTIONS, 2)], ids=" and ".join)
def test_each_pair_of_options(pair):
    held(pair, "cross", ["adam", "momentum"][len("".join(pair)) % 2], steps=4)


def test_all_options_at_once():
    held(tuple(OPTIONS), "cross", "adam")


def test_points_that_all_networks_share():
    chosen = "input noise", "mixup", "dropout"
    held(chosen, "cross", "adam", points=lambda step: (X[step % 4, :1], Y[step % 4, :1]))


def test_a_strength_that_is_given_once_counts_for_all():
    recipe = Recipe(NETWORK, LOSSES["cross"][0], OPTIMIZERS["adam"][0], (OPTIONS["l2"][0],))

    def oracle(seed, own):
        options = (OPTIONS["l2"][1],)
        return Loop(NETWORK, seed, own, LOSSES["cross"][1], OPTIMIZERS["adam"][1], options)

    follow(recipe, batch, {"lr": 0.01, "l2": 0.1}, 4, oracle)


@pytest.mark.parametrize(
    "part", ["l2", "l1", "decay", "proximal", "clip", "clip value", "weight noise"]
)
def test_a_part_leaves_alone_what_it_is_not_on(part):
    """The weights of a layer as with the part, the others as without."""
    on, (whole, _, own) = frozenset({"3.weight"}), OPTIONS[part]
    own = dict.fromkeys(own, 0.05)
    some = replace(whole, on=on)
    after = {}
    for key, chosen in {"none": (), "some": (some,), "all": (whole,)}.items():
        recipe = Recipe(NETWORK, LOSSES["cross"][0], OPTIMIZERS["sgd"][0], chosen)
        *_, (_, after[key], _, _) = steps_of(recipe, batch, BASE | own, 1)
    if part == "clip":  # its norm is that of what it is on
        assert not torch.equal(after["some"]["3.weight"], after["none"]["3.weight"])
    elif part != "weight noise":
        assert torch.equal(after["some"]["3.weight"], after["all"]["3.weight"])
    differs = {n for n in after["none"] if not torch.equal(after["some"][n], after["none"][n])}
    assert differs >= on if part == "weight noise" else differs == on


def test_adamw_is_adam_and_decay():
    """Against torch.optim.AdamW itself, decay on weights alone: PyTorch's parameter groups."""
    recipe = Recipe(
        NETWORK,
        LOSSES["cross"][0],
        OPTIMIZERS["adam"][0],
        (replace(OPTIONS["decay"][0], on=NETWORK.groups["weights"]),),
    )

    def adamw(parameters, h):
        parameters = list(parameters)
        groups = [
            {"params": [p for p in parameters if p.ndim > 1], "weight_decay": h["decay"]},
            {"params": [p for p in parameters if p.ndim == 1], "weight_decay": 0.0},
        ]
        return torch.optim.AdamW(groups, h["lr"])

    def oracle(seed, own):
        return Loop(NETWORK, seed, own, LOSSES["cross"][1], adamw)

    follow(recipe, batch, {"lr": 0.02, "decay": (0.0, 0.3, 3.0)}, 10, oracle)
