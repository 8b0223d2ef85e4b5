"""Every live slide trained at the talk's settings: each number it then shows is the record's of
the figure it stands for, and it is drawn where the talk's own run is drawn in grey.

The talk's settings are tame: other roundings hardly move where these runs end, as the records' spreads say.
"""

import html
import json
import math
import re

import numpy as np
import pytest
from drawn import panels
from per_topic import lacking, of_topic
from without_browser import number

from demos.core import topics
from demos.core.evidence import spreads
from scripts.paths import DECK, FIGURES

pytestmark = pytest.mark.build  # of the whole talk

DEMOS = [topic for topic, _ in topics.modules("live")]


@pytest.fixture(scope="module")
def slides_settings(decks):
    """What each live slide of any deck starts from: {demo: settings}."""
    pages = "".join(file.read_text(encoding="utf-8") for file in DECK.glob("*/index.html"))
    found = re.findall(r'data-demo="([^"]+)" data-figure="[^"]*" data-settings="([^"]+)"', pages)
    return {demo: json.loads(html.unescape(text)) for demo, text in found}


def test_every_live_slide_is_compared(slides_settings):
    assert lacking(DEMOS, "SHOWN", "LABELS") == []
    assert set(slides_settings) == set(DEMOS)


@pytest.mark.parametrize("demo", DEMOS)
def test_what_it_shows_at_the_talks_settings_is_the_records(page, slides_settings, demo):
    settings, (name, called) = slides_settings[demo], of_topic(demo, "SHOWN")
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
    if look_alike := of_topic(demo, "look_alike", None):
        return look_alike(drawn)
    kind = of_topic(demo, "LINE", "network")
    panel = drawn[of_topic(demo, "PANEL", 0)]
    own, talk = panel.line(kind), panel.line("talk")
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
