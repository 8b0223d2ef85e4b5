"""Write figures/TOPIC/: figures and records of a run, and how far they move under other roundings.

What is as committed but for rounding stays as it is: a change then shows what it changed, and nothing else.
"""

import json
import shutil

from scripts.build import digits, execute, quoted
from scripts.build.figure_spreads import ROUNDINGS, measured
from scripts.build.figures_check import drifted_records, figures_in, shaken
from scripts.build.notebooks import read_topics, topic_of
from scripts.files import replace_file
from scripts.paths import FIGURES, SLIDES, shown


def update(fresh=True, topics=None):
    """Run everything, write into figures/ what drifted, put the numbers into the notebooks' text.

    topics: how the names of some notebooks begin; then those alone, and nobody else's files are touched.
    """
    notebooks = read_topics(topics)
    folders, here = shaken(notebooks, fresh)
    drifted = changed(folders, here)
    stale = [n for n in notebooks if any(f.stem in drifted for f in folders[n.name].iterdir())]
    again = [execute.run_all(stale, how=how) for how in ROUNDINGS]
    made, problems = {}, []
    for name, folder in folders.items():
        (FIGURES / topic_of(name)).mkdir(parents=True, exist_ok=True)
        made |= {FIGURES / topic_of(name) / file.name: file for file in sorted(folder.iterdir())}
    for old in figures_in(FIGURES) if not topics else ():
        if old not in made:
            old.unlink()
    for place, file in made.items():
        if file.stem in drifted and file.suffix == ".json":
            name = next(name for name, folder in folders.items() if folder == file.parent)
            problems += keep(place, file, [there[name] / file.name for there in again])
        elif file.stem in drifted:
            shutil.copyfile(file, place)
    numbers = quoted.committed()
    for notebook in notebooks:
        if quoted.sync(SLIDES / f"{notebook.name}.ipynb", numbers, notebook.cells):
            print(f"numbers filled in: {notebook.file}")
    print(f"{len(made)} files in {shown(FIGURES)}, new: {', '.join(sorted(drifted)) or 'none'}")
    problems += digits.unsupported(notebooks)
    print("\n".join(problems), end="\n" if problems else "")
    return 1 if problems else 0


def changed(folders, here, committed=FIGURES):
    """Names of the records that are not the committed ones, or that another package's version made.

    folders, here: as `shaken` gives them.
    """
    names = drifted_records(folders, committed, here)
    other = {
        file.stem
        for name, folder in folders.items()
        for file in folder.glob("*.json")
        if file.stem not in names
        and packages(file) != packages(committed / topic_of(name) / file.name)
    }
    return names | other


def packages(file):
    """The versions a record was made with, but Python's own: that neither rounds nor draws."""
    versions = json.loads(file.read_text(encoding="utf-8"))["versions"]
    return {name: version for name, version in versions.items() if name != "python"}


def keep(place, file, others):
    """Write a record with its spread to its place. Returns what other roundings draw otherwise."""
    record = json.loads(file.read_text(encoding="utf-8"))
    spread, lines = measured(file, others)
    spread = {"roundings": list(ROUNDINGS)} | spread
    text = json.dumps(record | {"spread": spread}, indent=1, ensure_ascii=False, allow_nan=False)
    replace_file(place, text + "\n")
    return [
        f"{record['figure']}: under the rounding {ROUNDINGS[place]} {line}: "
        "draw what rounding does not decide"
        for place, line in lines
    ]
