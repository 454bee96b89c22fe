"""Opens the gate, keeps it open until it is told to close, and closes it: nobody is left hanging."""

import asyncio
import logging
import signal
import sys
from collections.abc import Coroutine
from contextlib import suppress
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from rich.console import Console

from gate.certificate import Certificate, certificate_for, own_secret, write_privately
from gate.network.gate import Gate
from gate.network.rates import Rates
from gate.network.server import listening
from gate.network.upstream import upstream
from gate.presence import Presence
from gate.room import Room
from gate.terminal import LiveLine, opening
from simulator.mailbox import LETTERS

LOG_BYTES = 1024 * 1024


async def open_gate(room: Room, outputs: Path, folder: Path, rates: Rates, console: Console) -> None:
    """Let the room in until SIGINT or SIGTERM.

    Args:
        outputs: the deployer's file.
        folder: where certificate, secret and log are kept.

    Raises:
        Problem: the bar does not run, or the address is not to be had.
    """
    _log_to(folder / "gate.log")
    certificate = None if room.is_plain else certificate_for(room.address, folder, datetime.now(UTC))
    closing = told_to_close()
    async with upstream() as way:
        presence = Presence(outputs, way)
        bar = await presence.first_look()
        gate = Gate(room, own_secret(folder), way, presence, rates)
        async with listening(room, gate.serve, rates, certificate.for_server() if certificate else None):
            _say(console, room, certificate, bar.endpoint)
            with LiveLine(console, gate.guests) as line:
                await _until(closing, presence.keep_looking(line.tell))
            await gate.close()
    console.print("The gate is closed.")


def _say(console: Console, room: Room, certificate: Certificate | None, endpoint: str) -> None:
    said = opening(room, certificate, f"{endpoint}{LETTERS}")
    sys.stdout.write(f"{said}\n")  # as it is: the code is drawn with the terminal's own colours
    sys.stdout.flush()


def told_to_close() -> asyncio.Event:
    """What is set by SIGINT and SIGTERM from now on."""
    closing = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, closing.set)
    return closing


async def _until(closing: asyncio.Event, watch: Coroutine[Any, Any, None]) -> None:
    looking = asyncio.create_task(watch)
    try:
        await closing.wait()
    finally:
        looking.cancel()
        with suppress(asyncio.CancelledError):
            await looking


def _log_to(file: Path) -> None:
    """What was refused, and what went wrong, in a file of the teacher's."""
    write_privately(file, file.read_bytes() if file.exists() else b"")
    handler = RotatingFileHandler(file, maxBytes=LOG_BYTES, backupCount=1)
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    for name in ("gate", "aiohttp", "asyncio"):
        logger = logging.getLogger(name)
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
        logger.propagate = False
