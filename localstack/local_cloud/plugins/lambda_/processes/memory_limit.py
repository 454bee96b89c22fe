"""Ends a process that holds more memory than its function may, as AWS Lambda does.

Its resident memory is sampled while it works, so a burst can go above the limit for a moment. A limit that the kernel
enforces would be one on address space, and so break libraries that reserve more than they use.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from local_cloud.plugins.lambda_.processes.runtime_process import ProcessExitedError, RuntimeProcess

SLACK_MB = 128
"""Shared libraries and Python itself are counted otherwise on a laptop: what fits on AWS must fit here."""
INTERVAL_S = 0.25


def limit_of(memory_mb: int) -> int:
    """Return how many bytes a process may hold whose function has this memory size."""
    return (memory_mb + SLACK_MB) * 2**20


@asynccontextmanager
async def kept_within(limit: int, process: RuntimeProcess) -> AsyncIterator[None]:
    """Kill `process` if it holds more than `limit` bytes while the body runs or when it ends.

    While the body runs, it notices by itself that the process has ended.

    Raises:
        ProcessExitedError: the process holds more when the body is over.
    """
    watch = asyncio.create_task(_watch(process, limit))
    try:
        yield
    finally:
        watch.cancel()
    if process.memory() > limit:
        await process.stop()
        raise ProcessExitedError(process.exit_code.result())


async def _watch(process: RuntimeProcess, limit: int) -> None:
    await asyncio.sleep(INTERVAL_S)  # most have answered by then, and cost nothing
    while process.memory() <= limit:
        await asyncio.sleep(INTERVAL_S)
    process.kill()
