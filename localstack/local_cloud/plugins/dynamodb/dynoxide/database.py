"""The tables of one account and region: a file, and the dynoxide that serves it, which is started whenever it is asked.

A dynoxide that ended, whatever ended it, is started again from its file by the next request. A request that it was busy
with then fails, since nobody knows whether it was done. A file that has gone is not made anew: what asks then is told.
"""

import asyncio
import ctypes
import logging
import secrets
import signal
import socket
import sys
from asyncio.subprocess import DEVNULL, Process
from contextlib import suppress
from dataclasses import dataclass, field
from ipaddress import IPv4Address
from pathlib import Path
from typing import IO

import aiohttp
from aiohttp import web

from local_cloud.plugins.dynamodb.items_server.forwarding import hand_on

PR_SET_PDEATHSIG = 1
POLL_INTERVAL_S = 0.005
LISTENS_WITHIN_S = 10

# dynoxide wants a signature, and reads nothing of it.
SIGNED = {
    "Authorization": (
        "AWS4-HMAC-SHA256 Credential=any/20260101/any/dynamodb/aws4_request, SignedHeaders=host, Signature=0"
    ),
    "X-Amz-Date": "20260101T000000Z",
    "Content-Type": "application/x-amz-json-1.0",
}

LOG = logging.getLogger(__name__)


class DatabaseError(aiohttp.ClientError):
    """There is no dynoxide to ask; the text says why."""


@dataclass
class Database:
    """One dynoxide.

    Attributes:
        program: its executable.
        file: where it keeps its tables.
        log: takes what it prints.
        session: what it is asked with.
    """

    program: Path
    file: Path
    log: IO[bytes]
    session: aiohttp.ClientSession
    _url: str = ""
    _process: Process | None = None
    _starting: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def is_new(self) -> bool:
        """Whether nobody has asked it for anything yet, nor one that had the same file before."""
        return self._process is None and not self.file.exists()

    async def ask(self, target: str, body: bytes) -> web.Response:
        """Return its answer to an operation of DynamoDB or its streams, such as `DynamoDB_20120810.GetItem`.

        Raises:
            aiohttp.ClientError: it ended meanwhile, or cannot be started.
        """
        url = await self._running()
        return await hand_on(self.session, url, "POST", {**SIGNED, "X-Amz-Target": target}, body)

    def kill(self) -> None:
        """End it at once: whatever it has answered is in its file."""
        if self._process:
            with suppress(ProcessLookupError):
                self._process.kill()

    async def _running(self) -> str:
        async with self._starting:
            if self._process is None or self._process.returncode is not None:
                self._require_file()
                self._process = await self._start()
            return self._url

    def _require_file(self) -> None:
        if self._process and not self.file.exists():
            raise DatabaseError(f"{self.file}, which held tables, is gone")
        if self._process:
            LOG.warning("dynoxide ended with %s: starting it again from %s", self._process.returncode, self.file)

    async def _start(self) -> Process:
        host, port = unguessable_address()
        command: list[str | Path] = [self.program, "serve", "--host", host, "--port", str(port), "--db-path", self.file]
        environment = {"TMPDIR": str(self.file.parent)}
        process = await asyncio.create_subprocess_exec(
            *command, stdin=DEVNULL, stdout=self.log, stderr=self.log, env=environment, preexec_fn=_end_with_parent
        )
        try:
            await asyncio.wait_for(_listening(process, host, port), LISTENS_WITHIN_S)
        except TimeoutError:
            process.kill()
            raise DatabaseError(f"dynoxide did not listen within {LISTENS_WITHIN_S} s") from None
        self._url = f"http://{host}:{port}/"
        return process


def unguessable_address() -> tuple[str, int]:
    """Return one of Linux's sixteen million loopback addresses, and a free port.

    dynoxide lets the pages of any origin in, and takes any name for its own: a browser must not find it.
    """
    host = str(IPv4Address("127.0.0.0") + 2**8 + secrets.randbelow(2**24 - 2**9))
    with socket.socket() as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
    return host, port


async def _listening(process: Process, host: str, port: int) -> None:
    while process.returncode is None:
        try:
            _, writer = await asyncio.open_connection(host, port)
        except OSError:
            await asyncio.sleep(POLL_INTERVAL_S)
        else:
            writer.close()
            return
    raise DatabaseError(f"dynoxide ended at once with {process.returncode}: its log says why")


def _end_with_parent() -> None:
    """In the child: have Linux kill it when the server is killed that started it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
