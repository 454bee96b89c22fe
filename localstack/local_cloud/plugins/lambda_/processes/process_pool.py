"""How many function processes run at a time, over all functions, and which must go to make room for another.

Belongs to one asyncio event loop. Knows nothing of functions: who uses a process says when it rests.
"""

import asyncio
import os
from collections import OrderedDict
from collections.abc import Mapping

import psutil

from local_cloud.plugins.lambda_.capacity import kept_processes, process_limit
from local_cloud.plugins.lambda_.processes.runtime_process import Launch, RuntimeProcess
from local_cloud.plugins.lambda_.processes.supervised_process import Program, SupervisedProcess

VARIABLE = "LOCAL_CLOUD_LAMBDA_MAX_PROCESSES"


class PoolExhaustedError(Exception):
    """As many processes as are allowed are busy, or the pool is closed."""


def configured_limit(environment: Mapping[str, str]) -> int:
    """Return how many processes `environment` allows; if it does not say, the memory decides that is free now.

    Raises:
        ValueError: that is no number above 0.
    """
    text = environment.get(VARIABLE) or str(process_limit(psutil.virtual_memory().available))
    if not text.isdecimal() or int(text) < 1:
        raise ValueError(f"{VARIABLE} must be a whole number above 0, not {text!r}")
    return int(text)


def configured_keeping(environment: Mapping[str, str]) -> int:
    """Return how many processes to keep, busy ones included; who names a limit wants as many kept.

    Raises:
        ValueError: the limit is no number above 0.
    """
    limit = configured_limit(environment)
    return limit if environment.get(VARIABLE) else kept_processes(os.cpu_count() or 1, limit)


class ProcessPool:
    """Up to `limit` processes that `launch` starts; those that rest are kept while there are no more than `kept`.

    Without `kept`, one that rests is kept until another needs its place.
    """

    def __init__(self, limit: int, launch: Launch = SupervisedProcess.start, kept: int | None = None) -> None:
        self._limit = limit
        self._kept = kept or limit
        self._launch = launch
        self._starting = 0
        self._closed = False
        self._longest_unused_first: OrderedDict[RuntimeProcess, None] = OrderedDict()

    async def start(self, program: Program) -> RuntimeProcess:
        """Start a process, busy at first, in place of those that have rested longest if there are too many.

        Raises:
            PoolExhaustedError: none rests, or the pool is closed.
            OSError: the machine cannot start it.
        """
        leaving = self._make_room()
        self._starting += 1
        try:
            await asyncio.gather(*(process.stop() for process in leaving))
            process = await RuntimeProcess.start(program, self._launch)
        finally:
            self._starting -= 1
        self._longest_unused_first[process] = None
        process.exit_code.add_done_callback(lambda _: self._longest_unused_first.pop(process, None))
        if self._closed:
            await process.stop()
        return process

    def rest(self, process: RuntimeProcess) -> None:
        """Note that `process` has just become idle."""
        process.busy = False
        if process in self._longest_unused_first:
            self._longest_unused_first.move_to_end(process)

    async def close(self) -> None:
        """Kill all processes, busy or not, and start no more."""
        self._closed = True
        await asyncio.gather(*(process.stop() for process in self._longest_unused_first))

    def _make_room(self) -> list[RuntimeProcess]:
        """Take out what has rested longest, for as many as are kept, and say what that was."""
        if self._closed:
            raise PoolExhaustedError
        others = len(self._longest_unused_first) + self._starting
        resting = [process for process in self._longest_unused_first if not process.busy]
        leaving = resting[: max(0, others + 1 - self._kept)]
        if others - len(leaving) >= self._limit:
            raise PoolExhaustedError
        for process in leaving:
            del self._longest_unused_first[process]
        return leaving
