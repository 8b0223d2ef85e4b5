"""What chance decides, drawn ahead for N networks, each network's from generators of its own.

A network's numbers depend on its seed, on the name of what is drawn and on the step, on nothing else: not
on who trains beside it, nor on how many steps are drawn ahead, nor on what else is drawn. The generator is
NumPy's SFC64 (by Doty-Humphrey: fast, and the same on every machine). A coin takes 16 bits of it: exact to
2^-16.
"""

import zlib

import numpy as np
import torch

AHEAD = 16  # steps drawn at a time
LEVELS = 2**16  # a coin is one of so many


def generator(seed, name):
    """The stream of one network for one purpose."""
    return np.random.Generator(np.random.SFC64([seed, zlib.crc32(name.encode())]))


class Dice:
    """Numbers for the steps of a run: `next(dice)` is {name: tensor (N, *shape)}.

    draws: {name: passes.Draw}; seeds: one per network; hyper: {name: () or (N,)} for "beta" draws.
    Uniform numbers come as coins, int16 from -32768 to 32767; `numbers` makes numbers of them.
    """

    def __init__(self, draws, seeds, hyper, ahead=AHEAD):
        self.draws, self.ahead = draws, ahead
        self.seeds, self.hyper = list(seeds), hyper
        self.streams = {name: [generator(seed, name) for seed in self.seeds] for name in draws}
        self.left = 0

    def __iter__(self):
        return self

    def __next__(self):
        if not self.draws:
            return {}
        if not self.left:
            self.drawn = {name: self.several(name, draw) for name, draw in self.draws.items()}
            self.left = self.ahead
        self.left -= 1
        return {name: several[self.ahead - 1 - self.left] for name, several in self.drawn.items()}

    def several(self, name, draw):
        """Some steps' numbers: (ahead, N, *shape)."""
        kind = np.int16 if draw.kind == "uniform" else np.float32
        drawn = np.empty((self.ahead, len(self.seeds), draw.size), kind)
        for n, stream in enumerate(self.streams[name]):
            drawn[:, n] = one_networks(stream, draw, self.ahead, self.setting(draw.of, n))
        return torch.from_numpy(drawn).reshape(*drawn.shape[:2], *draw.shape)

    def setting(self, name, n):
        return float(np.broadcast_to(self.hyper[name], len(self.seeds))[n]) if name else None


def one_networks(stream, draw, steps, setting):
    """One network's numbers for some steps: (steps, size)."""
    if draw.kind == "normal":
        return stream.standard_normal((steps, draw.size), dtype=np.float32)
    if draw.kind == "beta":
        return stream.beta(setting, setting, (steps, draw.size))
    words = -(-draw.size // 4)  # of 64 bits, four coins each
    raw = stream.bit_generator.random_raw(steps * words)
    return raw.view(np.int16).reshape(steps, 4 * words)[:, : draw.size]


def numbers(drawn):
    """What dice gave with coins as numbers in [0, 1): {name: float32}, exact."""
    return {n: uniform(t) if t.dtype == torch.int16 else t for n, t in drawn.items()}


def uniform(coins):
    return (coins.float() + LEVELS // 2) / LEVELS


def threshold(probability):
    """`coin < threshold(p)` is `uniform(coin) < p`; a tensor, same shape and type."""
    return (torch.ceil(probability.double() * LEVELS) - LEVELS // 2).to(probability.dtype)
