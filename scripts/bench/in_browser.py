"""Steps per second in the browser against torch with one thread: `python -m scripts.bench.in_browser`."""

import os

os.environ |= {"OMP_NUM_THREADS": "1", "TQDM_DISABLE": "1"}

import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from demos.core.curve import OUTSIDE_X, TRAIN_X, sample
from demos.core.training import Settings, sgd, train
from scripts.build import frontend
from scripts.build.browser import open_chromium
from scripts.live import assets
from scripts.live.nets import all_nets
from scripts.paths import FRONTEND, TALK

SETTINGS = {"lr": 0.0004, "momentum": 0.05, "weight_decay": 0.01}
STEPS = {"1-6-1": 4000, "1-50-50-1": 2000, "1-1000-1000-1": 40}
ROUNDS = 3
TRAIN = """async ({net, seed, x, y, grid, steps, settings}) => {
    const trainer = await engine.trainer(net, seed, {x, y, grid});
    await trainer.train(Math.ceil(steps / 10), settings);
    const times = [];
    for (let i = 0; i < 3; i++) times.push((await trainer.train(steps, settings)).ms);
    await trainer.end();
    return Math.min(...times);
}"""


def write_page(folder):
    """A bare page, one file, that can train: `live.open`, and all it loads."""
    engine = frontend.esbuild(FRONTEND / "live" / "engine.js", "--global-name=live")
    engine = engine.replace("</script", r"<\/script")
    parts = assets.parts().replace("</", r"<\/")
    file = Path(folder) / "bench.html"
    file.write_text(
        f'<!doctype html><meta charset="utf-8"><script type="application/json" id="parts">{parts}'
        f"</script><script>{engine}</script>",
        encoding="utf-8",
    )
    return file


@contextmanager
def training_page(browser, folder):
    """The page, its engine started."""
    page = browser.new_page()
    page.goto(write_page(folder).as_uri())
    page.evaluate(
        """async () => { window.engine = await live.open(
        () => JSON.parse(document.querySelector("#parts").textContent)); }"""
    )
    yield page
    page.close()


def torch_seconds(net, steps):
    """The shortest of a few runs of the plain loop."""
    network, y, times = net.recipe.network.module(0), sample(0), []
    optimizer = sgd(network, Settings(**SETTINGS))
    train(network, TRAIN_X, y, Settings(steps=steps // 10), optimizer)
    for _ in range(ROUNDS):
        began = time.perf_counter()
        train(network, TRAIN_X, y, Settings(steps=steps), optimizer)
        times.append(time.perf_counter() - began)
    return min(times)


def browser_seconds(page, net, steps):
    """The shortest of a few runs in the worker."""
    data = {"x": TRAIN_X.tolist(), "y": sample(0).tolist(), "grid": OUTSIDE_X.tolist()}
    given = {"net": net.name, "seed": 0, "steps": steps, "settings": SETTINGS}
    return page.evaluate(TRAIN, given | data) / 1000


def ratios():
    """{net: (torch's steps per second, the browser's)}."""
    import torch

    torch.set_num_threads(1)
    nets, found = all_nets(), {}
    with (
        open_chromium() as browser,
        tempfile.TemporaryDirectory() as folder,
        training_page(browser, folder) as page,
    ):
        for name, steps in STEPS.items():
            rival = steps / torch_seconds(nets[name], steps)
            found[name] = rival, steps / browser_seconds(page, nets[name], steps)
    return found


SHOW = """demo => { const slide = document.querySelector(`figure[data-demo=${demo}]`).closest("section");
    const { h, v } = Reveal.getIndices(slide); Reveal.slide(h, v ?? 0); }"""
FRAMES = """async (ms) => {
    const told = document.querySelector("section.present .figures");
    let [frames, changed, before] = [0, 0, ""];
    const end = performance.now() + ms;
    for (let now = 0; now < end; ) {
        now = await new Promise(requestAnimationFrame);
        frames += 1;
        changed += told.textContent !== before;
        before = told.textContent;
    }
    return [frames, changed].map((count) => (1000 * count) / ms);
}"""


DEMOS = """[...document.querySelectorAll("figure[data-demo]")]
    .filter((figure) => JSON.parse(figure.dataset.settings).steps).map((figure) => figure.dataset.demo)"""


def on_stage():
    """Of the built talk: seconds until a live slide shows its first curve, of a talk just opened and of
    one open for three seconds; {demo: (frames per second while it trains, those with news)}."""
    paces, first = {}, []
    with open_chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        for wait in (0, 3):
            page.goto(TALK.as_uri())
            page.wait_for_selector("html[data-ready=yes]", state="attached")
            demos = list(dict.fromkeys(page.evaluate(DEMOS)))
            time.sleep(wait)
            began = time.perf_counter()
            page.evaluate(SHOW, demos[0])
            page.wait_for_selector("section.present [data-live=yes]")
            first.append(time.perf_counter() - began)
        for demo in demos:
            page.evaluate(SHOW, demo)
            page.wait_for_selector("section.present [data-live=yes]")
            page.click("section.present .live button:text-is('Train')")
            paces[demo] = page.evaluate(FRAMES, 2000)
    return first, paces


def rows():
    """(what, times) for the README's table."""
    for name, (rival, ours) in ratios().items():
        yield f"{name} in the browser, against torch.optim", ours / rival


def stage_line():
    """What the talk at hand does."""
    (cold, first), paces = on_stage()
    told = ", ".join(f"{demo} {frames:.0f}" for demo, (frames, _) in paces.items())
    return (
        f"Live slides: first curve after {first:.1f} s ({cold:.1f} s in a talk just opened); "
        f"frames per second while training: {told}."
    )


if __name__ == "__main__":
    for name, (rival, ours) in ratios().items():
        print(f"{name:16} torch {rival:8.0f} /s   browser {ours:8.0f} /s   {ours / rival:.2f} x")
    if TALK.exists():
        print(stage_line(), on_stage()[1])
