"""Measure seeds of studies in parallel: on this machine's cores, on a cluster, or in this process.

A task is (study name, seeds, rounding). A rounding other than this machine's own needs a process that
starts with it, `python -m scripts.evidence.workers` in a changed environment: each worker keeps one per
rounding, which measures what it is sent and ends with the worker.
"""

import atexit
import json
import os
import subprocess
import sys
import time
import traceback

import joblib
from tqdm import tqdm

from demos.core import rounding
from demos.core.evidence.study import measure
from scripts.errors import BuildError

PATIENCE = 20  # seconds for a Dask scheduler to answer
QUIET = dict.fromkeys(("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
others = {}  # of this worker: {rounding: process}
QUIET |= {"OMP_WAIT_POLICY": "PASSIVE", "TQDM_DISABLE": "1"}  # for the workers


def work(name, seeds, how=""):
    """Measure in a worker process: (study, rounding, {seed: quantities}, seconds)."""
    os.environ.update(QUIET)
    if how:
        rows, seconds = elsewhere(name, seeds, how)
    else:
        started = time.process_time()  # what it takes, not what others on the machine take
        rows = measure(name, seeds)
        seconds = time.process_time() - started
    return name, how, rows, seconds


def elsewhere(name, seeds, how):
    """The same in a process that rounds as `how` says: (rows, seconds)."""
    other = others.get(how)
    if other is None or other.poll() is not None:
        environment = os.environ | rounding.environment(how)
        command, pipe = [sys.executable, "-m", "scripts.evidence.workers"], subprocess.PIPE
        other = subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, text=True)
        others[how] = other
    other.stdin.write(json.dumps([name, seeds]) + "\n")
    other.stdin.flush()
    answer = json.loads(other.stdout.readline() or '{"error": "the process ended"}')
    if "error" in answer:
        raise RuntimeError(f"study {name}, rounding {how}:\n{answer['error']}")
    return {int(seed): row for seed, row in answer["rows"].items()}, answer["seconds"]


@atexit.register
def end_others():
    """No process outlives whom it worked for."""
    while others:
        _, other = others.popitem()
        other.communicate()


def serve():
    """Measure what comes in, a line of JSON each, until no more can come."""
    answers, sys.stdout = sys.stdout, sys.stderr  # what a study prints is no answer
    for line in sys.stdin:
        started = time.process_time()
        try:
            answer = {"rows": measure(*json.loads(line))}
        except Exception:
            answer = {"error": traceback.format_exc()}
        answer["seconds"] = time.process_time() - started
        print(json.dumps(answer), file=answers, flush=True)


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
    """Run tasks in parallel; yields (name, rounding, {seed: row}, seconds) as they end."""
    if not tasks:
        return
    config, client = cluster(backend, scheduler, jobs or os.cpu_count() or 1)
    total = sum(len(task[1]) for task in tasks)
    try:
        with (
            joblib.parallel_config(**config),
            tqdm(total=total, unit="seed", desc=text, disable=False, smoothing=0) as bar,
        ):
            run = joblib.Parallel(return_as="generator_unordered", batch_size=1, pre_dispatch="all")
            for name, how, rows, seconds in run(joblib.delayed(work)(*task) for task in tasks):
                bar.set_postfix_str(f"{name} {how}")
                bar.update(len(rows))
                yield name, how, rows, seconds
    finally:
        if client is not None:
            client.close()


def chunks(study, seeds, how=""):
    """Tasks of a study: `batch` seeds at a time."""
    pieces = range(0, len(seeds), study.batch)
    return [(study.name, seeds[at : at + study.batch], how) for at in pieces]


def longest_first(tasks, record):
    """Tasks in the order of the time they took last; the unknown first."""

    def seconds(task):
        old = record["studies"].get(task[0])
        return old["seconds"] / len(old["seeds"]) * len(task[1]) if old else float("inf")

    return sorted(tasks, key=seconds, reverse=True)


if __name__ == "__main__":
    serve()
