"""What a notebook's run depends on: its code, the demos it imports and what those import, versions.

A key is the hash of all that. Equal key, equal outputs: the notebook need not run again. Prose,
notes, alt texts and slide types are not part of it, so editing them never runs anything.
"""

import ast
import hashlib
import importlib.util
import json
import os
import platform
from functools import lru_cache
from pathlib import Path

import grimp

from demos.core import rounding, topics
from scripts.errors import BuildError, nearest
from scripts.paths import DEMOS, FIGURES, ROOT, shown

LOCK = ROOT / "requirements.lock"
PACKAGE = DEMOS.name
READER = f"{PACKAGE}.core.evidence.recorded"  # what imports it also depends on what it reads of the record
OF_STUDIES = ("values", "seeds", "recorded")  # its functions that read the study they are told
OF_CLAIMS = ("overview", "predictions", "counts")  # those that read what is said of claims
UNREAD = ("key", "seconds")  # of a study: no notebook sees them
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
            for name in names:  # our packages define nothing: what comes from one is a module
                whole = node.module in packages() or name in demo_graph().modules
                yield name if whole else node.module


def packages():
    """Modules of demos/ that have others in them."""
    return {module.rpartition(".")[0] for module in demo_graph().modules} - {""}


def demo_modules(notebook):
    """All modules of demos/ that a notebook's run can touch, sorted."""
    graph, found = demo_graph(), {PACKAGE}
    for cell in notebook.code_cells:
        for module in imports(cell):
            if module.split(".")[0] != PACKAGE:
                continue
            if module not in graph.modules:
                cure = nearest(module, graph.modules - packages())
                raise BuildError(f"there is no demo module {module}", cure, cell)
            found |= {module} | graph.find_upstream_modules(module)
    parents = {".".join(m.split(".")[:n]) for m in found for n in range(1, m.count(".") + 1)}
    return sorted(found | parents)


def of_the_record(notebook):
    """The part of the records of `make evidence` that a notebook's run can read: a dict.

    All of it, unless each use is one of the forms that say which: `recorded.values("a-study")`,
    `recorded.counts()`.
    """
    record = {"studies": {}, "claims": {}}
    for file in topics.evidence(FIGURES).values():
        found = json.loads(file.read_text(encoding="utf-8"))
        for part in record:
            record[part] |= found[part]
    graph = demo_graph()
    readers = set(demo_modules(notebook)) & graph.find_modules_that_directly_import(READER)
    trees = [ast.parse(cell.code) for cell in notebook.code_cells]
    parts = [part for tree in trees for part in parts_read(tree)]
    if readers or None in parts:
        return record
    studies = {part for part in parts if part in record["studies"]}
    found = {name: without(record["studies"][name], UNREAD) for name in sorted(studies)}
    return {"studies": found} | ({"claims": record["claims"]} if "" in parts else {})


def parts_read(tree):
    """What a cell reads of the record: a study's name, "" for the claims, None for who knows what."""
    told = set()  # uses of the name `recorded` whose meaning is plain
    for node in ast.walk(tree):
        match node:
            case (
                ast.ImportFrom(module="demos.core.evidence.recorded")
                | ast.Import(names=[ast.alias(name="demos.core.evidence.recorded"), *_])
            ):
                yield None
            case ast.ImportFrom(module="demos.core.evidence", names=names):
                yield from [None for each in names if each.name == "recorded" and each.asname]
            case ast.Call(func=ast.Attribute(ast.Name("recorded") as name, attr), args=arguments):
                match arguments:
                    case [ast.Constant(str(study))] if attr in OF_STUDIES:
                        yield study
                    case [] if attr in OF_CLAIMS:
                        yield ""
                    case _:
                        yield None
                told.add(name)
    names = {node for node in ast.walk(tree) if isinstance(node, ast.Name)}
    if any(node.id == "recorded" for node in names - told):
        yield None


def without(table, names):
    return {key: value for key, value in table.items() if key not in names}


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
        if module == READER:
            add(json.dumps(of_the_record(notebook), sort_keys=True))
    return digest.hexdigest()[:20]
