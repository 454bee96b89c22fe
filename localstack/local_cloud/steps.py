"""Tells the user what goes on: a spinner on a terminal, plain lines elsewhere."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console


class Steps:
    """Says each step as it starts, that it goes on, and how long it took."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def say(self, text: str) -> None:
        """Print one line."""
        self._console.print(text, highlight=False, markup=False, soft_wrap=True)

    @contextmanager
    def step(self, doing: str) -> Iterator[None]:
        """Show `doing` while the body runs and, when it ended well, the seconds it took."""
        started = time.monotonic()
        if self._console.is_terminal:
            with self._console.status(doing):
                yield
        else:
            self.say(f"{doing} ...")
            yield
        self.say(f"{doing}: done in {time.monotonic() - started:.1f} s")
