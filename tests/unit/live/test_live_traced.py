"""A net's step as a graph, against the plain loop; and what a room's declaration may not say."""

from dataclasses import replace

import pytest
import torch
from rooms import DRAWN, NETS, network, widths
from torch.fx.experimental.proxy_tensor import make_fx

from demos.core import page, training
from demos.core.curve import TRAIN_X, sample
from demos.core.engine import optimizers
from demos.core.engine.layers import BatchNorm, Linear
from demos.core.engine.network import Network
from demos.core.engine.parts import L1, InputNoise
from demos.core.networks import mlp
from demos.dropout import compute as db
from demos.dropout.page import two_signals
from scripts.errors import BuildError
from scripts.live import nets as of_rooms
from scripts.live.nets import all_nets, parameters
from scripts.live.trace import join, trace

SETTINGS = {"lr": 0.002, "momentum": 0.5, "weight_decay": 0.02}
STOPS = 0, 1, 5, 20, 60, 120  # steps of the plain loop's run, at which to compare
FIT = page.fit((1, 5, 1), 7)


def told(net, **settings):
    """The settings of a net's step in their order, as tensors."""
    return [torch.tensor(float(settings[name])) for name in net.rest]


def same(found, wanted, near=1e-6):
    """Assert that tensors differ by no more than a millionth of the largest number in each."""
    for one, other in zip(found, wanted, strict=True):
        assert (one - other).abs().max() <= near * max(1.0, float(other.abs().max()))


@pytest.mark.parametrize(
    "net", [n for n in NETS if n.given and not n.planned], ids=lambda n: n.name
)
def test_from_many_states_of_a_run_one_traced_step_is_the_plain_loops(net):
    points = net.given["x"][0]
    x, y = (torch.tensor(v[:points], dtype=torch.float32)[:, None] for v in (TRAIN_X, sample(2)))
    step, plainly = trace(net), network(net, 2)
    optimizer = training.sgd(plainly, training.Settings(**SETTINGS))
    done = 0
    for stop in STOPS:
        training.train(plainly, x, y, training.Settings(steps=stop - done), optimizer)
        state = [p.detach().clone() for p in plainly.parameters()]
        kept = [optimizer.state[p].get("momentum_buffer") for p in plainly.parameters()]
        kept = [
            torch.zeros_like(p) if k is None else k.clone()
            for p, k in zip(state, kept, strict=True)
        ]
        *found, loss = step(*state, *kept, x, y, *told(net, **SETTINGS))
        wanted = training.train(plainly, x, y, training.Settings(steps=1), optimizer)
        done = stop + 1
        assert loss == pytest.approx(wanted[0], rel=1e-5, abs=1e-10)
        same(found[: len(state)], [p.detach() for p in plainly.parameters()])
        buffers = [optimizer.state[p]["momentum_buffer"] for p in plainly.parameters()]
        same(found[len(state) :], buffers)


@pytest.mark.parametrize("leak", [False, True])
@pytest.mark.parametrize("missing", [0.0, 0.3])
def test_two_signals_are_the_demos_examples_bit_for_bit(leak, missing):
    signals = db.Signals(loud=3.0, missing=missing, leak=leak)
    for seed in range(5):
        dice = torch.Generator().manual_seed(seed)
        taken = {"signal": torch.rand(db.BATCH, 1, generator=dice)}
        torch.randn(db.BATCH, generator=dice)
        taken["present"] = torch.rand(db.BATCH, 2, generator=dice)
        taken |= {"2": torch.zeros(1), "5": torch.zeros(1)}
        hyper = {"loud": torch.tensor(3.0), "missing": torch.tensor(missing)}
        batch = two_signals(taken, hyper | {"leak": torch.tensor(float(leak))})
        x, y = db.draw_examples(signals, db.BATCH, torch.Generator().manual_seed(seed))
        assert torch.equal(batch.x, x) and torch.equal(batch.y, y)


@pytest.mark.parametrize("leak", [False, True])
def test_a_traced_dropout_step_is_plain_pytorchs(leak):
    signals, p = db.Signals(loud=3.0, missing=0.3, leak=leak), 0.25
    plainly = network(DRAWN, 1)
    state = [q.detach().clone() for q in plainly.parameters()]
    kept = [0.1 * torch.randn_like(q) for q in state]
    dice = torch.Generator().manual_seed(5)
    drawn = [torch.rand(db.BATCH, 1, generator=dice)]
    torch.randn(db.BATCH, generator=dice)
    drawn.append(torch.rand(db.BATCH, 2, generator=dice))
    coins = [torch.rand(db.BATCH, 100, generator=dice) for _ in range(2)]
    how = {"lr": 0.004, "momentum": 0.05, "weight_decay": 0.01}
    settings = told(DRAWN, **how, dropout=p, missing=0.3, loud=3.0, leak=leak)
    *found, loss = trace(DRAWN)(*state, *kept, *drawn, *coins, *settings)

    x, y = db.draw_examples(signals, db.BATCH, torch.Generator().manual_seed(5))
    optimizer = training.sgd(plainly, training.Settings(**how))
    for q, buffer in zip(plainly.parameters(), kept, strict=True):
        optimizer.state[q]["momentum_buffer"] = buffer.clone()
    masks = iter([(coin < 1 - p) / (1 - p) for coin in coins])
    out = x
    for layer in plainly:
        out = out * next(masks) if isinstance(layer, torch.nn.Dropout) else layer(out)
    wanted = ((out - y) ** 2).sum()
    wanted.backward()
    optimizer.step()
    assert loss == pytest.approx(wanted.item(), rel=1e-5)
    same(found[:6], [q.detach() for q in plainly.parameters()])
    same(found[6:], [optimizer.state[q]["momentum_buffer"] for q in plainly.parameters()])


def test_a_graph_holds_the_step_and_no_number_of_its_own():
    for net in NETS:
        nodes = trace(net).graph.nodes
        assert {node.op for node in nodes} == {"placeholder", "call_function", "output"}
        assert not [
            node for node in nodes if "_." in str(node.target)
        ]  # nothing drawn, nothing in place


def test_only_tables_are_summed_at_once():
    for shape in ((3, 4), (2, 3, 4)):
        x = torch.randn(shape)
        module = make_fx(lambda x: x.sum(-1).sum(-1))(x)
        join(module)
        torch.testing.assert_close(module(x), x.sum((-2, -1)))
        assert ("dim_IntList" in module.code) == (len(shape) > 2)


def test_a_net_says_what_the_page_needs_of_it():
    for net in NETS:
        said = of_rooms.described(net)
        starts = zip(said["parameters"], network(net).named_parameters(), strict=True)
        for row, (name, p) in starts:
            assert (row["name"], row["shape"]) == (name.replace(".", "_"), [*p.shape])
            assert p.abs().max() <= row["bound"]
        assert said["kept"] == ["speed"] and said["rest"] == net.rest
        assert len(said["parameters"]) == 2 * (len(widths(net)) - 1)


def with_(**changes):
    return replace(FIT, recipe=replace(FIT.recipe, **changes))


NORMED = Network((Linear(1, 4), BatchNorm(4), Linear(4, 1)))


@pytest.mark.parametrize(
    ("net", "error", "says"),
    [
        (with_(parts=(L1("l1"),)), ValueError, "1-5-1: a step asks for 'l1': say in rest"),
        (replace(FIT, rest=page.AT_REST | {"noise": 0.0}), ValueError, "1-5-1: noise does nothing"),
        (with_(parts=(InputNoise("noise"),)), ValueError, "asks for 'noise'"),
        (replace(FIT, batch=DRAWN.batch), ValueError, "asks for 'signal'"),
        (
            replace(DRAWN, batch=lambda t, h: two_signals(t, h)._replace(draws={})),
            ValueError,
            "asks",
        ),
        (with_(optimizer=optimizers.Adam(), parts=()), NotImplementedError, "does not count steps"),
        (with_(network=NORMED), NotImplementedError, "keeps no running averages"),
    ],
)
def test_what_the_page_cannot_train_is_refused(net, error, says):
    if isinstance(net.recipe.optimizer, optimizers.Adam):
        net = replace(net, rest={"lr": 0.0})
    with pytest.raises(error, match=says):
        trace(net)


@pytest.mark.parametrize("network", [replace(FIT.recipe.network, init="he"), NORMED])
def test_what_the_page_cannot_start_is_refused(network):
    with pytest.raises(NotImplementedError, match="starts linear layers|running"):
        parameters(with_(network=network))


def test_one_name_means_one_net_in_all_rooms(monkeypatch):
    class Room:
        __file__ = "page.py"

        def __init__(self, *nets):
            self.NETS = nets

    rooms = [("one", Room(FIT)), ("two", Room(page.fit((1, 5, 1), 7)))]
    monkeypatch.setattr(of_rooms.topics, "modules", lambda part: rooms)
    all_nets.cache_clear()
    try:
        assert [*all_nets()] == ["1-5-1"]
        rooms.append(("three", Room(page.fit((1, 5, 1), 8))))
        all_nets.cache_clear()
        with pytest.raises(BuildError, match="three and one mean two nets by 1-5-1"):
            all_nets()
    finally:
        all_nets.cache_clear()


def test_tracing_leaves_the_callers_random_state_and_starts_alone():
    before = torch.get_rng_state()
    trace(FIT)
    assert torch.equal(torch.get_rng_state(), before)
    start = FIT.recipe.network.start([3])[0]
    for name, p in mlp((1, 5, 1), 3).named_parameters():
        assert torch.equal(start[name][0], p.detach())
