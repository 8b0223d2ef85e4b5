"""Who may know whom: topics nothing of each other, what they share nothing of topics."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import grimp
import pytest

from demos.core import topics
from scripts.build.decks import read_pool
from scripts.build.notebooks import read_all
from scripts.paths import ROOT

pytestmark = pytest.mark.code

EXTRAS = ("playwright", "distributed", "jax", "pytest")  # asked for where they are there
GRAPH = grimp.build_graph("demos", cache_dir=None)


def room(module):
    return ".".join(module.split(".")[:2])


@pytest.mark.parametrize("module", sorted(GRAPH.modules))
def test_a_module_imports_its_own_room_and_the_core(module):
    for other in GRAPH.find_modules_directly_imported_by(module):
        assert room(other) in (room(module), "demos.core"), f"{module} imports {other}"


def test_a_notebook_imports_its_own_room_and_the_core():
    from scripts.build.dependencies import imports

    for notebook in read_all():
        own = f"demos.{notebook.topic.replace('-', '_')}"
        for cell in notebook.code_cells:
            ours = [name for name in imports(cell) if name.startswith("demos.")]
            strange = [name for name in ours if room(name) not in (own, "demos.core")]
            assert strange == [], f"{cell} imports of another topic"


def test_every_topic_has_a_room_and_every_room_a_notebook():
    """An opening or a closing may do without."""
    pool = read_pool()
    assert set(pool.files) - pool.frames <= set(topics.rooms()) <= set(pool.files)


def test_the_core_loads_no_topic_until_it_is_asked():
    assert [m for m in GRAPH.modules if m.count(".") == 1 and not m.endswith(".core")]
    for module in sorted(GRAPH.find_descendants("demos.core")):
        above = {room(m) for m in GRAPH.find_upstream_modules(module)} - {"demos"}
        assert above <= {"demos.core"}, module


TERMS = {"weight_decay"}  # a topic's name that is also what PyTorch calls a setting


def test_scripts_and_core_name_no_topic():
    """They find rooms, notebooks and decks. A name of one plain word is looked for where it can only be a
    topic's: after demos, or after its notebook's number."""
    files = [f for folder in ("scripts", "demos/core") for f in (ROOT / folder).rglob("*.*")]
    files = [f for f in files if f.suffix in (".py", ".js", ".mjs", ".ts", ".css", ".j2", ".toml")]
    assert len(files) > 100
    for topic in read_pool().files:
        word = topic.replace("-", "[-_]")
        plain = rf"(demos[./]|\b\d\d-){word}\b"
        own = "-" in topic and word.replace("[-_]", "_") not in TERMS
        named = re.compile(rf"\b{word}\b" if own else plain)
        for file in files:
            found = named.search(file.read_text(encoding="utf-8"))
            assert not found, f"{file.relative_to(ROOT)} names a topic: {found[0]}"


def imported(folder):
    """Names of the packages that modules in a folder import, at the top or later."""
    for file in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield node.module.split(".")[0]


def test_every_package_that_is_imported_is_declared():
    """Not only brought along by another that may stop doing so."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = project["dependencies"]
    declared = {re.match(r"[\w-]+", line)[0].lower().replace("_", "-") for line in asked}
    homes = packages_distributions()
    used = {name for folder in ("demos", "scripts") for name in imported(folder)}
    strange = used - set(sys.stdlib_module_names) - {"demos", "scripts", *EXTRAS}
    for name in strange:
        found = {home.lower().replace("_", "-") for home in homes[name]}
        assert found & declared, f"{name} is imported and not declared"
