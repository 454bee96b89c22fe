"""Whether the bar is there: it may be stopped, or deployed anew under other ids, while the gate is open."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from deployer.problem import Problem
from gate.bar import Bar, read_bar
from gate.network.upstream import Upstream
from gate.rules.refusal import Refused

LOOK_EVERY_S = 2.0
GONE_AFTER_MISSES = 2  # at one look the deployer may be writing its file, or the bar have much to do
GONE = "The bar is gone: phones are told to wait. `make local` brings it back."
BACK = "The bar is back."
ANEW = "The bar was deployed anew: whoever is signed in may have to sign in again."


class Presence:
    """The bar as it was when the gate last looked.

    Args:
        outputs: the deployer's file.
        upstream: the way to the bar.
    """

    def __init__(self, outputs: Path, upstream: Upstream) -> None:
        self._outputs = outputs
        self._upstream = upstream
        self._misses = 0
        self.bar: Bar | None = None

    async def first_look(self) -> Bar:
        """The bar.

        Raises:
            Problem: it does not run.
        """
        bar = read_bar(self._outputs)
        if not await self._answers(bar):
            raise Problem(f"the bar at {bar.endpoint} does not answer", "Run `make local` first, on the same port.")
        self.bar = bar
        return bar

    async def keep_looking(self, tell: Callable[[str], None]) -> None:
        """Look again and again, and tell of each change in one sentence."""
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            if changed := await self.look():
                tell(changed)

    async def look(self) -> str | None:
        """Look once; what has changed, if anything has."""
        before, found = self.bar, await self._found()
        self._misses = 0 if found else self._misses + 1
        if found == before or 0 < self._misses < GONE_AFTER_MISSES:
            return None
        self.bar = found
        if not found:
            return GONE
        return ANEW if before else BACK

    async def _found(self) -> Bar | None:
        try:
            bar = read_bar(self._outputs)
        except Problem:
            return None
        return bar if await self._answers(bar) else None

    async def _answers(self, bar: Bar) -> bool:
        try:
            await self._upstream.configuration(bar)
        except Refused:
            return False
        return True
