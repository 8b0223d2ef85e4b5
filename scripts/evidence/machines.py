"""Stand-ins for other machines: what rests on numbers, run on other code paths of torch, MKL and BLAS."""

import os
import subprocess
import sys
import time
from collections import deque

from demos.core import rounding

NUMBERS = "not browser and not build and not code"  # the tests that compute
CHECKS = (
    ("tests of numbers", ["-m", "pytest", "-q", "-m", NUMBERS]),
    ("a sample of claims", ["-m", "scripts", "claims", "--budget", "60"]),
    ("a sample of figures", ["-m", "scripts", "check", "--sample", "4"]),
)


LAST = 30  # lines of a check that failed: what a log cut at its head still shows


def run():
    """Every check on every path. Prints how each ended, what failed once more at the end; returns the exit
    code."""
    failed = []
    for name, path in rounding.PATHS.items():
        for what, arguments in CHECKS:
            started = time.monotonic()
            code, lines = passed_on([sys.executable, *arguments], os.environ | path)
            ended = "held" if code == 0 else "FAILED"
            said = f"{name}: {what} {ended} ({time.monotonic() - started:.0f} s)"
            print(said, flush=True)
            failed += [[*lines, said]] if code else []
    for lines in failed:
        print("", *lines, sep="\n", flush=True)
    return int(bool(failed))


def passed_on(command, environment):
    """Run a command, what it prints passed on as it comes: its exit code, its last lines."""
    both = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    lines = deque(maxlen=LAST)
    with subprocess.Popen(command, env=environment, **both) as process:
        for line in process.stdout:
            text = line.decode("utf-8", errors="replace").rstrip()
            lines.append(text.rpartition("\r")[2])  # of a progress bar, its last state
            print(lines[-1], flush=True)
    return process.returncode, lines
