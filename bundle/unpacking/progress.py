"""Says how far a step is: one line that grows on a terminal, one at its end elsewhere."""

import sys


class Bytes:
    """Counts bytes.

    Args:
        doing: what is done, such as `Unpacking`.
        total: in bytes.
    """

    def __init__(self, doing: str, total: int) -> None:
        self._doing = doing
        self._total = total
        self._done = 0
        self._shown = -1

    def more(self, size: int) -> None:
        """So many bytes more are done."""
        self._done += size
        percent = 100 * self._done // max(self._total, 1)
        if percent > self._shown and sys.stdout.isatty():
            self._shown = percent
            self._say(f"\r{self._doing} {percent:3} %")

    def end(self) -> None:
        """All of it is done."""
        start = "\r" if sys.stdout.isatty() else ""
        self._say(f"{start}{self._doing}: {self._total / 1e6:.0f} MB\n")

    def _say(self, text: str) -> None:
        sys.stdout.write(text)
        sys.stdout.flush()
