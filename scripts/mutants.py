"""Break the talk's code in small ways, one at a time, and see whether a test says so.

tests/mutants/*.toml hold the mutants: a file, the text to replace, what is put there, what that breaks
in plain words, and the tests that should notice. A mutant is caught when one of them fails by an
assertion; a crash proves little, so it does not count.
"""

import os
import random
import shutil
import subprocess
import sys
import tempfile
import tomllib
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from scripts.errors import BuildError
from scripts.paths import ROOT, shown

TABLE = ROOT / "tests" / "mutants"
COPIED = ("demos", "scripts", "slides", "tests", "pyproject.toml")
LINKED = (
    "figures",
    "node_modules",
    "package.json",
    "package-lock.json",
    ".npmrc",
    "requirements.lock",
)  # big, or never changed
PATIENCE = 600  # seconds per file of tests: a mutant may well loop for ever
# how the message of a failed assertion begins: rewritten by pytest, anybody's, `pytest.raises`
ASSERTIONS = ("assert ", "AssertionError", "Failed: DID NOT RAISE")


@dataclass(frozen=True)
class Mutant:
    """One small edit: `old`, found once in `file`, becomes `new`."""

    name: str
    file: str
    old: str
    new: str
    breaks: str  # in plain words
    tests: list  # files in tests/, or file::test

    def applied(self, text):
        """The file's text with the edit. Raises BuildError when the code has moved."""
        count = text.count(self.old)
        if count != 1 or self.old == self.new:
            problem = f"{self.old!r} is there {count} times" if count != 1 else "nothing changes"
            cure = f"look at the file and mend {shown(TABLE)}"
            raise BuildError(problem, cure, f"mutant {self.name}, {self.file}")
        return text.replace(self.old, self.new)


def table(names=None, folder=TABLE):
    """All mutants, or those named: {name: Mutant}. Raises BuildError for a name not there."""
    found = {}
    for file in sorted(folder.glob("*.toml")):
        for name, row in tomllib.loads(file.read_text(encoding="utf-8")).items():
            if name in found:
                raise BuildError(f"two mutants are named {name!r}", "rename one", shown(file))
            found[name] = Mutant(name, **row)
    for name in names or []:
        if name not in found:
            raise BuildError(f"no mutant is named {name!r}", f"choose from {', '.join(found)}")
    return {name: found[name] for name in names or found}


def copy(folder, mutant=None, root=ROOT):
    """The project's Python in a folder of its own, with the mutant's edit."""
    skipped = shutil.ignore_patterns("__pycache__", ".*")
    for name in COPIED:
        place = root / name
        if place.is_dir():
            shutil.copytree(place, folder / name, ignore=skipped)
        else:
            shutil.copy(place, folder / name)
    for name in LINKED:
        if (root / name).exists():
            (folder / name).symlink_to(root / name)
    if mutant:
        file = folder / mutant.file
        file.write_text(mutant.applied(file.read_text(encoding="utf-8")), encoding="utf-8")


def placed(test, root=ROOT):
    """file.py::test with the file's folder in tests/. Raises BuildError for a file that is not there."""
    name, *rest = test.split("::")
    found = sorted((root / "tests").rglob(name))
    if len(found) != 1:
        problem = f"there are {len(found)} files of tests named {name}"
        raise BuildError(
            problem, "name one that is there, and its like differently", "tests/mutants"
        )
    return "::".join([str(found[0].relative_to(root)), *rest])


def failure(tests, mutant=None, root=ROOT):
    """Run tests on a copy: None when they pass, else the first to fail and why, (name, message)."""
    with tempfile.TemporaryDirectory(prefix="mutant-") as folder:
        folder = Path(folder)
        copy(folder, mutant, root)
        report = folder / "report.xml"
        options = ["-x", "-q", "-n0", "-p", "no:cacheprovider", f"--junit-xml={report}"]
        command = [
            sys.executable,
            "-m",
            "pytest",
            *options,
            *(placed(test, root) for test in tests),
        ]
        try:
            done = subprocess.run(
                command,
                cwd=folder,
                env=os.environ | {"PYTHONPATH": str(folder)},
                capture_output=True,
                text=True,
                timeout=PATIENCE * len(tests),
            )
        except subprocess.TimeoutExpired:
            return "all of it", f"no end after {PATIENCE * len(tests)} s"
        return first(report) or (("pytest", last_line(done)) if done.returncode else None)


def first(report):
    """The first failure or error in a JUnit report: (test, message), or None."""
    if not report.exists():
        return None
    for case in ElementTree.parse(report).iter("testcase"):
        for kind in ("failure", "error"):
            if (found := case.find(kind)) is not None:
                message = found.get("message", "")
                if kind == "error":  # in a fixture, or before any test began
                    said = [
                        line[1:].strip() for line in found.text.splitlines() if line[:2] == "E "
                    ]
                    message = "error: " + " ".join(said or [message])
                file = case.get("classname", "").rpartition(".")[2]
                return f"{file}::{case.get('name')}", message
    return None


def last_line(done):
    lines = (done.stdout + done.stderr).strip().splitlines()
    return lines[-1] if lines else f"exit code {done.returncode}"


def verdict(mutant, root=ROOT):
    """(caught?, what to print)."""
    found = failure(mutant.tests, mutant, root)
    if found is None:
        return False, f"SURVIVED  {mutant.name}: {mutant.breaks}"
    test, message = found
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    line = " ".join(lines[:2])[:100]  # NumPy's assertions say why on their second line
    if not message.startswith(ASSERTIONS):
        return False, f"CRASHED   {mutant.name}, in {test}, by no assertion: {line}"
    return True, f"caught    {mutant.name}, by {test}: {line}"


def run(names=None, sample=None, seed=None, jobs=2, root=ROOT):
    """Try mutants, print a line each. Returns the exit code: 1 if any got away."""
    mutants = list(table(names, root / TABLE.relative_to(ROOT)).values())
    if sample:
        seed = random.randrange(1000) if seed is None else seed
        print(f"{sample} of {len(mutants)} mutants, drawn with --seed {seed}")
        mutants = random.Random(seed).sample(mutants, min(sample, len(mutants)))
    for mutant in mutants:  # all of them first: a moved line is known at once
        mutant.applied((root / mutant.file).read_text(encoding="utf-8"))
    tests = sorted({test for mutant in mutants for test in mutant.tests})
    if found := failure(tests, root=root):
        raise BuildError(f"{found[0]} fails unmutated: {found[1]}", "mend that first", "tests")
    missed = 0
    with ThreadPoolExecutor(jobs) as pool:
        for done in as_completed([pool.submit(verdict, mutant, root) for mutant in mutants]):
            caught, line = done.result()
            missed += not caught
            print(line, flush=True)
    print(f"{len(mutants) - missed} of {len(mutants)} mutants caught")
    return 1 if missed else 0
