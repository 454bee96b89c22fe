"""Fork servers without LocalStack. There are some on Linux alone."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from pathlib import Path

import psutil
import pytest
from local_cloud.plugins.lambda_.processes.environment import AT_INTERPRETERS_START
from local_cloud.plugins.lambda_.processes.fork_server.launching import ForkServers
from local_cloud.plugins.lambda_.processes.loop_thread import LoopThread
from local_cloud.plugins.lambda_.processes.supervised_process import Program, SupervisedProcess

collect_ignore_glob = [] if sys.platform == "linux" else ["test_*.py"]


class Stage:
    """Servers that several stories share, since each takes a second to load what it forks."""

    def __init__(self) -> None:
        self._thread = LoopThread("fork-servers")
        self._servers = ForkServers()

    def play[T](self, story: Callable[[ForkServers], Coroutine[None, None, T]]) -> T:
        return self._thread.run(story(self._servers))

    def play_alone[T](self, story: Callable[[ForkServers], Coroutine[None, None, T]], idle_s: float = 60) -> T:
        """Play a story with servers of its own, for it may end them."""

        async def play_and_close() -> T:
            servers = ForkServers(idle_s)
            try:
                return await story(servers)
            finally:
                await servers.close()

        return self._thread.run(play_and_close())

    def run(self, program: Program) -> tuple[int, str]:
        """Return the exit code and the output of a program that ends by itself."""
        return self.play(lambda servers: self.to_the_end(servers.launch, program))

    def python(self, folder: Path, source: str, **environment: str) -> Program:
        """Return a program of one module, as `-m` runs it."""
        folder.mkdir(exist_ok=True)
        (folder / "app.py").write_text(source)
        return Program((sys.executable, "-s", "-m", "app"), folder, {**AT_INTERPRETERS_START, **environment})

    async def to_the_end(
        self, launch: Callable[[Program], Awaitable[SupervisedProcess]], program: Program
    ) -> tuple[int, str]:
        process = await launch(program)
        return await process.exit_code, process.output.take()

    async def first_line(self, process: SupervisedProcess) -> list[int]:
        output = ""
        while not output.endswith("\n"):
            has_ended = process.exit_code.done()
            output += process.output.take()
            if has_ended and not output.endswith("\n"):
                pytest.fail(f"ended with {process.exit_code.result()} before its first line was out: {output!r}")
            await asyncio.sleep(0.01)
        return [int(word) for word in output.split()]

    async def server_of(self, servers: ForkServers) -> psutil.Process:
        return psutil.Process((await servers.prepare(sys.executable)).pid)


@pytest.fixture(scope="package")
def stage() -> Iterator[Stage]:
    shared = Stage()
    yield shared
    shared.play(ForkServers.close)
