"""What a user of the build sees where something is wrong: what, where, and what to do about it."""

from contextlib import contextmanager
from difflib import get_close_matches


class BuildError(Exception):
    """Raised for anything the user can mend. `where` is a Cell, a path or None."""

    def __init__(self, problem, cure, where=None):
        self.problem, self.cure, self.where = problem, cure, where
        super().__init__(f"{where}: {problem}" if where else problem)

    @property
    def all(self):
        """Each problem as an error of its own."""
        return [self]

    def report(self):
        """The message for a terminal: problems of a place under its name, each with its cure."""
        places = {}
        for error in self.all:
            places.setdefault(str(error.where or ""), []).append(error)
        return "\n\n".join(map(described, places.values()))


class Consequence(BuildError):
    """Something is missing: where a cell failed, that may be why."""


class BuildErrors(BuildError):
    """Several at once."""

    def __init__(self, errors):
        self.errors = errors
        Exception.__init__(self, "\n".join(map(str, errors)))

    problem = property(lambda self: "; ".join(dict.fromkeys(e.problem for e in self.errors)))
    cure = property(lambda self: "; ".join(dict.fromkeys(e.cure for e in self.errors)))
    where = property(lambda self: self.errors[0].where)

    @property
    def all(self):
        return self.errors

    def report(self):
        places = len({str(error.where) for error in self.errors})
        count = f"{len(self.errors)} problems in {places} place{'s' if places > 1 else ''}"
        return f"{super().report()}\n\n{count}"


class Problems:
    """Collects what is wrong, so that a run tells all of it."""

    def __init__(self, found=()):
        self.found = list(found)

    @contextmanager
    def collected(self):
        """What is raised inside is kept, and the run goes on after it."""
        try:
            yield
        except BuildError as error:
            self.found += error.all

    def end(self):
        """Raise what was found: BuildError for one, BuildErrors for more."""
        if len(self.found) == 1:
            raise self.found[0]
        if self.found:
            raise BuildErrors(self.found)


@contextmanager
def gathered(problems=None):
    """The `Problems` of whoever asks; or new ones, which are raised at the end."""
    own = problems or Problems()
    yield own
    if not problems:
        own.end()


def nearest(name, known, most=5):
    """For a cure: the names that are most like one that nobody has."""
    known = sorted(known)
    like = get_close_matches(name, known, most, cutoff=0.5)
    if like:
        return f"names near it: {', '.join(like)}"
    return f"there are {len(known)}: {', '.join(known[:most])} …" if known else "there is none yet"


def described(errors):
    """Errors of one place as text."""
    place = f"{errors[0].where}\n  " if errors[0].where else ""
    return f"error: {place}" + "\n  ".join(f"{e.problem}\n  cure: {e.cure}" for e in errors)
