"""Stand-ins for other machines: what rests on numbers, run on other code paths of torch, MKL and BLAS."""

import os
import subprocess
import sys
import time

from demos import rounding

NUMBERS = "not browser and not build and not code"  # the tests that compute
CHECKS = (
    ("tests of numbers", ["-m", "pytest", "-q", "-m", NUMBERS]),
    ("a sample of claims", ["-m", "scripts", "claims", "--budget", "60"]),
    ("all figures", ["-m", "scripts", "check"]),
)


def run():
    """Every check on every path. Prints how each ended; returns the exit code."""
    failed = 0
    for name, path in rounding.PATHS.items():
        for what, arguments in CHECKS:
            started = time.monotonic()
            code = subprocess.run([sys.executable, *arguments], env=os.environ | path).returncode
            failed |= code
            ended = "held" if code == 0 else "FAILED"
            print(f"{name}: {what} {ended} ({time.monotonic() - started:.0f} s)", flush=True)
    return int(failed != 0)
