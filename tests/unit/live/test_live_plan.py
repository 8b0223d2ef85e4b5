"""The wide network's way: a plan of operations, against PyTorch; the arithmetic, against NumPy."""

import base64
from dataclasses import replace

import numpy as np
import pytest
import torch
from rooms import DRAWN

from demos.core import training
from demos.core.engine.network import mlp as described
from demos.core.engine.optimizers import Sgd
from demos.core.networks import mlp
from demos.core.page import fit
from scripts.build import frontend
from scripts.live.groups import grouped, in_groups, settled
from scripts.live.plan import ROOM, ROWS, check_look, plan
from scripts.paths import FRONTEND

SIZES = {"small": (1, 5, 1), "deep": (1, 8, 6, 3, 1), "two inputs": (2, 4, 1)}


class Memory:
    """A plan's arrays as NumPy's, and its operations as NumPy does them, in float64."""

    def __init__(self, made):
        self.made = made
        self.arrays = [np.full(room, np.nan) for room in made["rooms"]]
        self.scratch = [np.full(10_000, np.nan) for _ in range(100)]

    def __getitem__(self, name):
        place, size = self.made["named"][name]
        return self.arrays[place][:size]

    def run(self, groups, **settings):
        for group in groups:
            for task in group["tasks"]:
                arrays = [
                    self.scratch[-1 - place] if place < 0 else self.arrays[place]
                    for place in task["arrays"]
                ]
                if group["each"]:
                    arrays = [a[: group["each"]] for a in arrays]
                getattr(self, task["kind"])(*arrays, *self.worth(task["numbers"], settings))

    def worth(self, numbers, settings):
        for number in numbers:
            if isinstance(number, list):
                times, setting = number
                number = times * (settings[setting] if setting else 1)
            yield number

    def product(self, a, b, out, a_down, a_right, b_down, b_right, m, n, k):
        i, j, s = np.ogrid[:m, :n, :k]
        terms = a[i * a_down + s * a_right] * b[s * b_down + j * b_right]
        out[: m * n] = terms.sum(-1).ravel()

    def addRow(self, x, row, out, m, n):
        out[: m * n] = (x[: m * n].reshape(m, n) + row[:n]).ravel()

    def sumColumns(self, x, out, m, n):
        out[:n] = x[: m * n].reshape(m, n).sum(0)

    def sum(self, x, out, n):
        out[0] = x[:n].sum()

    def scale(self, x, out, factor):
        out[:] = x * factor

    def relu(self, x, out):
        out[:] = np.maximum(x, 0)

    def gate(self, x, y, out):
        out[:] = np.where(y > 0, x, 0)

    def add(self, x, y, out):
        out[:] = x + y

    def sub(self, x, y, out):
        out[:] = x - y

    def mul(self, x, y, out):
        out[:] = x * y


@pytest.mark.parametrize("widths", SIZES.values(), ids=SIZES)
def test_a_plan_is_the_plain_step(widths):
    network, points = mlp(widths, 0), 7
    x, y = torch.rand(points, widths[0]), torch.rand(points, 1)
    made = plan(fit(widths, points))
    memory = Memory(made)
    memory["x"][:], memory["y"][:] = x.flatten(), y.flatten()
    for name, p in network.named_parameters():
        memory[name.replace(".", "_")][:] = p.detach().flatten()
        memory[name.replace(".", "_") + "_speed"][:] = 0

    legs = {"lr": 0.01, "momentum": 0.7, "weight_decay": 0.3}, {"lr": 0.002, "momentum": 0.1}
    optimizer = training.sgd(network, training.Settings())
    for leg in legs:
        leg = {"weight_decay": 0.0} | leg
        optimizer.param_groups[0].update(leg)
        wanted = training.train(network, x, y, training.Settings(steps=3), optimizer)
        for loss in wanted[:3]:
            memory.run(made["step"]["groups"], **leg)
            assert memory.arrays[made["step"]["loss"]][0] == pytest.approx(loss, rel=1e-4)
    for name, p in network.named_parameters():
        found = memory[name.replace(".", "_")]
        np.testing.assert_allclose(found, p.detach().flatten(), rtol=1e-4, atol=1e-6)

    grid, answer = torch.rand(ROWS, widths[0]), made["answer"]
    memory.arrays[answer["in"]][: grid.numel()] = grid.flatten()
    memory.run(answer["groups"])
    with torch.no_grad():
        expected = network(grid).flatten()
    np.testing.assert_allclose(memory.arrays[answer["out"]][:ROWS], expected, rtol=1e-4, atol=1e-6)


def test_a_wide_plan_passes_over_its_weights_only_where_it_must():
    """The largest arrays: weights, momentum and gradient; all else stays in the cache."""
    made = plan(fit((1, 200, 210, 1), 7))
    size = 200 * 210
    assert sum(room >= size for room in made["rooms"]) == 3
    (group,) = [g for g in made["step"]["groups"] if g["each"] == size]
    assert [task["kind"] for task in group["tasks"]] == [*["scale", "add"] * 2, "scale", "sub"]
    assert (
        min(place for task in group["tasks"] for place in task["arrays"]) == -2
    )  # scratch: used again


SMALL = fit((1, 4, 1), 3)


def recipe_with(**changes):
    return replace(SMALL, recipe=replace(SMALL.recipe, **changes))


@pytest.mark.parametrize(
    ("net", "says"),
    [
        (recipe_with(network=described((1, 4, 1), "tanh")), "knows no aten.tanh.*planned=False"),
        (recipe_with(mean=True), r"sums columns, not along \[-1\]"),
        (recipe_with(optimizer=Sgd("momentum", nesterov=True)), None),
        (
            recipe_with(loss=lambda out, y: (out - y.sum(0)).square().sum(-1)),
            r"sums columns, not along \[0\]",
        ),
        (recipe_with(loss=lambda out, y: (out - y.t()).square().sum(-1)), "not number by number"),
        (recipe_with(loss=lambda out, y: torch.sub(out, y, alpha=2).sum(-1)), "aten.sub.*alpha"),
        (DRAWN, "draws nothing.*planned=False"),
        (replace(SMALL, gradients=True), "tells no gradients.*planned=False"),
    ],
)
def test_what_a_plan_does_not_know_is_refused_and_the_cure_named(net, says):
    if says is None:
        assert plan(net)["step"]["groups"]
        return
    with pytest.raises(NotImplementedError, match=says):
        plan(net)


def task(kind, *arrays, each=4):
    return {"kind": kind, "arrays": [*arrays], "numbers": [], "each": each}


def test_tasks_of_one_size_come_together_and_state_changes_after_its_last_reader():
    tasks = [
        task("add", 0, 2, 10),
        task("scale", 1, 11, each=9),
        task("mul", 10, 2, 12),
        task("sub", 0, 1, 13),
    ]
    ordered = in_groups(tasks, {10: 0})
    assert [t["arrays"][-1] for t in ordered] == [
        11,
        13,
        10,
        12,
    ]  # 13 reads what 10 takes the place of
    found = settled(ordered, {10: 0})
    assert [t["arrays"] for t in found[2:]] == [[0, 2, 0], [0, 2, 12]]
    with pytest.raises(NotImplementedError, match="each part waits for another"):
        in_groups([task("add", 0, 1, 10), task("sub", 0, 1, 11)], {10: 0, 11: 1})
    with pytest.raises(NotImplementedError, match="number by number"):
        settled([task("product", 0, 1, 10, each=None)], {10: 0})
    with pytest.raises(NotImplementedError, match="loss comes before"):
        check_look([task("add", 0, 1, 10), task("sum", 10, 11, each=None)], 11, {10: 0})


def test_scratch_is_used_again_once_nobody_reads_it():
    tasks = [
        task("relu", 0, 10),
        task("relu", 10, 11),
        task("add", 10, 11, 12),
        task("relu", 12, 13),
    ]
    (group,) = grouped(tasks, kept={0, 13})
    assert [t["arrays"] for t in group["tasks"]] == [[0, -1], [-1, -2], [-1, -2, -2], [-2, 13]]


RUN = """async ([code, kind, arrays, numbers]) => {
    const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    const memory = new WebAssembly.Memory({initial: 64});
    const {instance} = await WebAssembly.instantiate(bytes(code), {env: {memory}});
    const floats = new Float32Array(memory.buffer);
    let end = 65536;
    const places = arrays.map((values) => {
        floats.set(values, end / 4);
        return [end, (end += Math.ceil(values.length / 4) * 16)][0];
    });
    instance.exports[kind](...places, ...numbers);
    return places.map((place, i) => [...floats.subarray(place / 4, place / 4 + arrays[i].length)]);
}"""


@pytest.fixture(scope="module")
def compute(chromium):
    """compute(kind, arrays, *numbers): the arrays after it, as the browser's arithmetic leaves them."""
    code = base64.b64encode(frontend.assemble(FRONTEND / "live" / "arithmetic.ts")).decode()
    page = chromium.new_page()
    page.set_default_timeout(20_000)

    def compute(kind, arrays, *numbers):
        given = [code, kind, [np.ravel(a).tolist() for a in arrays], numbers]
        return [np.array(a) for a in page.evaluate(RUN, given)]

    yield compute
    page.close()


def padded(matrix, guard=7.0):
    """Its numbers, the room for one rounded up in rows, then a guard that must stay."""
    rows, columns = matrix.shape
    return np.concatenate([matrix.ravel(), np.zeros(ROOM * columns + ROOM), np.full(5, guard)])


SHAPES = [(1, 1, 1), (3, 4, 4), (7, 8, 5), (5, 12, 8), (21, 16, 70), (10, 3, 6), (2, 24, 1)]


@pytest.mark.browser
@pytest.mark.parametrize("a_turned", [False, True])
@pytest.mark.parametrize("b_turned", [False, True])
@pytest.mark.parametrize(("m", "n", "k"), SHAPES)
def test_products_are_numpys(compute, m, n, k, a_turned, b_turned):
    dice = np.random.default_rng(m + n + k)
    a, b = dice.normal(size=(m, k)), dice.normal(size=(k, n))
    stored = [x.T if turned else x for x, turned in ((a, a_turned), (b, b_turned))]
    strides = [1, m] if a_turned else [k, 1]
    strides += [1, k] if b_turned else [n, 1]
    arrays = [*map(padded, stored), padded(np.full((m, n), np.nan))]
    *_, out = compute("product", arrays, *strides, m, n, k)
    np.testing.assert_allclose(out[: m * n].reshape(m, n), a @ b, rtol=1e-5, atol=1e-5)
    assert (out[-5:] == 7).all()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("kind", "numpys"),
    {
        "add": lambda x, y: x + y,
        "sub": lambda x, y: x - y,
        "mul": lambda x, y: x * y,
        "gate": lambda x, y: np.where(y > 0, x, 0),
    }.items(),
)
@pytest.mark.parametrize("n", [1, 4, 11])
def test_number_by_number_is_numpys(compute, kind, numpys, n):
    x, y = np.float32(np.random.default_rng(n).normal(size=(2, n + ROOM)))
    y[0] = 0
    *_, out = compute(kind, [x, y, np.full(n + ROOM, 7.0), [7.0]], n)[:3]
    assert (np.float32(out[:n]) == numpys(x, y)[:n]).all()


@pytest.mark.browser
def test_rows_columns_and_factors_are_numpys(compute):
    x = np.float32(np.random.default_rng(0).normal(size=(5, 6)))
    row, out = np.arange(6.0), np.full(30 + ROOM, 7.0)
    assert np.allclose(compute("addRow", [x, row, out], 5, 6)[-1][:30], (x + row).ravel())
    assert np.allclose(compute("sumColumns", [x, out], 5, 6)[-1][:6], x.sum(0), atol=1e-6)
    assert np.allclose(compute("sum", [x, out], 30)[-1][0], x.sum(), atol=1e-5)
    assert np.allclose(compute("relu", [x, out], 30)[-1][:30], np.maximum(x, 0).ravel())
    assert np.allclose(compute("scale", [x, out], 0.5, 30)[-1][:30], 0.5 * x.ravel())
