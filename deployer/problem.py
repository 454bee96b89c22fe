"""The one exception that the command line shows to its user."""


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
