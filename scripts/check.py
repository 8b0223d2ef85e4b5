"""Compare what a run gives now with what is committed in figures/, and say what drifted."""

import json
import re
import shutil

from scripts import execute, quoted
from scripts.notebooks import read_all
from scripts.paths import FIGURES, SLIDES, shown

NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")
PICTURE = re.compile(r'"data:image/png;base64,[^"]*"', re.DOTALL)
# How far a drawn point may move, in pixels of a slide, by how its numbers came about.
PIXELS = {"exact": 0.1, "closed form": 0.1, "ill-conditioned": 12.0, "short training": 6.0}


def update(fresh=True):
    """Run everything, write figures/, put the numbers into the notebooks' text."""
    notebooks = read_all()
    folders = execute.run_all(notebooks, fresh)
    records = quoted.load(folders.values()) | quoted.claims()
    FIGURES.mkdir(exist_ok=True)
    made = {file.name: file for folder in folders.values() for file in sorted(folder.iterdir())}
    for old in FIGURES.iterdir():
        if old.suffix in (".svg", ".json") and old.name not in made and not of_claims(old):
            old.unlink()
    for name, file in made.items():
        shutil.copyfile(file, FIGURES / name)
    for notebook in notebooks:
        if quoted.sync(SLIDES / f"{notebook.name}.ipynb", records, notebook.cells):
            print(f"numbers filled in: {notebook.file}")
    print(f"{len(made)} files in {shown(FIGURES)}")


def of_claims(file):
    """Whether `make evidence` makes the file, not a notebook."""
    return file.name.startswith("claims")


def check(fresh=True):
    """Run everything and compare. Prints what drifted; returns the exit code."""
    notebooks = read_all()
    folders = execute.run_all(notebooks, fresh)
    drift = compare(folders.values()) + stale_text(notebooks)
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


def record_drift(before, after):
    """What changed in a record: settings at all, numbers by more than their tolerance."""
    for key in sorted(before["settings"].keys() | after["settings"].keys()):
        was, now = before["settings"].get(key), after["settings"].get(key)
        if was != now:
            yield f"setting {key} was {was}, is {now}"
    relative = before["tolerance"]["relative"]
    for key in sorted(before["numbers"].keys() | after["numbers"].keys()):
        was, now = before["numbers"].get(key), after["numbers"].get(key)
        if was is None or now is None:
            yield f"number {key} was {was}, is {now}"
        elif abs(now - was) > relative * abs(was):
            moved = abs(now - was) / abs(was) if was else float("inf")
            yield f"{key} was {was:.6g}, is {now:.6g}: moved by {moved:.2%}, allowed {relative:.2%}"


def drawing_drift(before, after, record, new_record):
    """What changed in a drawing: its words and shapes at all, its points by more than some pixels.

    Another matplotlib draws another way, and a long training ends elsewhere: those are not compared.
    """
    method = record["tolerance"]["method"]
    if record["versions"]["matplotlib"] != new_record["versions"]["matplotlib"]:
        return
    if method not in PIXELS:
        return
    before, after = PICTURE.sub('""', before), PICTURE.sub('""', after)
    if NUMBER.sub("#", before) != NUMBER.sub("#", after):
        yield "drawn differently (words, shapes or style)"
        return
    pairs = zip(NUMBER.findall(before), NUMBER.findall(after), strict=True)
    moved = max((abs(float(a) - float(b)) for a, b in pairs if a != b), default=0.0)
    if moved > PIXELS[method]:
        yield f"a point moved by {moved:.1f} px, allowed {PIXELS[method]} px"
