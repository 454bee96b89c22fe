"""One function process under a supervisor: started, watched, listened to, measured, killed.

The supervisor is a process for this function alone, or a fork server, which has forked the function. Belongs to one
asyncio event loop, and so to one thread. Knows nothing of the Runtime API.
"""

import asyncio
import contextlib
import os
import signal
import socket
import sys
from asyncio import StreamReader, StreamWriter
from asyncio.subprocess import Process
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

import psutil

from local_cloud.plugins.lambda_.processes.bounded_output import BoundedOutput

SUPERVISOR = Path(__file__).with_name("supervisor.py")
PIPE_CAPACITY = 1024 * 1024
"""Bytes. No pipe holds more, so one read takes in all that was written before it."""


@dataclass(frozen=True)
class Program:
    """What to run: an absolute path with its arguments, where, and with exactly which variables.

    It sees the folder `layers` at `/opt`, where the machine allows that.
    """

    command: tuple[str, ...]
    directory: Path
    environment: Mapping[str, str]
    layers: Path | None = None


Spawn = Callable[[Program, int, int], Awaitable[Process | None]]
"""Starts a program, given the far end of its lifeline and the pipe for its output, and returns its own supervisor."""


class NotStartedError(OSError):
    """The supervisor has ended before it had started the function."""


class SupervisedProcess:
    """A process that never outlives this one. `pid` is its own, `exit_code` what `subprocess` would say of it."""

    def __init__(
        self, supervisor: Process | None, lifeline: tuple[StreamReader, StreamWriter], output_pipe: int, pid: int
    ) -> None:
        self.pid = pid
        self.output = BoundedOutput()
        self._supervisor = supervisor
        self._group = supervisor.pid if supervisor else pid
        self._output_pipe = output_pipe
        asyncio.get_running_loop().add_reader(output_pipe, self.read_output)
        self.exit_code = asyncio.create_task(self._watch(*lifeline))

    @classmethod
    async def start(cls, program: Program, spawn: Spawn | None = None) -> Self:
        """Start `program` without standard input, by default under a supervisor of its own.

        Raises:
            NotStartedError: the supervisor has ended instead.
            OSError: the machine cannot.
        """
        with contextlib.ExitStack() as undo:
            lifeline, supervisors_end = socket.socketpair()
            undo.callback(lifeline.close)
            output_pipe, functions_end = os.pipe()
            undo.callback(os.close, output_pipe)
            os.set_blocking(output_pipe, False)
            with supervisors_end, open(functions_end, "wb") as output:
                supervisor = await (spawn or _supervise)(program, supervisors_end.fileno(), output.fileno())
            reader, writer = await asyncio.open_unix_connection(sock=lifeline)
            undo.callback(writer.close)
            if not (line := await reader.readline()):
                raise NotStartedError(program.command[0])
            if (pid := int(line)) < 0:
                raise OSError(-pid, os.strerror(-pid))
            undo.pop_all()
        return cls(supervisor, (reader, writer), output_pipe, pid)

    def read_output(self) -> None:
        """Take in what the process has written by now."""
        with contextlib.suppress(BlockingIOError):
            data = os.read(self._output_pipe, PIPE_CAPACITY)
            self.output.write(data)
            if not data:
                asyncio.get_running_loop().remove_reader(self._output_pipe)

    def memory(self) -> int:
        """Return how many bytes the process holds in memory, children not counted; 0 if it is gone."""
        with contextlib.suppress(psutil.Error):
            return int(self._process.memory_info().rss)
        return 0

    @cached_property
    def _process(self) -> psutil.Process:
        """Found once: psutil reads when a process began whenever it is asked for one."""
        return psutil.Process(self.pid)

    def kill(self) -> None:
        """Kill the process with all that it started, if it still runs."""
        if not self.exit_code.done():
            self._kill_group()

    def _kill_group(self) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._group, signal.SIGKILL)

    async def _watch(self, lifeline: StreamReader, lifelines_end: StreamWriter) -> int:
        report = await lifeline.readline()
        if self._supervisor:
            await self._supervisor.wait()
        if not report:  # the supervisor itself was killed, or the group would be empty by now
            self._kill_group()
        self.read_output()
        asyncio.get_running_loop().remove_reader(self._output_pipe)
        os.close(self._output_pipe)
        lifelines_end.close()
        return int(report or -signal.SIGKILL)


async def _supervise(program: Program, lifeline: int, output: int) -> Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", "-S", str(SUPERVISOR), str(program.layers or ""), *program.command),
        cwd=program.directory,
        env=program.environment,
        stdin=lifeline,
        stdout=output,
        stderr=output,
        start_new_session=True,
    )
