"""Show the code that ran: the source of a demo's function, read from the function itself."""

import ast
import inspect
import textwrap


class Source:
    """A function's source that displays as highlighted code."""

    def __init__(self, text):
        self.text = text

    def _repr_mimebundle_(self, **_):
        return {"text/markdown": f"```python\n{self.text}\n```", "text/plain": self.text}


def source(*functions):
    """The source of functions (or classes) as they ran, without their docstrings."""
    return Source("\n\n".join(code_of(function) for function in functions))


def code_of(function):
    """Source text of one function, docstring cut out, comments and layout kept."""
    text = textwrap.dedent(inspect.getsource(function))
    lines = text.splitlines()
    nodes = [node for node in ast.walk(ast.parse(text)) if isinstance(node, DOCUMENTED)]
    for node in sorted(nodes, key=lambda node: -node.lineno):
        if ast.get_docstring(node) is not None and len(node.body) > 1:
            first = node.body[0]
            del lines[first.lineno - 1 : first.end_lineno]
    return "\n".join(lines).strip()


DOCUMENTED = (ast.FunctionDef, ast.ClassDef)
