"""Measure the ratios in the README's table: everything in one run, on the machine at hand.

`make bench` prints the table; `python -m scripts.bench --write` also puts it into the README. Times on a
shared machine wander; each ratio is between two things measured one after the other, the best of several
tries where a try is short.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ |= {"OMP_NUM_THREADS": "1", "TQDM_DISABLE": "1"}  # before NumPy and torch start

import numpy as np
import torch
from tqdm import tqdm

from demos.core import ensemble, networks, topics, training
from demos.core.curve import TRAIN_X, sample
from scripts.bench import in_browser as live
from scripts.build.browser import open_chromium
from scripts.paths import DEFAULT, ROOT, TALK, shown


def seconds(run, tries=1):
    """The shortest of several runs."""
    return min(timed(run) for _ in range(tries))


def timed(run):
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def stacked():
    """`ensemble.train` against `training.train` network by network, time per network."""
    for widths, count, steps in (
        ((1, 9, 1), 64, 1000),
        ((1, 100, 100, 100, 1), 16, 200),
        ((1, 1000, 1000, 1), 1, 400),
        ((1, 1000, 1000, 1000, 1), 1, 200),
    ):
        settings, y = training.Settings(steps=steps, lr=0.001), sample(0)
        some = min(count, 4)  # the plain loop's time per network does not depend on how many follow

        def plain(widths=widths, some=some, settings=settings, y=y):
            for seed in range(some):
                training.train(networks.mlp(widths, seed), TRAIN_X, y, settings)

        def ours(widths=widths, count=count, settings=settings, y=y):
            ensemble.train(ensemble.Ensemble(widths, range(count)), TRAIN_X, y, settings)

        ratio = (seconds(plain, 2) / some) / (seconds(ours, 2) / count)
        yield f"{'-'.join(map(str, widths))}, {count} at once, per network", ratio


def machine():
    """What this machine can do: matrix products in FLOP/s, and copying in bytes/s, one thread."""
    a, b = torch.randn(2000, 2000), torch.randn(2000, 2000)
    big, copy = torch.randn(32_000_000), torch.empty(32_000_000)
    flops = 2 * 2000**3 / seconds(lambda: torch.mm(a, b), 5)
    return flops, 2 * 4 * len(big) / seconds(lambda: copy.copy_(big), 5)


def growth():
    """Time per network and step from 1 to 256 networks, and what the machine's limits would allow.

    The limit of a step: its products (forward, back, gradient) at the speed of a large one, or every
    weight and its momentum read and written once at the speed of copying, whichever takes longer.
    """
    flops, bandwidth = machine()
    most = 1, 4, 16, 64, 256
    yield "| µs per network and step (times the limit) | " + " | ".join(map(str, most)) + " |"
    yield "|---|" + "---|" * len(most)
    for widths, batch, counts, steps in (
        ((1, 9, 1), 21, most, 500),
        ((2, 100, 100, 1), 64, most, 100),
        ((1, 1000, 1000, 1), 21, most[:2], 200),
    ):
        x = torch.rand(batch, widths[0])
        y, settings = x[:, 0], training.Settings(steps=steps, lr=0.001)
        weights = sum(a * b for a, b in zip(widths[:-1], widths[1:], strict=True))
        limit = max(6 * batch * weights / flops, 16 * weights / bandwidth)
        cells = []
        for count in counts:
            many = ensemble.Ensemble(widths, range(count))
            each = seconds(lambda m=many, s=settings, x=x, y=y: ensemble.train(m, x, y, s), 2)
            each /= count * steps
            cells.append(f"{figure(each * 1e6)} ({figure(each / limit)})")
        cells += ["one by one"] * (len(most) - len(counts))  # wide nets gain nothing from stacking
        yield f"| {'-'.join(map(str, widths))}, batch {batch} | " + " | ".join(cells) + " |"
    yield ""
    yield f"The limit: {flops / 1e9:.0f} GFLOP/s in a large product, {bandwidth / 1e9:.0f} GB/s copied."


def figure(value):
    """Two digits, as people write them."""
    return f"{float(f'{value:.2g}'):,.10g}"


def rooms():
    """What topics have to time: `bench.py` in their rooms."""
    for _, module in topics.modules("bench"):
        yield from module.rows(seconds)


def rebuilds():
    """A rebuild after an edit to prose against the cold build, in a copy of the project."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        skip = shutil.ignore_patterns(".git", ".venv", "build", "node_modules", ".*cache")
        shutil.copytree(ROOT, copy, ignore=skip)
        (copy / "node_modules").symlink_to(ROOT / "node_modules")
        environment = os.environ | {"PYTHONPATH": str(copy)}

        def build():
            command = [sys.executable, "-m", "scripts", "deck", "--deck", DEFAULT]
            subprocess.run(
                command, cwd=copy, env=environment, check=True, stdout=subprocess.DEVNULL
            )

        cold = seconds(build)
        notebook = next((copy / "slides").glob("01-*.ipynb"))
        raw = json.loads(notebook.read_text(encoding="utf-8"))
        raw["cells"][0]["source"].append("\nOne more sentence.")
        notebook.write_text(json.dumps(raw), encoding="utf-8")
        prose = seconds(build)
        yield f"rebuild after a prose edit ({prose:.0f} s) against the cold build", cold / prose


def readiness():
    """How long a deck in one file takes to stand ready in Chromium, in seconds."""
    with open_chromium() as browser:

        def once():
            page = browser.new_page()
            page.goto(TALK.as_uri())
            page.wait_for_selector("html[data-ready=yes]", state="attached")
            page.close()

        return seconds(once, 3)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the table into README.md")
    parser.add_argument(
        "--no-build", action="store_true", help="leave out the cold build (minutes)"
    )
    options = parser.parse_args()
    parts = [rooms(), stacked(), live.rows()]
    parts += [] if options.no_build else [rebuilds()]
    rows = [row for part in tqdm(parts, desc="measuring", disable=False) for row in part]
    lines = "".join(f"{line}\n" for line in growth())
    table = "| against its plain loop, or as said | times faster |\n|---|---|\n"
    table += "".join(f"| {name} | {ratio:.1f} |\n" for name, ratio in rows)
    if TALK.exists():
        size = TALK.stat().st_size / 1e6
        table += (
            f"\n`{shown(TALK)}`: {size:.1f} MB, ready in {readiness():.1f} s in headless Chromium."
        )
        table += f"\n{live.stage_line()}\n"
    table += f"\nBy how many train at once:\n\n{lines}"
    table += f"\nOne thread, torch {torch.__version__}, NumPy {np.__version__}.\n"
    print(table)
    if options.write:
        readme = ROOT / "README.md"
        text = readme.read_text(encoding="utf-8")
        text = re.sub(
            r"(<!-- bench -->\n).*?(<!-- /bench -->)",
            lambda m: m[1] + table + m[2],
            text,
            flags=re.DOTALL,
        )
        readme.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
