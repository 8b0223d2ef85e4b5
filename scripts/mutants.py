"""Break the talk's code in small ways, one at a time, and see whether a test says so.

tests/mutants/*.toml hold the mutants: a file, the text to replace, what is put there, what that breaks
in plain words, and the tests that should notice. A mutant is caught when one of them fails by an
assertion; a crash proves little, so it does not count.

Each is tried in a copy of its own, in a fork that has imported nothing of ours before (`scripts/warm.py`).
The copies are taken from one in which the tests passed, with the cache that they filled: it is known by
contents, so what a mutant changes is made anew.
"""

import queue
import random
import re
import shutil
import tempfile
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from scripts.errors import BuildError
from scripts.paths import CACHE, ROOT, shown
from scripts.warm import SAID, Warm

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
KEPT = CACHE.relative_to(ROOT)
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


def copy(folder, root=ROOT, mutant=None):
    """The project's Python in a folder of its own; with a mutant, its edit and what the cache keeps."""
    skipped = shutil.ignore_patterns("__pycache__", ".*")
    for name in COPIED:
        place = root / name
        if place.is_dir():
            shutil.copytree(place, folder / name, ignore=skipped)
        else:
            shutil.copy(place, folder / name)
    for name in LINKED:
        if (root / name).exists():
            (folder / name).symlink_to((root / name).resolve())
    if mutant:
        if (root / KEPT).exists():
            shutil.copytree(root / KEPT, folder / KEPT)
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


def failure(folder, tests, warm, jobs=0):
    """Run tests in a copy: None when they pass, else the first to fail and why, (name, message)."""
    report, patience = folder / "report.xml", PATIENCE * len(tests)
    options = ["-x", "-q", f"-n{jobs}", "-p", "no:cacheprovider", f"--junit-xml={report}"]
    code = warm(folder, [*options, *(placed(test, folder) for test in tests)], patience)
    if code is None:
        return "all of it", f"no end after {patience} s"
    return first(report) or (("pytest", last_line(folder, code)) if code else None)


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


def last_line(folder, code):
    lines = (folder / SAID).read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return lines[-1] if lines else f"exit code {code}"


@dataclass(frozen=True)
class Verdict:
    """What came of a mutant: the test that caught it, or None; what to print."""

    mutant: Mutant
    by: str | None
    line: str
    seconds: float


def verdict(mutant, warm, base):
    """Try a mutant of the project in the folder `base`."""
    started = time.monotonic()
    with own_folder() as folder:
        copy(folder, base, mutant)
        found = failure(folder, mutant.tests, warm)
    by, line = judged(mutant, found)
    return Verdict(mutant, by, line, time.monotonic() - started)


def judged(mutant, found):
    """(the test that caught a mutant or None, what to print) by what failed."""
    if found is None:
        return None, f"SURVIVED  {mutant.name}: {mutant.breaks}"
    test, message = found
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    line = " ".join(lines[:2])[:100]  # NumPy's assertions say why on their second line
    if not message.startswith(ASSERTIONS):
        return None, f"CRASHED   {mutant.name}, in {test}, by no assertion: {line}"
    return test, f"caught    {mutant.name}, by {test}: {line}"


def verdicts(mutants, jobs, root):
    """A Verdict for each mutant, as they come. Raises BuildError where the tests fail without any."""
    tests = sorted({test for mutant in mutants for test in mutant.tests})
    with own_folder() as base, warmed(jobs) as idle:
        copy(base, root)
        with borrowed(idle) as warm:
            together = jobs if len({test.split("::")[0] for test in tests}) > 1 else 0
            if found := failure(base, tests, warm, together):
                problem = f"{found[0]} fails unmutated: {found[1]}"
                raise BuildError(problem, "mend that first", "tests")

        def tried(mutant):
            with borrowed(idle) as warm:
                return verdict(mutant, warm, base)

        pool = ThreadPoolExecutor(jobs)
        try:
            for done in as_completed([pool.submit(tried, mutant) for mutant in mutants]):
                yield done.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


@contextmanager
def own_folder():
    """A folder for a copy, in one for what its tests leave behind."""
    with tempfile.TemporaryDirectory(prefix="mutant-") as place:
        folder = Path(place) / "project"
        folder.mkdir()
        yield folder


@contextmanager
def warmed(count):
    """So many processes to run tests in, as a queue of those that are idle."""
    idle = queue.SimpleQueue()
    all_of_them = [Warm() for _ in range(count)]
    for warm in all_of_them:
        idle.put(warm)
    try:
        yield idle
    finally:
        for warm in all_of_them:
            warm.close()


@contextmanager
def borrowed(idle):
    warm = idle.get()
    try:
        yield warm
    finally:
        idle.put(warm)


def run(names=None, sample=None, seed=None, jobs=2, narrow=None, root=ROOT):
    """Try mutants, print a line each. Returns the exit code: 1 if any got away.

    narrow: seconds; the table then names for a mutant that took longer only the test that caught it.
    """
    folder = root / TABLE.relative_to(ROOT)
    mutants = list(table(names, folder).values())
    if sample:
        seed = random.randrange(1000) if seed is None else seed
        print(f"{sample} of {len(mutants)} mutants, drawn with --seed {seed}")
        mutants = random.Random(seed).sample(mutants, min(sample, len(mutants)))
    for mutant in mutants:  # all of them first: a moved line is known at once
        mutant.applied((root / mutant.file).read_text(encoding="utf-8"))
    missed = 0
    for found in verdicts(mutants, jobs, root):
        missed += not found.by
        print(f"{found.seconds:3.0f} s  {found.line}", flush=True)
        if narrow is not None and found.by and found.seconds > narrow:
            narrowed(folder, found)
    print(f"{len(mutants) - missed} of {len(mutants)} mutants caught")
    return 1 if missed else 0


def narrowed(folder, found):
    """Name in a mutant's row of the table only the test that caught it."""
    file, _, test = found.by.partition("::")
    tests = f'tests = ["{file}.py::{test.partition("[")[0]}"]'
    row = re.compile(rf"^(\[{re.escape(found.mutant.name)}\]\n(?:(?!\[).*\n)*?)tests = .*$", re.M)
    for place in folder.glob("*.toml"):
        text = place.read_text(encoding="utf-8")
        if new := row.sub(lambda part: part[1] + tests, text):
            place.write_text(new, encoding="utf-8")
