"""What the deployed functions call of AWS while a test run goes on: the local cloud records it, and a file keeps it.

A run's workers share one record: who comes first begins it, and the process that ends the run ends it. Where two runs
share a bar, the one that ends first ends it for both: judge the calls of a run that had the bar to itself.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import httpx

from tests.architecture.source import ROOT
from tests.support.permissions import Done, actions

KEPT = ROOT / ".local" / "recorded-calls.json"
_PATH = "/_aws/sts/recorded-calls"
_ACCOUNT = "000000000000"  # the tests of the deployer have accounts of their own, where they change what they like


def record(endpoint_url: str, folder: Path) -> None:
    """Record from now on. `folder` is the run's: there the process that ends the run finds where.

    Raises:
        RuntimeError: the cloud that runs there is older than these tests.
    """
    try:
        _ask("PUT", endpoint_url)
    except httpx.HTTPStatusError as error:
        raise RuntimeError(f"the local cloud at {endpoint_url} is of other code: `make stop` it first") from error
    (folder / "recorded-at").write_text(endpoint_url)


def keep_recorded(folder: Path) -> None:
    """Keep what was recorded, and end it. Nothing is kept of a run that met no bar, or whose cloud is gone."""
    where = folder / "recorded-at"
    if where.exists():
        KEPT.unlink(missing_ok=True)
        try:
            KEPT.write_text(_ask("GET", where.read_text()).text)
            _ask("DELETE", where.read_text())
        except httpx.TransportError:
            return


def kept(function: str) -> set[Done]:
    """What a function did, by the name that Lambda has for it.

    Raises:
        FileNotFoundError: no run has kept anything.
    """
    calls = json.loads(KEPT.read_text())
    own = (call for call in calls if (call["account"], call["session"]) == (_ACCOUNT, function))
    return {done for call in own for done in _done(call)}


def _done(call: dict[str, object]) -> Iterator[Done]:
    yield from actions(call["service"], call["operation"], call["parameters"])  # type: ignore[arg-type]


def _ask(method: str, endpoint_url: str) -> httpx.Response:
    return httpx.request(method, endpoint_url + _PATH, trust_env=False, timeout=35).raise_for_status()
