"""What a recorded measurement depends on: the code that measures, its settings, the libraries.

Words do not count: comments, docstrings and layout are taken out first, so that a better sentence in a
demo does not make hours of evidence stale.
"""

import ast
import hashlib
import importlib
import inspect
import json
import textwrap
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from demos.records import plain
from scripts.dependencies import PACKAGE, demo_graph, imports_of, module_file

FRAME = (f"{PACKAGE}.evidence", f"{PACKAGE}.claims")  # what claims are written in measures nothing
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def essence(source):
    """Code without comments, docstrings and layout."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, DOCUMENTED) and ast.get_docstring(node, clean=False) is not None:
            node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(tree)


@lru_cache
def module_essence(name):
    return essence(module_file(name).read_text(encoding="utf-8"))


def functions_used(function):
    """A function and those of its own module that it calls, by name."""
    module, found, todo = inspect.getmodule(function), {}, [function]
    while todo:
        one = todo.pop()
        if one.__name__ in found:
            continue
        found[one.__name__] = one
        tree = ast.parse(textwrap.dedent(inspect.getsource(one)))
        for name in {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}:
            other = getattr(module, name, None)
            if inspect.isfunction(other) and other.__module__ == module.__name__:
                todo.append(other)
    return [found[name] for name in sorted(found)]


def modules_used(module):
    """The demos that a module of claims imports, and theirs."""
    tree = ast.parse(Path(inspect.getsourcefile(module)).read_text(encoding="utf-8"))
    found, graph = set(), demo_graph()
    for name in imports_of(tree):
        if name.split(".")[0] == PACKAGE and not name.startswith(FRAME):
            found |= {name} | graph.find_upstream_modules(name)
    return sorted(n for n in found if not n.startswith(FRAME))


def key(study):
    """The hash that says whether a study's record is up to date."""
    module = importlib.import_module(study.measure.__module__)
    parts = [json.dumps(plain(study.settings), sort_keys=True), study.measure.__name__]
    parts += [essence(textwrap.dedent(inspect.getsource(f))) for f in functions_used(study.measure)]
    for name in modules_used(module) if module.__name__.startswith(PACKAGE) else []:
        parts += [name, module_essence(name)]
    parts += [version("numpy"), version("torch")]
    digest = hashlib.sha256()
    for part in parts:
        digest.update(hashlib.sha256(part.encode()).digest())
    return digest.hexdigest()[:20]
