"""What tests share: the talk, built and in a browser; small notebooks; a project to build, break, kill."""

import json
import os
from concurrent.futures import ThreadPoolExecutor

# before torch starts: tests run side by side, and threads that fight over cores lose minutes
os.environ |= {"OMP_NUM_THREADS": "1", "OMP_WAIT_POLICY": "PASSIVE", "TQDM_DISABLE": "1"}

import shutil
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import nbformat.v4 as v4
import pytest
from playwright.sync_api import expect
from without_browser import in_node

from scripts.build import deck, frontend
from scripts.build.browser import open_chromium
from scripts.build.compose import flat, mine
from scripts.build.exporter import DeckExporter
from scripts.build.notebooks import topic_of
from scripts.build.references import NOTHING
from scripts.files import alone, locked
from scripts.live import assets
from scripts.paths import BUILD, CACHE, DEFAULT

ROOT = Path(__file__).resolve().parents[1]
COPIED = ("package.json", "package-lock.json", ".npmrc", "requirements.lock", "pyproject.toml")

expect.set_options(timeout=20_000)  # a loaded machine draws late

Done = namedtuple("Done", "code out err")


def markdown(text, slide_type="-", **more):
    """A Markdown cell; `slide_type` as in JupyterLab's menu."""
    return v4.new_markdown_cell(text, metadata={"slideshow": {"slide_type": slide_type}}, **more)


def code(text, slide_type="-"):
    """A code cell."""
    return v4.new_code_cell(text, metadata={"slideshow": {"slide_type": slide_type}})


def notebook(*cells):
    """A notebook of these cells, their ids counted: equal calls give equal notebooks."""
    for number, cell in enumerate(cells, start=1):
        cell.id = f"cell-{number}"
    return v4.new_notebook(cells=list(cells))


def exported(notebook, records, formulas, **more):
    """(sections as HTML, slides) of a notebook whose cells hold their outputs."""
    exporter = DeckExporter(**more)
    columns, _ = exporter.columns(notebook, records, formulas)
    columns = [[mine(slide, {}, NOTHING, records, {}) for slide in column] for column in columns]
    return exporter.sections(columns), flat(columns)


SHOW = "from demos.core.records import show\nfrom demos.core.style import canvas"


def topic(imports, name, figure_code, number):
    """A small part of a talk: a slide with maths and a quote, and one with a figure."""
    return notebook(
        markdown(f"# The part about {name}", "slide"),
        markdown("(20 s) Say hello. Then $x^2$.", "notes"),
        code(f"{imports}\n{SHOW}"),
        markdown("## One slide with a figure", "slide"),
        markdown(f'The number is <data value="{name}.{number}:.2f"></data>, by $\\sqrt{{2}}$.'),
        code(f"#| alt: a line that rises\n{figure_code}", "fragment"),
        markdown("(30 s) Point at the line.", "notes"),
    )


def tiny_talk():
    """Two notebooks on different demos: `least_squares`, which imports `curve`, and `exercise`."""
    fit = (
        "figure, axes = canvas(height=280)\n"
        "height = float(least_squares.predict([0.5, 2.0], [1.0])[0])\n"
        "axes.plot([0, 1], [0.5, height])\n"
        'show(figure, "line", {"at": 1.0}, {"height": height})'
    )
    ask = (
        "figure, axes = canvas(height=280)\n"
        "axes.plot([0, 1], [0, 1.25])\n"
        "exercise.check('up', lambda: {'rise': 1.25, 'none': 0}, 'up', 'down')\n"
        'show(figure, "guess", {}, {"rise": 1.25})'
    )
    return {
        "01-line": topic(
            "from demos.least_squares import compute as least_squares", "line", fit, "height"
        ),
        "02-guess": topic("from demos.core import exercise", "guess", ask, "rise"),
    }


class Project:
    """A copy of the project with a tiny talk, in a folder of its own."""

    def __init__(self, root):
        self.root = root
        self.slides, self.demos, self.figures = root / "slides", root / "demos", root / "figures"
        self.build = root / "build"

    def environment(self):
        """Its own demos come first, before those that are installed."""
        return os.environ | {"PYTHONPATH": str(self.root), "PYTHONWARNINGS": "default"}

    def start(self, *arguments, **more):
        """`python -m scripts ARGUMENTS` as a process; whoever starts one ends it."""
        command = [sys.executable, "-m", "scripts", *arguments]
        usual = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        usual["env"] = self.environment()
        return subprocess.Popen(command, cwd=self.root, **(usual | more))

    def run(self, *arguments, timeout=120, **more):
        """Run it to its end: (code, out, err)."""
        process = self.start(*arguments, **more)
        try:
            out, err = process.communicate(timeout=timeout)
        finally:
            process.kill()
        return Done(process.returncode, out, err)

    def write(self, name, cells):
        """Put a notebook into slides/, and its topic into the talk, which has them all."""
        (self.slides / f"{name}.ipynb").write_text(v4.writes(cells) + "\n", encoding="utf-8")
        names = sorted(path.stem for path in self.slides.glob("*.ipynb"))
        self.put_together(*map(topic_of, names))

    def put_together(self, *topics, name="talk", **fields):
        """Write a deck of these topics. More fields as in its file."""
        table = {
            "title": "The talk",
            "subtitle": "A test.",
            "minutes": 9,
            "topics": topics,
        } | fields
        lines = [f"{field} = {json.dumps(value)}" for field, value in table.items()]
        file = self.slides / "decks" / f"{name}.toml"
        file.parent.mkdir(exist_ok=True)
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def edit(self, file, old, new):
        """Replace a piece of text that stands in a file."""
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def deck(self):
        """Bytes of everything a build hands over, by name: talk/index.html, and talk.html, the one file."""
        folder = self.build / "deck"
        files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.*")}
        singles = [
            path for path in self.build.glob("*.html") if not path.name.startswith("present")
        ]
        files |= {path.name: path for path in singles if path.name != "index.html"}
        return {name: path.read_bytes() for name, path in files.items()}

    def runs(self):
        """When each notebook's kept run was made, by name: it changes when the notebook runs."""
        kept = self.build.glob("cache/*/outputs.json")
        return {path.parent.name: path.stat().st_mtime_ns for path in kept}


def pytest_addoption(parser):
    text = "only what is about a topic: tests/unit/TOPIC/, and whatever is asked of each notebook"
    parser.addoption("--topic", metavar="TOPIC", help=text)


def about(topic, item):
    """Whether a test is in the topic's folder, or has its notebook as a parameter."""
    room = ROOT / "tests" / "unit" / topic.replace("-", "_")
    parameters = getattr(item, "callspec", None)
    names = parameters.id.split("-", 1) if parameters else []
    return item.path.is_relative_to(room) or topic in (names[-1:] or [""])


def pytest_collection_modifyitems(config, items):
    """Of one topic alone, where asked. The talk's build takes longest: it starts first. Then what needs
    nothing built; then what needs the talk, and last, in many small files, what needs the tiny talk."""
    if topic := config.getoption("--topic"):
        kept = [item for item in items if about(topic, item)]
        if not kept:
            raise pytest.UsageError(f"no test is about {topic}: name a notebook without its number")
        items[:] = kept
    needs = {}  # by file: tests of a file stay together
    for item in items:
        place = 2 if "built" in item.fixturenames else int("decks" in item.fixturenames)
        needs[item.path] = max(place, needs.get(item.path, 0))
    items.sort(key=lambda item: -1 if item.path.name == "test_deck.py" else needs[item.path])


@pytest.fixture(scope="session")
def decks():
    """All that there is, built: {deck: {topic: slides}}. In a thread: an open browser keeps this one's
    event loop."""
    with alone(BUILD), ThreadPoolExecutor(1) as aside:
        return aside.submit(deck.build).result()


@pytest.fixture(scope="session")
def slides(decks):
    """The talk: slides per topic."""
    return decks[DEFAULT]


@pytest.fixture(scope="session")
def chromium():
    with open_chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def page(tmp_path_factory):
    """The live demos in Node."""
    with in_node(tmp_path_factory.mktemp("page")) as page:
        yield page


@pytest.fixture(scope="session")
def built(tmp_path_factory, worker_id):
    """The tiny talk, built once for all test processes. Only to be copied: ask for `project`."""
    place = tmp_path_factory.getbasetemp()
    place = place if worker_id == "master" else place.parent  # all processes have this one
    with locked(place / ".lock", "test process"):
        if not (place / "built").exists():
            os.replace(build_tiny_talk(place / "making").root, place / "built")
    return Project(place / "built")


def build_tiny_talk(root):
    """The tiny talk with the project's own scripts and demos, its deck and figures made."""
    frontend.install()
    project = Project(root)
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    skipped = shutil.ignore_patterns("__pycache__", ".*")
    for folder in ("scripts", "demos"):
        shutil.copytree(ROOT / folder, project.root / folder, ignore=skipped)
    for name in COPIED:
        shutil.copy(ROOT / name, project.root)
    (project.root / "node_modules").symlink_to(ROOT / "node_modules")
    cache = project.build / "cache"
    cache.mkdir(parents=True)
    assets.nets()  # half a minute: once for all test processes
    for file in [*CACHE.glob("net-*.json*"), *CACHE.glob("live-data-*.json*")]:
        shutil.copy(file, cache)
    project.slides.mkdir()
    for name, cells in tiny_talk().items():
        project.write(name, cells)
    for command in ("figures", "deck"):
        done = project.run(command)
        assert done.code == 0, done.err
    return project


def copy_of(project, folder):
    """A copy of a project, what it has built included."""
    shutil.copytree(project.root, folder / "talk", symlinks=True)
    return Project(folder / "talk")


@pytest.fixture
def project(built, tmp_path):
    """A built tiny talk of the test's own."""
    return copy_of(built, tmp_path)


@pytest.fixture(scope="session")
def talk(built, tmp_path_factory):
    """A talk of live demos, built; what is exported for the browser comes from the cache if it is there."""
    from living import live_talk  # late: it takes cells from here

    project = copy_of(built, tmp_path_factory.mktemp("live"))
    for old in project.slides.glob("*.ipynb"):
        old.unlink()
    project.write("01-live", live_talk())
    assets.parts()
    for kept in CACHE.glob("live-*.json*"):
        shutil.copy(kept, project.build / "cache")
    done = project.run("deck", timeout=300)
    assert done.code == 0, done.err
    return project


@pytest.fixture
def address(talk):
    return (talk.build / "talk.html").as_uri()


@pytest.fixture
def stage(chromium, served):
    """The live deck that a module's `served`, (project, port), gives, as a presenter enters it."""
    from serving import on_stage  # late: most tests need no server

    with on_stage(chromium, *served) as stage:
        yield stage
