"""Compare what a run gives now with what is committed in figures/, and say what drifted."""

import json
import math

from demos.spreads import FACTOR
from scripts import digits, execute, quoted
from scripts.drawings import difference
from scripts.drift import record_drift
from scripts.notebooks import read_all
from scripts.paths import FIGURES, shown

EYE = 0.15  # px of a slide: coordinates are kept to hundredths, and no eye sees this
TINT = 1 / 255  # the same for a picture's shades


def of_claims(file):
    """Whether `make evidence` makes the file, not a notebook."""
    return file.name.startswith("claims")


def check(fresh=True):
    """Run everything and compare. Prints what drifted; returns the exit code."""
    notebooks = read_all()
    folders = execute.run_all(notebooks, fresh)
    drift = compare(folders.values()) + stale_text(notebooks) + digits.unsupported(notebooks)
    for line in drift:
        print(line)
    count = len([file for file in FIGURES.glob("*.json") if not of_claims(file)])
    if drift:
        print(
            f"\n{len(drift)} differences in {count} records; if they are meant: make figures, then commit"
        )
    else:
        print(f"{count} records and their figures hold")
    return 1 if drift else 0


def stale_text(notebooks):
    """Notebooks whose sentences quote other numbers than the committed records."""
    records = quoted.load([FIGURES]) | quoted.claims()
    lines = []
    for notebook in notebooks:
        for cell in notebook.cells:
            if cell.kind == "markdown" and quoted.fill(cell.source, records, cell) != cell.source:
                lines.append(
                    f"{cell}\n  its numbers are not those of {shown(FIGURES)}: make figures"
                )
    return lines


def compare(folders, committed=FIGURES):
    """What differs between fresh folders and the committed one, a line each."""
    new = {file.name: file for folder in folders for file in sorted(folder.iterdir())}
    old = {
        file.name: file
        for file in sorted(committed.glob("*"))
        if file.suffix in (".svg", ".json") and not of_claims(file)
    }
    lines = [
        f"{name}: committed, but nothing makes it any more" for name in sorted(old.keys() - new)
    ]
    lines += [f"{name}: new, not committed" for name in sorted(new.keys() - old)]
    for name in sorted(new.keys() & old):
        if name.endswith(".json"):
            before, after = (
                json.loads(f.read_text(encoding="utf-8")) for f in (old[name], new[name])
            )
            lines += [f"{name}: {line}" for line in record_drift(before, after)]
            svg = name.replace(".json", ".svg")
            if svg in new and svg in old:
                texts = old[svg].read_text(encoding="utf-8"), new[svg].read_text(encoding="utf-8")
                lines += [f"{svg}: {line}" for line in drawing_drift(*texts, before, after)]
    return lines


def drawing_drift(before, after, record, new_record):
    """What changed in a drawing: its words and marks at all, its points by more than roundings do.

    Another matplotlib draws another way: that is not compared.
    """
    if record["versions"]["matplotlib"] != new_record["versions"]["matplotlib"]:
        return
    found, spread = difference(before, after), record["spread"]
    yield from (f"a word {line}" for line in found.words)
    yield from found.marks
    limits = {"pixels": (EYE, "a point moved by {} px, allowed {} px")}
    limits |= {"shade": (TINT, "a picture's shades moved by {}, allowed {}")}
    for part, (least, text) in limits.items():
        moved, limit = getattr(found, part), max(least, FACTOR * spread[part])
        if moved > limit:
            yield text.format(*(f"{math.ceil(100 * each) / 100:g}" for each in (moved, limit)))
