"""A process that has other people's packages imported, and forks once for each run of tests.

It never imports ours: a fork reads them from the folder it is told, and what it changes ends with it.
`Warm` starts one, `python -P scripts/warm.py`, and asks it: a line of JSON for each run.
"""

import gc
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from contextlib import suppress
from importlib import import_module

# what most tests import
PACKAGES = """numpy scipy.optimize scipy.stats torch torch.func sklearn.datasets sklearn.linear_model
sklearn.metrics sklearn.model_selection matplotlib.pyplot nbformat.v4 nbconvert nbclient nh3 tinycss2 jinja2
grimp bs4 joblib playwright.sync_api jsonschema PIL.Image beartype jaxtyping hypothesis.strategies
hypothesis.extra.numpy anyio.pytest_plugin xdist.plugin""".split()
# of plugins of pytest that are here already: their asserts are not what is tested
QUIET = ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
ONE = {"OMP_NUM_THREADS": "1", "OMP_WAIT_POLICY": "PASSIVE"}  # a fork takes one thread along
SAID = "said.txt"  # in the folder: what pytest printed


class Warm:
    """Runs tests, one run at a time; to be closed."""

    def __init__(self):
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        command = [sys.executable, "-P", __file__]
        self.process = subprocess.Popen(command, env=environment | ONE, **pipes)

    def __call__(self, folder, arguments, patience):
        """pytest's exit code for these arguments in a folder; None where it took more than `patience` s."""
        print(json.dumps([str(folder), arguments, patience]), file=self.process.stdin, flush=True)
        return json.loads(self.process.stdout.readline())

    def close(self):
        """It ends, and what it runs with it."""
        self.process.terminate()
        self.process.communicate()


def serve():
    """Run what comes in, until no more can come."""
    import torch

    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever was interrupted closes it
    for name in ("pytest", *PACKAGES):
        with suppress(ImportError):  # what is missing costs time
            import_module(name)
    torch.compiler.reset()  # imports what the first optimizer would, and computes nothing
    gc.freeze()  # a fork that collected all this would copy it, in ten times the time of a short test
    for line in sys.stdin:
        folder, arguments, patience = json.loads(line)
        child = os.fork()
        if not child:
            leave(folder, arguments)
        print(json.dumps(ended(child, patience)), flush=True)


def leave(folder, arguments):
    """In the fork: run tests, and end with pytest's exit code."""
    code = 1
    try:
        code = int(run(folder, arguments))
    except BaseException:  # it must not go on with what its parent does
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(code)  # taking a million objects apart takes longer than a short test


def run(folder, arguments):
    """pytest as if started in that folder, in a group of processes of its own. Returns its exit code."""
    import pytest

    os.setsid()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(folder)
    os.environ |= {"PYTHONPATH": folder, "TMPDIR": os.path.dirname(folder)}
    tempfile.tempdir = None  # what is left there goes with the folder
    sys.path.insert(0, folder)
    said = os.open(SAID, os.O_WRONLY | os.O_CREAT, 0o644)
    for file, place in ((os.open(os.devnull, os.O_RDONLY), 0), (said, 1), (said, 2)):
        os.dup2(file, place)
    return pytest.main([*QUIET, *arguments])


def ended(child, patience):
    """A fork's exit code, or None for one that had to be stopped. What it started ends with it."""
    try:
        last = time.monotonic() + patience
        while time.monotonic() < last:
            done, status = os.waitpid(child, os.WNOHANG)
            if done:
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.01)
        return None
    finally:
        with suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
        with suppress(ChildProcessError):  # where it was waited for
            os.waitpid(child, 0)


if __name__ == "__main__":
    serve()
