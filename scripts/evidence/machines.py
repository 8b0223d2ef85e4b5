"""Stand-ins for other machines: what rests on numbers, run on other code paths of torch, MKL and BLAS."""

import os
import subprocess
import sys
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from itertools import count

from demos.core import rounding

NUMBERS = "not browser and not build and not code"  # the tests that compute
CHECKS = (
    ("tests of numbers", ["-m", "pytest", "-q", "-m", NUMBERS]),
    ("a sample of claims", ["-m", "scripts", "claims", "--budget", "60"]),
    ("a sample of figures", ["-m", "scripts", "check", "--sample", "4"]),
)


LAST = 30  # lines of a check that failed: what a log cut at its head still shows


def run():
    """Every check on every path, the paths side by side: while one ends with a long test, another goes on.

    Prints how each ended, what failed once more at the end; returns the exit code.
    """
    with ThreadPoolExecutor(len(rounding.PATHS)) as pool:
        found = pool.map(on_path, count(), rounding.PATHS.keys(), rounding.PATHS.values())
        failed = [lines for path in found for lines in path]
    for lines in failed:
        print("", *lines, sep="\n", flush=True)
    return int(bool(failed))


def on_path(number, name, path):
    """The checks on one path, the first being another for each: the last lines of those that failed."""
    failed, first = [], number % len(CHECKS)  # two builds at once would wait for each other
    for what, arguments in (*CHECKS[first:], *CHECKS[:first]):
        started = time.monotonic()
        code, lines = passed_on(name, [sys.executable, *arguments], os.environ | path)
        ended = "held" if code == 0 else "FAILED"
        said = f"{name}: {what} {ended} ({time.monotonic() - started:.0f} s)"
        print(said + "\n", end="", flush=True)
        failed += [[*lines, said]] if code else []
    return failed


def passed_on(name, command, environment):
    """Run a command, what it prints passed on as it comes, its path before it: its exit code, its last
    lines."""
    both = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    lines = deque(maxlen=LAST)
    with subprocess.Popen(command, env=environment, **both) as process:
        for line in process.stdout:
            text = line.decode("utf-8", errors="replace").rstrip()
            lines.append(text.rpartition("\r")[2])  # of a progress bar, its last state
            print(f"{name}| {lines[-1]}\n", end="", flush=True)
    return process.returncode, lines
