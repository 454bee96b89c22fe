"""Whose local cloud answers: a port is taken by whoever comes first, which may be another checkout, or no local cloud.

A local cloud tells the folder that it runs in. It is this checkout's where that lies in a home of this checkout's: the
launcher's usual one, or the one that LOCAL_CLOUD_HOME names. Knows nothing of what is deployed; changes nothing.
"""

import json
import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from threading import Timer
from urllib.parse import urlsplit

from botocore.exceptions import EndpointConnectionError

from deployer.aws_problems import explained
from deployer.problem import Problem

RUN_FOLDER = "/_local-cloud/run-folder"  # where a local cloud tells it; see localstack/README.md
USUAL_HOME = Path(".local") / "cloud"
HOME_VARIABLE = "LOCAL_CLOUD_HOME"
PATIENCE_S = 10  # for the whole answer, however slowly it comes
LONGEST_ANSWER = 16 * 2**10  # bytes; a path has 4 KiB at most

_ADVICE = "Nothing was changed. Choose a port of your own (make local LOCALSTACK_PORT=4600), or add --anyway."


def homes_of(root: Path, environment: Mapping[str, str]) -> list[Path]:
    """Where the local clouds of this checkout keep their files, as the launcher understands it; links are followed.

    Args:
        root: the checkout.
        environment: may name another home; a relative one is meant from the working directory.
    """
    named = environment.get(HOME_VARIABLE)
    return [(root / USUAL_HOME).resolve(), *([Path(named).resolve()] if named else [])]


def run_folder_of(endpoint: str) -> Path | None:
    """The folder of the local cloud that answers there; None where it is no local cloud, or one that does not tell.

    Raises:
        Problem: nobody answers.
    """
    url = urlsplit(endpoint)
    connection = (HTTPSConnection if url.scheme == "https" else HTTPConnection)(
        url.hostname or "", url.port, timeout=PATIENCE_S
    )
    with closing(connection):
        try:
            connection.connect()
        except OSError as error:
            raise explained(EndpointConnectionError(endpoint_url=f"{endpoint}/")) from error
        try:
            return told_in(_answer(connection, url.path + RUN_FOLDER))
        except (OSError, HTTPException):  # something is there, but it does not speak HTTP, or not to an end
            return None


def _answer(connection: HTTPConnection, path: str) -> str:
    """What is served there, or nothing where that is a failure or too long; whoever serves it may be no friend.

    By the standard library: another client would take longer to import than the rest of this takes.
    """
    with _ending_in(PATIENCE_S, connection.sock):
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read(LONGEST_ANSWER + 1)  # as it came: unpacked it could be any size
    fits = answer.status == HTTPStatus.OK and len(body) <= LONGEST_ANSWER
    return body.decode(errors="replace") if fits else ""


@contextmanager
def _ending_in(seconds: float, connected: socket.socket) -> Iterator[None]:
    """End a connection that is still read from after this time: a timeout of a socket begins anew with each byte.

    Raises:
        TimeoutError: it was; what was read may be half of what was to come.
    """
    end = time.monotonic() + seconds
    timer = Timer(seconds, _end, [connected])
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
    if time.monotonic() >= end:
        raise TimeoutError


def _end(connected: socket.socket) -> None:
    with suppress(OSError):  # the other end has gone already
        connected.shutdown(socket.SHUT_RDWR)


def check_own(endpoint: str, folder: Path | None, homes: Sequence[Path]) -> None:
    """Refuse a cloud that is not this checkout's.

    Args:
        endpoint: where it answers.
        folder: the one that it runs in, if it tells.
        homes: this checkout's.

    Raises:
        Problem: it is somebody else's, and whose.
    """
    if folder is None:
        older = "One that an older version of this checkout started: `make stop`, then `make local`."
        raise _foreign(endpoint, "it does not say whose it is", older)
    if not any(folder.resolve().is_relative_to(home) for home in homes):
        moved = f"One of yours with another home: name that in {HOME_VARIABLE}."
        raise _foreign(endpoint, f"it runs in {folder}", moved)


def told_in(text: str) -> Path | None:
    """The folder in a local cloud's answer; None where that is something else, or nothing to show to anybody."""
    try:
        told = json.loads(text)["runFolder"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    fits = isinstance(told, str) and told.isprintable() and Path(told).is_absolute()
    return Path(told) if fits else None


def _foreign(endpoint: str, why: str, unless: str) -> Problem:
    return Problem(f"{endpoint} is not this checkout's local cloud: {why}", f"{_ADVICE}\n{unless}")
