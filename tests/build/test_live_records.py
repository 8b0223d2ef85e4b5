"""Every live slide trained at the talk's settings: each number it then shows is the record's of
the figure it stands for, and it is drawn where the talk's own run is drawn in grey.

The talk's settings are tame: other roundings hardly move where these runs end, as the records' spreads say.
"""

import html
import json
import math
import re
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from drawn import panels
from without_browser import number

from demos.core import topics
from demos.core.evidence import spreads
from scripts.build import deck
from scripts.files import alone
from scripts.paths import BUILD, DECK, FIGURES

pytestmark = pytest.mark.build  # of the whole talk

SHOWN = {  # what a readout is called in the record
    "network-fit": ("network-fit-live", {"loss": "loss", "RMSE to the curve": "to_curve"}),
    "l2-penalty": (
        "l2-penalty-live",
        {"data loss": "data_loss", "penalty": "penalty", "RMSE outside": "outside"},
    ),
    "bump-error": ("bump-error-live", {"loss": "loss", "height of the bump": "height"}),
    "dropout": (
        "dropout-live",
        {"f(1, 0)": "first", "f(0, 1)": "second", "f(1, 1)": "both"},
    ),
    "least-squares": (
        "least-squares-live",
        {"RMSE at the dots": "at_dots", "RMSE to the curve": "to_curve"},
    ),
    "bias-and-variance": (
        "bias-and-variance-live",
        {
            "bias²": "bias2",
            "variance": "variance",
            "mean test error": "mean",
            "median test error": "median",
        },
    ),
    "early-stopping": (
        "early-stopping-live",
        {"held out now": "now", "lowest, at step 80": "lowest", "kept, to the curve": "kept"},
    ),
    "ensembles": (
        "ensembles-live",
        {"one throw": "one", "mean of 16": "mean", "formula": "formula"},
    ),
    "label-smoothing": (
        "smoothing-live",
        {
            "right": "accuracy",
            "log loss": "nll",
            "calibration error": "error",
            "gap of logits": "gap",
        },
    ),
    "augmentation": ("augmentation-live", {"right": "accuracy", "log loss": "nll"}),
}


@pytest.fixture(scope="module")
def slides_settings(slides):
    """What each live slide of any deck starts from: {demo: settings}; the rest is built alone."""
    for topic in [topic for topic, _ in topics.modules("live") if topic not in slides]:
        with alone(BUILD), ThreadPoolExecutor(1) as aside:
            aside.submit(deck.build, topic).result()
    pages = "".join(file.read_text(encoding="utf-8") for file in DECK.glob("*/index.html"))
    found = re.findall(r'data-demo="([^"]+)" data-figure="[^"]*" data-settings="([^"]+)"', pages)
    return {demo: json.loads(html.unescape(text)) for demo, text in found}


def test_every_live_slide_is_compared(slides_settings):
    assert set(slides_settings) == set(SHOWN)


@pytest.mark.parametrize("demo", SHOWN)
def test_what_it_shows_at_the_talks_settings_is_the_records(page, slides_settings, demo):
    settings, (name, called) = slides_settings[demo], SHOWN[demo]
    record = json.loads((next(FIGURES.glob(f"*/{name}.json"))).read_text(encoding="utf-8"))
    page("show", demo=demo, settings=settings)
    if settings["steps"]:
        assert page.words()["step"] == "0"
        page.press("Train")
    words = page.words()
    if settings["steps"]:
        assert words.pop("step") == f"{settings['steps']:,}"
    assert list(words) == list(called)
    for readout, key in called.items():
        value, moves = record["numbers"][key], record["spread"]["numbers"][key]
        last = last_digit(words[readout])
        allowed = spreads.FACTOR * moves + 0.51 * last
        assert allowed < 0.2 * abs(value)  # or this would compare nothing
        assert abs(number(words[readout]) - value) <= allowed, (readout, words[readout], value)

    drawn = panels(page("see")["svg"])
    if demo == "dropout":
        *_, bars, _ = drawn
        highs = [bars.bars(kind)[0][0] for kind in ("network", "signal", "both")]
        np.testing.assert_allclose(highs, bars.bars("talk")[0], rtol=0, atol=0.01)
        return
    if demo == "ensembles":  # measured dots, on the talk's line through its own
        dots = [
            [float(d["attributes"][c]) for c in ("cx", "cy")]
            for d in drawn[1].group("dots")["children"]
        ]
        np.testing.assert_allclose(drawn[1].line("talk"), dots, rtol=0, atol=0.1)
        return
    if demo == "label-smoothing":  # bars, on the talk's own
        own, talk = (drawn[1].bars(kind)[0] for kind in ("network", "talk"))
        np.testing.assert_allclose(own, talk, rtol=0, atol=0.05)
        return
    kinds = {
        "bump-error": "overfit",
        "bias-and-variance": "signal",
        "early-stopping": "regularized",
    }
    kind = kinds.get(demo, "network")
    curves = drawn[2] if demo == "augmentation" else drawn[0]
    own, talk = curves.line(kind), curves.line("talk")
    inside = (talk[:, 1] > 0) & (talk[:, 1] < 320)
    there = np.interp(talk[inside, 0], *own.T)
    assert (
        np.quantile(abs(there - talk[inside, 1]), 0.9) < 2.5
    )  # px; a fit is drawn at fewer points


def last_digit(word):
    """What the last digit that a readout shows is worth."""
    front, _, _ = word.replace("−", "").partition("×")
    value = number(word)
    decimals = len(front.partition(".")[2])
    power = math.floor(math.log10(abs(value))) if "×" in word else 0
    return 10.0 ** (power - decimals)
