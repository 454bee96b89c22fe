"""Reading the text in a browser: starts what serves it, once, and opens the first page."""

import errno
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import httpx
from aiohttp import web

from workshop.learners_folder import LearnersFolder
from workshop.running import ROOT
from workshop.served_text import ABOUT, ENDS_WITHIN_S, application

TEXT = ROOT / ".local" / "text"
PORT = 4580
_HERE = "127.0.0.1"
_ANSWERS_WITHIN_S = 5


class CannotBeRead(Exception):
    """The text cannot be served; says why, and what to do."""


def read(folder: LearnersFolder, port: int, say: Callable[[str], None], text: Path = TEXT) -> None:
    """Serve the text until Ctrl-C; where it is served already, just open it.

    Args:
        folder: the learner's, whose progress is shown beside the text.
        port: where; 0 for any that is free.
        say: hears where it can be read.
        text: the built pages.

    Raises:
        CannotBeRead: it was not built, or the port cannot be had.
    """
    if not text.is_dir():
        raise CannotBeRead("the text is not built yet: make text builds it")
    listening = _listening(port)
    if listening is None:
        _lead_to_the_first(folder, port, say)
        return
    address = f"http://{_HERE}:{listening.getsockname()[1]}/"
    say(f"The text is at {address} (Ctrl-C ends it)")
    _open(address)
    web.run_app(_made_late(text, folder), sock=listening, print=None, access_log=None, shutdown_timeout=ENDS_WITHIN_S)


async def _made_late(text: Path, folder: LearnersFolder) -> web.Application:
    """Made where it runs: it holds an event of that loop."""
    return application(text, folder)


def _listening(port: int) -> socket.socket | None:
    """A socket there; None where somebody else listens.

    Raises:
        CannotBeRead: the port is not to be had.
    """
    try:
        return socket.create_server((_HERE, port))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return None
        raise CannotBeRead(f"port {port} cannot be had ({error.strerror}): make read TEXT_PORT=4590") from None


def _lead_to_the_first(folder: LearnersFolder, port: int, say: Callable[[str], None]) -> None:
    """Say that it is served already, if it is.

    Raises:
        CannotBeRead: another program has the port.
    """
    address = f"http://{_HERE}:{port}/"
    try:
        about = httpx.get(f"{address[:-1]}{ABOUT}", trust_env=False, timeout=_ANSWERS_WITHIN_S).json()
    except (httpx.HTTPError, ValueError):
        about = None
    if about != {"folder": str(folder.root.absolute())}:
        told = f"port {port} is taken by another program, or by another checkout's text"
        raise CannotBeRead(f"{told}: make read TEXT_PORT=4590")
    say(f"The text is served already, at {address}")
    _open(address)


def _open(address: str) -> None:
    """Open it where a person sits."""
    subprocess.run([sys.executable, "-S", ROOT / "tools" / "addresses", address], check=False)
