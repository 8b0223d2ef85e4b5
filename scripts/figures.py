"""Write figures/: every figure and record of a run, and how far they move under other roundings."""

import json
import shutil

from scripts import digits, execute, quoted
from scripts.check import of_claims
from scripts.drawings import difference
from scripts.files import replace_file
from scripts.notebooks import read_all
from scripts.paths import FIGURES, SLIDES, shown

ROUNDINGS = ("nudge-1", "order-1", "default")


def update(fresh=True):
    """Run everything, write figures/, put the numbers into the notebooks' text."""
    notebooks = read_all()
    folders = execute.run_all(notebooks, fresh)
    again = [execute.run_all(notebooks, how=how) for how in ROUNDINGS]
    FIGURES.mkdir(exist_ok=True)
    made = {file.name: file for folder in folders.values() for file in sorted(folder.iterdir())}
    for old in FIGURES.iterdir():
        if old.suffix in (".svg", ".json") and old.name not in made and not of_claims(old):
            old.unlink()
    problems = []
    for name, folder in folders.items():
        others = [folders_there[name] for folders_there in again]
        for file in sorted(folder.iterdir()):
            if file.suffix == ".json":
                problems += keep(file, [other / file.name for other in others])
            else:
                shutil.copyfile(file, FIGURES / file.name)
    records = quoted.load([FIGURES]) | quoted.claims()
    for notebook in notebooks:
        if quoted.sync(SLIDES / f"{notebook.name}.ipynb", records, notebook.cells):
            print(f"numbers filled in: {notebook.file}")
    print(f"{len(made)} files in {shown(FIGURES)}")
    problems += digits.unsupported(notebooks)
    print("\n".join(problems), end="\n" if problems else "")
    return 1 if problems else 0


def keep(file, others):
    """Write a record with its spread into figures/. Returns what other roundings draw otherwise."""
    record = json.loads(file.read_text(encoding="utf-8"))
    rest = [json.loads(other.read_text(encoding="utf-8")) for other in others]
    spread = {"roundings": list(ROUNDINGS)}
    spread["numbers"] = {
        key: float(f"{max(abs(other['numbers'][key] - value) for other in rest):.3g}")
        for key, value in record["numbers"].items()
    }
    drawn = [pair for pair in zip(ROUNDINGS, others, strict=True) if record["figure"]]
    own = file.with_suffix(".svg").read_text(encoding="utf-8") if drawn else ""
    found = {
        h: difference(own, o.with_suffix(".svg").read_text(encoding="utf-8")) for h, o in drawn
    }
    spread["pixels"] = round(max((each.pixels for each in found.values()), default=0.0), 2)
    spread["shade"] = round(max((each.shade for each in found.values()), default=0.0), 4)
    text = json.dumps(record | {"spread": spread}, indent=1, ensure_ascii=False, allow_nan=False)
    replace_file(FIGURES / file.name, text + "\n")
    return [
        f"{record['figure']}: under the rounding {how} {line}: draw what rounding does not decide"
        for how, each in found.items()
        for line in (*each.words, *each.marks)
    ]
