"""What deployed functions call of AWS: the local cloud records it while somebody wants to know."""

import json
from collections.abc import Iterator
from typing import Any

import httpx

from simulator.probe.permissions import Done, actions

_PATH = "/_aws/sts/recorded-calls"
_ACCOUNT = "000000000000"  # others are those of tests, in which they change what they like
_ANSWERS_WITHIN_S = 35


def begin(endpoint_url: str) -> None:
    """Record from now on; changes nothing where it is recorded already.

    Raises:
        httpx.HTTPStatusError: the local cloud that runs there knows of no record.
    """
    _ask("PUT", endpoint_url)


def recorded(endpoint_url: str) -> str:
    """What was called since, as JSON."""
    return _ask("GET", endpoint_url).text


def end(endpoint_url: str) -> None:
    """Record no more, and forget what was recorded."""
    _ask("DELETE", endpoint_url)


def done_by(function: str, record: str) -> set[Done]:
    """What a function did.

    Args:
        function: by Lambda's name.
        record: what `recorded` gave.
    """
    own = (call for call in json.loads(record) if (call["account"], call["session"]) == (_ACCOUNT, function))
    return {done for call in own for done in _done(call)}


def _done(call: dict[str, Any]) -> Iterator[Done]:
    yield from actions(call["service"], call["operation"], call["parameters"])


def _ask(method: str, endpoint_url: str) -> httpx.Response:
    answer = httpx.request(method, endpoint_url + _PATH, trust_env=False, timeout=_ANSWERS_WITHIN_S)
    return answer.raise_for_status()
