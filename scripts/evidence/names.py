"""What the names in a module mean: which statements are behind them, or where they come from.

Modules are read, not run: what they mean does not depend on what ran before.
"""

import ast
import importlib.util
from collections import namedtuple
from functools import cache
from pathlib import Path

from scripts.errors import BuildError
from scripts.paths import DEMOS

PACKAGE = DEMOS.name
OUTSIDE = "outside "  # begins the token of what lies outside the package: its dotted name

Ref = namedtuple("Ref", "module name")  # a name at the top of a module; "": the module itself
Import = namedtuple("Import", "level module name")


class Names(ast.NodeVisitor):
    """The names that some code binds in its own scope, not in the functions and classes within.

    bound: {name: what its bindings import, None for one that imports nothing}. changed: names whose
    elements or attributes are set, or whose methods are called for what they do.
    """

    def __init__(self, *nodes):
        self.bound, self.elsewhere, self.changed, self.acts = {}, set(), set(), False
        for node in nodes:
            self.visit(node)

    def bind(self, name, way=None):
        if name:
            self.bound.setdefault(name, set()).add(way)

    def meanings(self):
        """{name: its Import, or None for what is made here}."""
        own = {name: ways for name, ways in self.bound.items() if name not in self.elsewhere}
        return {name: min(ways) if len(ways) == 1 else None for name, ways in own.items()}

    def visit_Name(self, node):
        if not isinstance(node.ctx, ast.Load):
            self.bind(node.id)

    def visit_Attribute(self, node):
        if not isinstance(node.ctx, ast.Load):
            self.acts = True
            self.changed.add(beginning(node))
        self.generic_visit(node)

    visit_Subscript = visit_Attribute

    def visit_Expr(self, node):
        if isinstance(node.value, ast.Call):
            self.acts = True
            if isinstance(node.value.func, ast.Attribute):
                self.changed.add(beginning(node.value))
        self.generic_visit(node)

    def visit_FunctionDef(self, node):
        self.bind(node.name)
        for part in (*node.decorator_list, node.args):
            self.visit(part)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Lambda(self, node):
        self.visit(node.args)

    def visit_ClassDef(self, node):
        self.bind(node.name)
        for part in (*node.decorator_list, *node.bases, *node.keywords):
            self.visit(part)

    def visit_ListComp(self, node):
        for inner in ast.walk(node):
            if isinstance(inner, ast.NamedExpr):  # := binds around the comprehension
                self.bind(inner.target.id)

    visit_SetComp = visit_DictComp = visit_GeneratorExp = visit_ListComp

    def visit_ExceptHandler(self, node):
        self.bind(node.name)
        self.generic_visit(node)

    visit_MatchAs = visit_MatchStar = visit_ExceptHandler

    def visit_MatchMapping(self, node):
        self.bind(node.rest)
        self.generic_visit(node)

    def visit_Global(self, node):
        self.elsewhere.update(node.names)

    visit_Nonlocal = visit_Global

    def visit_Import(self, node):
        for alias in node.names:
            self.bind(*brought(node, alias))

    visit_ImportFrom = visit_Import


def beginning(node):
    """The name that a chain of attributes, elements and calls begins with, or None."""
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Call)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else None


def brought(node, alias):
    """What an import statement binds by an alias: a name and an Import. BuildError for `*`."""
    if isinstance(node, ast.Import):
        whole = alias.name if alias.asname else alias.name.split(".")[0]
        return alias.asname or whole, Import(0, whole, "")
    if alias.name == "*":
        cure = "import by name, so that one can see what is used"
        raise BuildError(f"from {node.module} import *", cure)
    return alias.asname or alias.name, Import(node.level, node.module or "", alias.name)


class Module:
    """A module's source: the statements behind each name at its top, and what it imports.

    effects: statements that bind nothing and change something else, torch.set_default_dtype(...).
    rebound: names that functions bind anew as they run.
    """

    def __init__(self, name, file):
        self.name, self.tree = name, ast.parse(file.read_text(encoding="utf-8"))
        self.package = name if file.name == "__init__.py" else name.rpartition(".")[0]
        nodes = [node for node in ast.walk(self.tree) if isinstance(node, ast.Global)]
        self.rebound = {name for node in nodes for name in node.names}
        meanings = Names(*self.tree.body).meanings()
        self.imports = {name: way for name, way in meanings.items() if way}
        self.statements = {name: [] for name, way in meanings.items() if not way}
        self.effects = []
        for statement in self.tree.body:
            found = Names(statement)
            mine = (found.bound.keys() | found.changed) & self.statements.keys()
            for name in mine:
                self.statements[name].append(statement)
            if found.acts and not mine and not is_main(statement):
                self.effects.append(statement)


def is_main(statement):
    """Whether a statement is `if __name__ == "__main__":`."""
    return isinstance(statement, ast.If) and "__name__" in ast.dump(statement.test)


@cache
def module(name):
    """A module of the package by its dotted name, read once."""
    return Module(name, Path(importlib.util.find_spec(name).origin))


def inside(name, where):
    """Whether a module is looked into from another: modules of demos/ are, and of one's own package."""
    return name.split(".")[0] in (PACKAGE, where.split(".")[0])


def find(where, name):
    """What a name at the top of a module means: a Ref, a token of what is outside, or None."""
    there = module(where)
    if name in there.statements:
        return Ref(where, name)
    return follow(where, there.imports[name]) if name in there.imports else None


def follow(where, way):
    """What an Import brings into a module: as `find`."""
    origin = way.module
    if way.level:
        above = module(where).package.split(".")
        kept = above[: len(above) - way.level + 1]
        origin = ".".join([*kept, origin] if origin else kept)
    if not inside(origin, where):
        return OUTSIDE + ".".join(filter(None, [origin, way.name]))
    return member(origin, way.name) if way.name else Ref(origin, "")


def member(where, name):
    """What an attribute of a module means: as `find`; modules of a package are its attributes too."""
    found, inner = find(where, name), f"{where}.{name}"
    if found or module(where).package != where or not importlib.util.find_spec(inner):
        return found
    return Ref(inner, "")
