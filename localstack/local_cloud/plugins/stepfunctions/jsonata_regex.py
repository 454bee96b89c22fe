"""Regular expressions of JSONata that are given up when the expression's time is over, while other threads go on.

jsonata-python would apply Python's `re`, which holds the interpreter's lock for as long as it tries: for `(a|aa)+$`
that is for ever, in which nobody else is answered. The package `regex` takes a limit of time and lets go of the lock.
"""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

SHORTEST = 0.001
"""Seconds for a match that begins when the time is over; to `regex`, none at all would be no limit."""
GROUP = re.compile(r"\\g<(\d+)>")
"""How jsonata-python writes `$1` into what it replaces a match with."""


class TimedPattern:
    """A compiled regular expression as jsonata-python uses them: `re.Pattern`, as far as it needs it.

    An expression that takes too long ends with jsonata-python's own error, whichever method is asked.
    """

    def __init__(self, compiled: Any, milliseconds: int) -> None:
        """Start the time in which all of its matches have to be found."""
        self._compiled = compiled
        self._milliseconds = milliseconds
        self._end = time.monotonic() + milliseconds / 1000

    def search(self, string: str) -> Any:
        """Return the first match; None without one."""
        with self._in_time() as limit:
            return self._compiled.search(string, **limit)

    def finditer(self, string: str) -> Iterator[Any]:
        """Give each match."""
        with self._in_time() as limit:
            yield from self._compiled.finditer(string, **limit)

    def sub(self, repl: str | Callable[[Any], str], string: str, count: int = 0) -> str:
        """Return a text with its matches replaced, the first `count` of them if that is above zero."""
        if isinstance(repl, str):
            self._refuse_unknown_groups(repl)
        with self._in_time() as limit:
            return str(self._compiled.sub(repl, string, count, **limit))

    def split(self, string: str, maxsplit: int = 0) -> list[str]:
        """Return what is between the matches, the first `maxsplit` of them if that is above zero."""
        with self._in_time() as limit:
            return list(self._compiled.split(string, maxsplit, **limit))

    @contextmanager
    def _in_time(self) -> Iterator[dict[str, Any]]:
        from jsonata.jexception import JException  # noqa: PLC0415  # which few state machines need

        try:
            yield {"timeout": max(SHORTEST, self._end - time.monotonic()), "concurrent": True}
        except TimeoutError as error:
            raise JException("D1012", -1, self._milliseconds) from error

    def _refuse_unknown_groups(self, template: str) -> None:
        """Say so in the words of `re`, from which jsonata-python learns which group to leave out."""
        for group in GROUP.finditer(template):
            if int(group[1]) > self._compiled.groups:
                raise ValueError(f"invalid group reference {group[1]} at position {group.start(1)}")


def engine(milliseconds: int) -> Callable[[str, Any], TimedPattern]:
    """Return what compiles an expression's regular expressions: a pattern and jsonata-python's flags.

    Args:
        milliseconds: what each may take from then on.

    Raises:
        JException: by what is returned, jsonata-python's; the pattern cannot be read.
    """
    import regex  # noqa: PLC0415  # which few state machines need
    from jsonata.jexception import JException  # noqa: PLC0415

    def timed(pattern: str, flags: Any) -> TimedPattern:
        chosen = (regex.IGNORECASE if flags.case_insensitive else 0) | (regex.MULTILINE if flags.multiline else 0)
        try:
            return TimedPattern(regex.compile(pattern, chosen), milliseconds)
        except (regex.error, OverflowError) as error:
            raise JException(f"The regular expression /{pattern}/ cannot be read: {error}", -1) from error

    return timed
