"""Telling a story in the terminal, step by step: what happened and how long it took, or which step failed and why."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
from botocore.exceptions import BotoCoreError, ClientError
from rich.console import Console
from rich.markup import escape

from simulator.bar_client import Refused
from simulator.sign_in import NoCode, WrongCode
from simulator.waiting import TooSlow

type Say = Callable[[str], None]

FAILURES = (Refused, NoCode, WrongCode, TooSlow, BotoCoreError, ClientError)


class StepFailed(Exception):
    """The story cannot go on; the message is one line and names the step."""


class Story:
    """Tells each step on one line of the console."""

    def __init__(self, console: Console) -> None:
        self._console = console

    @contextmanager
    def step(self, doing: str) -> Iterator[Say]:
        """One step; the body says with the given function what came of it.

        Raises:
            StepFailed: in one line that names the step.
        """
        said: list[str] = []
        began = time.perf_counter()
        try:
            with self._console.status(f"{doing} ..."):
                yield said.append
        except httpx.HTTPError as error:
            raise StepFailed(f"{doing}: the bar does not answer ({error}): run make local first") from error
        except FAILURES as error:
            raise StepFailed(f"{doing}: {error}") from error
        self._tell(doing, "; ".join(said), time.perf_counter() - began)

    def _tell(self, doing: str, outcome: str, seconds: float) -> None:
        line = f"[green]✓[/] {seconds * 1000:>6.0f} ms  [bold]{doing}[/]"
        self._console.print(f"{line}: {escape(outcome)}" if outcome else line, highlight=False, soft_wrap=True)
