"""Measure what the talk claims, on many seeds, and check a sample of it.

Each measured seed is kept in build/evidence/ at once, so that an interrupted run goes on where it
stopped; what is recorded and up to date is not measured again. The record is figures/claims.json.
"""

import json
import os
import random
import time
from collections import defaultdict
from importlib.metadata import version

import joblib
import numpy as np
from tqdm import tqdm

from demos.claims import FAMILIES, all_claims, all_studies, family
from demos.drawing.claims import strips
from demos.evidence import measure, summary
from demos.records import TOLERANCE, plain
from demos.style import to_svg
from scripts import study_keys
from scripts.errors import BuildError
from scripts.files import replace_file
from scripts.paths import BUILD, FIGURES, shown

RECORD = FIGURES / "claims.json"
STORE = BUILD / "evidence"
QUIET = dict.fromkeys(("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
QUIET |= {"OMP_WAIT_POLICY": "PASSIVE", "TQDM_DISABLE": "1"}  # for the workers


def read_record():
    """The committed record, or an empty one."""
    if not RECORD.exists():
        return {"versions": {}, "studies": {}, "claims": {}}
    try:
        return json.loads(RECORD.read_text(encoding="utf-8"))
    except ValueError as error:
        cure = "restore it from git, or measure anew: make evidence"
        raise BuildError(f"a record that is no JSON: {error}", cure, shown(RECORD)) from None


def known(study, key, record):
    """What is measured of a study and up to date: {seed: {quantity: value}}, seconds spent."""
    rows, seconds = {}, 0.0
    old = record["studies"].get(study.name, {})
    if old.get("key") == key:
        names = list(old["values"])
        for seed, *values in zip(old["seeds"], *old["values"].values(), strict=True):
            rows[seed] = dict(zip(names, values, strict=True))
        seconds = old["seconds"]
    file = STORE / f"{study.name}-{key}.jsonl"
    for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else []:
        try:
            kept = json.loads(line)
        except ValueError:  # the line that was being written when somebody pulled the plug
            continue
        rows |= {int(seed): row for seed, row in kept["rows"].items()}
        seconds += kept["seconds"]
    return rows, seconds


def work(name, seeds):
    """Measure in a worker process: (study, {seed: quantities}, seconds)."""
    os.environ.update(QUIET)
    started = time.monotonic()
    rows = measure(name, seeds)
    return name, rows, time.monotonic() - started


def cluster(backend, scheduler, jobs):
    """Where to compute: joblib's settings, and what to close afterwards."""
    if backend == "loky":
        os.environ.update(QUIET)  # workers inherit it
        return {"backend": "loky", "n_jobs": jobs, "inner_max_num_threads": 1}, None
    if backend != "dask":
        raise BuildError(f"no backend {backend!r}", "BACKEND=loky (this machine) or BACKEND=dask")
    try:
        from distributed import Client
    except ImportError:
        cure = "pip install 'dask[distributed]' in the project's environment"
        raise BuildError("dask is not installed", cure) from None
    try:
        client = Client(scheduler, timeout=20)
    except (OSError, ValueError) as error:
        cure = "start one (dask scheduler, dask worker), then SCHEDULER=tcp://host:8786"
        raise BuildError(f"no Dask scheduler at {scheduler}: {error}", cure) from None
    return {"backend": "dask", "n_jobs": -1}, client


def compute(tasks, backend="loky", scheduler=None, jobs=None, text="measuring"):
    """Run (study name, seeds) tasks in parallel; yields (name, {seed: row}, seconds) as they end."""
    if not tasks:
        return
    config, client = cluster(backend, scheduler, jobs or os.cpu_count() or 1)
    total = sum(len(seeds) for _, seeds in tasks)
    try:
        with (
            joblib.parallel_config(**config),
            tqdm(total=total, unit="seed", desc=text, disable=False, smoothing=0) as bar,
        ):
            run = joblib.Parallel(return_as="generator_unordered", batch_size=1, pre_dispatch="all")
            for name, rows, seconds in run(joblib.delayed(work)(*task) for task in tasks):
                bar.set_postfix_str(name)
                bar.update(len(rows))
                yield name, rows, seconds
    finally:
        if client is not None:
            client.close()


def chunks(study, seeds, size=None):
    """Tasks of a study: `batch` seeds at a time."""
    size = size or study.batch
    return [(study.name, seeds[at : at + size]) for at in range(0, len(seeds), size)]


def longest_first(tasks, record):
    """Tasks in the order of the time they took last; the unknown first."""

    def seconds(task):
        old = record["studies"].get(task[0])
        return old["seconds"] / len(old["seeds"]) * len(task[1]) if old else float("inf")

    return sorted(tasks, key=seconds, reverse=True)


def chosen(claim_ids):
    """The studies behind some claims, or all. Raises BuildError for an unknown claim."""
    claims = all_claims()
    for name in claim_ids or []:
        if name not in claims:
            near = ", ".join(n for n in claims if n[:4] == name[:4]) or ", ".join(claims)
            raise BuildError(f"no claim is named {name!r}", f"claims with a like name: {near}")
    wanted = {claims[name].study.name for name in claim_ids} if claim_ids else set(all_studies())
    return [study for name, study in all_studies().items() if name in wanted]


def run(count=None, claim_ids=None, backend="loky", scheduler=None, jobs=None, fresh=False):
    """Measure what is missing or stale, then write the record and the figures."""
    record, studies = read_record(), all_studies()
    keys = {name: study_keys.key(study) for name, study in studies.items()}
    started = {"studies": {}} if fresh else record
    tasks = []
    for study in chosen(claim_ids):
        if fresh:
            (STORE / f"{study.name}-{keys[study.name]}.jsonl").unlink(missing_ok=True)
        have = known(study, keys[study.name], started)[0]
        tasks += chunks(study, [seed for seed in study.seeds(count) if seed not in have])
    STORE.mkdir(parents=True, exist_ok=True)
    for name, rows, seconds in compute(longest_first(tasks, record), backend, scheduler, jobs):
        with open(STORE / f"{name}-{keys[name]}.jsonl", "a", encoding="utf-8") as file:
            file.write(json.dumps({"rows": rows, "seconds": seconds}) + "\n")
    write(assemble(started, keys))


def assemble(record, keys):
    """The record of everything known: studies with values per seed, claims with verdicts."""
    studies, claims = {}, all_claims()
    for name, study in all_studies().items():
        rows, seconds = known(study, keys[name], record)
        if not rows:
            continue
        seeds = sorted(rows)
        studies[name] = {
            "key": keys[name],
            "cases": bool(study.cases),
            "seeds": seeds,
            "settings": plain(study.settings),
            "tolerance": {"method": study.method, "relative": TOLERANCE[study.method]},
            "seconds": round(seconds, 2),
            "values": {q: [rounded(rows[s][q]) for s in seeds] for q in rows[seeds[0]]},
        }
    verdicts = {}
    for where in FAMILIES:
        for claim in family(where).CLAIMS:
            if claim.study.name in studies:
                verdicts[claim.id] = verdict(claim, where, studies, len(claims))
    versions = {package: version(package) for package in ("numpy", "torch", "scipy")}
    return {"versions": versions, "studies": studies, "claims": verdicts}


def verdict(claim, where, studies, count):
    """What the record says of a claim."""
    study = studies[claim.study.name]
    return said(claim, where) | {"cases": study["cases"]} | summary(claim, of(claim, study), count)


def said(claim, where):
    """The claim itself, as the record keeps it: when this changes, the record is stale."""
    rule = f"{claim.unit} {claim.rule} {claim.bound:g}"
    words = {"family": where, "sentence": claim.sentence, "study": claim.study.name, "rule": rule}
    return words | {"share": list(claim.share), "told": claim.told}


def of(claim, study):
    """A claim's value per seed from a recorded study."""
    return claim.value({name: np.array(row) for name, row in study["values"].items()})


def rounded(value):
    """Nine digits: all that float32 has, and no more."""
    return float(f"{value:.9g}")


def write(record):
    """figures/claims.json and a figure per study."""
    text = json.dumps(record, ensure_ascii=False, allow_nan=False)
    text = text.replace('}, "', '},\n"').replace('], "', '],\n "')  # a line each: diffs can be read
    FIGURES.mkdir(exist_ok=True)
    drawn = {RECORD.name}
    by_study = defaultdict(list)
    for claim in all_claims().values():
        by_study[claim.study.name].append(claim)
    for name, study in record["studies"].items():
        claims, unit = by_study[name], "cases" if study["cases"] else "seeds"
        figure = strips(claims, [of(claim, study) for claim in claims], unit)
        drawn.add(f"claims-{name}.svg")
        replace_file(FIGURES / f"claims-{name}.svg", to_svg(figure, f"claims-{name}"))
    replace_file(RECORD, text + "\n")
    for old in FIGURES.glob("claims*"):
        if old.name not in drawn:
            old.unlink()
    report(record)


def report(record):
    """Print the verdicts, and what they stand on."""
    claims = record["claims"].values()
    for claim in claims:
        unit = "cases" if claim["cases"] else "seeds"
        mark = "holds" if claim["holds"] else "fails"
        said = " (told)" if claim["told"] else ""
        print(
            f"{mark}{said:7} {claim['agree']:4} of {claim['seeds']:4} {unit}  {claim['sentence']}"
        )
    seconds = sum(study["seconds"] for study in record["studies"].values())
    print(
        f"{len(record['claims'])} claims in {shown(RECORD)}, {seconds / 60:.0f} minutes of one core"
    )


def check(sample=2, jobs=None):
    """Recompute some seeds of every study and compare. Returns what is wrong, a line each."""
    record, studies, claims = read_record(), all_studies(), all_claims()
    problems = stale(record, {name: study_keys.key(study) for name, study in studies.items()})
    problems += fallen(record, claims)
    tasks = []
    for name, study in studies.items():
        old = record["studies"].get(name)
        if old:
            few = 1 if study.batch == 1 else sample
            dice = random.Random(old["key"])  # other seeds after every change, the same until then
            tasks += chunks(study, sorted(dice.sample(old["seeds"], min(few, len(old["seeds"])))))
    for name, rows, _ in compute(longest_first(tasks, record), jobs=jobs, text="checking claims"):
        problems += moved(name, rows, record["studies"][name])
    return problems


def stale(record, keys):
    """Studies and claims whose code is not the one that was measured, or that have no record."""
    lines = []
    for name, key in keys.items():
        old = record["studies"].get(name)
        if old is None:
            lines.append(f"study {name}: no record: make evidence")
        elif old["key"] != key:
            lines.append(f"study {name}: the record is stale, its code changed: make evidence")
    lines += [
        f"study {n}: recorded, but gone from the code" for n in record["studies"].keys() - keys
    ]
    current = {c.id: said(c, where) for where in FAMILIES for c in family(where).CLAIMS}
    for name, words in current.items():
        old = record["claims"].get(name)
        if old is None:
            lines.append(f"claim {name}: no record: make evidence")
        elif any(old[part] != word for part, word in words.items()):
            lines.append(f"claim {name}: the record is stale, its rule changed: make evidence")
    lines += [
        f"claim {n}: recorded, but gone from the code" for n in record["claims"].keys() - current
    ]
    return lines


def fallen(record, claims):
    """Claims that do not hold on the recorded values, and told ones that do."""
    lines = []
    for name, claim in claims.items():
        study = record["studies"].get(claim.study.name)
        if study is None:
            continue
        values = of(claim, study)
        if claim.holds(values) == claim.told:
            count, total = int(claim.agrees(values).sum()), len(values)
            what = "was told to fail, and holds" if claim.told else "no longer holds"
            low, high = claim.share
            need = f"a share of {low:.0%} to {high:.0%}"
            lines.append(
                f"claim {name} {what}: {count} of {total}, needed {need}: {claim.sentence}"
            )
    return lines


def moved(name, rows, study):
    """Values that are not the recorded ones, by the study's tolerance."""
    method, relative = study["tolerance"]["method"], study["tolerance"]["relative"]
    lines = []
    for quantity, recorded in study["values"].items():
        recorded = np.array(recorded)
        # a long training on another processor is another draw: it has to stay within the spread
        spread = np.ptp(recorded) if method == "long training" else 0.0
        for seed, row in rows.items():
            was, now = recorded[study["seeds"].index(seed)], row.get(quantity, np.nan)
            allowed = max(
                relative * max(abs(was), np.median(np.abs(recorded))), spread, 1e-8 * abs(was)
            )
            if not abs(now - was) <= allowed:
                lines.append(
                    f"study {name}, seed {seed}: {quantity} was {was:.6g}, is {now:.6g}, "
                    f"allowed to move by {allowed:.2g}"
                )
    return lines
