"""A function's process together with the Runtime API that it talks to: AWS's "runtime", one invocation at a time.

Belongs to one asyncio event loop. Decides nothing about when to start, reuse or end it.
"""

import asyncio
import dataclasses
import time
from collections.abc import Awaitable, Callable
from typing import Self

from local_cloud.plugins.lambda_.processes.answers import Answer
from local_cloud.plugins.lambda_.processes.runtime_api import Invocation, RuntimeApi
from local_cloud.plugins.lambda_.processes.supervised_process import Program, SupervisedProcess

Launch = Callable[[Program], Awaitable[SupervisedProcess]]


class ProcessExitedError(Exception):
    """The process ended while something was awaited from it; `exit_code` is as `subprocess` gives it."""

    def __init__(self, exit_code: int) -> None:
        super().__init__(f"exit code {exit_code}")
        self.exit_code = exit_code


class RuntimeProcess:
    """`busy` is for its users to set: only a process that is not may be ended to make room for another."""

    def __init__(self, process: SupervisedProcess, api: RuntimeApi) -> None:
        self.busy = True
        self.usable = True
        self.init_seconds: float | None = None
        self.peak_memory = 0
        self.exit_code = process.exit_code
        self.exit_code.add_done_callback(lambda _: self._on_exit())
        self._process = process
        self._api = api

    @classmethod
    async def start(cls, program: Program, launch: Launch = SupervisedProcess.start) -> Self:
        """Have `launch` start `program`, without waiting for its initialization.

        Raises:
            OSError: the machine cannot.
        """
        api = RuntimeApi()
        environment = {**program.environment, "AWS_LAMBDA_RUNTIME_API": await api.listen()}
        try:
            process = await launch(dataclasses.replace(program, environment=environment))
        except BaseException:
            api.close()
            raise
        return cls(process, api)

    async def ready(self) -> None:
        """Wait until the process asks for work.

        Raises:
            InitError: it never will, since it could not load the function.
            ProcessExitedError: it never will, since it has ended.
        """
        if self._api.waits_for_work and self.init_seconds is not None:
            return
        began = time.monotonic()
        try:
            await self._unless_it_exits(self._api.asked_for_work())
        finally:
            self.memory()  # also of a function that could not be loaded, which does no work in which it is measured
        if self.init_seconds is None:
            self.init_seconds = time.monotonic() - began

    async def answer(self, invocation: Invocation, seconds: float) -> Answer:
        """Have the process, which must be ready, answer `invocation` within `seconds`.

        Raises:
            TimeoutError: it did not.
            ProcessExitedError: it ended before it did.
        """
        deadline_ms = int((time.time() + seconds) * 1000)
        async with asyncio.timeout(seconds):
            return await self._unless_it_exits(self._api.answer(invocation, deadline_ms))

    def take_output(self) -> str:
        """Return what was written to standard output and error since last asked, not more than is kept."""
        if not self.exit_code.done():
            self._process.read_output()
        return self._process.output.take()

    def memory(self) -> int:
        """Return how many bytes the process holds in memory, children not counted, and remember the most."""
        held = self._process.memory()
        self.peak_memory = max(self.peak_memory, held)
        return held

    def kill(self) -> None:
        """Kill the process and what it started, which takes a moment."""
        self.usable = False
        self._process.kill()

    async def stop(self) -> None:
        """Kill the process and what it started, and wait until it is gone."""
        self.kill()
        await self.exit_code

    async def _unless_it_exits[T](self, awaitable: Awaitable[T]) -> T:
        awaited = asyncio.ensure_future(awaitable)
        try:
            await asyncio.wait({awaited, self.exit_code}, return_when=asyncio.FIRST_COMPLETED)
            if awaited.done():
                return awaited.result()
            raise ProcessExitedError(self.exit_code.result())
        finally:
            awaited.cancel()

    def _on_exit(self) -> None:
        self.usable = False
        self._api.close()
