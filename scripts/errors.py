"""The one error a user of the build sees: what is wrong, where, and what to do about it."""


class BuildError(Exception):
    """Raised for anything the user can mend. `where` is a Cell, a path or None."""

    def __init__(self, problem, cure, where=None):
        self.problem, self.cure, self.where = problem, cure, where
        super().__init__(f"{where}: {problem}" if where else problem)

    def report(self):
        """The message for a terminal."""
        place = f"{self.where}\n  " if self.where else ""
        return f"error: {place}{self.problem}\n  cure: {self.cure}"
