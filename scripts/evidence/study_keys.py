"""What a recorded measurement depends on: the code that it reaches, its settings, the libraries.

From `study.measure` on, every function, class and constant of demos/ that is used is walked. Each is known
by a number, in the order in which they are reached: what it is called and where it lives do not count. A
constant counts by its value if nothing can change it in place. A list, a dict, an array count by the code
that makes them: no filled cache and no processor's rounding may make a record stale.
"""

import ast
import copy
import dataclasses
import functools
import hashlib
import importlib
import json
import types
from collections.abc import Hashable
from importlib.metadata import version

import numpy as np

from demos.core.records import plain
from scripts.errors import BuildError
from scripts.evidence.essence import effects, essence, tokens
from scripts.evidence.names import OUTSIDE, Ref, find, inside, module

ALWAYS = ("numpy", "torch")  # libraries whose version counts
WHERE_USED = {
    "scipy": "scipy",
    "sklearn": "scikit-learn",
    "mnist1d": "mnist1d",
}  # {module: package}


def key(study):
    """The hash that says whether a study's record is up to date: 20 hex digits."""
    pages = reached(entry(study.measure, home(study.measure)))
    text = json.dumps([json.dumps(plain(study.settings), sort_keys=True), pages])
    used = [*ALWAYS, *(package for name, package in WHERE_USED.items() if OUTSIDE + name in text)]
    whole = json.dumps([text, [[name, version(name)] for name in used]])
    return hashlib.sha256(whole.encode()).hexdigest()[:20]


def reached(first):
    """All code that some tokens lead to: pages, lists of text where a Ref is the number of its page."""
    numbers, modules, pages, waiting = {}, set(), [], [first]
    for page in waiting:  # it grows as we go
        pages.append([])
        for token in spelled(page):
            if isinstance(token, Ref) and token not in numbers:
                numbers[token] = len(waiting)
                waiting.append(essence(token))
                if token.module not in modules and effects(token.module):
                    waiting.append(effects(token.module))
                modules.add(token.module)
            pages[-1].append(numbers.get(token, token))
    return pages


def spelled(page):
    """Tokens, each constant that has a value replaced by that."""
    for token in page:
        value = constant(token) if isinstance(token, Ref) else None
        yield from [token] if value is None else spelled(value)


def constant(ref):
    """The tokens of a constant's value, None for what has to be read as code."""
    if not ref.name or ref.name in module(ref.module).rebound:
        return None
    return data(getattr(importlib.import_module(ref.module), ref.name, object), ref.module)


# values


def data(value, where):
    """The tokens of a value that nothing changes in place, None for any other."""
    kind, parts = type(value), None
    if value is None or kind in (bool, int, str, bytes):
        return [f"{kind.__name__} {ascii(value)}"]
    if kind is float:  # one that was computed may end in another digit on another machine
        return [f"float {value:.12g}"]
    if isinstance(value, (np.bool_, np.integer, np.float32, np.float64)):
        parts = [value.item()]
    elif kind is tuple:
        parts = value
    elif kind in (range, slice):
        parts = [value.start, value.stop, value.step]
    elif dataclasses.is_dataclass(kind) and isinstance(value, Hashable):  # a frozen one
        parts = [(field.name, getattr(value, field.name)) for field in dataclasses.fields(value)]
    if parts is None or (name := named(kind, where)) is None:
        return None
    return joined([name], (data(each, where) for each in parts))


def joined(begin, parts):
    """Tokens that begin a thing, and those of its parts; None where one of them has none."""
    parts = list(parts)
    if None in parts:
        return None
    return [*begin, "(", *(token for part in parts for token in part), ")"]


def named(thing, where):
    """The token of a class or function by its name, None where no name at the top of a module is its."""
    if not inside(thing.__module__, where):
        return f"{OUTSIDE}{thing.__module__}.{thing.__qualname__}"
    return find(thing.__module__, thing.__qualname__)  # a class within another has none


# where to begin


def home(measure):
    """The module that a measurement is written in."""
    while isinstance(measure, functools.partial):
        measure = measure.func
    return measure.__module__


def entry(thing, where, above=()):
    """The tokens of what measures, or of what that holds: data, code, containers and objects of these.

    `above`: what holds this thing, from the outermost on. Raises BuildError for what has no tokens.
    """
    if (value := data(thing, where)) is not None:
        return value
    if any(thing is each for each in above):
        return [f"again {[id(each) for each in above].index(id(thing))}"]
    begin, parts = opened(thing, where)
    if begin is None:
        cure = "give it as a setting, or make it at the top of a module"
        raise BuildError(f"a measurement holds something that no key can tell: {thing!r}", cure)
    return joined(begin, (entry(each, where, (*above, thing)) for each in parts))


def opened(thing, where):
    """What a thing is, a list of tokens or None where that cannot be told, and what it holds."""
    kind = type(thing).__name__
    if isinstance(thing, types.FunctionType) and inside(thing.__globals__["__name__"], where):
        return function(thing)
    if isinstance(thing, functools.partial):
        return [kind], (thing.func, thing.args, thing.keywords)
    if isinstance(thing, types.MethodType):
        return [kind], (thing.__func__, thing.__self__)
    if hasattr(thing, "__wrapped__"):
        return [kind], (thing.__wrapped__,)
    if isinstance(thing, (list, tuple)):
        return [kind], thing
    if isinstance(thing, dict):
        return [kind], thing.items()
    if isinstance(thing, np.ndarray):
        return [kind, str(thing.dtype)], (thing.tolist(),)
    if isinstance(thing, types.ModuleType):
        name = thing.__name__
        return [Ref(name, "") if inside(name, where) else OUTSIDE + name], ()
    if hasattr(thing, "__qualname__"):
        token = named(thing, where)
        return token and [token], ()
    if inside(type(thing).__module__, where):
        return ["object"], (type(thing), vars(thing))
    return None, ()


def function(thing):
    """As `opened`, of a function: its place in a module, or its code and what that closes over."""
    code, where = thing.__code__, thing.__globals__["__name__"]
    first, *rest = code.co_qualname.split(".")
    if "<" not in code.co_qualname and find(where, first):
        return [find(where, first), *rest], ()
    node = copy.deepcopy(node_of(code, module(where).tree))
    node.decorator_list = node.args.defaults = node.args.kw_defaults = []  # their values are below
    names = dict.fromkeys(code.co_freevars)
    written = tokens(where, [node], names)  # gives numbers to what it uses
    cells = zip(code.co_freevars, thing.__closure__ or (), strict=True)
    held = sorted((names[name], cell) for name, cell in cells if names[name])
    contents = [cell.cell_contents for _, cell in held]
    return written, (contents, thing.__defaults__, thing.__kwdefaults__)


def node_of(code, tree):
    """The function or lambda in a module's tree that was compiled to `code`."""
    kind = ast.Lambda if code.co_name == "<lambda>" else ast.FunctionDef
    nodes = [node for node in ast.walk(tree) if isinstance(node, kind)]
    begun = [node for node in nodes if first_line(node) == code.co_firstlineno]
    if len(begun) != 1:
        place = f"{code.co_filename}, line {code.co_firstlineno}"
        raise BuildError("two lambdas in a line, and one measures", "give each its own", place)
    return begun[0]


def first_line(node):
    """Where a function's code begins: at its first decorator."""
    return min(each.lineno for each in [node, *getattr(node, "decorator_list", [])])
