"""Whose local cloud answers: a port is taken by whoever comes first, which may be another checkout, or no local cloud.

A local cloud tells the folder that it runs in. It is this checkout's where that lies in a home of this checkout's: the
launcher's usual one, or the one that LOCAL_CLOUD_HOME names. Knows nothing of what is deployed; changes nothing.
"""

import asyncio
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import httpx
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
    try:
        return told_in(asyncio.run(_answer(endpoint + RUN_FOLDER)))
    except httpx.ConnectError as error:
        raise explained(EndpointConnectionError(endpoint_url=f"{endpoint}/")) from error
    except (httpx.HTTPError, TimeoutError):  # something is there, but it does not speak HTTP, or not to an end
        return None


async def _answer(url: str) -> str:
    """What is served there, or nothing where that is a failure or too long; whoever serves it may be no friend."""
    plain = {"Accept-Encoding": "identity"}
    async with (
        asyncio.timeout(PATIENCE_S),
        httpx.AsyncClient(trust_env=False, timeout=None, headers=plain) as client,  # noqa: S113  # all of it has one
        client.stream("GET", url) as answer,
    ):
        body = b""
        async for piece in answer.aiter_raw():  # as it came: unpacked it could be any size
            body += piece
            if len(body) > LONGEST_ANSWER:
                return ""
        return body.decode(errors="replace") if answer.is_success else ""


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
