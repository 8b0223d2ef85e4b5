"""The rows of `bench_engine`, as an expert writes them in JAX: vmap over the networks, scan over the steps.

Runs in an environment of its own and imports nothing from here: reads a row as JSON a line on standard
input, answers with seconds for `steps` steps, compiled before. The order of the batches is given.
"""

import json
import sys
import time
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np


def start(row, key):
    """Some start: the speed does not depend on it."""
    sizes = list(zip(row["widths"][:-1], row["widths"][1:], strict=True))
    keys = jax.random.split(key, len(sizes))
    return [
        (jax.random.uniform(k, (i, o), minval=-1, maxval=1) / np.sqrt(i), jnp.zeros(o))
        for k, (i, o) in zip(keys, sizes, strict=True)
    ]


def outputs(row, weights, x, key):
    for n, (w, b) in enumerate(weights):
        x = x @ w + b
        if n < len(weights) - 1:
            x = jax.nn.relu(x)
            if row["dropout"]:
                keep = 1 - row["dropout"]
                kept = jax.random.bernoulli(jax.random.fold_in(key, n), keep, x.shape)
                x = jnp.where(kept, x / keep, 0)
    return x


def loss(row, weights, x, y, key):
    out = outputs(row, weights, x, key)
    if row["loss"] == "cross":
        return -(y * jax.nn.log_softmax(out)).sum(-1).mean()
    return ((out - y) ** 2).sum()


def sgd(row, carry, slopes):
    weights, speed, _, count = carry
    decayed = jax.tree.map(lambda g, w: g + row["l2"] * w, slopes, weights)
    speed = jax.tree.map(lambda v, g: row["momentum"] * v + g, speed, decayed)
    weights = jax.tree.map(lambda w, v: w - row["lr"] * v, weights, speed)
    return weights, speed, speed, count


def adam(row, carry, slopes):
    weights, mean, square, count = carry
    count = count + 1
    mean = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, mean, slopes)
    square = jax.tree.map(lambda s, g: 0.999 * s + 0.001 * g * g, square, slopes)
    a, b = 1 - 0.9**count, 1 - 0.999**count
    weights = jax.tree.map(
        lambda w, m, s: w - row["lr"] * (m / a) / (jnp.sqrt(s / b) + 1e-8), weights, mean, square
    )
    return weights, mean, square, count


def run(row, weights, x, y, order, key):
    """One network from its start to its end; order: (steps, B)."""
    rule = adam if row["optimizer"] == "adam" else sgd

    def step(carry, now):
        where, number = now
        bx, by = (x, y) if row["batch"] is None else (x[where], y[where])
        own = jax.random.fold_in(key, number)
        value, slopes = jax.value_and_grad(partial(loss, row))(carry[0], bx, by, own)
        return rule(row, carry, slopes), value

    zeros = jax.tree.map(jnp.zeros_like, weights)
    begun = weights, zeros, zeros, jnp.zeros(())
    return jax.lax.scan(step, begun, (order, jnp.arange(row["steps"])))


def prepare(row):
    """Everything that a row needs, compiled: a function that runs it once."""
    dice = np.random.default_rng(0)
    n, points, (first, *_, last) = row["count"], row["points"], row["widths"]
    x = jnp.asarray(dice.normal(size=(n, points, first)), jnp.float32)
    y = jax.nn.one_hot(dice.integers(0, last, (n, points)), last) if last > 1 else x[..., :1]
    order = jnp.asarray(dice.integers(0, points, (n, row["steps"], row["batch"] or 1)))
    keys = jax.random.split(jax.random.key(0), n)
    weights = jax.vmap(partial(start, row))(keys)
    many = jax.jit(jax.vmap(partial(run, row)))
    jax.block_until_ready(many(weights, x, y, order, keys))
    return lambda: jax.block_until_ready(many(weights, x, y, order, keys))


def main():
    prepared = {}
    for line in sys.stdin:
        row = json.loads(line)
        if row["name"] not in prepared:
            prepared[row["name"]] = prepare(row)
        began = time.process_time()
        prepared[row["name"]]()
        print(time.process_time() - began, flush=True)


if __name__ == "__main__":
    main()
