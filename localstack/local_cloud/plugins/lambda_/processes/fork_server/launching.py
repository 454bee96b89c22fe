"""The fork servers as LocalStack has them: each starts when its interpreter is first needed, and again if it has died.

Belongs to one asyncio event loop. An interpreter that cannot serve has each function started under a supervisor of its
own, as where there are no fork servers.
"""

import asyncio
import contextlib
import errno
import json
import logging
import os
import signal
import socket
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Iterator, Mapping
from pathlib import Path

import local_cloud
from local_cloud.plugins.lambda_.processes.environment import AT_INTERPRETERS_START, changes_interpreters_start
from local_cloud.plugins.lambda_.processes.fork_server.server import NOT_NEEDED
from local_cloud.plugins.lambda_.processes.supervised_process import NotStartedError, Program, SupervisedProcess

LOG = logging.getLogger(__name__)
VARIABLE = "LOCAL_CLOUD_LAMBDA_FORK_SERVER"
SERVER = f"{__package__}.server"
IDLE_S = 30.0
PATIENCE_S = 60
"""A server that forks nothing in all this time is stuck."""


def is_wanted(environment: Mapping[str, str]) -> bool:
    """Return whether functions are to be forked: on Linux, unless the variable is 0."""
    return sys.platform == "linux" and environment.get(VARIABLE) != "0"


class ForkServer:
    """A server that was started; `is_proven` once it has forked."""

    def __init__(self, process: Process, control: socket.socket) -> None:
        self.pid = process.pid
        self.is_proven = False
        self._process = process
        self._control = control
        self._turn = asyncio.Lock()

    @classmethod
    async def start(cls, interpreter: str, idle_s: float) -> "ForkServer":
        """Start one that ends once it has had no fork for `idle_s`, without waiting until it has loaded everything.

        Raises:
            OSError: the machine cannot.
        """
        with contextlib.ExitStack() as undo:
            control, servers_end = socket.socketpair(type=socket.SOCK_SEQPACKET)
            undo.callback(control.close)
            control.setblocking(False)
            with servers_end:
                process = await asyncio.create_subprocess_exec(
                    *(interpreter, "-s", "-m", SERVER, str(idle_s)),
                    cwd=Path(local_cloud.__file__).resolve().parents[1],  # and so first on its search path
                    env={**AT_INTERPRETERS_START, "PYTHONUTF8": "0"},  # as where a supervisor chose the locale
                    stdin=servers_end.fileno(),
                    stdout=DEVNULL,
                    start_new_session=True,
                )
            undo.pop_all()
        return cls(process, control)

    async def launch(self, program: Program) -> SupervisedProcess:
        """Start `program` as a fork.

        Raises:
            NotStartedError: the server has died, or was stuck and is killed.
            OSError: the machine cannot, or there is no such directory.
        """
        try:
            async with asyncio.timeout(PATIENCE_S):
                process = await SupervisedProcess.start(program, self._fork)
        except (TimeoutError, ConnectionError) as error:
            raise NotStartedError(program.command[0]) from error
        self.is_proven = True
        return process

    async def end(self) -> int:
        """Kill it, and so all its forks, and wait until it is gone; return its exit code, if it had ended before."""
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)  # asyncio's own `kill` may take the exit code of one that has ended
        exit_code = await self._process.wait()
        async with self._turn:
            self._control.close()
        return exit_code

    async def _fork(self, program: Program, lifeline: int, output: int) -> None:
        with _opened(program.directory) as directory, _described(program) as description:
            async with self._turn:
                if self._control.fileno() < 0:
                    raise ConnectionAbortedError
                await self._send([lifeline, output, directory, description])

    async def _send(self, files: list[int]) -> None:
        """Hand the files over; the server may have a queue of others before them."""
        while True:
            try:
                socket.send_fds(self._control, [b"\n"], files)
            except BlockingIOError:
                await self._has_room()
            else:
                return

    async def _has_room(self) -> None:
        loop = asyncio.get_running_loop()
        room = asyncio.Event()
        loop.add_writer(self._control, room.set)
        try:
            await room.wait()
        finally:
            loop.remove_writer(self._control)


class ForkServers:
    """One server for each interpreter; it ends once it has had no fork for `idle_s`."""

    def __init__(self, idle_s: float = IDLE_S) -> None:
        self._idle_s = idle_s
        self._turn = asyncio.Lock()
        self._servers: dict[str, ForkServer] = {}
        self._unfit: set[str] = set()

    async def launch(self, program: Program) -> SupervisedProcess:
        """Start `program`, by a new server if the present one has ended.

        Raises:
            OSError: the machine cannot, or there is no such directory.
        """
        interpreter = program.command[0]
        while interpreter not in self._unfit:
            try:
                server = await self.prepare(interpreter)
            except OSError:
                break  # the supervisor's words for it will be in the function's log
            try:
                return await server.launch(program)
            except NotStartedError:
                await self._give_up(interpreter, server)
        return await SupervisedProcess.start(program)

    async def prepare(self, interpreter: str) -> ForkServer:
        """Return the interpreter's server, which is started if there is none.

        Raises:
            OSError: the machine cannot start it.
        """
        async with self._turn:
            if interpreter not in self._servers:
                self._servers[interpreter] = await ForkServer.start(interpreter, self._idle_s)
            return self._servers[interpreter]

    async def close(self) -> None:
        """End all servers, and with them their forks."""
        for interpreter, server in list(self._servers.items()):
            del self._servers[interpreter]
            await server.end()

    async def _give_up(self, interpreter: str, server: ForkServer) -> None:
        """Have another one started next time, unless this one could not fork at all."""
        is_known = self._servers.get(interpreter) is server
        if is_known:
            del self._servers[interpreter]
        exit_code = await server.end()
        if is_known and not server.is_proven and exit_code != NOT_NEEDED:
            LOG.warning("%s cannot fork functions; each gets a Python of its own", interpreter)
            self._unfit.add(interpreter)


@contextlib.contextmanager
def _opened(directory: Path) -> Iterator[int]:
    file = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield file
    finally:
        os.close(file)


@contextlib.contextmanager
def _described(program: Program) -> Iterator[int]:
    """Give a file of no folder with what `forked_function.Handed` says of it."""
    description = {
        "command": program.command,
        "environment": dict(program.environment),
        "layers": program.layers and str(program.layers),
        "afresh": program.layers is not None or changes_interpreters_start(program.environment),
    }
    with os.fdopen(_file_of_no_folder(), "wb") as file:
        file.write(json.dumps(description).encode())
        file.seek(0)
        yield file.fileno()


def _file_of_no_folder() -> int:
    """Only Linux has such, and only there are fork servers."""
    if sys.platform == "linux":
        return os.memfd_create("function")
    raise OSError(errno.ENOSYS, sys.platform)
