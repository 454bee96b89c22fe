"""One execution environment of a function: answers one invocation after another, with a process that it starts when
it has none. That is so at first, after a timeout or a crash, and when the pool gave the place of its process away.

Belongs to one asyncio event loop; LocalStack sees to it that an environment gets one invocation at a time.
https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
"""

import asyncio
import contextlib
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from local_cloud.errors import LocalCloudError
from local_cloud.plugins.lambda_.processes.answers import Answer, exited, timed_out
from local_cloud.plugins.lambda_.processes.invocation_log import Usage, invocation_log
from local_cloud.plugins.lambda_.processes.memory_limit import kept_within, limit_of
from local_cloud.plugins.lambda_.processes.process_pool import ProcessPool
from local_cloud.plugins.lambda_.processes.runtime_api import InitError, Invocation
from local_cloud.plugins.lambda_.processes.runtime_process import ProcessExitedError, RuntimeProcess
from local_cloud.plugins.lambda_.processes.supervised_process import Program
from local_cloud.private_folder import make_private, remove_folder

INIT_SECONDS = 10
"""AWS limits the init phase to this and then repeats it within the function's timeout; here it may take both."""


@dataclass(frozen=True)
class FunctionSettings:
    """What a sandbox must know of its function: `version` is "$LATEST" or a number, `timeout` is in seconds.

    `scratch` is the folder that stands for `/tmp`, which lives as long as the sandbox and outlives its processes.
    """

    program: Program
    scratch: Path
    version: str
    timeout: float
    memory_mb: int


@dataclass(frozen=True)
class Outcome:
    """What came of an invocation; `log` is everything it leaves in CloudWatch Logs."""

    answer: Answer
    log: str


class Sandbox:
    """Has at most one process at a time, and a scratch folder from its first process until it is ended."""

    def __init__(self, settings: FunctionSettings, pool: ProcessPool) -> None:
        self._settings = settings
        self._pool = pool
        self._process: RuntimeProcess | None = None
        self._ended = False

    async def warm_up(self) -> None:
        """Start the process ahead of any invocation.

        Raises:
            InitError, ProcessExitedError, TimeoutError: the function cannot be loaded.
            PoolExhaustedError: as many processes as are allowed are busy, or the pool is closed.
        """
        self._process = await self._start()
        try:
            await self._initialize(self._process)
        finally:
            await self._release(self._process)

    async def invoke(self, invocation: Invocation) -> Outcome:
        """Return what came of `invocation`, the function's failures included.

        Raises:
            PoolExhaustedError: as many processes as are allowed are busy, or the pool is closed.
            OSError: the machine cannot start a process.
        """
        process = self._process = await self._warm_process() or await self._start()
        is_cold = process.init_seconds is None
        began = time.monotonic()
        try:
            answer = await self._attempt(process, invocation)
            usage = self._usage(process, time.monotonic() - began, is_cold)
            parts = (process.take_output(), answer.log)
            return Outcome(answer, invocation_log(invocation.request_id, self._settings.version, parts, usage))
        finally:
            await self._release(process)

    async def end(self) -> None:
        """End the process; a busy one once it has answered, as AWS does when a function is changed."""
        self._ended = True
        if self._process is None:
            await self._remove_scratch()
        elif not self._process.busy:
            await self._stop(self._process)

    async def _start(self) -> RuntimeProcess:
        make_private(self._settings.scratch)
        return await self._pool.start(self._settings.program)

    async def _stop(self, process: RuntimeProcess) -> None:
        await process.stop()
        if self._ended:
            await self._remove_scratch()

    async def _remove_scratch(self) -> None:
        """Without holding up other functions; what cannot be removed now goes with the cloud."""
        with contextlib.suppress(LocalCloudError):
            await asyncio.to_thread(remove_folder, self._settings.scratch)

    async def _warm_process(self) -> RuntimeProcess | None:
        process = self._process
        if process is None or not process.usable:
            return None
        process.busy = True
        try:
            await self._initialize(process)
        except (InitError, ProcessExitedError, TimeoutError):
            await process.stop()
            return None
        return process

    async def _initialize(self, process: RuntimeProcess) -> None:
        async with asyncio.timeout(INIT_SECONDS + self._settings.timeout):
            await process.ready()

    async def _attempt(self, process: RuntimeProcess, invocation: Invocation) -> Answer:
        try:
            async with kept_within(limit_of(self._settings.memory_mb), process):
                await self._initialize(process)
                return await process.answer(invocation, self._settings.timeout)
        except InitError as error:
            answer = Answer(error.payload, is_error=True)
        except ProcessExitedError as error:
            answer = exited(invocation.request_id, error.exit_code)
        except TimeoutError:
            answer = timed_out(invocation.request_id, self._settings.timeout, datetime.now(UTC))
        await process.stop()
        return answer

    def _usage(self, process: RuntimeProcess, seconds: float, is_cold: bool) -> Usage:
        init = process.init_seconds if is_cold else None
        return Usage(seconds - (init or 0), init, self._settings.memory_mb, process.peak_memory)

    async def _release(self, process: RuntimeProcess) -> None:
        if self._ended or not process.usable:
            await self._stop(process)
        else:
            self._pool.rest(process)
