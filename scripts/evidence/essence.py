"""What of Python code counts: its syntax tree without words, layout and the names of local variables.

Code is written down as tokens: text, and a Ref where it uses something at the top of a module. A local
variable is a number, in order of first appearance. Parameters, attributes and strings stay as they are.
What lies outside the package is its dotted name.
"""

import ast
from collections import namedtuple
from contextlib import contextmanager
from functools import cache
from itertools import groupby

from scripts.evidence.names import (
    OUTSIDE,
    Import,
    Names,
    Ref,
    brought,
    find,
    follow,
    member,
    module,
)

WORDLESS = {"ctx", "kind"}  # what Python itself can tell, u"" or ""
TYPING = ("ClassVar", "InitVar", "KW_ONLY")  # annotations that change what a dataclass does
CHECKS = "demos.core.checks"
PARAMETERS = ("posonlyargs", "args", "vararg", "kwonlyargs", "kwarg")

# {name: its token, an Import, or None for a variable without a number yet}
Scope = namedtuple("Scope", "names is_class")


def plain(node):
    """Is it a name, dotted perhaps?"""
    return isinstance(node, ast.Name) or (isinstance(node, ast.Attribute) and plain(node.value))


@cache
def essence(ref):
    """The tokens of a name at the top of a module, or of a whole module: all its names."""
    there = module(ref.module)
    if not ref.name:
        return [part for name in sorted(there.statements) for part in (name, Ref(there.name, name))]
    nodes = there.statements[ref.name]
    return tokens(there.name, nodes, Names(*nodes).meanings() | {ref.name: "itself"})


@cache
def effects(name):
    """The tokens of what a module does to others when it is imported."""
    nodes = module(name).effects
    return tokens(name, nodes, Names(*nodes).meanings()) if nodes else []


def tokens(where, nodes, names):
    """Code of a module as tokens; `names`: those of the scope it stands in, which get their numbers."""
    writer = Writer(where)
    with writer.inside(names):
        writer.write(nodes)
    written = groupby(writer.tokens, key=lambda token: isinstance(token, Ref))
    return [t for is_ref, run in written for t in (run if is_ref else ["\n".join(run)])]


class Writer:
    """Writes syntax trees down as tokens."""

    def __init__(self, where):
        self.where, self.tokens, self.scopes, self.count = where, [], [], 0

    @contextmanager
    def inside(self, names, is_class=False):
        """Write in a scope with these names."""
        self.scopes.append(Scope(names, is_class))
        yield
        self.scopes.pop()

    def write(self, *parts):
        """Nodes, lists of nodes, tokens."""
        for part in parts:
            if isinstance(part, list):
                self.write("[", *part, "]")
            elif isinstance(part, ast.AST):
                getattr(self, f"write_{type(part).__name__}", self.write_node)(part)
            else:
                self.tokens.append("nothing" if part is None else part)

    def write_node(self, node):
        """Any node: its kind, and the fields that say something."""
        self.write(f"({type(node).__name__}")
        for field in node._fields:
            value = getattr(node, field, None)
            if field in WORDLESS or value is None or value == []:
                continue
            if field in ("name", "rest"):  # of what is caught or matched: a variable
                value = self.meaning(value)
            elif not isinstance(value, (list, ast.AST)):
                value = ascii(value)  # repr would depend on this Python's Unicode
            self.write(field, value)
        self.write(")")

    # names

    def meaning(self, name):
        """The token that a name stands for here."""
        for depth, (names, is_class) in enumerate(reversed(self.scopes)):
            if name in names and not (is_class and depth):  # methods do not see their class's names
                if names[name] is None:
                    names[name], self.count = f"local {self.count}", self.count + 1
                way = names[name]
                return self.brings(way) if isinstance(way, Import) else way
        return find(self.where, name) or f"name {name}"

    def brings(self, way):
        """The token of what an Import brings here."""
        return follow(self.where, way) or f"name {way.name}"

    def chain(self, node):
        """What a dotted name means, or None where it begins with neither a module nor the outside."""
        if isinstance(node, ast.Name):
            return self.meaning(node.id)
        base = self.chain(node.value) if isinstance(node, ast.Attribute) else None
        if isinstance(base, Ref):
            return None if base.name else member(base.module, node.attr)
        return f"{base}.{node.attr}" if base and base.startswith(OUTSIDE) else None

    def write_Name(self, node):
        self.write(self.meaning(node.id))

    def write_Attribute(self, node):
        found = self.chain(node)
        if found:
            self.write(found)
        else:
            self.write_node(node)

    def write_Import(self, node):
        for name, way in (brought(node, alias) for alias in node.names):
            if not isinstance(self.scopes[-1].names.get(name), Import):  # else its uses say it
                self.write("import", self.meaning(name), self.brings(way))

    write_ImportFrom = write_Import

    # scopes

    def write_FunctionDef(self, node):
        if node.name == "__post_init__" and all(map(self.says_nothing, node.body)):
            return
        self.write(f"({type(node).__name__}", self.meaning(node.name), node.decorator_list)
        self.write_body(node.args, node.body)

    write_AsyncFunctionDef = write_FunctionDef

    def write_Lambda(self, node):
        self.write("(Lambda")
        self.write_body(node.args, [node.body])

    def write_body(self, args, body):
        """The rest of a function: defaults, parameters, statements."""
        self.write(args.defaults, args.kw_defaults)
        names = Names(*body).meanings()
        for kind in PARAMETERS:
            given = getattr(args, kind) or []
            for arg in given if isinstance(given, list) else [given]:
                names[arg.arg] = f"parameter {arg.arg}"
                self.write(f"{kind} {arg.arg}")
        with self.inside(names):
            self.write(body, ")")

    def write_ClassDef(self, node):
        self.write("(ClassDef", self.meaning(node.name), node.decorator_list, node.bases)
        self.write(node.keywords)
        names = {name: f"member {name}" for name in Names(*node.body).meanings()}
        with self.inside(names, is_class=True):
            self.write(node.body, ")")

    def write_ListComp(self, node):
        first, *rest = node.generators
        self.write(f"({type(node).__name__}", first.iter)  # in the scope around it
        with self.inside(Names(*(each.target for each in node.generators)).meanings()):
            self.write(ascii(first.is_async), first.target, first.ifs, rest)
            for part in ("elt", "key", "value"):
                self.write(getattr(node, part, None))
        self.write(")")

    write_SetComp = write_DictComp = write_GeneratorExp = write_ListComp

    # what says nothing, or the same in two ways

    def write_Pass(self, node):
        """Nothing: scopes say what Global and Nonlocal do, annotations are words."""

    write_Global = write_Nonlocal = write_TypeAlias = write_Pass

    def write_Expr(self, node):
        if not self.says_nothing(node):
            self.write_node(node)

    def says_nothing(self, node):
        """A docstring, ..., or a check, which raises or does nothing."""
        value = getattr(node, "value", None)
        if not isinstance(node, ast.Expr) or isinstance(value, ast.Constant):
            return isinstance(node, ast.Expr)
        found = (
            self.chain(value.func) if isinstance(value, ast.Call) and plain(value.func) else None
        )
        return isinstance(found, Ref) and found.module == CHECKS

    def write_AnnAssign(self, node):
        if self.scopes[-1].is_class:
            words = ast.dump(node.annotation)
            kind = [word for word in TYPING if word in words]
            self.write("(field", node.target, *kind, node.value, ")")
        elif node.value:
            self.write(ast.Assign(targets=[node.target], value=node.value))

    def write_JoinedStr(self, node):
        """An f-string, its pieces of text joined: Pythons cut them differently."""
        self.write("(JoinedStr")
        text = ""
        for part in node.values:
            if isinstance(part, ast.Constant):
                text += part.value
            else:
                self.write(ascii(text), part)
                text = ""
        self.write(ascii(text), ")")
