"""What a notebook's run depends on: its code, the demos it imports and what those import, versions.

A key is the hash of all that. Equal key, equal outputs: the notebook need not run again. Prose,
notes, alt texts and slide types are not part of it, so editing them never runs anything.
"""

import ast
import hashlib
import importlib.util
import os
import platform
from functools import lru_cache
from pathlib import Path

import grimp

from demos import rounding
from scripts.errors import BuildError
from scripts.paths import DEMOS, FIGURES, ROOT, shown

LOCK = ROOT / "requirements.lock"
PACKAGE = DEMOS.name
READER = f"{PACKAGE}.recorded"  # what imports it also depends on the record of `make evidence`
CLAIMS = FIGURES / "claims.json"
# what can change an output; another version of a test tool cannot
CODE_PATH = sorted({name for path in rounding.PATHS.values() for name in path})
RUN_WITH = ("numpy", "torch", "matplotlib", "ipython", "ipykernel")


@lru_cache
def demo_graph():
    """Who imports whom inside demos/."""
    try:
        return grimp.build_graph(PACKAGE, cache_dir=None)
    except grimp.exceptions.SourceSyntaxError as error:
        where = f"{shown(error.filename)}, line {error.lineno}"
        raise BuildError(
            f"syntax error: {(error.text or '').strip()}", "mend the line", where
        ) from None


def imports(cell):
    """Modules named by the cell's import statements."""
    try:
        tree = ast.parse(cell.code)
    except SyntaxError as error:
        where = f"line {error.lineno}: {(error.text or '').strip()}"
        cure = "mend the line; slides show plain Python, no % or ! commands"
        raise BuildError(f"syntax error, {error.msg} in {where}", cure, cell) from None
    yield from imports_of(tree)


def imports_of(tree):
    """Modules named by the import statements of a parsed source."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            for name in names:  # demos/__init__.py defines nothing: what comes from it is a module
                whole = node.module == PACKAGE or name in demo_graph().modules
                yield name if whole else node.module


def demo_modules(notebook):
    """All modules of demos/ that a notebook's run can touch, sorted."""
    graph, found = demo_graph(), {PACKAGE}
    for cell in notebook.code_cells:
        for module in imports(cell):
            if module.split(".")[0] != PACKAGE:
                continue
            if module not in graph.modules:
                near = ", ".join(sorted(m for m in graph.modules if m.count(".") == 1))
                raise BuildError(f"there is no demo module {module}", f"import one of {near}", cell)
            found |= {module} | graph.find_upstream_modules(module)
    parents = {".".join(m.split(".")[:n]) for m in found for n in range(1, m.count(".") + 1)}
    return sorted(found | parents)


def module_file(module):
    """The source file of a module of demos/."""
    return Path(importlib.util.find_spec(module).origin)


def pinned():
    """The lock's lines that matter for a run."""
    lines = LOCK.read_text(encoding="utf-8").splitlines() if LOCK.exists() else []
    return [line for line in lines if line.split("==")[0].lower() in RUN_WITH]


def key(notebook):
    """The hash that says whether a notebook must run again."""
    digest = hashlib.sha256()

    def add(*parts):
        for part in parts:
            digest.update(hashlib.sha256(part.encode()).digest())

    add(platform.python_version(), *pinned(), *(os.environ.get(name, "") for name in CODE_PATH))
    for cell in notebook.code_cells:
        add(cell.code)
    for module in demo_modules(notebook):
        add(module, module_file(module).read_text(encoding="utf-8"))
        if module == READER and CLAIMS.exists():
            add(CLAIMS.read_text(encoding="utf-8"))
    return digest.hexdigest()[:20]
