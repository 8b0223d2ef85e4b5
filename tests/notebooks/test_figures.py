"""The figures that are committed are the ones the talk draws today."""

import json
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from demos.core.topics import CLAIMS
from scripts.build import digits
from scripts.build.figure_spreads import ROUNDINGS
from scripts.build.figures_check import drifted, homeless, stale_text
from scripts.build.notebooks import read_all
from scripts.paths import FIGURES


@pytest.mark.build
def test_nothing_drifted(slides):
    notebooks = read_all()
    with ThreadPoolExecutor(1) as aside:  # an open browser keeps this thread's event loop
        found = aside.submit(drifted, notebooks).result()
    assert found + homeless(notebooks) == []
    assert stale_text(notebooks) + digits.unsupported(notebooks) == []


def test_every_record_says_how_to_make_it_again():
    records = sorted(file for file in FIGURES.glob("*/*.json") if file.name != CLAIMS)
    assert len(records) >= 40
    for file in records:
        record = json.loads(file.read_text(encoding="utf-8"))
        assert record["settings"], file.name
        assert record["numbers"] or record["figure"], file.name
        assert record["spread"]["roundings"] == list(ROUNDINGS), file.name
        assert record["spread"]["numbers"].keys() == record["numbers"].keys(), file.name
        assert set(record["versions"]) == {"python", "numpy", "torch", "matplotlib"}
        assert record["figure"] is None or (file.parent / record["figure"]).exists()


def test_every_record_is_quoted_or_drawn():
    text = "".join(c.source for notebook in read_all() for c in notebook.cells)
    for file in FIGURES.glob("*/*.json"):
        if file.name == CLAIMS:
            continue
        name = re.escape(file.stem)
        assert re.search(rf'"{name}"|value="{name}\.', text), file.stem


def test_figures_are_small_and_refer_to_nothing_outside():
    for file in FIGURES.glob("*/*.svg"):
        text = file.read_text(encoding="utf-8")
        assert len(text) < 480_000, file.name  # eight strips of 256 dots
        addresses = re.findall(r'(?:href|src)="(?!#|data:image/png)([^"]*)"', text)
        assert addresses == [], file.name
