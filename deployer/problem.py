"""The one exception that the command line shows to its user."""

from collections.abc import Iterator
from contextlib import contextmanager


class Problem(Exception):
    """Something went wrong that the user can understand and act upon.

    Args:
        what: what went wrong, in one sentence or a few lines.
        suggestion: what to do about it.
        where: which step it happened in, if it was one.
    """

    def __init__(self, what: str, suggestion: str = "", where: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.suggestion = suggestion
        self.where = where

    def __str__(self) -> str:
        where = f"{self.where}: " if self.where else ""
        suggestion = f"\n{self.suggestion}" if self.suggestion else ""
        return f"{where}{self.what}{suggestion}"


@contextmanager
def problems_at(place: str) -> Iterator[None]:
    """Say of problems of the body in which file and line they lie.

    Raises:
        Problem: the body's, with the place before it.
    """
    try:
        yield
    except Problem as problem:
        raise Problem(f"{place}: {problem.what}", problem.suggestion, problem.where) from None
