"""Try out a function that somebody rewrote on a slide, without touching its file."""

import inspect
import linecache
import sys


def redefine(functions, text):
    """Give functions the code in `text`, wherever they are already in use, until the kernel ends."""
    file = f"<slide of {', '.join(function.__name__ for function in functions)}>"
    program = compile(text, file, "exec")
    linecache.cache[file] = len(text), None, text.splitlines(True), file  # for tracebacks, `source`
    for function in map(inspect.unwrap, functions):
        module, made = vars(sys.modules[function.__module__]), {}
        exec(program, module, made)
        if function.__name__ not in made:
            raise NameError(f"the slide no longer defines {function.__name__}")
        new = inspect.unwrap(made[function.__name__])
        function.__code__, function.__defaults__ = new.__code__, new.__defaults__
        function.__kwdefaults__ = new.__kwdefaults__
