"""Compare what a run gives now with what is committed in figures/, and say what drifted."""

import json
import math
from pathlib import Path

from demos.core.evidence.spreads import FACTOR
from scripts.build import digits, execute, quoted
from scripts.build.drawings import difference
from scripts.build.drift import record_drift
from scripts.build.figure_spreads import DOUBT, UNLIMITED, measured, pixels, wider
from scripts.build.notebooks import read_topics, topic_of
from scripts.paths import FIGURES, shown

EYE = 0.15  # px of a slide: coordinates are kept to hundredths, and no eye sees this
GONE = "committed, but nothing makes it any more"
TINT = 1 / 255  # the same for a picture's shades


def figures_in(committed, topic="*"):
    """The committed figures and records of a topic or of all, without what `make evidence` makes."""
    files = sorted(committed.glob(f"{topic}/*"))
    return [f for f in files if f.suffix in (".svg", ".json") and not f.name.startswith("claims")]


def check(fresh=True, topics=None):
    """Run everything and compare. Prints what drifted; returns the exit code.

    topics: how the names of some notebooks begin; then those alone.
    """
    notebooks = read_topics(topics)
    quoted.committed()  # refuses a record that is not whole, before anything runs
    drift = (
        drifted(notebooks, fresh)
        + ([] if topics else homeless(notebooks))
        + stale_text(notebooks)
        + digits.unsupported(notebooks)
    )
    for line in drift:
        print(line)
    count = sum(file.suffix == ".json" for file in figures_in(FIGURES))
    where = f"the records of {', '.join(topics)}" if topics else f"{count} records"
    if drift:
        print(
            f"\n{len(drift)} differences in {where}; if they are meant: make figures, then commit"
        )
    else:
        print(f"{where} and their figures hold")
    return 1 if drift else 0


def drifted(notebooks, fresh=False, committed=FIGURES, run=execute.run_all):
    """Run notebooks and compare with the committed figures of their topics: what differs, a line each."""
    folders, here = shaken(notebooks, fresh, committed, run)
    return compare(folders, committed, here)


def homeless(notebooks, committed=FIGURES):
    """Committed files in folders that are no topic's, a line each."""
    topics = {notebook.topic for notebook in notebooks}
    strays = [file for file in figures_in(committed) if file.parent.name not in topics]
    return [f"{file.parent.name}/{file.name}: {GONE}" for file in strays]


def shaken(notebooks, fresh=False, committed=FIGURES, run=execute.run_all):
    """Run notebooks: their folders, and {record: spread} of those that were in doubt.

    Numbers and points farther off than the record allows may be this machine's rounding: then their
    notebook runs under other roundings too, until they move what drifted as far, or do not.
    """
    folders, there, here = run(notebooks, fresh), [], {}
    sure = drifted_records(folders, committed, dict.fromkeys(records(folders), UNLIMITED))
    for how in DOUBT:
        open_ = drifted_records(folders, committed, here) - sure
        doubt = [n for n in notebooks if open_ & records({n.name: folders[n.name]}).keys()]
        if not doubt:
            break
        there.append(run(doubt, how=how))
        for notebook in doubt:
            for name, file in records({notebook.name: folders[notebook.name]}).items():
                others = [one[notebook.name] / file.name for one in there if notebook.name in one]
                here[name] = measured(file, others)[0]
    return folders, here


def records(folders):
    """{name: file} of the records in folders, {notebook: folder}."""
    return {file.stem: file for folder in folders.values() for file in folder.glob("*.json")}


def drifted_records(folders, committed, here):
    """Names of the records that differ, or whose drawing does."""
    return {Path(name).stem for name, _ in differences(folders, committed, here)}


def stale_text(notebooks):
    """Notebooks whose sentences quote other numbers than the committed records."""
    records = quoted.committed()
    lines = []
    for notebook in notebooks:
        for cell in notebook.cells:
            if cell.kind == "markdown" and quoted.fill(cell.source, records, cell) != cell.source:
                lines.append(
                    f"{cell}\n  its numbers are not those of {shown(FIGURES)}: make figures"
                )
    return lines


def compare(folders, committed=FIGURES, here=None):
    """What differs between fresh folders, {notebook: folder}, and the committed ones, a line each."""
    return [f"{name}: {line}" for name, line in differences(folders, committed, here)]


def differences(folders, committed=FIGURES, here=None):
    """Pairs ("topic/file", what differs there) between fresh folders, {notebook: folder}, and what is
    committed of the same topics.

    here: {record: spread} as this machine's roundings move it, where that was measured.
    """
    new, old = {}, {}
    for name, folder in folders.items():
        topic = topic_of(name)
        new |= {f"{topic}/{file.name}": file for file in sorted(folder.iterdir())}
        old |= {f"{topic}/{file.name}": file for file in figures_in(committed, topic)}
    gone, come = sorted(old.keys() - new), sorted(new.keys() - old)
    yield from ((name, GONE) for name in gone)
    yield from ((name, "new, not committed") for name in come)
    for name in sorted(file for file in new.keys() & old if file.endswith(".json")):
        before, after = (json.loads(f.read_text(encoding="utf-8")) for f in (old[name], new[name]))
        if "spread" not in before:
            yield name, "committed without its spread"
            continue
        before["spread"] = wider(before["spread"], (here or {}).get(Path(name).stem))
        yield from ((name, line) for line in record_drift(before, after))
        svg = name.replace(".json", ".svg")
        if svg in new and svg in old:
            texts = old[svg].read_text(encoding="utf-8"), new[svg].read_text(encoding="utf-8")
            yield from ((svg, line) for line in drawing_drift(*texts, before, after))


def drawing_drift(before, after, record, new_record):
    """What changed in a drawing: its words and marks at all, its points by more than roundings do.

    Another matplotlib draws another way: that is not compared.
    """
    if record["versions"]["matplotlib"] != new_record["versions"]["matplotlib"]:
        return
    found, spread = difference(before, after), record["spread"]
    yield from (f"a word {line}" for line in found.words)
    yield from found.marks
    for artist, moved in found.pixels.items():
        limit = max(EYE, FACTOR * pixels(spread, artist))
        if moved > limit:
            yield f"{artist}: a point moved by {up(moved)} px, allowed {up(limit)} px"
    limit = max(TINT, FACTOR * spread["shade"])
    if found.shade > limit:
        yield f"a picture's shades moved by {up(found.shade)}, allowed {up(limit)}"


def up(number):
    """Two digits, rounded up: what moved farther than allowed is never shown as equal."""
    return f"{math.ceil(100 * number) / 100:g}" if math.isfinite(number) else "any"
