"""Measure what the talk claims, on many seeds.

Each measured seed is kept in build/evidence/ at once, so that an interrupted run goes on where it
stopped; what is recorded and up to date is not measured again. The record is figures/claims.json.
"""

import json
import os
import time
from collections import defaultdict
from importlib.metadata import version

import joblib
import numpy as np
from tqdm import tqdm

from demos import claims as registry
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
PATIENCE = 20  # seconds for a Dask scheduler to answer
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
    started = time.process_time()  # what it takes, not what others on the machine take
    rows = measure(name, seeds)
    return name, rows, time.process_time() - started


def cluster(backend, scheduler, jobs):
    """Where to compute: joblib's settings, and what to close afterwards."""
    if backend == "sequential":
        return {"backend": "sequential", "n_jobs": 1}, None
    if backend == "loky":
        os.environ.update(QUIET)  # workers inherit it
        return {"backend": "loky", "n_jobs": jobs, "inner_max_num_threads": 1}, None
    if backend != "dask":
        cure = "BACKEND=loky (this machine's cores), dask (a cluster) or sequential (this process)"
        raise BuildError(f"no backend {backend!r}", cure)
    try:
        from distributed import Client
    except ImportError:
        cure = "pip install 'dask[distributed]' in the project's environment"
        raise BuildError("dask is not installed", cure) from None
    try:
        client = Client(scheduler, timeout=PATIENCE)
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
    claims = registry.all_claims()
    for name in claim_ids or []:
        if name not in claims:
            near = ", ".join(n for n in claims if n[:4] == name[:4]) or ", ".join(claims)
            raise BuildError(f"no claim is named {name!r}", f"claims with a like name: {near}")
    wanted = (
        {claims[name].study.name for name in claim_ids}
        if claim_ids
        else set(registry.all_studies())
    )
    return [study for name, study in registry.all_studies().items() if name in wanted]


def run(count=None, claim_ids=None, backend="loky", scheduler=None, jobs=None, fresh=False):
    """Measure what is missing or stale, then write the record and the figures."""
    record, studies = read_record(), registry.all_studies()
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
            # on a line of its own, whatever an interrupted run left at the end
            file.write("\n" + json.dumps({"rows": rows, "seconds": seconds}) + "\n")
    write(assemble(started, keys))


def assemble(record, keys):
    """The record of everything known: studies with values per seed, claims with verdicts."""
    studies, claims = {}, registry.all_claims()
    for name, study in registry.all_studies().items():
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
    for where, members in registry.by_family().items():
        for claim in members:
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
    FIGURES.mkdir(exist_ok=True)
    drawn = {RECORD.name}
    by_study = defaultdict(list)
    for claim in registry.all_claims().values():
        by_study[claim.study.name].append(claim)
    for name, study in record["studies"].items():
        claims, unit = by_study[name], "cases" if study["cases"] else "seeds"
        figure = strips(claims, [of(claim, study) for claim in claims], unit)
        drawn.add(f"claims-{name}.svg")
        replace_file(FIGURES / f"claims-{name}.svg", to_svg(figure, f"claims-{name}"))
    replace_file(RECORD, as_text(record))
    for old in FIGURES.glob("claims*"):
        if old.name not in drawn:
            old.unlink()
    report(record)


def as_text(value, depth=3, indent=""):
    """JSON with a line for every study's quantity and every claim's word, so that diffs can be read."""
    if not depth or not isinstance(value, dict) or not value:
        return json.dumps(value, ensure_ascii=False, allow_nan=False)
    lines = [
        f"{indent} {json.dumps(key, ensure_ascii=False)}: {as_text(item, depth - 1, indent + ' ')}"
        for key, item in value.items()
    ]
    return "{\n" + ",\n".join(lines) + f"\n{indent}}}" + ("\n" if not indent else "")


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
    print(f"{len(record['claims'])} claims in {shown(RECORD)}, {seconds / 60:.0f} core minutes")
